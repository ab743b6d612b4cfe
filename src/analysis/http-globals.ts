import type { Reference, Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { fetchGlobals } from "../platform/http-options.ts";
import { rangeOf } from "./ast.ts";
import { createModel } from "./model.ts";
import type { Model } from "./model.ts";
import { findModuleUses } from "./modules.ts";
import { parseSource } from "./parse.ts";

/** The migrated text with the way back to the offsets of the original one. */
export interface NewText {
  readonly text: string;
  originalOffset(offset: number): number;
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
 * The declarations in the original file that take a global from the code which was written into the new text: every
 * read of such a name that is bound by the file, and was not in the original.
 */
export function takenGlobals(model: Model, edited: NewText): ESTree.Identifier[] {
  const names = [...fetchGlobals].filter((name) => variablesOf(model, name).length > 0);
  if (names.length === 0) {
    return [];
  }
  const after = createModel(parseSource(edited.text));
  const taken = names.flatMap((name) => {
    const before = variablesOf(model, name);
    return variablesOf(after, name).flatMap((variable) => {
      const declared = variable.identifiers.map((identifier) => edited.originalOffset(startOf(identifier)));
      const original = before.find(({ identifiers }) => identifiers.some((own) => declared.includes(startOf(own))));
      const [place] = original?.identifiers ?? [];
      if (original === undefined || place === undefined || isGlobalItself(model, original)) {
        return [];
      }
      const known = new Set(original.references.map(({ identifier }) => startOf(identifier)));
      const isNew = variable.references.some(
        ({ identifier }) => !known.has(edited.originalOffset(startOf(identifier))),
      );
      return isNew ? [place] : [];
    });
  });
  return taken.toSorted((a, b) => startOf(a) - startOf(b));
}
