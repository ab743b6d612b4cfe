import type * as ESTree from "estree";
import { isAsync } from "../../analysis/code/effects.ts";
import { findHandler } from "../../analysis/code/handler.ts";
import type { Model } from "../../analysis/code/model.ts";
import { isGlobalTaken, variableNamed } from "../../analysis/code/names.ts";
import { isInside, rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import { planHandler } from "../../analysis/contract/callback-owners.ts";
import { exposedOwners } from "../../analysis/contract/exposed-owners.ts";
import { promiseAround } from "../../analysis/contract/promise-around.ts";
import type { PromiseAround, PromiseCall } from "../../analysis/contract/promise-around.ts";
import { mayBeDropped } from "../../analysis/errors/reason-set.ts";
import { dataLinesOf, indentAt, lineEndingOf, statementRange, unitOf } from "../text/layout.ts";
import { freeName } from "../text/names.ts";
import { withParentheses } from "../text/parentheses.ts";
import { ErrorObjects } from "./error-objects.ts";
import type { ExposeContext } from "./expose-context.ts";

/** How the two functions of the promise are called. */
interface Names {
  readonly resolve: string;
  readonly reject: string;
}

/**
 * Where functions that others call hold the callback, and nothing else helps: the statements around them become the body
 * of a promise, which is the result. `callback(null, promise)` adopts it, and the first call settles as before.
 *
 * @param isPrepared the other steps have done what they could
 */
export function settleByPromise(context: ExposeContext, isPrepared: boolean): boolean {
  const { model, owner, callback, settling, report } = context;
  const handler = findHandler(model);
  if (handler?.node !== owner) {
    return false;
  }
  // A helper that was made async so that it could return, and calls back all the same, would lose what it throws.
  const isHalfDone = exposedOwners(model, handler).some(
    (other) => !other.settling.has(callback) && isAsync(other.owner),
  );
  if (isPrepared && isHalfDone) {
    return false;
  }
  const plan = planHandler(model, handler);
  const around = plan.why === undefined ? undefined : promiseAround(model, handler, settling, plan.at);
  if (around === undefined || isGlobalTaken(model, owner.body, "Promise")) {
    return false;
  }
  const objects = new ErrorObjects(model);
  const names = { resolve: nameFor(model, around, "resolve"), reject: nameFor(model, around, "reject") };
  const settled = around.calls.flatMap((call) => settledParts(context, objects, call, names));
  if (objects.globals.some(({ name, place }) => isGlobalTaken(model, place, name))) {
    return false;
  }
  for (const [range, text] of settled) {
    report.edits.replace(range, text);
  }
  for (const { read, isError } of around.values) {
    const text = `(error, result) => (${either("error", `${names.resolve}(result)`, `${names.reject}(error)`)})`;
    report.edits.replace(rangeOf(read), isError ? names.reject : text);
  }
  const kept = around.values.find(({ isError }) => !isError);
  if (kept !== undefined) {
    report.keepContract(kept.read, "The callback is handed on as a value");
  }
  for (const node of around.returned) {
    rejectWith(context, node, names.reject);
  }
  wrap(context, around, names);
  objects.appendTo(report.edits);
  for (const { call, reasons } of around.calls) {
    if (mayBeDropped(reasons)) {
      report.declare("error-object", call);
    }
  }
  return true;
}

/** The wanted name, where nothing else is meant by it in the statements or around them; else a free one. */
function nameFor(model: Model, { statements }: PromiseAround, wanted: string): string {
  const isMeant = statements.some((statement) => variableNamed(model, wanted, statement) !== undefined);
  const isUsed = model
    .nodes("Identifier")
    .some(
      (identifier) => identifier.name === wanted && statements.some((statement) => isInside(identifier, statement)),
    );
  return isMeant || isUsed ? freeName(model, wanted) : wanted;
}

/** Only `undefined` and `null` mean success. */
function either(error: string, resolved: string, rejected: string): string {
  return `${error} === undefined || ${error} === null ? ${resolved} : ${rejected}`;
}

/** Hands the error of what may be a promise to `reject`; a chain gets one more link, written as its last one is. */
function rejectWith({ model, report }: ExposeContext, node: Node, reject: string): void {
  const { text } = model;
  if (isChain(node)) {
    const gap = text.slice(rangeOf(node.callee.object)[1], rangeOf(node.callee.property)[0]);
    report.edits.insert(rangeOf(node)[1], `${/^\s*\.$/u.test(gap) ? gap : "."}catch(${reject})`);
  } else {
    report.edits.insert(withParentheses(model, node)[0], "Promise.resolve(");
    report.edits.insert(withParentheses(model, node)[1], `).catch(${reject})`);
  }
}

/** True for `….catch(…)` and `….finally(…)`, which only a promise has, and for `.then(…)` behind one of them. */
function isChain(node: Node): node is ESTree.SimpleCallExpression & { readonly callee: ESTree.MemberExpression } {
  if (
    node.type !== "CallExpression" ||
    node.optional ||
    node.callee.type !== "MemberExpression" ||
    node.callee.optional
  ) {
    return false;
  }
  const name = staticName(node.callee);
  return name === "catch" || name === "finally" || (name === "then" && isChain(node.callee.object));
}

/** What is replaced of a call of the callback; a result stays where it is. */
function settledParts(
  { model }: ExposeContext,
  objects: ErrorObjects,
  { call, kind, reasons, error, value }: PromiseCall,
  { resolve, reject }: Names,
): (readonly [Range, string])[] {
  const [start, end] = rangeOf(call);
  if (kind === "absent" || error === undefined) {
    return value === undefined
      ? [[[start, end], `${resolve}()`]]
      : [[[start, withParentheses(model, value)[0]], `${resolve}(`]];
  }
  const errorText = model.text.slice(...withParentheses(model, error));
  const rejected = objects.of(reasons, error, errorText);
  if (kind === "error") {
    const range = withParentheses(model, error);
    const changed = rejected === errorText ? [] : [[range, rejected] as const];
    const others = value === undefined ? [] : [[[range[1], end], ")"] as const];
    return [[rangeOf(call.callee), reject], ...changed, ...others];
  }
  const resolved = value === undefined ? "" : model.text.slice(...withParentheses(model, value));
  const text = either(errorText, `${resolve}(${resolved})`, `${reject}(${rejected})`);
  const around = model.parentOf(call)?.type ?? "";
  return [[[start, end], /^(?:ExpressionStatement|ReturnStatement)$/u.test(around) ? text : `(${text})`]];
}

/** Puts the statements into the function that makes the promise. */
function wrap({ model, callback, report }: ExposeContext, around: PromiseAround, { resolve, reject }: Names): void {
  const { text } = model;
  const [first] = around.statements;
  const last = around.statements.at(-1);
  if (first === undefined || last === undefined) {
    return;
  }
  const start = rangeOf(first)[0];
  const end = statementRange(model, last)[1];
  const indent = indentAt(text, start);
  const lineBreak = lineEndingOf(text) + indent;
  const isRejected =
    around.values.length > 0 || around.returned.length > 0 || around.calls.some(({ kind }) => kind !== "absent");
  report.edits.indent(text, [start, end], { kept: indent, indent: unitOf(model) }, dataLinesOf(model));
  const parameters = isRejected ? `(${resolve}, ${reject})` : `(${resolve})`;
  report.edits.insertBehind(start, `${callback.name}(null, new Promise(${parameters} => {${lineBreak}${unitOf(model)}`);
  report.edits.insert(end, `${lineBreak}}));`);
}
