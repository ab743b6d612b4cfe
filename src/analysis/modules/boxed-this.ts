import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import { isFunction, rangeOf, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { SloppyShape } from "./sloppy-shape.ts";

/** What has methods for values that are no objects. */
const WRAPPERS = ["BigInt", "Boolean", "Number", "Object", "String", "Symbol"];

/** `String.prototype` */
function isWrapperPrototype(model: Model, node: Node | undefined): boolean {
  return (
    node?.type === "MemberExpression" &&
    staticName(node) === "prototype" &&
    WRAPPERS.some((name) => model.isGlobal(node.object, name))
  );
}

/** True for a function that becomes a method of texts, numbers and their like: `Number.prototype.isFour = function …`. */
function isAddedMethod(model: Model, owner: Node): boolean {
  for (let node: Node | null = owner; node !== null; node = model.parentOf(node)) {
    if (node.type === "AssignmentExpression") {
      return node.left.type === "MemberExpression" && isWrapperPrototype(model, node.left.object);
    }
    if (isCallOf(model, node, "Object.assign", "Object.defineProperty", "Object.defineProperties")) {
      const [target] = node.type === "CallExpression" ? node.arguments : [];
      return isWrapperPrototype(model, target);
    }
    if (node !== owner && isFunction(node)) {
      return false;
    }
  }
  return false;
}

function ownerOf(model: Model, node: Node): Node | null {
  let owner = model.functionOf(node);
  while (owner?.type === "ArrowFunctionExpression") {
    owner = model.functionOf(owner);
  }
  return owner;
}

/** True where an object and the value that it stands for do the same: members, texts, sums. */
function isUsedAsValue(model: Model, node: Node): boolean {
  const parent = model.parentOf(node);
  switch (parent?.type) {
    case "MemberExpression":
      return parent.object === node;
    case "TemplateLiteral":
      return true;
    case "BinaryExpression":
      return !/^(?:[!=]==?|in|instanceof)$/u.test(parent.operator);
    case "CallExpression":
      return ["String", "Number", "BigInt"].some((name) => model.isGlobal(parent.callee, name));
    default:
      return false;
  }
}

/** `this` in a method for values that are no objects: an object of its own in sloppy mode, the value in strict mode. */
export function boxedThis(model: Model): SloppyShape[] {
  return model.nodes("ThisExpression").flatMap((node): SloppyShape[] => {
    const owner = ownerOf(model, node);
    const isBoxed = owner !== null && !model.scopeAt(node).isStrict && isAddedMethod(model, owner);
    return isBoxed && !isUsedAsValue(model, node)
      ? [{ what: "`this` in a method for texts, numbers and their like", offset: rangeOf(node)[0] }]
      : [];
  });
}
