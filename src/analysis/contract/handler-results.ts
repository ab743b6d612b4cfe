import { constantOf, readsOf } from "../code/bindings.ts";
import { resolveFunction, returnsOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import type { Node } from "../code/tree.ts";

/** The results that an expression chooses from, also out of promises: each may be an error while the others are none. */
export function resultsIn(model: Model, value: Node): Node[] {
  switch (value.type) {
    case "ConditionalExpression":
      return [value.consequent, value.alternate].flatMap((each) => resultsIn(model, each));
    case "LogicalExpression":
      return resultsIn(model, value.right);
    case "AwaitExpression":
      return resultsIn(model, value.argument);
    case "Identifier": {
      const variable = constantOf(model, value);
      const definition = variable?.defs[0];
      const init = definition?.type === "Variable" && definition.node.id.type === "Identifier" && definition.node.init;
      return init && variable !== undefined && readsOf(variable).length === 1 ? resultsIn(model, init) : [value];
    }
    case "CallExpression": {
      const [first] = value.arguments;
      if (first !== undefined && isCallOf(model, value, "Promise.resolve")) {
        return resultsIn(model, first);
      }
      const [then, caught] = [promiseStepOf(value, "then"), promiseStepOf(value, "catch")];
      const run = then?.handler ?? caught?.handler;
      const answer = run === undefined ? undefined : resolveFunction(model, run);
      const own = answer?.kind === "local" ? returnsOf(model, answer.node) : [];
      return run === undefined ? [value] : caught === undefined ? own : [...own, ...resultsIn(model, caught.object)];
    }
    default:
      return [value];
  }
}

/** The method at the end of a chain, what it is called on, and the function that it gets. */
export function promiseStepOf(call: Node, method: string) {
  const callee = call.type === "CallExpression" && call.callee.type === "MemberExpression" ? call.callee : undefined;
  const name = callee?.property.type === "Identifier" && !callee.computed ? callee.property : undefined;
  return call.type === "CallExpression" && callee !== undefined && name?.name === method && call.arguments.length === 1
    ? { name, object: callee.object as Node, handler: call.arguments[0] as Node }
    : undefined;
}
