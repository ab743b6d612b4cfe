import type * as ESTree from "estree";
import { promiseMethods } from "../code/builtins.ts";
import { callbackFunctionOf } from "../../platform/callback-functions.ts";
import { isConstant } from "../code/bindings.ts";
import { isPure } from "../code/effects.ts";
import { localFunctionOf } from "../code/functions.ts";
import { findHandler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { importedPath } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isFetchCall } from "../runtime/fetch-calls.ts";
import { toolbeltUseOf } from "../toolbelt/creations.ts";

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

/** `fs.promises.readFile`, and what `util.promisify` makes of a function: an argument that is wrong makes them reject. */
function givesPromise(model: Model, callee: Node): boolean {
  const { source, path = [] } = importedPath(model, callee) ?? {};
  return (
    (source !== undefined && path[0] === "promises" && callbackFunctionOf(source, path.slice(1)) !== undefined) ||
    (/^(?:node:)?util$/u.test(source ?? "") && path.join(".") === "promisify.()")
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
    case "MemberExpression":
      return isPartOfInput(model, node) || isSecretValue(model, node);
    default:
      return isPure(model, node);
  }
}

/** `input.payload`: what is read of the first parameter of the handler itself, which is always an object. */
function isPartOfInput(model: Model, { object, computed }: ESTree.MemberExpression): boolean {
  const [parameter] = findHandler(model)?.node.params ?? [];
  const input = parameter?.type === "Identifier" ? model.variableOf(parameter) : undefined;
  return !computed && input !== undefined && isConstant(input) && model.variableOf(object) === input;
}

/** `secret.value` of a constant that an awaited `readSecret` gave. */
function isSecretValue(model: Model, { object, computed }: ESTree.MemberExpression): boolean {
  const variable = object.type === "Identifier" ? model.variableOf(object) : undefined;
  const [definition] = variable?.defs ?? [];
  const init =
    variable !== undefined &&
    definition?.type === "Variable" &&
    isConstant(variable) &&
    definition.node.id === definition.name
      ? definition.node.init
      : undefined;
  return (
    !computed &&
    init?.type === "AwaitExpression" &&
    init.argument.type === "CallExpression" &&
    isClientRequest(model, init.argument.callee)
  );
}

/** True when evaluating the expression that makes the promise can't throw: its errors all come as rejections. */
export function rejectsOnly(model: Model, node: Node): boolean {
  if (node.type === "Identifier") {
    return model.variableOf(node) !== undefined;
  }
  if (
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    promiseMethods.has(staticName(node.callee) ?? "")
  ) {
    return rejectsOnly(model, node.callee.object) && node.arguments.every((argument) => isPure(model, argument));
  }
  if (node.type !== "CallExpression" || !node.arguments.every((argument) => isHarmless(model, argument))) {
    return false;
  }
  const isRequest = isClientRequest(model, node.callee) || givesPromise(model, node.callee) || isFetchCall(model, node);
  return isRequest || (node.callee.type === "Identifier" && localFunctionOf(model, node.callee)?.async === true);
}
