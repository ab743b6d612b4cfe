import type * as ESTree from "estree";
import { isPure } from "../../analysis/code/effects.ts";
import { returnStatementsOf } from "../../analysis/code/functions.ts";
import type { Model } from "../../analysis/code/model.ts";
import { isCallOf } from "../../analysis/code/names.ts";
import {
  bareExpression,
  bodyPartsOf,
  isFunction,
  isNullish,
  rangeOf,
  staticName,
  walk,
} from "../../analysis/code/tree.ts";
import type { FunctionNode, Node } from "../../analysis/code/tree.ts";
import { forwards, handlerOf, isAnswer } from "../../analysis/contract/chain-handlers.ts";
import type { ChainHandler } from "../../analysis/contract/chain-handlers.ts";
import { forwardsTo } from "../../analysis/contract/known-calls.ts";
import { rejectsOnly } from "../../analysis/contract/promise-making.ts";
import { nextSibling } from "../../analysis/contract/settle-statements.ts";
import { linksOf } from "../../analysis/control/chains.ts";
import { catchAround } from "../../analysis/control/continuation.ts";
import { ERROR } from "../../analysis/errors/reason-set.ts";
import { caughtReasons } from "../../analysis/errors/reasons.ts";
import { truthOf } from "../../analysis/values/truth.ts";
import { valuesOf } from "../../analysis/values/values-of.ts";
import { indentAt, lineEndingOf, unitOf } from "../text/layout.ts";
import { freeName } from "../text/names.ts";
import { withParentheses } from "../text/parentheses.ts";
import { keepPart } from "./caught.ts";
import type { ExposeContext } from "./expose-context.ts";
import { innerRange, movedText } from "./inline-body.ts";

/** `const user = await load().catch(handler)`, taken apart. */
interface CaughtWait {
  readonly declaration: ESTree.VariableDeclaration;
  readonly target: ESTree.Pattern;
  readonly call: ESTree.SimpleCallExpression;
  readonly promise: Node;
  readonly handler: ChainHandler;
}

/**
 * `const user = await load().catch((error) => { callback(error); }); if (!user) return;`: the function has answered when
 * the handler ends, and does no more. So the error may as well end the function, or the handler becomes a `catch` that
 * leaves it.
 */
export function leaveByCatch(context: ExposeContext): boolean {
  const { model, owner } = context;
  for (const declaration of model.nodes("VariableDeclaration")) {
    const wait = model.functionOf(declaration) === owner ? caughtWaitOf(context, declaration) : undefined;
    if (wait === undefined || !leavesBehind(model, wait)) {
      continue;
    }
    const { handler, call, promise } = wait;
    if (isForwarded(context, wait)) {
      keepPart(context, call, promise);
      return true;
    }
    if (handler.kind === "inline" && declaration.kind !== "var" && answers(context, handler.node)) {
      write(context, wait, handler.node);
      return true;
    }
  }
  return false;
}

function caughtWaitOf(context: ExposeContext, declaration: ESTree.VariableDeclaration): CaughtWait | undefined {
  const [declarator, ...others] = declaration.declarations;
  const call = declarator?.init?.type === "AwaitExpression" ? declarator.init.argument : undefined;
  const callee = call?.type === "CallExpression" && call.arguments.length === 1 ? call.callee : undefined;
  const isCatch = callee?.type === "MemberExpression" && !callee.optional && staticName(callee) === "catch";
  if (declarator === undefined || others.length > 0 || call?.type !== "CallExpression" || !isCatch) {
    return undefined;
  }
  const handler = handlerOf(context, call.arguments[0]);
  return handler === undefined || handler === "none"
    ? undefined
    : { declaration, target: declarator.id, call, promise: callee.object, handler };
}

/** True where the handler only hands the error on, and an error of the function itself would go the same way. */
function isForwarded(context: ExposeContext, { declaration, handler }: CaughtWait): boolean {
  const { model, owner, callback, failsForHandler } = context;
  const clause = catchAround(model, declaration, owner);
  const isThrough = clause === undefined || forwardsTo(model, clause, new Set([callback]));
  return failsForHandler && isThrough && caughtReasons(model) === ERROR && forwards(context, handler, true);
}

/** True for a handler that surely answers, and ends at its end only. */
function answers(context: ExposeContext, handler: FunctionNode): boolean {
  const { model } = context;
  const parts = bodyPartsOf(handler);
  const isAtEnd = returnStatementsOf(model, handler).every((statement) => statement === parts.at(-1));
  const result = resultOf(model, handler);
  const isKnown = result === undefined || isPure(model, result) || isAnswer(context, result);
  const isPlain = handler.async !== true && !hasVar(handler);
  return isAtEnd && isKnown && isPlain && parts.some((part) => isAnswer(context, bareExpression(part)));
}

/** True for names that would be known outside of the `catch` as well. */
function hasVar({ body }: FunctionNode): boolean {
  let isFound = false;
  walk(body, (node) => {
    isFound ||= node.type === "FunctionDeclaration" || (node.type === "VariableDeclaration" && node.kind === "var");
    return !isFound && !isFunction(node);
  });
  return isFound;
}

