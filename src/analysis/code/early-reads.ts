import type { Variable } from "eslint-scope";
import { readsOf } from "./bindings.ts";
import type { Model } from "./model.ts";
import { isInside, rangeOf } from "./tree.ts";
import type { FunctionNode, Node } from "./tree.ts";

/**
 * True when a read of a name may come before its `let`, `const` or `class` was run, so that it raises a ReferenceError:
 * it stands above, in another `case` of the same `switch`, or in a function that may be called above.
 */
export function mayReadEarly(model: Model, identifier: Node): boolean {
  const variable = model.variableOf(identifier);
  const declaration = variable === undefined ? undefined : lexicalDeclaration(variable);
  return declaration !== undefined && mayRunAbove(model, identifier, declaration);
}

/** The same where a `var` is declared as well, which is undefined until then. */
export function mayReadUnset(model: Model, identifier: Node): boolean {
  const [definition] = model.variableOf(identifier)?.defs ?? [];
  return definition?.type === "Variable" && mayRunAbove(model, identifier, definition.node);
}

/**
 * True when a name that a function declares may be read before it has its value; of a name of the module level, when it
 * is read above by the module itself: functions of it are exported before all of it has run.
 */
export function isReadTooEarly(model: Model, identifier: Node): boolean {
  const [definition] = model.variableOf(identifier)?.defs ?? [];
  if (definition?.type !== "Variable") {
    return false;
  }
  return model.functionOf(definition.node) === null
    ? model.functionOf(identifier) === null && rangeOf(identifier)[0] < rangeOf(definition.node)[0]
    : mayReadUnset(model, identifier);
}

function mayRunAbove(model: Model, identifier: Node, declaration: Node): boolean {
  const home = model.functionOf(declaration);
  return (
    isInOtherCase(model, identifier, declaration) ||
    mayRunBefore(model, identifier, { home, end: rangeOf(declaration)[1] }, new Set())
  );
}

/** The declaration of a name that exists only from there on. */
function lexicalDeclaration({ defs }: Variable): Node | undefined {
  const [definition] = defs;
  if (definition?.type === "ClassName") {
    return definition.node;
  }
  return definition?.type === "Variable" && definition.parent.kind !== "var" ? definition.node : undefined;
}

interface Place {
  /** The function whose code the declaration is a part of; null for the module. */
  readonly home: FunctionNode | null;
  readonly end: number;
}

/** True when code may run before the place, in the function of the place. */
function mayRunBefore(model: Model, node: Node, place: Place, seen: Set<FunctionNode>): boolean {
  let inner: FunctionNode | null = null;
  for (let around = model.functionOf(node); around !== place.home; around = model.functionOf(around)) {
    if (around === null) {
      return true;
    }
    inner = around;
  }
  if (inner === null) {
    return rangeOf(node)[0] < place.end;
  }
  if (seen.has(inner)) {
    return false;
  }
  seen.add(inner);
  const name = nameOf(model, inner);
  if (name === undefined) {
    return rangeOf(inner)[0] < place.end;
  }
  return readsOf(name).some((read) => mayRunBefore(model, read, place, seen));
}

/** The one name under which code can get at a function. */
function nameOf(model: Model, node: FunctionNode): Variable | undefined {
  if (node.type === "FunctionDeclaration") {
    return model.variableOf(node.id);
  }
  const holder = model.parentOf(node);
  return holder?.type === "VariableDeclarator" && holder.init === node ? model.variableOf(holder.id) : undefined;
}

/** `case 1: let x = 1; break; case 2: x;`: the declaration may have been passed over. */
function isInOtherCase(model: Model, identifier: Node, declaration: Node): boolean {
  const declared = model.parentOf(model.statementOf(declaration));
  const owner = declared?.type === "SwitchCase" ? model.parentOf(declared) : null;
  return declared !== null && owner !== null && isInside(identifier, owner) && !isInside(identifier, declared);
}
