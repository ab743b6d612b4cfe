import type { Model } from "../code/model.ts";
import { isFunction, rangeOf } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isWithin } from "../code/within.ts";
import type { Step } from "../control/steps.ts";
import type { RequestData } from "./request-data.ts";
import type { Write } from "./shared-writes.ts";

/**
 * True when the function asks for what is there before it writes: a value that is kept on purpose.
 *
 * @param asked the mentions of the place, and of others that change, such as the time of the last write
 */
export function isKeptOnPurpose(
  model: Model,
  { node, mayStay }: Write,
  asked: readonly Node[],
  steps: readonly Step[],
): boolean {
  const owner = model.functionOf(node);
  const index = steps.findIndex((step) => step.node === node);
  const before = new Set(steps.slice(0, Math.max(index, 0)).map((step) => step.node));
  return asked.some((read) => {
    // Who asks behind the write asks for what it has written, or for what is still there from another request.
    const isBefore = before.has(read) || (model.functionOf(read) === owner && rangeOf(read)[0] <= rangeOf(node)[1]);
    return isBefore && !(mayStay && isWithin(model, read, node)) && isTested(model, read) && !isMaking(model, read);
  });
}

/** `global.list = global.list || []` */
function isMaking(model: Model, read: Node): boolean {
  const either = model.parentOf(read);
  const made = either?.type === "LogicalExpression" ? either.right.type : undefined;
  const by = either === null ? null : model.parentOf(either);
  return (made === "ArrayExpression" || made === "ObjectExpression") && by?.type === "AssignmentExpression";
}

function isTested(model: Model, read: Node): boolean {
  let inner: Node = read;
  for (let above = model.parentOf(read); above !== null && !isFunction(above); above = model.parentOf(above)) {
    const isTest = "test" in above && above.test === inner;
    const isKept =
      above.type === "AssignmentExpression" && above.left === inner && /^(?:\?\?|\|\||&&)=$/u.test(above.operator);
    if (isTest || isKept || (above.type === "LogicalExpression" && above.left === inner)) {
      return true;
    }
    inner = above;
  }
  return false;
}

/**
 * True where what is kept is the request's own data, and not what somebody has found out by it: `user ??= input.user`
 * gives the first user to all others.
 */
export function keepsFirst(model: Model, input: RequestData, { node, value }: Write): boolean {
  return isOwnData(input, value) && isUnlessThere(model, node);
}

function isOwnData(input: RequestData, value: Node): boolean {
  switch (value.type) {
    case "Identifier":
    case "MemberExpression":
      return input.isPart(value);
    case "ChainExpression":
      return isOwnData(input, value.expression);
    case "LogicalExpression":
      return value.operator !== "&&" && isOwnData(input, value.right);
    default:
      return false;
  }
}

/** `user ??= value`, `state.user = state.user || value`, `if (!user) { user = value; }` */
function isUnlessThere(model: Model, node: Node): boolean {
  if (node.type !== "AssignmentExpression") {
    return false;
  }
  const { left, operator, right } = node;
  const isOwn = (part: Node): boolean => part.type === left.type && model.textOf(part) === model.textOf(left);
  if (operator !== "=") {
    return operator === "??=" || operator === "||=";
  }
  if (right.type === "LogicalExpression") {
    return right.operator !== "&&" && isOwn(right.left);
  }
  const statement = model.parentOf(node);
  const block = statement === null ? null : model.parentOf(statement);
  const condition = block?.type === "BlockStatement" ? model.parentOf(block) : block;
  const isGuarded =
    condition?.type === "IfStatement" && (condition.consequent === block || condition.consequent === statement);
  return isGuarded && isMissing(condition.test, isOwn);
}

/** `!user`, `user === undefined`, `user == null` */
function isMissing(test: Node, isOwn: (part: Node) => boolean): boolean {
  if (test.type === "UnaryExpression") {
    return test.operator === "!" && isOwn(test.argument);
  }
  const isNothing = (part: Node): boolean =>
    (part.type === "Identifier" && part.name === "undefined") || (part.type === "Literal" && part.value === null);
  return (
    test.type === "BinaryExpression" && /^={2,3}$/u.test(test.operator) && isOwn(test.left) && isNothing(test.right)
  );
}
