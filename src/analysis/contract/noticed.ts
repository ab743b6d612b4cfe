import { isConsoleCall } from "../code/effects.ts";
import type { Model } from "../code/model.ts";
import { isQuietCall } from "../code/quiet-calls.ts";
import { isInside, rootOf } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";

/** True for what reaches out of a function: a call of something else, a write to what is not its own, a log line. */
export function isNoticed(model: Model, node: Node, owner: Node): boolean {
  const isOwn = (target: Node): boolean => {
    const variable = model.variableOf(rootOf(target));
    return variable !== undefined && isInside(variable.scope.block, owner);
  };
  switch (node.type) {
    case "AssignmentExpression":
      return !isOwn(node.left);
    case "UpdateExpression":
      return !isOwn(node.argument);
    case "AwaitExpression":
    case "ImportExpression":
    case "TaggedTemplateExpression":
      return true;
    case "UnaryExpression":
      return node.operator === "delete" && !isOwn(node.argument);
    case "NewExpression":
    case "CallExpression": {
      const { callee } = node;
      const isForeign = model.variableOf(rootOf(callee)) === undefined;
      const isLocal = callee.type === "MemberExpression" && isOwn(callee);
      return !isLocal && (isConsoleCall(model, node) || !isForeign || !isQuietCall(model, node));
    }
    default:
      return false;
  }
}
