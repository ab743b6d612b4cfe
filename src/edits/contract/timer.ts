import type * as ESTree from "estree";
import { makeAsync } from "../text/make-async.ts";
import { isAsync, isPure, isStable, cannotThrow } from "../../analysis/code/effects.ts";
import { isFunction, rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node } from "../../analysis/code/tree.ts";
import { forwardsTo } from "../../analysis/contract/known-calls.ts";
import { settlementOf } from "../../analysis/contract/settlement.ts";
import { isInlinable, mentions } from "../../analysis/control/chains.ts";
import { returnStatementsOf } from "../../analysis/code/functions.ts";
import { catchAround, continuationOf } from "../../analysis/control/continuation.ts";
import { NONE } from "../../analysis/control/flow.ts";
import { EditList } from "../text/edit-list.ts";
import { closedLine, indentAt, lineEndingOf, statementRange } from "../text/layout.ts";
import { freeName } from "../text/names.ts";
import { rangeWithComments } from "../text/remove-statements.ts";
import { renameVariable } from "../text/rename.ts";
import { isSettleCall } from "./expose-context.ts";
import type { ExposeContext } from "./expose-context.ts";
import { findClashes, innerRange, movedText } from "./inline-body.ts";

/** `setTimeout(() => { … }, wait);` with the callback in it, and what runs until the timer does. */
interface Timer {
  readonly statement: ESTree.ExpressionStatement;
  readonly run: FunctionNode;
  readonly wait: Node | undefined;
  readonly meanwhile: readonly Node[];
}

/** A timer that answers becomes a pause: the function waits for it, then goes on with what the timer did. */
export function waitForTimer(context: ExposeContext): boolean {
  const { model, owner, mayBecomeAsync } = context;
  if (!mayBecomeAsync || model.isNameTaken("Promise")) {
    return false;
  }
  for (const statement of model.nodes("ExpressionStatement")) {
    const timer = model.functionOf(statement) === owner ? timerOf(context, statement) : undefined;
    if (timer !== undefined) {
      write(context, timer);
      return true;
    }
  }
  return false;
}

function timerOf(context: ExposeContext, statement: ESTree.ExpressionStatement): Timer | undefined {
  const { model, owner, settling } = context;
  const { expression: call } = statement;
  if (call.type !== "CallExpression" || !model.isGlobal(call.callee, "setTimeout") || call.arguments.length > 2) {
    return undefined;
  }
  const [run, wait] = call.arguments;
  const isOwn =
    run !== undefined &&
    isFunction(run) &&
    run.params.length === 0 &&
    isInlinable(model, run) &&
    mentions(model, run, settling) &&
    (wait === undefined || !mentions(model, wait, settling));
  if (!isOwn || model.parentOf(statement)?.type !== "BlockStatement") {
    return undefined;
  }
  const { after, repeats } = continuationOf(model, statement, owner);
  const isQuiet = after.every((node) => cannotThrow(model, node)) && (wait === undefined || isStable(model, wait));
  const isLast = after.length === 0 || (model.parentOf(statement) === owner.body && isQuiet);
  return isLast && !repeats && leavesQuietly(context, run) && isUnheard(context, statement, run)
    ? { statement, run, wait, meanwhile: after }
    : undefined;
}

/** True when a `return` of the timer's function gives nothing that would count in the function around it. */
function leavesQuietly(context: ExposeContext, run: FunctionNode): boolean {
  const { model } = context;
  return run.body.type !== "BlockStatement"
    ? isSettleCall(context, run.body)
    : returnStatementsOf(model, run).every(
        ({ argument }) => !argument || isPure(model, argument) || isSettleCall(context, argument),
      );
}

/** True when no `catch` around the timer, which hears nothing of what happens later, would make anything of it. */
function isUnheard({ model, owner, callback }: ExposeContext, statement: Node, run: FunctionNode): boolean {
  const clause = catchAround(model, statement, owner);
  return (
    clause === undefined ||
    forwardsTo(model, clause, new Set([callback])) ||
    settlementOf(model, run, callback).atThrow === 0
  );
}

function write({ model, owner, callback, report }: ExposeContext, { statement, run, wait, meanwhile }: Timer): void {
  const renames = new EditList();
  for (const variable of findClashes(model, run, owner, [])) {
    renameVariable(model, renames, variable, freeName(model, variable.name));
  }
  const range = statementRange(model, statement);
  const indent = indentAt(model.text, range[0]);
  const inner = run.body.type === "BlockStatement" ? innerRange(model, run.body) : rangeOf(run.body);
  const text = inner === undefined ? "" : movedText(model, renames, inner, indent);
  const end = run.body.type === "BlockStatement" ? "" : ";";
  const resolve = freeName(model, "resolve");
  const given = wait === undefined ? "" : `, ${model.textOf(wait)}`;
  const comments = model
    .commentsIn(range)
    .map((comment) => model.text.slice(...rangeOf(comment)))
    .filter((comment) => !text.includes(comment));
  const lines = [
    ...comments,
    `await new Promise((${resolve}) => setTimeout(${resolve}${given}));`,
    ...(text === "" ? [] : [text + end]),
  ];
  const lineBreak = lineEndingOf(model.text) + indent;
  const last = meanwhile.at(-1);
  if (last === undefined) {
    report.edits.replace(range, closedLine(lines.join(lineBreak), model.text.slice(range[1]), lineBreak));
  } else {
    const behind = rangeWithComments(model, last)[1];
    const next = rangeOf(meanwhile[0] ?? last)[0];
    report.edits.remove([
      range[0],
      Math.min(next, range[1] + (/^\s*/u.exec(model.text.slice(range[1]))?.[0].length ?? 0)),
    ]);
    const pause = lines.map((line) => lineBreak + line).join("");
    report.edits.insert(behind, closedLine(pause, model.text.slice(behind), lineBreak));
  }
  if (!isAsync(owner)) {
    makeAsync(model, report.edits, owner);
  }
  if ((settlementOf(model, run, callback).atThrow & NONE) !== 0) {
    report.declare("never-settles", statement);
  }
}
