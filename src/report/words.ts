import type { Verdict } from "../migrate/result.ts";

/** How a run is spoken of: one that wrote nothing would do what another one did. */
export interface Words {
  /** What became of what needs nobody: "migrated". */
  readonly done: string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
}

/**
 * @param isDry nothing was written
 * @param isPart only some transforms ran, so what they touched may still be V1
 */
export function wordsOf(isDry: boolean, isPart: boolean): Words {
  const verb = isPart ? (isDry ? "change" : "changed") : isDry ? "migrate" : "migrated";
  const done = isDry ? `would ${verb}` : verb;
  const mechanical = isPart ? done : isDry ? "would stay mechanical" : "mechanical";
  return {
    done,
    verdicts: { migrated: done, mechanical, refused: "refused", unchanged: "unchanged", failed: "failed" },
  };
}

/** A count with its noun; the last word of the noun takes the plural. */
export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 || noun === "more" ? "" : "s"}`;
}
