import type { Difference } from "./compare/compare.ts";
import type { LocalFiles } from "../analysis/code/local-files.ts";
import type { Place } from "../migrate/result.ts";
import type { Scenario } from "./model.ts";

/** Packages that stand in for others, by the name that the function says: a name or a path each. */
export interface Substitutes {
  readonly legacy?: Readonly<Record<string, string>>;
  readonly modern?: Readonly<Record<string, string>>;
}

/** A place of the original, and what is declared there. */
export interface DeclaredPlace extends Place {
  readonly id: string;
}

/** What is declared of errors that the function looks at. */
export const ERROR_IDS: ReadonlySet<string> = new Set(["error-read", "listed-error"]);

/** What is told of properties that the function writes. */
export const STRICT_ID = "strict-writes";

/** What can come of these can't be foreseen: they count where the original comes to their place. */
export function isByPlace(id: string): boolean {
  return ERROR_IDS.has(id) || id === STRICT_ID;
}

/** What is known of the outside world from elsewhere, config.json above all: it stands where no scenario says otherwise. */
export type Template = Omit<Scenario, "name" | "overrides">;

/** What a proof is made of. Plain data: it goes to another process. */
export interface ProofJob {
  /** The absolute path of the function: its packages are looked for from there. */
  readonly path: string;
  /** V1 source text. */
  readonly original: string;
  /** The files of the project that the original loads; absent where it loads none. */
  readonly local?: LocalFiles;
  /** V2 source text; left out where only the original is to be looked at. */
  readonly migrated?: string;
  /** Ids of the differences that count as the same. */
  readonly declared: readonly string[];
  /** Where the original is declared to do something else: what it reads of errors, and that V2 is strict. */
  readonly places: readonly DeclaredPlace[];
  /** What is known of the outside world: the input and the environment variables of config.json. */
  readonly template: Template;
  /** Scenarios that are run whatever the function does. */
  readonly given: readonly Scenario[];
  /** Whether more scenarios are derived from the function. */
  readonly derive: boolean;
  /** How many scenarios at most. */
  readonly scenarios: number;
  /** Decides the order of scenarios that are equally useful. */
  readonly seed: number;
  /** Real milliseconds after which no further scenario is begun. */
  readonly timeMs: number;
  readonly substitutes?: Substitutes;
}

/** What a proof has shown. */
export type ProofReport =
  | {
      readonly kind: "same" | "differs";
      /** In how many scenarios both were run. */
      readonly scenarios: number;
      /** The ways to go on in the original, and how many of them some scenario went. */
      readonly branches: { readonly taken: number; readonly total: number };
      /** What no declared difference accounts for. */
      readonly differences: readonly Difference[];
      /** Ids of the declared differences that were seen. */
      readonly declared: readonly string[];
      /** The scenarios in which the original never answers. */
      readonly neverAnswers: readonly string[];
    }
  /** Nothing was shown; the reason is a clause. */
  | { readonly kind: "not-run"; readonly reason: string };
