import type * as ESTree from "estree";
import { isConstant, readsOf } from "../../analysis/code/bindings.ts";
import { isInside, rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { mayBeSettled } from "../../analysis/contract/settle-types.ts";
import type { OwnerPlan, SettlePlan } from "../../analysis/contract/settle-types.ts";
import { forwardingCall } from "../../analysis/errors/forwarding.ts";
import type { EditList } from "../text/edit-list.ts";
import { gapEnd, gapStart } from "../text/gaps.ts";
import { CONTINUING, closedLine, dataLinesOf, indentAt, lineEndingOf, reindentCode } from "../text/layout.ts";
import { innerRange } from "./inline-body.ts";
import type { SettleLines } from "./settle-lines.ts";

/** A statement that says no more than the statements of its block. */
interface UselessStatement {
  readonly statement: ESTree.TryStatement | ESTree.LabeledStatement;
  readonly block: ESTree.BlockStatement;
}

/**
 * The `try` statements of a function that say nothing once their `catch` no longer calls back: their statements can
 * stand where they do. A `catch` with a comment in it says something.
 */
function uselessTries(model: Model, { owner, calls }: OwnerPlan, lines: SettleLines): UselessStatement[] {
  return model
    .nodes("TryStatement")
    .filter((statement) => {
      const { block, handler, finalizer } = statement;
      if (!handler || finalizer || model.functionOf(statement) !== owner.node) {
        return false;
      }
      const forwarding = forwardingCall(model, handler);
      const plan = calls.find(({ call }) => call === forwarding);
      const isSilent = model.commentsIn([rangeOf(block)[1], rangeOf(handler)[1]]).length === 0;
      return plan !== undefined && throwsOn(plan, lines) && isSilent;
    })
    .map((statement) => ({ statement, block: statement.block }));
}

/** The labelled blocks of a function that nothing leaves once each `break` behind a call of the callback is gone. */
function uselessLabels(model: Model, { owner, calls }: OwnerPlan): UselessStatement[] {
  const gone = new Set(calls.flatMap(({ leftover }) => leftover ?? []));
  return model.nodes("LabeledStatement").flatMap((statement) => {
    const { label, body } = statement;
    const breaks = model
      .nodes("BreakStatement")
      .filter((jump) => jump.label?.name === label.name && isInside(jump, statement));
    const isLeft = breaks.length === 0 || !breaks.every((jump) => gone.has(jump));
    return body.type === "BlockStatement" && !isLeft && model.functionOf(statement) === owner.node
      ? [{ statement, block: body }]
      : [];
  });
}

/** True when what is written for the call of the callback is `throw` with the very error. */
function throwsOn(plan: SettlePlan, lines: SettleLines): boolean {
  return (
    plan.kind === "error" &&
    plan.mode === "final" &&
    !mayBeSettled(plan.before) &&
    !plan.mustReject &&
    plan.error?.type === "Identifier" &&
    lines.error(plan, plan.error).trimEnd() === plan.error.name
  );
}

/**
 * Opens each `try` whose `catch` has become `throw error`, and each block whose label nobody needs any more; the innermost
 * goes first.
 */
export function openUseless(model: Model, plan: OwnerPlan, lines: SettleLines, edits: EditList): void {
  const useless = [...uselessTries(model, plan, lines), ...uselessLabels(model, plan)].toSorted(
    (a, b) => rangeOf(b.statement)[0] - rangeOf(a.statement)[0],
  );
  for (const found of useless.filter((each) => canOpen(model, each))) {
    open(model, edits, found);
  }
}

/** True when the statements of the block mean the same in the block around the whole. */
function canOpen(model: Model, { statement, block }: UselessStatement): boolean {
  const around = model.parentOf(statement);
  const range = innerRange(model, block);
  if (around?.type !== "BlockStatement" || range === undefined) {
    return false;
  }
  const { text } = model;
  const [start, end] = rangeOf(statement);
  const first = rangeOf(block.body[0] ?? statement)[0];
  const before = text.charAt(gapStart(model, start) - 1);
  const after = text.charAt(gapEnd(model, end));
  // In code without semicolons a line may run on into the next.
  const runsOn =
    (CONTINUING.test(text.slice(first)) && !";{}".includes(before)) ||
    (CONTINUING.test(after) && !";}".includes(text.charAt(range[1] - 1)));
  return !runsOn && ownNames(model, block).every((name) => !isUsedBeside(model, name, around, statement));
}

/** The names that a block declares for itself. */
function ownNames(model: Model, block: ESTree.BlockStatement): string[] {
  const scope = model.scopeAt(block);
  return scope.block === block ? scope.variables.map(({ name }) => name) : [];
}

/** True when a name is declared or used around the statement, where it means something else. */
function isUsedBeside(model: Model, name: string, around: ESTree.BlockStatement, statement: Node): boolean {
  const owner = model.functionOf(statement);
  const isBody = owner !== null && owner.body === around;
  const area = isBody ? owner : around;
  return model
    .nodes("Identifier")
    .some(
      (identifier) =>
        identifier.name === name &&
        isInside(identifier, area) &&
        !isInside(identifier, statement) &&
        (model.referenceOf(identifier) !== undefined || model.variableOf(identifier) !== undefined),
    );
}

/** Puts the statements of a block in place of the whole, with all that has been written in them. */
function open(model: Model, edits: EditList, { statement, block }: UselessStatement): void {
  const range = innerRange(model, block);
  if (range === undefined) {
    return;
  }
  const { text } = model;
  const [start, end] = rangeOf(statement);
  const kept = indentAt(text, start);
  const from = indentAt(text, range[0]);
  const holdsText = edits.all.some(
    (edit) => edit.range[0] >= range[0] && edit.range[1] <= range[1] && /`[^`]*\n/u.test(edit.text),
  );
  if (from !== kept && (holdsText || !from.startsWith(kept))) {
    edits.replaceWhole([start, end], reindentCode(edits.textOf(text, range), from, kept));
    return;
  }
  if (from !== kept) {
    edits.outdent(text, range, { kept, indent: from.slice(kept.length) }, dataLinesOf(model));
  }
  const pending = pendingBefore(model, statement, block);
  if (pending !== undefined) {
    edits.replace(rangeOf(pending.read), edits.textOf(text, rangeOf(pending.promise)));
  }
  edits.replaceWhole([pending === undefined ? start : rangeOf(pending.declaration)[0], range[0]], "");
  // What was written for the `catch` goes with it.
  const inner = text.slice(...range);
  edits.replaceWhole(
    [range[1], end],
    closedLine(inner, text.slice(end), lineEndingOf(text) + kept).slice(inner.length),
  );
}

