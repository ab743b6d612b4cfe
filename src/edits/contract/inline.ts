import { meansTheSameAt } from "../../analysis/code/names.ts";
import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { bareExpression, isFunction, isInside, rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node, Range } from "../../analysis/code/tree.ts";
import { isInlinable, mentions } from "../../analysis/control/chains.ts";
import { catchAround, continuationOf, isTried } from "../../analysis/control/continuation.ts";
import { isAsync, isPure } from "../../analysis/code/effects.ts";
import { NONE } from "../../analysis/control/flow.ts";
import type { Model } from "../../analysis/code/model.ts";
import { isConstant, readsOf } from "../../analysis/code/bindings.ts";
import { isInList } from "../../analysis/code/lists.ts";
import { exitsOf } from "../../analysis/contract/chain-handlers.ts";
import { settlementOf } from "../../analysis/contract/settlement.ts";
import { operand } from "../text/awaited.ts";
import { makeAsync } from "../text/make-async.ts";
import { EditList } from "../text/edit-list.ts";
import type { ExposeContext } from "./expose-context.ts";
import { findClashes, innerRange, movedText } from "./inline-body.ts";
import { freeLabel, labelled, leaveByLabel } from "./leave-label.ts";
import { closedLine, indentAt, lineEndingOf, statementRange, unitOf } from "../text/layout.ts";
import { freeName } from "../text/names.ts";
import { removeLines } from "../text/remove-statements.ts";
import { asStatementTexts } from "../text/statement-text.ts";
import { renameVariable } from "../text/rename.ts";

/** A function with the callback in it that is called in one place, without arguments. */
interface InnerCall {
  readonly statement: ESTree.ExpressionStatement | ESTree.ReturnStatement;
  readonly mode: "floating" | "returned" | "awaited";
  readonly inner: FunctionNode;
  /** The statement that declares the function; undefined when it is called where it stands. */
  readonly declaration: Node | undefined;
}

/** `main();` or `(async () => { … })();`: the statements of the inner function take the place of the call. */
export function inlineFunction(context: ExposeContext): boolean {
  const { model, owner } = context;
  const statements: (ESTree.ExpressionStatement | ESTree.ReturnStatement)[] = [
    ...model.nodes("ExpressionStatement"),
    ...model.nodes("ReturnStatement"),
  ];
  for (const statement of statements.filter((candidate) => model.functionOf(candidate) === owner)) {
    const call = innerCallOf(context, statement);
    if (call !== undefined && canInline(context, call)) {
      writeInline(context, call);
      return true;
    }
  }
  return false;
}

function innerCallOf(context: ExposeContext, statement: InnerCall["statement"]): InnerCall | undefined {
  const { model, owner, settling } = context;
  const whole = bareExpression(statement);
  const call = whole?.type === "AwaitExpression" ? whole.argument : whole;
  if (call?.type !== "CallExpression" || call.arguments.length > 0) {
    return undefined;
  }
  const mode =
    whole?.type === "AwaitExpression" ? "awaited" : statement.type === "ReturnStatement" ? "returned" : "floating";
  const { callee } = call;
  if (isFunction(callee)) {
    const own = callee.type === "FunctionExpression" && callee.id ? model.variableOf(callee.id) : undefined;
    if (own !== undefined && readsOf(own).length > 0) {
      return undefined;
    }
    return mentions(model, callee, settling) ? { statement, mode, inner: callee, declaration: undefined } : undefined;
  }
  const variable = callee.type === "Identifier" ? model.variableOf(callee) : undefined;
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition === undefined || !isConstant(variable) || readsOf(variable).length !== 1) {
    return undefined;
  }
  const declarator = definition.node as Node;
  const inner = declarator.type === "VariableDeclarator" ? declarator.init : declarator;
  const declaration = declarator.type === "VariableDeclarator" ? model.parentOf(declarator) : declarator;
  const isAlone = declaration?.type !== "VariableDeclaration" || declaration.declarations.length === 1;
  const isOwn =
    inner && isFunction(inner) && model.functionOf(declarator) === owner && mentions(model, inner, settling);
  return isOwn && isAlone && declaration !== null ? { statement, mode, inner, declaration } : undefined;
}

/** True when something else calls back later on: the turn that an `await` takes may be what lets it be first. */
function isRaced({ model, owner, settling }: ExposeContext, inner: FunctionNode): boolean {
  return [...settling].flatMap(readsOf).some((read) => {
    const around = model.functionOf(read);
    return around !== owner && around !== inner && isInside(read, owner);
  });
}

