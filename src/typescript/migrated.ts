import type { Model } from "../analysis/code/model.ts";
import type { FunctionNode } from "../analysis/code/tree.ts";

/** A type that is written into the result. */
export interface Annotation {
  readonly offset: number;
  readonly text: string;
}

/** A JavaScript text before and after its migration. */
export interface Migrated {
  readonly original: Model;
  readonly model: Model;
  /** The place in the original of what stands at a place of the result; undefined for what was written. */
  readonly keptOffset: (offset: number) => number | undefined;
}

/** All functions of a file. */
export function functionsOf(model: Model): FunctionNode[] {
  return [
    ...model.nodes("FunctionDeclaration"),
    ...model.nodes("FunctionExpression"),
    ...model.nodes("ArrowFunctionExpression"),
  ];
}
