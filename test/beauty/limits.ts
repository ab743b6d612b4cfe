import type { Style } from "../../src/migrate/migrate-source.ts";

/** What is counted over all functions in one style. Less is better for each of them. */
export interface Figures {
  readonly medianHelperLines: number;
  /** The 90th percentile. */
  readonly manyHelperLines: number;
  readonly uselessCatches: number;
  readonly needlessNames: number;
  readonly longLines: number;
  readonly requestsWithHelper: number;
  readonly percentWithHelper: number;
}

/** No figure may rise above these. Where one has fallen, the limit follows it. */
export const limits: Readonly<Record<Style, Figures>> = {
  faithful: {
    medianHelperLines: 25,
    manyHelperLines: 50,
    uselessCatches: 90,
    needlessNames: 20,
    longLines: 76,
    requestsWithHelper: 110,
    percentWithHelper: 84,
  },
  idiomatic: {
    medianHelperLines: 0,
    manyHelperLines: 42,
    uselessCatches: 90,
    needlessNames: 20,
    longLines: 55,
    requestsWithHelper: 41,
    percentWithHelper: 32,
  },
};
