import { meansTheSameAt } from "../../analysis/code/names.ts";
import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction, rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node } from "../../analysis/code/tree.ts";
import { isInlinable, mentions, returnsOf } from "../../analysis/control/chains.ts";
import { catchAround, continuationOf } from "../../analysis/control/continuation.ts";
import { isAsync, isPure } from "../../analysis/code/effects.ts";
import { NONE } from "../../analysis/control/flow.ts";
import type { Model } from "../../analysis/code/model.ts";
import { isConstant, readsOf } from "../../analysis/code/bindings.ts";
import { isInList } from "../../analysis/code/lists.ts";
import { settlementOf } from "../../analysis/contract/settlement.ts";
import { asStatementText, operand } from "../text/awaited.ts";
import { EditList } from "../text/edit-list.ts";
import type { ExposeContext } from "./expose-context.ts";
import { findClashes, innerRange, movedText } from "./inline-body.ts";
import { closedLine, indentAt, lineEndingOf, statementRange, unitOf } from "../text/layout.ts";
import { freeName } from "../text/names.ts";
import { removeLines } from "../text/remove-statements.ts";
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
  const whole = statement.type === "ExpressionStatement" ? statement.expression : statement.argument;
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

function canInline(
  { model, owner, callback, mayBecomeAsync }: ExposeContext,
  { statement, mode, inner, declaration }: InnerCall,
): boolean {
  if (inner.params.length > 0 || inner.body.type !== "BlockStatement" || !isInlinable(model, inner)) {
    return false;
  }
  if (!meansTheSameAt(model, inner, statement) || (isAsync(inner) && !mayBecomeAsync)) {
    return false;
  }
  const isIgnored = (node: Node): boolean => node === declaration;
  const way = statement.type === "ReturnStatement" ? "return" : "fall";
  const { after, repeats } = continuationOf(model, statement, owner, way, isIgnored);
  const isLast = after.length === 0 && !repeats;
  const isWaitedFor = mode === "awaited" || !isAsync(inner);
  const last = inner.body.body.at(-1);
  const returns = returnsOf(model, inner).filter((candidate) => candidate !== last);
  if (!isLast && (returns.length > 0 || !isWaitedFor)) {
    return false;
  }
  const isHarmless = returns.every(
    ({ argument }) => !argument || isOwnSettle(model, argument, callback) || isPure(model, argument),
  );
  // What an async function throws is not seen by a `catch` around a call that nobody waits for.
  return isHarmless && (isWaitedFor || catchAround(model, statement, owner) === undefined);
}

function isOwnSettle(model: Model, node: Node, callback: Variable): boolean {
  return node.type === "CallExpression" && model.variableOf(node.callee) === callback;
}

function writeInline(
  { model, owner, callback, report }: ExposeContext,
  { statement, mode, inner, declaration }: InnerCall,
): void {
  const renames = new EditList();
  for (const variable of findClashes(model, inner, owner, [])) {
    renameVariable(model, renames, variable, freeName(model, variable.name));
  }
  const isOneOfMany = isInList(model, statement);
  const outer = indentAt(model.text, rangeOf(statement)[0]);
  const indent = isOneOfMany ? outer : outer + unitOf(model);
  const range = innerRange(model, inner.body);
  const text = range === undefined ? "" : endText(model, renames, inner, range, indent, callback, mode);
  const { after, repeats } = continuationOf(model, statement, owner, "fall", (node) => node === declaration);
  const mustLeave = statement.type === "ReturnStatement" && (after.length > 0 || repeats);
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
    report.edits.insert(rangeOf(owner)[0], "async ");
  }
  const settlement = settlementOf(model, inner, callback);
  if (mode === "floating" && isAsync(inner) && (settlement.atThrow & NONE) !== 0) {
    report.declare("never-settles", statement);
  }
}

/** The moved statements; a value returned at their end is waited for, since its error would still count. */
function endText(
  model: Model,
  renames: EditList,
  inner: FunctionNode,
  range: readonly [number, number],
  indent: string,
  callback: Variable,
  mode: InnerCall["mode"],
): string {
  const last = inner.body.type === "BlockStatement" ? inner.body.body.at(-1) : undefined;
  if (last?.type === "ReturnStatement" && last.argument && mode !== "returned") {
    const given = renames.textOf(model.text, rangeOf(last.argument));
    const isPlain =
      isOwnSettle(model, last.argument, callback) || !isAsync(inner) || last.argument.type === "AwaitExpression";
    const line = isPlain ? `${asStatementText(given)};` : `await ${operand(last.argument, given)};`;
    renames.replaceWhole(rangeOf(last), isPure(model, last.argument) ? "" : line);
  }
  return movedText(model, renames, range, indent);
}
