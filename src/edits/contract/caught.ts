import type * as ESTree from "estree";
import { isConstant, readsOf } from "../../analysis/code/bindings.ts";
import { isAsync, isPure } from "../../analysis/code/effects.ts";
import { meansTheSameAt } from "../../analysis/code/names.ts";
import { isFunction, rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node } from "../../analysis/code/tree.ts";
import { forwardsTo } from "../../analysis/contract/known-calls.ts";
import { forwards, handlerOf } from "../../analysis/contract/chain-handlers.ts";
import type { ChainHandler } from "../../analysis/contract/chain-handlers.ts";
import { nextSibling } from "../../analysis/contract/settle-statements.ts";
import { chainOf, mentions } from "../../analysis/control/chains.ts";
import { returnStatementsOf } from "../../analysis/code/functions.ts";
import { catchAround } from "../../analysis/control/continuation.ts";
import { ERROR } from "../../analysis/errors/reason-set.ts";
import { caughtReasons } from "../../analysis/errors/reasons.ts";
import { indentAt, lineEndingOf, reindentCode, unitOf } from "../text/layout.ts";
import { freeName } from "../text/names.ts";
import { withParentheses } from "../text/parentheses.ts";
import { isSettleCall } from "./expose-context.ts";
import type { ExposeContext } from "./expose-context.ts";
import { innerRange, movedText } from "./inline-body.ts";

/** The async function that a call without arguments runs, when it is called nowhere else. */
function calledOnce({ model, owner }: ExposeContext, call: Node): FunctionNode | undefined {
  if (call.type !== "CallExpression" || call.arguments.length > 0) {
    return undefined;
  }
  if (isFunction(call.callee)) {
    return call.callee;
  }
  const variable = call.callee.type === "Identifier" ? model.variableOf(call.callee) : undefined;
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition === undefined || !isConstant(variable) || readsOf(variable).length !== 1) {
    return undefined;
  }
  const declared = definition.node as Node;
  const node = declared.type === "VariableDeclarator" ? declared.init : declared;
  return node && isFunction(node) && model.functionOf(declared) === owner ? node : undefined;
}

/** `(async () => { … })().catch(callback)`: the function catches its errors itself. */
export function catchInside(context: ExposeContext): boolean {
  const { model, owner, settling, report } = context;
  for (const statement of [...model.nodes("ExpressionStatement"), ...model.nodes("ReturnStatement")]) {
    const chain = model.functionOf(statement) === owner ? chainOf(statement) : undefined;
    const [link, ...others] = chain?.links ?? [];
    if (chain === undefined || link?.method !== "catch" || others.length > 0 || link.handlers.length !== 1) {
      continue;
    }
    const inner = calledOnce(context, chain.base);
    const handler = handlerOf(context, link.handlers[0]);
    if (inner === undefined || !isAsync(inner) || !mentions(model, inner, settling)) {
      continue;
    }
    const range = inner.body.type === "BlockStatement" ? innerRange(model, inner.body) : undefined;
    const written = handler === undefined || handler === "none" ? undefined : catchText(context, handler, inner);
    const givesNothing = returnStatementsOf(model, inner).every(
      ({ argument }) =>
        !argument || isPure(model, argument) || argument.type === "AwaitExpression" || isSettleCall(context, argument),
    );
    if (range === undefined || written === undefined || !givesNothing) {
      continue;
    }
    const indent = indentAt(model.text, range[0]);
    const unit = unitOf(model);
    const lineBreak = lineEndingOf(model.text) + indent;
    const text = reindentCode(model.text.slice(...range), indent, indent + unit);
    report.edits.replace(range, ["try {", unit + text, ...written].join(lineBreak));
    keepPart(context, link.call, chain.base);
    return true;
  }
  return false;
}

/** Leaves a part of an expression in its place. */
function keepPart({ model, report }: ExposeContext, whole: Node, part: Node): void {
  const [start, end] = rangeOf(whole);
  const [from, to] = withParentheses(model, part);
  if (from > start) {
    report.edits.remove([start, from]);
  }
  report.edits.remove([to, end]);
}

