import type * as ESTree from "estree";
import { isInList } from "../../analysis/code/lists.ts";
import type { Model } from "../../analysis/code/model.ts";
import { isFunction, isNullish, rangeOf, walk } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import { commentTexts, inFrontOf } from "../text/comments.ts";
import { closedLine, indentAt, lineEndingOf, reindentCode, statementRange } from "../text/layout.ts";
import { withParentheses } from "../text/parentheses.ts";
import { removeLines } from "../text/remove-statements.ts";
import { replaceCode } from "./callback-forms.ts";
import { Places } from "./expose-context.ts";
import type { ExposeContext } from "./expose-context.ts";
import { innerRange } from "./inline-body.ts";

/**
 * What a test says that asks whether there is a callback: the platform always gives the function. Undefined for what asks
 * something else as well.
 */
function presenceOf(context: ExposeContext, test: Node): boolean | undefined {
  const { model, callback } = context;
  switch (test.type) {
    case "Identifier":
      return model.variableOf(test) === callback ? true : undefined;
    case "UnaryExpression": {
      const presence = test.operator === "!" ? presenceOf(context, test.argument) : undefined;
      return presence === undefined ? undefined : !presence;
    }
    case "LogicalExpression": {
      if (test.operator === "??") return undefined;
      const [left, right] = [presenceOf(context, test.left), presenceOf(context, test.right)];
      const decided = test.operator === "||";
      return left === decided ? decided : left === !decided && right !== undefined ? right : undefined;
    }
    case "BinaryExpression":
      return comparedPresence(context, test);
    default:
      return undefined;
  }
}

/** `typeof callback === "function"`, `callback != null` and the like. */
function comparedPresence({ model, callback }: ExposeContext, test: ESTree.BinaryExpression): boolean | undefined {
  const { left, operator, right } = test;
  if (!/^[!=]==?$/u.test(operator)) {
    return undefined;
  }
  const isEqual = operator.startsWith("=");
  if (left.type === "UnaryExpression" && left.operator === "typeof" && model.variableOf(left.argument) === callback) {
    return right.type === "Literal" ? (right.value === "function") === isEqual : undefined;
  }
  return model.variableOf(left) === callback && isNullish(right) ? !isEqual : undefined;
}

/** `callback && callback(…)`, `callback || …` and `if (callback) { … }`: what is asked is always so. */
export function certainCallback(context: ExposeContext): boolean {
  const places = new Places(context.model);
  for (const node of [...context.model.nodes("LogicalExpression"), ...context.model.nodes("ConditionalExpression")]) {
    const kept = keptPart(context, node);
    if (kept !== undefined && places.take(context.model.statementOf(node))) {
      const [start, end] = rangeOf(node);
      const [keptStart, keptEnd] = withParentheses(context.model, kept);
      replaceCode(context, node, [start, keptStart], "");
      replaceCode(context, node, [keptEnd, end], "");
    }
  }
  if (!places.isEmpty) {
    return true;
  }
  for (const statement of context.model.nodes("IfStatement")) {
    openCertain(context, statement, places);
  }
  return !places.isEmpty;
}

/** The part that an expression comes to. */
function keptPart(context: ExposeContext, node: Node): Node | undefined {
  const { model, callback } = context;
  if (node.type === "ConditionalExpression") {
    const presence = presenceOf(context, node.test);
    return presence === undefined ? undefined : presence ? node.consequent : node.alternate;
  }
  if (node.type !== "LogicalExpression") {
    return undefined;
  }
  const { left, operator, right } = node;
  if (operator !== "&&" && model.variableOf(left) === callback) {
    return left;
  }
  const isOn = operator !== "??" && presenceOf(context, left) === (operator === "&&");
  const isIdle = operator === "&&" && isTested(model, node) && presenceOf(context, right) === true;
  return isOn ? right : isIdle ? left : undefined;
}

/** True where it only matters whether the value is true. */
function isTested(model: Model, node: Node): boolean {
  const parent = model.parentOf(node);
  const isPart =
    parent?.type === "LogicalExpression" || (parent?.type === "UnaryExpression" && parent.operator === "!");
  return isPart
    ? isTested(model, parent)
    : (parent?.type === "IfStatement" || parent?.type === "ConditionalExpression") && parent.test === node;
}

/** True for code that nothing outside sees the names of. */
function isClosed(node: Node): boolean {
  let isOpen = false;
  walk(node, (inner) => {
    isOpen ||= (inner.type === "VariableDeclaration" && inner.kind === "var") || inner.type === "FunctionDeclaration";
    return !isFunction(inner);
  });
  return !isOpen;
}

/** Puts the statements that run in the place of an `if` whose test is decided. */
function openCertain(context: ExposeContext, statement: ESTree.IfStatement, places: Places): void {
  const { model, report } = context;
  const { test, consequent, alternate } = statement;
  const presence = presenceOf(context, test);
  const [kept, dropped] = presence === true ? [consequent, alternate] : [alternate, consequent];
  const isFree = dropped === undefined || dropped === null || isClosed(dropped);
  if (presence === undefined || !isFree) {
    return;
  }
  if (!kept) {
    if (isInList(model, statement) && places.take(statement)) {
      removeLines(model, report.edits, [statementRange(model, statement)]);
    }
    return;
  }
  const isOpen =
    kept.type === "BlockStatement" &&
    kept.body.every(({ type }) => type !== "VariableDeclaration" && !type.endsWith("Declaration"));
  const inner = isOpen && isInList(model, statement) ? innerRange(model, kept) : undefined;
  if (places.take(statement)) {
    writeKept(context, statement, inner ?? rangeOf(kept));
  }
}

function writeKept({ model, report }: ExposeContext, statement: ESTree.IfStatement, range: Range): void {
  const [start, end] = rangeOf(statement);
  const indent = indentAt(model.text, start);
  const lineBreak = lineEndingOf(model.text) + indent;
  const text = reindentCode(model.text.slice(...range), indentAt(model.text, range[0]), indent);
  const head = inFrontOf(commentTexts(model, [start, range[0]]), lineBreak);
  const behind = commentTexts(model, [range[1], end]);
  const all = [head + text, ...behind].join(" ");
  report.edits.replaceWhole([start, end], closedLine(all, model.text.slice(end), lineBreak));
}
