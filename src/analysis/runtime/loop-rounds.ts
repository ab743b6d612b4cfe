import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { followConstant } from "../values/constants.ts";

/** Methods of lists that call their function once for each element. */
const EACH: ReadonlySet<string> = new Set(["forEach", "map", "flatMap", "filter", "reduce"]);

/** How often a loop runs, where that is written out. */
export function roundsOf(model: Model, loop: Node): number | undefined {
  if (loop.type === "ForOfStatement") {
    const list = followConstant(model, loop.right);
    return list.type === "ArrayExpression" && isPlainList(list) ? list.elements.length : undefined;
  }
  if (
    loop.type !== "ForStatement" ||
    loop.init?.type !== "VariableDeclaration" ||
    loop.test?.type !== "BinaryExpression"
  ) {
    return undefined;
  }
  const [counter] = loop.init.declarations;
  const { left, operator, right } = loop.test;
  const [start, end] = [numberOf(model, counter?.init), numberOf(model, right)];
  const variable = counter === undefined ? undefined : model.variableOf(counter.id);
  const isCounted =
    variable !== undefined &&
    model.variableOf(left) === variable &&
    loop.update?.type === "UpdateExpression" &&
    loop.update.operator === "++" &&
    variable.references.filter((reference) => reference.isWrite()).length === 2;
  if (!isCounted || start === undefined || end === undefined || !(operator === "<" || operator === "<=")) {
    return undefined;
  }
  return Math.max(0, end - start + (operator === "<=" ? 1 : 0));
}

function numberOf(model: Model, node: Node | null | undefined): number | undefined {
  const value = node ? followConstant(model, node) : undefined;
  return value?.type === "Literal" && typeof value.value === "number" ? value.value : undefined;
}

/** The call of `forEach` and its kind around a place in its callback. */
export function iterationAround(model: Model, place: Node): Node | null {
  const around = model.functionOf(place);
  const call = around === null ? null : model.parentOf(around);
  const isEach =
    call?.type === "CallExpression" &&
    call.arguments[0] === around &&
    call.callee.type === "MemberExpression" &&
    EACH.has(staticName(call.callee) ?? "");
  return isEach ? call : null;
}

/** True for a loop that surely has no more rounds than `max`, and for one whose rounds are counted. */
export function isShort(model: Model, loop: Node, max: number): boolean {
  if (loop.type === "CallExpression") {
    const list = loop.callee.type === "MemberExpression" ? followConstant(model, loop.callee.object) : undefined;
    return list?.type === "ArrayExpression" && isPlainList(list);
  }
  if (roundsOf(model, loop) !== undefined) {
    // What surely runs too often is counted on the path.
    return true;
  }
  // Attempts: `while (attempt < MAX_ATTEMPTS)`.
  const test = "test" in loop ? loop.test : undefined;
  let isBounded = false;
  if (test) {
    walk(test, (node) => {
      const limit =
        node.type === "BinaryExpression" ? (numberOf(model, node.right) ?? numberOf(model, node.left)) : undefined;
      isBounded ||= limit !== undefined && limit > 0 && limit <= max;
      return true;
    });
  }
  return isBounded;
}

/** True for a list whose elements are all written out. */
export function isPlainList(list: ESTree.ArrayExpression): boolean {
  return list.elements.every((element) => element !== null && element.type !== "SpreadElement");
}
