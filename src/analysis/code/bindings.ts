import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { perKey } from "./per-model.ts";
import { rangeOf, walk } from "./tree.ts";
import type { Node } from "./tree.ts";
import type { Model } from "./model.ts";

/** The places where a variable is read, in source order. */
export function readsOf(variable: Variable): Node[] {
  return variable.references.filter((reference) => reference.isRead()).map((reference) => reference.identifier as Node);
}

/** True when nothing but its declaration writes the variable. */
export function isConstant(variable: Variable): boolean {
  return (
    variable.defs.length === 1 &&
    variable.references.every((reference) => !reference.isWrite() || reference.init === true)
  );
}

/** Kept, since it is asked again for every mention of a name. */
const isKnownConstant = perKey((_, variable: Variable) => isConstant(variable));

/** The variable that a name means, when nothing but its declaration writes it. */
export function constantOf(model: Model, name: Node | undefined): Variable | undefined {
  const variable = name === undefined ? undefined : model.variableOf(name);
  return variable !== undefined && isKnownConstant(model, variable) ? variable : undefined;
}

/** The variables that code mentions, nested functions included; each once, in source order. */
export function variablesIn(model: Model, code: Node): ReadonlySet<Variable> {
  const variables = new Set<Variable>();
  walk(code, (part) => {
    const variable = part.type === "Identifier" ? model.variableOf(part) : undefined;
    if (variable !== undefined) {
      variables.add(variable);
    }
    return true;
  });
  return variables;
}

/** The constant that its declaration gives a value to, alone. */
export function constantHolding(model: Model, value: Node): Variable | undefined {
  const declarator = model.parentOf(value);
  const isHeld = declarator?.type === "VariableDeclarator" && declarator.id.type === "Identifier";
  return isHeld ? constantOf(model, declarator.id) : undefined;
}

/** A name of the file that can be read where it stands; reading a `const` above its declaration throws. */
export function isReadyName(model: Model, identifier: ESTree.Identifier): boolean {
  const [definition] = model.variableOf(identifier)?.defs ?? [];
  return (
    definition !== undefined &&
    (definition.type === "FunctionName" || rangeOf(definition.node)[1] <= rangeOf(identifier)[0])
  );
}
