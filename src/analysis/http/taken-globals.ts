import type { Reference, Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { fetchGlobals } from "../../platform/http-options.ts";
import { rangeOf } from "../code/tree.ts";
import { createModel } from "../code/model.ts";
import type { Model } from "../code/model.ts";
import { findModuleUses } from "../modules/uses.ts";
import { parseSource } from "../code/parse.ts";

/** The migrated text with the way back to the offsets of the original one. */
export interface NewText {
  readonly text: string;
  originalOffset(offset: number): number;
  /** Undefined for an offset inside text that is new. */
  keptOffset(offset: number): number | undefined;
}

/** Names that the file took from the new code. */
export interface TakenGlobals {
  /** Declarations of the file that stand in the way. */
  readonly inTheWay: readonly ESTree.Identifier[];
  /** Offsets in the new text at which `globalThis.` makes the name mean the global all the same. */
  readonly hidden: readonly number[];
}

/** Modules of Node whose names are the globals themselves. */
const SAME_AS_GLOBAL = /^(?:node:)?(?:buffer|url)$/u;

function variablesOf(model: Model, name: string): Variable[] {
  return model.scopeManager.scopes.flatMap((scope) => {
    const variable = scope.set.get(name);
    return variable === undefined || variable.defs.length === 0 ? [] : [variable];
  });
}

function startOf(identifier: ESTree.Identifier | Reference["identifier"]): number {
  return rangeOf(identifier as ESTree.Identifier)[0];
}

function isGlobalItself(model: Model, variable: Variable): boolean {
  const names = findModuleUses(model).flatMap((use) => (SAME_AS_GLOBAL.test(use.source) ? (use.names ?? []) : []));
  return names.some(({ imported, local }) => imported === variable.name && variable.identifiers.includes(local));
}

/**
 * Finds the globals which the code that was written into the new text can't see, because the file binds their names:
 * every read of such a name that was not in the original.
 */
export function takenGlobals(model: Model, edited: NewText): TakenGlobals {
  const names = [...fetchGlobals].filter((name) => variablesOf(model, name).length > 0);
  if (names.length === 0) {
    return { inTheWay: [], hidden: [] };
  }
  const after = createModel(parseSource(edited.text));
  const inTheWay: ESTree.Identifier[] = [];
  const hidden: number[] = [];
  for (const name of names) {
    const before = variablesOf(model, name);
    for (const variable of variablesOf(after, name)) {
      const declared = variable.identifiers.map((identifier) => edited.originalOffset(startOf(identifier)));
      const original = before.find(({ identifiers }) => identifiers.some((own) => declared.includes(startOf(own))));
      const [place] = original?.identifiers ?? [];
      const added = variable.references.filter(
        ({ identifier }) => edited.keptOffset(startOf(identifier)) === undefined,
      );
      if (original === undefined || place === undefined || isGlobalItself(model, original) || added.length === 0) {
        continue;
      }
      if (canBeQualified(model, after, edited, original, variable)) {
        hidden.push(...added.map(({ identifier }) => startOf(identifier)));
      } else {
        inTheWay.push(place);
      }
    }
  }
  return { inTheWay: inTheWay.toSorted((a, b) => startOf(a) - startOf(b)), hidden };
}

/**
 * True when every new read of a name is ours, and `globalThis.name` is the global: all reads of the user's stand where
 * they stood, and the file has nothing to do with the global object.
 */
function canBeQualified(model: Model, after: Model, edited: NewText, original: Variable, variable: Variable): boolean {
  const kept = new Set(variable.references.map(({ identifier }) => edited.keptOffset(startOf(identifier))));
  const isShorthand = variable.references.some(({ identifier }) => {
    const parent = after.parentOf(identifier as ESTree.Identifier);
    return edited.keptOffset(startOf(identifier)) === undefined && parent?.type === "Property" && parent.shorthand;
  });
  return (
    !isShorthand &&
    original.references.every(({ identifier }) => kept.has(startOf(identifier))) &&
    !["globalThis", "global"].some((name) => model.isNameTaken(name))
  );
}
