import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { isFunction, isInside, staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { booleanOf } from "../values/constants.ts";
import { findHttpCalls } from "./calls.ts";
import type { HttpCall } from "./calls.ts";

/** A function in the option `transform` that can as well be called with the result of the request. */
export interface OuterTransform {
  readonly request: HttpCall;
  readonly property: ESTree.Property;
  readonly transform: ESTree.ArrowFunctionExpression | ESTree.FunctionExpression;
  /** Reads of its first parameter, the body. */
  readonly bodyReads: readonly Node[];
  /** The name of its second parameter, the response; undefined where it is not read. */
  readonly response: string | undefined;
}

/** Globals whose functions do nothing but give a value. */
const QUIET_GLOBALS = new Set([
  "Array",
  "Boolean",
  "JSON",
  "Math",
  "Number",
  "Object",
  "String",
  "parseFloat",
  "parseInt",
]);

/** True when a function does nothing outside of itself: V1 called it for answers that reject as well. */
function isQuiet(model: Model, transform: Node): boolean {
  let isSo = true;
  walk(transform, (node) => {
    isSo &&= !isEffect(model, node, transform);
    return isSo;
  });
  return isSo;
}

function isEffect(model: Model, node: Node, transform: Node): boolean {
  switch (node.type) {
    case "AwaitExpression":
    case "YieldExpression":
    case "ThisExpression":
    case "UpdateExpression":
    case "AssignmentExpression":
    case "NewExpression":
      return true;
    case "Identifier":
      return node.name === "arguments" && model.referenceOf(node) !== undefined;
    case "CallExpression": {
      let root: Node = node.callee;
      while (root.type === "MemberExpression" || root.type === "CallExpression" || root.type === "ChainExpression") {
        root =
          root.type === "MemberExpression"
            ? root.object
            : root.type === "CallExpression"
              ? root.callee
              : root.expression;
      }
      const variable = root.type === "Identifier" ? model.variableOf(root) : undefined;
      const isOwn = variable !== undefined && variable.defs.every(({ name }) => isInside(name as Node, transform));
      const isGlobal = root.type === "Identifier" && model.isGlobal(root, root.name) && QUIET_GLOBALS.has(root.name);
      return !isOwn && !isGlobal && root.type !== "Literal" && root.type !== "ArrayExpression";
    }
    default:
      return false;
  }
}

function outerTransform(model: Model, request: HttpCall): OuterTransform | undefined {
  const property = request.options?.properties.get("transform");
  const transform = property?.value;
  const isPlain =
    (transform?.type === "ArrowFunctionExpression" || transform?.type === "FunctionExpression") &&
    transform.params.length <= 2 &&
    !(transform.async ?? false) &&
    !(transform.generator ?? false);
  const flag = (name: string): boolean | undefined => {
    const option = request.options?.properties.get(name);
    return option === undefined ? undefined : booleanOf(model, option.value);
  };
  const isOnlyGood = flag("transform2xxOnly") === true;
  if (property === undefined || !isPlain || flag("resolveWithFullResponse") === true || request.options?.reference) {
    return undefined;
  }
  if ((isOnlyGood && flag("simple") === false) || !isQuiet(model, transform)) {
    return undefined;
  }
  const variables = transform.params.map((parameter) =>
    parameter.type === "Identifier" ? model.variableOf(parameter) : undefined,
  );
  if (variables.some((variable) => variable === undefined || !isConstant(variable))) {
    return undefined;
  }
  const [body, response] = variables;
  const isResponseRead = response !== undefined && readsOf(response).length > 0;
  return {
    request,
    property,
    transform,
    bodyReads: body === undefined ? [] : readsOf(body),
    response: isResponseRead ? response.name : undefined,
  };
}

/** Finds the functions in the option `transform` that can be called with the result of their request. */
export function findOuterTransforms(model: Model): OuterTransform[] {
  return findHttpCalls(model).calls.flatMap((request) => outerTransform(model, request) ?? []);
}

/** The only read of the body, where the function gives a part of it, or what one function makes of it. */
export function onlyRead({ transform, bodyReads }: OuterTransform, model: Model): Node | undefined {
  const [read, ...others] = bodyReads;
  if (
    read === undefined ||
    others.length > 0 ||
    isFunction(transform.body) ||
    transform.body.type === "BlockStatement"
  ) {
    return undefined;
  }
  for (let node: Node = read; node !== transform.body;) {
    const parent = model.parentOf(node);
    const isLed =
      (parent?.type === "MemberExpression" && parent.object === node) ||
      (parent?.type === "CallExpression" &&
        (parent.callee === node || (parent.arguments[0] === node && isNamed(parent.callee))));
    if (!isLed) {
      return undefined;
    }
    node = parent;
  }
  return read;
}

/** True for the name of a function, or of a member. */
function isNamed(callee: Node): boolean {
  return (
    callee.type === "Identifier" ||
    (callee.type === "MemberExpression" && staticName(callee) !== undefined && callee.object.type === "Identifier")
  );
}
