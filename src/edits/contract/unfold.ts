import type * as ESTree from "estree";
import { isInList } from "../../analysis/code/lists.ts";
import { bareExpression, rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node } from "../../analysis/code/tree.ts";
import { mentions } from "../../analysis/control/chains.ts";
import { isAsync, isPure } from "../../analysis/code/effects.ts";
import type { Model } from "../../analysis/code/model.ts";
import { isSettleCall, Places } from "./expose-context.ts";
import type { ExposeContext } from "./expose-context.ts";
import { commentTexts } from "../text/comments.ts";
import { indentAt, lineEndingOf, statementRange, unitOf } from "../text/layout.ts";
import { withParentheses } from "../text/parentheses.ts";
import { asStatementText } from "../text/statement-text.ts";

/** Expressions that `!` takes without parentheses. */
const SIMPLE: ReadonlySet<string> = new Set(["Identifier", "MemberExpression", "CallExpression"]);

/** `(input, callback) => work(callback)` gets a body with braces. */
export function bodyOfArrow(context: ExposeContext): boolean {
  const { model, owner, settling, report } = context;
  const { body } = owner;
  if (body.type === "BlockStatement" || isSettleCall(context, body) || !mentions(model, body, settling)) {
    return false;
  }
  const [bodyStart, bodyEnd] = rangeOf(body);
  const [, end] = rangeOf(owner);
  const [start] = withParentheses(model, body);
  const lineBreak = lineEndingOf(model.text) + indentAt(model.text, rangeOf(owner)[0]);
  const inner = lineBreak + unitOf(model);
  const lines = [
    ...commentTexts(model, [start, bodyStart]),
    `return ${model.textOf(body)};`,
    ...commentTexts(model, [bodyEnd, end]),
  ];
  const gap = lineGapBehindArrow(model, start);
  const open = gap === undefined ? "{" : " {";
  report.edits.replace([gap ?? start, end], `${open}${lines.map((line) => inner + line).join("")}${lineBreak}}`);
  return true;
}

/** Where `=>` ends in front of a body on the next line; undefined where more than white space stands between them. */
function lineGapBehindArrow({ text }: Model, start: number): number | undefined {
  const end = text.lastIndexOf("=>", start) + "=>".length;
  const gap = text.slice(end, start);
  return gap.includes("\n") && gap.trim() === "" ? end : undefined;
}

/** `bad ? callback(error) : callback(null, 1);` becomes `if … else …`. */
export function unfoldExpression(context: ExposeContext): boolean {
  const { model, owner, settling, report } = context;
  const places = new Places(model);
  const statements: (ESTree.ExpressionStatement | ESTree.ReturnStatement)[] = [
    ...model.nodes("ExpressionStatement"),
    ...model.nodes("ReturnStatement"),
  ];
  for (const statement of statements) {
    const expression = bareExpression(statement);
    const isOwn = model.functionOf(statement) === owner || isRunByOwner(model, statement, owner);
    if (!isOwn || !expression || !mentions(model, expression, settling)) {
      continue;
    }
    const lines = unfold(context, expression, statement.type === "ReturnStatement");
    if (lines !== undefined && places.take(statement)) {
      const indent = indentAt(model.text, rangeOf(statement)[0]);
      const newline = lineEndingOf(model.text);
      const isOneOfMany = isInList(model, statement);
      const unit = unitOf(model);
      const written = lines.join("\n");
      // A comment that stood between the parts of the expression goes in front of the whole.
      const range = statementRange(model, statement);
      const stranded = commentTexts(model, range);
      const unfolded = [...stranded.filter((comment) => !written.includes(comment)), ...lines];
      const all = isOneOfMany ? unfolded : ["{", ...unfolded.map((line) => unit + line), "}"];
      report.edits.replace(range, all.join(newline + indent));
    }
  }
  return !places.isEmpty;
}

/** True for a statement in a plain function that an array method of the owner calls: `list.forEach((x) => …)`. */
function isRunByOwner(model: Model, statement: Node, owner: FunctionNode): boolean {
  const inner = model.functionOf(statement);
  return (
    inner !== null &&
    !isAsync(inner) &&
    model.functionOf(inner) === owner &&
    model.parentOf(inner)?.type === "CallExpression"
  );
}

/** The statements that do what an expression does whose value nobody takes; undefined when it stays an expression. */
function unfold(context: ExposeContext, expression: Node, isReturned: boolean): string[] | undefined {
  const { model } = context;
  const unit = unitOf(model);
  const branch = (node: Node): string[] => asStatements(context, node, isReturned).map((line) => unit + line);
  switch (expression.type) {
    case "ConditionalExpression":
      return [
        `if (${model.textOf(expression.test)}) {`,
        ...branch(expression.consequent),
        "} else {",
        ...branch(expression.alternate),
        "}",
      ];
    case "LogicalExpression": {
      if (expression.operator === "??" || mentions(model, expression.left, context.settling)) {
        return undefined;
      }
      const test = model.textOf(expression.left);
      const condition =
        expression.operator === "&&" ? test : `!${SIMPLE.has(expression.left.type) ? test : `(${test})`}`;
      return [`if (${condition}) {`, ...branch(expression.right), "}", ...(isReturned ? ["return;"] : [])];
    }
    case "SequenceExpression": {
      const last = expression.expressions.at(-1);
      return expression.expressions.flatMap((part) => asStatements(context, part, isReturned && part === last));
    }
    case "UnaryExpression":
      return expression.operator === "void"
        ? [...asStatements(context, expression.argument, false), ...(isReturned ? ["return;"] : [])]
        : undefined;
    default:
      return undefined;
  }
}

function asStatements(context: ExposeContext, node: Node, isReturned: boolean): string[] {
  const { model, settling } = context;
  const unfolded = mentions(model, node, settling) ? unfold(context, node, isReturned) : undefined;
  if (unfolded !== undefined) {
    return unfolded;
  }
  const text = asStatementText(model.textOf(node));
  return isPure(model, node) ? (isReturned ? ["return;"] : []) : [isReturned ? `return ${text};` : `${text};`];
}
