import { isConstant, readsOf } from "../../analysis/code/bindings.ts";
import { isAsync, isPure } from "../../analysis/code/effects.ts";
import { meansTheSameAt } from "../../analysis/code/names.ts";
import { isFunction, rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node } from "../../analysis/code/tree.ts";
import { handlerOf } from "../../analysis/contract/chain-handlers.ts";
import type { ChainHandler } from "../../analysis/contract/chain-handlers.ts";
import { chainOf, mentions } from "../../analysis/control/chains.ts";
import { returnStatementsOf } from "../../analysis/code/functions.ts";
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
export function keepPart({ model, report }: ExposeContext, whole: Node, part: Node): void {
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
