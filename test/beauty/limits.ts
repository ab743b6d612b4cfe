import type { Style } from "../../src/migrate/migrate-source.ts";

/** What is counted over all functions in one style. Less is better for each of them. */
export interface Figures {
  readonly medianHelperLines: number;
  /** The 90th percentile. */
  readonly manyHelperLines: number;
  readonly uselessCatches: number;
  readonly needlessNamesPerHundredFiles: number;
  readonly longLinesPerHundredFiles: number;
  readonly percentWithHelper: number;
}

/** No figure may rise above these. Where one has fallen, the limit follows it. */
export const limits: Readonly<Record<Style, Figures>> = {
  faithful: {
    medianHelperLines: 8,
    manyHelperLines: 22,
    uselessCatches: 0,
    needlessNamesPerHundredFiles: 6,
    longLinesPerHundredFiles: 5,
    percentWithHelper: 26,
  },
  idiomatic: {
    medianHelperLines: 0,
    manyHelperLines: 14,
    uselessCatches: 0,
    needlessNamesPerHundredFiles: 6,
    longLinesPerHundredFiles: 7,
    percentWithHelper: 8,
  },
};