/** The lines of a `catch` that does what the handler of a promise does. */
function catchText(context: ExposeContext, handler: ChainHandler, around: FunctionNode): string[] | undefined {
  const { model, report } = context;
  if (!meansTheSameAt(model, handler.node, around.body)) {
    return undefined;
  }
  if (handler.kind === "call") {
    const callee = model.textOf(handler.node);
    const name = /\berror\b/u.test(callee) ? freeName(model, "error") : "error";
    return [`} catch (${name}) {`, `${unitOf(model)}${callee}(${name});`, "}"];
  }
  const { node } = handler;
  const [parameter] = node.params;
  const range = node.body.type === "BlockStatement" ? innerRange(model, node.body) : rangeOf(node.body);
  const isHidden = parameter?.type === "Identifier" && model.scopeAt(around.body).set.get(parameter.name) !== undefined;
  if (isHidden) {
    return undefined;
  }
  const indent = indentAt(model.text, rangeOf(around.body)[0]);
  const unit = unitOf(model);
  const end = node.body.type === "BlockStatement" ? "" : ";";
  const text = range === undefined ? "" : movedText(model, report.edits, range, indent + unit + unit) + end;
  const head = parameter === undefined ? "} catch {" : `} catch (${model.textOf(parameter)}) {`;
  return [head, ...(text === "" ? [] : [unit + text]), "}"];
}

/** `if (!answer) return;` */
function leavesWithout({ model }: ExposeContext, statement: Node | undefined, name: ESTree.Identifier): boolean {
  if (statement?.type !== "IfStatement" || statement.alternate) {
    return false;
  }
  const { test, consequent } = statement;
  const [only, ...others]: readonly Node[] = consequent.type === "BlockStatement" ? consequent.body : [consequent];
  const variable = model.variableOf(name);
  const isAbsent =
    (test.type === "UnaryExpression" && test.operator === "!" && model.variableOf(test.argument) === variable) ||
    (test.type === "BinaryExpression" &&
      (test.operator === "===" || test.operator === "==") &&
      model.variableOf(test.left) === variable &&
      test.right.type === "Identifier" &&
      test.right.name === "undefined");
  const isLeft = only?.type === "ReturnStatement" && (!only.argument || isPure(model, only.argument));
  return isAbsent && isLeft && others.length === 0;
}

/** `const answer = await load().catch(callback); if (!answer) return;`: the error may as well end the function. */
export function forwardByAwait(context: ExposeContext): boolean {
  const { model, owner, callback } = context;
  for (const declaration of model.nodes("VariableDeclaration")) {
    const [declarator, ...others] = declaration.declarations;
    const awaited = declarator?.init;
    if (
      others.length > 0 ||
      declarator?.id.type !== "Identifier" ||
      awaited?.type !== "AwaitExpression" ||
      model.functionOf(declaration) !== owner
    ) {
      continue;
    }
    const { argument: call } = awaited;
    const isCatch =
      call.type === "CallExpression" &&
      call.arguments.length === 1 &&
      call.callee.type === "MemberExpression" &&
      !call.callee.computed &&
      call.callee.property.type === "Identifier" &&
      call.callee.property.name === "catch";
    const handler = isCatch ? handlerOf(context, call.arguments[0]) : undefined;
    if (!isCatch || call.callee.type !== "MemberExpression" || handler === undefined || handler === "none") {
      continue;
    }
    const clause = catchAround(model, declaration, owner);
    const isThrough = clause === undefined || forwardsTo(model, clause, new Set([callback]));
    const isSame = forwards(context, handler) && caughtReasons(model) === ERROR;
    if (isThrough && isSame && leavesWithout(context, nextSibling(model, declaration), declarator.id)) {
      keepPart(context, call, call.callee.object);
      return true;
    }
  }
  return false;
}
