import type { Reference, Variable } from "eslint-scope";
import { isConstant } from "../analysis/code/bindings.ts";
import { isPure } from "../analysis/code/effects.ts";
import type { Model } from "../analysis/code/model.ts";
import { perKey } from "../analysis/code/per-model.ts";
import type { Node } from "../analysis/code/tree.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import { creationsOf } from "../analysis/toolbelt/client-calls.ts";
import type { Output } from "./pipeline.ts";

function referencesOf({ scopeManager }: Model): Reference[] {
  return scopeManager.scopes.flatMap(({ references }) => references);
}

function offsetOf({ identifier }: Reference): number {
  return rangeOf(identifier as Node)[0];
}

/** The variable of the file that a name means; undefined for a global. */
function ownVariable({ resolved }: Reference): Variable | undefined {
  return resolved !== null && resolved.defs.length > 0 ? resolved : undefined;
}

/** The places of the original at which a variable of the result is declared, as far as no step wrote them. */
function keptDeclarations({ identifiers }: Variable, { keptOffset }: Output): number[] {
  return identifiers.flatMap((identifier) => keptOffset(rangeOf(identifier)[0]) ?? []);
}

/**
 * The text of the call that a constant is made with, where it makes a client of a toolbelt and nothing else happens by
 * it: two of these do the same.
 */
const creationOf = perKey((model, variable: Variable | undefined): string | undefined => {
  const [definition] = variable !== undefined && isConstant(variable) ? variable.defs : [];
  const init = definition?.type === "Variable" && definition.name === definition.node.id ? definition.node.init : null;
  const made = init?.type === "CallExpression" ? creationsOf(model).find(({ call }) => call === init)?.call : undefined;
  return made?.arguments.every((argument) => isPure(model, argument)) === true ? model.textOf(made) : undefined;
});

/** Finds a name that no edit changed and that means another variable all the same. */
export function changedMeaning(original: Model, output: Output): string | undefined {
  const before = new Map(referencesOf(original).map((reference) => [offsetOf(reference), reference]));
  const variables = output.model.scopeManager.scopes.flatMap((scope) => scope.variables);
  const kept = new Set(variables.flatMap((variable) => keptDeclarations(variable, output)));
  // Names that are assigned and declared nowhere get a declaration.
  const through = original.scopeManager.globalScope?.through ?? [];
  const assigned = new Set(through.filter((write) => write.isWrite()).map(({ identifier }) => identifier.name));
  const changed = referencesOf(output.model).find((reference) => {
    const offset = output.keptOffset(offsetOf(reference));
    const known = offset === undefined ? undefined : before.get(offset);
    const after = ownVariable(reference);
    if (known === undefined || after === undefined || assigned.has(reference.identifier.name)) {
      return false;
    }
    const variable = ownVariable(known);
    const declared = variable?.identifiers.map((identifier) => rangeOf(identifier)[0]);
    const present = keptDeclarations(after, output);
    // An assignment may have become the declaration.
    const isOwn = (place: number): boolean =>
      declared?.includes(place) === true || before.get(place)?.resolved === variable;
    // Two constants that are made alike, of one name, may have become one.
    const isAlike = (): boolean => {
      const creation = creationOf(original, variable);
      return creation !== undefined && creation === creationOf(output.model, after);
    };
    return (
      declared === undefined ||
      present.some((place) => !isOwn(place) && !(declared.every((other) => !kept.has(other)) && isAlike())) ||
      (present.length === 0 && declared.some((place) => kept.has(place)))
    );
  });
  return changed === undefined ? undefined : `\`${changed.identifier.name}\` means another variable in the result`;
}
