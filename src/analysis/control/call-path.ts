import type { Variable } from "eslint-scope";
import { variableOfFunction } from "../code/functions.ts";
import { isFunction } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { findInvoked } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";

/** A function of the file that has a name, and the variable of that name. */
interface NamedFunction {
  readonly node: FunctionNode;
  readonly name: string;
  readonly variable: Variable | undefined;
}

/** The nearest function around a node that has a name. */
function namedFunctionAround(model: Model, node: Node): NamedFunction | undefined {
  for (let around = model.functionOf(node); around !== null; around = model.functionOf(around)) {
    const variable = variableOfFunction(model, around);
    if (variable !== undefined) {
      return { node: around, name: variable.name, variable: isConstant(variable) ? variable : undefined };
    }
  }
  return undefined;
}

/**
 * The names of the functions through which the handler reaches a place, the handler first: `["lambda", "loadUser"]`.
 * Undefined when the file does not show a call that leads there.
 */
export function pathFromHandler(model: Model, place: Node): readonly string[] | undefined {
  const handler = findInvoked(model)?.node;
  const seen = new Set<FunctionNode>();
  const search = (node: Node): string[] | undefined => {
    const around = namedFunctionAround(model, node);
    if (around === undefined || seen.has(around.node)) {
      return undefined;
    }
    if (around.node === handler) {
      return [around.name];
    }
    seen.add(around.node);
    for (const read of around.variable === undefined ? [] : readsOf(around.variable)) {
      const path = search(read);
      if (path !== undefined) {
        return [...path, around.name];
      }
    }
    return undefined;
  };
  return search(place);
}

/** The loop around a node in its own function, or null. */
export function loopAround(model: Model, node: Node): Node | null {
  let current = model.parentOf(node);
  while (current !== null && !isFunction(current)) {
    if (/^(?:For|While|DoWhile)/u.test(current.type)) {
      return current;
    }
    current = model.parentOf(current);
  }
  return null;
}
