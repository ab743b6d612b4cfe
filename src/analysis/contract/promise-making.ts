import { isPure } from "../code/effects.ts";
import { localFunctionOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isFetchCall } from "../runtime/fetch-calls.ts";
import { toolbeltUseOf } from "../toolbelt/creations.ts";

const METHODS = /^(?:then|catch|finally)$/u;

/** `secrets.readSecret`, and a client that is called itself: both are async in the toolbelt. */
function isClientRequest(model: Model, callee: Node): boolean {
  const isRead = callee.type === "MemberExpression" && staticName(callee) === "readSecret";
  const name = isRead ? callee.object : callee;
  const variable = name.type === "Identifier" ? model.variableOf(name) : undefined;
  const factory = isRead ? "SecretClient" : "LpClient";
  return (
    variable !== undefined &&
    toolbeltUseOf(model).clients.some((client) => client.variable === variable && client.factory === factory)
  );
}

const ENCODERS: ReadonlySet<string> = new Set(["encodeURIComponent", "String"]);

/** True when evaluating the expression raises no error in practice: names, texts, and parts of a request made of them. */
function isHarmless(model: Model, node: Node): boolean {
  switch (node.type) {
    case "BinaryExpression":
      return node.operator === "+" && isHarmless(model, node.left) && isHarmless(model, node.right);
    case "TemplateLiteral":
      return node.expressions.every((part) => isHarmless(model, part));
    case "ObjectExpression":
      return node.properties.every(
        (property) => property.type === "Property" && !property.computed && isHarmless(model, property.value),
      );
    case "CallExpression": {
      const { callee } = node;
      const isEncoder =
        callee.type === "Identifier" && ENCODERS.has(callee.name) && model.isGlobal(callee, callee.name);
      const isJson =
        callee.type === "MemberExpression" &&
        model.isGlobal(callee.object, "JSON") &&
        staticName(callee) === "stringify" &&
        node.arguments.length === 1;
      return (isEncoder || isJson) && node.arguments.every((argument) => isHarmless(model, argument));
    }
    default:
      return isPure(model, node);
  }
}

/** True when evaluating the expression that makes the promise can't throw: its errors all come as rejections. */
export function rejectsOnly(model: Model, node: Node): boolean {
  if (node.type === "Identifier") {
    return model.variableOf(node) !== undefined;
  }
  if (
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    METHODS.test(staticName(node.callee) ?? "")
  ) {
    return rejectsOnly(model, node.callee.object) && node.arguments.every((argument) => isPure(model, argument));
  }
  if (node.type !== "CallExpression" || !node.arguments.every((argument) => isHarmless(model, argument))) {
    return false;
  }
  const isRequest = isClientRequest(model, node.callee) || isFetchCall(model, node);
  return isRequest || (node.callee.type === "Identifier" && localFunctionOf(model, node.callee)?.async === true);
}