function canInline(context: ExposeContext, { statement, mode, inner, declaration }: InnerCall): boolean {
  const { model, owner, callback, mayBecomeAsync } = context;
  if (inner.params.length > 0 || inner.body.type !== "BlockStatement" || !isInlinable(model, inner)) {
    return false;
  }
  if (!meansTheSameAt(model, inner, statement) || (isAsync(inner) && !mayBecomeAsync)) {
    return false;
  }
  const isIgnored = (node: Node): boolean => node === declaration;
  const { after, repeats } = continuationOf(model, statement, owner, undefined, isIgnored);
  const isLast = after.length === 0 && !repeats;
  const isWaitedFor = mode === "awaited" || !isAsync(inner);
  if (!isLast && (!isWaitedFor || (mode === "awaited" && isAsync(inner) && isRaced(context, inner)))) {
    return false;
  }
  const mayBeLeft = !isLast && mode !== "returned";
  const isHarmless = exitsOf(model, { node: inner }).early.every(
    ({ argument }) =>
      !argument ||
      isOwnSettle(model, argument, callback) ||
      isPure(model, argument) ||
      (mayBeLeft && !isTried(model, argument, inner)),
  );
  // What an async function throws is not seen by a `catch` around a call that nobody waits for.
  return isHarmless && (isWaitedFor || catchAround(model, statement, owner) === undefined);
}

function isOwnSettle(model: Model, node: Node, callback: Variable): boolean {
  return node.type === "CallExpression" && model.variableOf(node.callee) === callback;
}

/** How the statements of the function stand in place of its call. */
interface Layout {
  readonly indent: string;
  /** The block that its `return`s leave, where code follows. */
  readonly label: string | undefined;
}

function writeInline({ model, owner, callback, report }: ExposeContext, call: InnerCall): void {
  const { statement, mode, inner, declaration } = call;
  const isOneOfMany = isInList(model, statement);
  const outer = indentAt(model.text, rangeOf(statement)[0]);
  const indent = isOneOfMany ? outer : outer + unitOf(model);
  const range = innerRange(model, inner.body);
  const { after, repeats } = continuationOf(model, statement, owner, "fall", (node) => node === declaration);
  const isFollowed = after.length > 0 || repeats;
  const mustLeave = statement.type === "ReturnStatement" && isFollowed;
  const { early } = exitsOf(model, { node: inner });
  const label = isFollowed && mode !== "returned" && early.length > 0 ? labelFor(model, call) : undefined;
  const text = range === undefined ? "" : innerText({ model, owner, callback }, call, range, { indent, label });
  const stranded = [
    ...model.commentsIn(statementRange(model, statement)),
    ...(declaration === undefined ? [] : model.commentsIn(statementRange(model, declaration))),
  ]
    .map((comment) => model.text.slice(...rangeOf(comment)))
    .filter((comment) => !text.includes(comment.trim()));
  const lines = [...new Set(stranded), ...(text === "" ? [] : [text]), ...(mustLeave ? ["return;"] : [])];
  const newline = lineEndingOf(model.text);
  const written = lines.join(newline + indent);
  const replaced = statementRange(model, statement);
  report.edits.replace(
    replaced,
    isOneOfMany
      ? closedLine(written, model.text.slice(replaced[1]), newline + indent)
      : `{${newline}${indent}${written}${newline}${outer}}`,
  );
  if (declaration !== undefined) {
    removeLines(model, report.edits, [statementRange(model, declaration)]);
  }
  if (isAsync(inner) && !isAsync(owner)) {
    makeAsync(model, report.edits, owner);
  }
  const settlement = settlementOf(model, inner, callback);
  if (mode === "floating" && isAsync(inner) && (settlement.atThrow & NONE) !== 0) {
    report.declare("never-settles", statement);
  }
}

/** The name of the block that takes the place of a call: that of the function, if it has one. */
function labelFor(model: Model, { statement }: InnerCall): string {
  const whole = bareExpression(statement);
  const call = whole?.type === "AwaitExpression" ? whole.argument : whole;
  const isNamed = call?.type === "CallExpression" && call.callee.type === "Identifier";
  return freeLabel(model, isNamed ? model.textOf(call.callee) : "work");
}

/** The moved statements; a value returned at their end is waited for, since its error would still count. */
function innerText(
  { model, owner, callback }: Pick<ExposeContext, "model" | "owner" | "callback">,
  { inner, mode }: InnerCall,
  range: Range,
  { indent, label }: Layout,
): string {
  const edits = new EditList();
  for (const variable of findClashes(model, inner, owner, [])) {
    renameVariable(model, edits, variable, freeName(model, variable.name));
  }
  const isDone = (value: Node): boolean =>
    isOwnSettle(model, value, callback) || (!isAsync(inner) && mode !== "awaited");
  const { last, early } = exitsOf(model, { node: inner });
  if (last?.argument && mode !== "returned") {
    const given = edits.textOf(model.text, rangeOf(last.argument));
    const isPlain = isDone(last.argument) || last.argument.type === "AwaitExpression";
    const value = isPlain ? given : `await ${operand(last.argument, given)}`;
    edits.replaceWhole(
      rangeOf(last),
      isPure(model, last.argument) ? "" : asStatementTexts(model, last, [value]).join(""),
    );
  }
  if (label === undefined) {
    return movedText(model, edits, range, indent);
  }
  const bare = last !== undefined && !last.argument ? [last] : [];
  leaveByLabel(model, edits, [...early, ...bare], label, isDone);
  const unit = unitOf(model);
  return labelled(label, [movedText(model, edits, range, indent + unit)], unit).join(lineEndingOf(model.text) + indent);
}