/** A promise that was made in front of a `try` for its `catch` not to see what making it throws. */
interface PendingPromise {
  readonly declaration: Node;
  readonly promise: Node;
  /** The only read of its name. */
  readonly read: Node;
}

/** `const request = send();` right in front of a `try` that begins by waiting for it, and is the only one to do so. */
function pendingBefore(model: Model, statement: Node, block: ESTree.BlockStatement): PendingPromise | undefined {
  const around = model.parentOf(statement);
  const list: readonly Node[] = around?.type === "BlockStatement" ? around.body : [];
  const declaration = list[list.indexOf(statement) - 1];
  const [declarator, ...others] = declaration?.type === "VariableDeclaration" ? declaration.declarations : [];
  const variable = declarator === undefined ? undefined : model.variableOf(declarator.id);
  if (!declarator?.init || declaration === undefined || variable === undefined || !isConstant(variable)) {
    return undefined;
  }
  const [read, ...more] = readsOf(variable);
  const [first] = block.body;
  const awaited = read === undefined ? null : model.parentOf(read);
  const isFirst = awaited?.type === "AwaitExpression" && first !== undefined && beginsWith(first, awaited);
  const isAlone = others.length === 0 && more.length === 0 && variable.identifiers.length === 1;
  const isSilent = read !== undefined && model.commentsIn([rangeOf(declaration)[0], rangeOf(read)[1]]).length === 0;
  return isFirst && isAlone && isSilent ? { declaration, promise: declarator.init, read } : undefined;
}

/** True when a statement evaluates the expression before anything else. */
function beginsWith(statement: Node, expression: Node): boolean {
  switch (statement.type) {
    case "VariableDeclaration":
      return statement.declarations[0]?.init === expression;
    case "ReturnStatement":
      return statement.argument === expression;
    case "ExpressionStatement":
      return statement.expression === expression;
    default:
      return false;
  }
}