/** What the handler gives; undefined for nothing. */
function resultOf(model: Model, handler: FunctionNode): Node | undefined {
  const [given] = returnStatementsOf(model, handler);
  return (handler.body.type === "BlockStatement" ? given?.argument : handler.body) ?? undefined;
}

/** True when the next statement leaves the function with what the handler gave. */
function leavesBehind(model: Model, { declaration, target, handler }: CaughtWait): boolean {
  const next = nextSibling(model, declaration);
  if (next?.type !== "IfStatement") {
    return false;
  }
  const [only, ...others]: readonly Node[] =
    next.consequent.type === "BlockStatement" ? next.consequent.body : [next.consequent];
  const isLeft = only?.type === "ReturnStatement" && (!only.argument || isPure(model, only.argument));
  return (
    isLeft &&
    others.length === 0 &&
    isCertain(model, next.test, target, handler.kind === "inline" ? resultOf(model, handler.node) : undefined)
  );
}

/** True for a test that holds where the target got the result of the handler. */
function isCertain(model: Model, test: Node, target: Node, result: Node | undefined): boolean {
  if (test.type === "LogicalExpression" && test.operator === "||") {
    // What is tested first must not fail.
    return isCertain(model, test.left, target, result);
  }
  if (test.type === "UnaryExpression" && test.operator === "!") {
    const given = givenTo(model, test.argument, target, result);
    return given === "nothing" || (given !== undefined && isFalsy(model, given));
  }
  if (test.type === "BinaryExpression" && /^===?$/u.test(test.operator) && isNullish(test.right)) {
    const given = givenTo(model, test.left, target, result);
    const isLoose = test.operator === "==";
    const isNull = test.right.type === "Literal";
    return given === "nothing"
      ? isLoose || !isNull
      : given !== undefined && isNullish(given) && (isLoose || isNull === (given.type === "Literal"));
  }
  return false;
}

function isFalsy(model: Model, node: Node): boolean {
  const values = valuesOf(model, node);
  return values.length > 0 && values.every((value) => truthOf(value) === false);
}

/** What a name of the target gets of the result; undefined where that can't be told. */
function givenTo(model: Model, name: Node, target: Node, result: Node | undefined): Node | "nothing" | undefined {
  const isName = (node: Node): boolean =>
    name.type === "Identifier" && node.type === "Identifier" && model.variableOf(node) === model.variableOf(name);
  if (isName(target)) {
    return result === undefined || result.type === "CallExpression" ? "nothing" : result;
  }
  const isEmptyList = result?.type === "ArrayExpression" && result.elements.length === 0;
  if (target.type === "ArrayPattern" && isEmptyList) {
    return target.elements.some((element) => element !== null && isName(element)) ? "nothing" : undefined;
  }
  const isEmptyObject = result?.type === "ObjectExpression" && result.properties.length === 0;
  const parts = target.type === "ObjectPattern" && isEmptyObject ? target.properties : [];
  return parts.some((part) => part.type === "Property" && isName(part.value)) ? "nothing" : undefined;
}

function write(context: ExposeContext, { declaration, target, promise }: CaughtWait, handler: FunctionNode): void {
  const { model, report } = context;
  const { text } = model;
  const [start] = rangeOf(declaration);
  const unit = unitOf(model);
  const indent = indentAt(text, start);
  const made = text.slice(...withParentheses(model, promise));
  const isRequest = isCallOf(model, linksOf(promise).base, "fetch");
  const held = rejectsOnly(model, promise) ? undefined : freeName(model, isRequest ? "request" : "promise");
  const name = target.type === "Identifier" ? target.name : freeName(model, isRequest ? "answer" : "result");
  const [parameter] = handler.params;
  const lines = [
    ...(held === undefined ? [] : [`const ${held} = ${made};`]),
    `let ${name};`,
    "try {",
    `${unit}${name} = await ${held ?? made};`,
    parameter === undefined ? "} catch {" : `} catch (${model.textOf(parameter)}) {`,
    ...linesOf(context, handler, indent + unit).map((line) => unit + line),
    "}",
    ...(target.type === "Identifier" ? [] : [`${declaration.kind} ${model.textOf(target)} = ${name};`]),
  ];
  report.edits.replace(rangeOf(declaration), lines.join(lineEndingOf(text) + indent));
}

/** The statements of the handler, each on a line of its own, with a `return` at their end. */
function linesOf({ model, report }: ExposeContext, handler: FunctionNode, indent: string): string[] {
  const parts = bodyPartsOf(handler);
  const range = handler.body.type === "BlockStatement" ? innerRange(model, handler.body) : rangeOf(handler.body);
  const isPlain = range !== undefined && model.commentsIn(range).length === 0;
  const texts = isPlain ? parts.map(rangeOf) : [range ?? rangeOf(handler.body)];
  const lines = texts.map((each) => movedText(model, report.edits, each, indent));
  return [
    ...lines.map((line) => (isPlain && !/[;}]$/u.test(line) ? `${line};` : line)),
    ...(parts.at(-1)?.type === "ReturnStatement" ? [] : ["return;"]),
  ];
}
