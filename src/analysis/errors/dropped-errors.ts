import type * as ESTree from "estree";
import { mayLeave } from "../control/leaving.ts";
import type { Model } from "../code/model.ts";
import { isConsoleCall } from "../code/effects.ts";
import { isFunction, isInside, rangeOf, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { Rejections } from "./rejections.ts";
import type { UnhandledError } from "./silent-chains.ts";

/** Finds what becomes of an error in a `catch` that does nothing about it: nobody hears of it, or only the log. */
export function findDroppedErrors(model: Model, rejections: Rejections): UnhandledError[] {
  return [
    ...model.nodes("TryStatement").flatMap((statement) => droppedIn(model, rejections, statement) ?? []),
    ...model.nodes("CallExpression").flatMap((call) => droppedBy(model, rejections, call) ?? []),
  ];
}

function droppedIn(
  model: Model,
  rejections: Rejections,
  { block, handler }: ESTree.TryStatement,
): UnhandledError | undefined {
  if (!handler) {
    return undefined;
  }
  const isDropped = isSilent(model, handler.body);
  if (!isDropped && !onlyLogs(model, handler.body)) {
    return undefined;
  }
  const owner = model.functionOf(block);
  const name = owner === null ? undefined : awaitedIn(model, rejections, block, owner);
  if (isDropped) {
    // A body that is no JSON, a text that is no URL: there, having no value may be all that has to be known.
    return { kind: name === undefined ? "swallowed" : "dropped", at: handler, name: name ?? "", awaitable: undefined };
  }
  // What the block sets, or that it leaves the function, tells whoever comes behind it how things went.
  const isTold = owner === null || mayLeave(block) || setsSomething(block);
  return name !== undefined && !isTold && answersBehind(model, block, owner)
    ? { kind: "answered", at: handler, name, awaitable: undefined }
    : undefined;
}

/** `await send().catch(() => {})` */
function droppedBy(
  model: Model,
  rejections: Rejections,
  call: ESTree.SimpleCallExpression,
): UnhandledError | undefined {
  const { callee, arguments: given } = call;
  const isCatch =
    callee.type === "MemberExpression" && callee.property.type === "Identifier" && callee.property.name === "catch";
  const [onError] = given;
  const isDropping =
    onError !== undefined &&
    isFunction(onError) &&
    onError.body.type === "BlockStatement" &&
    isSilent(model, onError.body);
  const parent = model.parentOf(call);
  const isWaited = parent?.type === "AwaitExpression" && model.parentOf(parent)?.type === "ExpressionStatement";
  const name = isCatch && isDropping && isWaited ? rejections.sourceOf(callee.object) : undefined;
  return name === undefined || onError === undefined
    ? undefined
    : { kind: "swallowed", at: onError, name: "", awaitable: undefined };
}

/** An empty block, in which no comment says why. */
function isSilent(model: Model, block: ESTree.BlockStatement): boolean {
  return block.body.length === 0 && model.commentsIn(rangeOf(block)).length === 0;
}

function onlyLogs(model: Model, block: ESTree.BlockStatement): boolean {
  return (
    block.body.length > 0 &&
    model.commentsIn(rangeOf(block)).length === 0 &&
    block.body.every((each) => each.type === "ExpressionStatement" && isConsoleCall(model, each.expression))
  );
}

/** What a block waits for that may fail, but for the body of an answer that is there already. */
function awaitedIn(model: Model, rejections: Rejections, block: Node, owner: FunctionNode): string | undefined {
  return model
    .nodes("AwaitExpression")
    .filter((node) => isInside(node, block) && model.functionOf(node) === owner)
    .map(({ argument }) => (rejections.isBodyRead(argument) ? undefined : rejections.sourceOf(argument)))
    .find((name) => name !== undefined);
}

/** True when a block writes a variable, or may change an object or a list: `ids.push(id)`. */
function setsSomething(block: Node): boolean {
  let isSet = false;
  walk(block, (part) => {
    const isPushed = part.type === "ExpressionStatement" && part.expression.type === "CallExpression";
    isSet ||= part.type === "AssignmentExpression" || part.type === "UpdateExpression" || isPushed;
    return !isSet && !isFunction(part);
  });
  return isSet;
}

/** True when the next statement of the function answers with a value, whatever has happened before. */
function answersBehind(model: Model, block: Node, owner: FunctionNode): boolean {
  const node = model.parentOf(block);
  const list = node === null ? null : model.parentOf(node);
  if (list?.type !== "BlockStatement" || list !== owner.body) {
    return false;
  }
  const next = list.body[list.body.indexOf(node as ESTree.Statement) + 1];
  return next?.type === "ReturnStatement" && !!next.argument;
}
