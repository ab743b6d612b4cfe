import type * as ESTree from "estree";
import { isConstant } from "../../analysis/code/bindings.ts";
import { isPure } from "../../analysis/code/effects.ts";
import type { Model } from "../../analysis/code/model.ts";
import { bareExpression, isFunction, rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode } from "../../analysis/code/tree.ts";
import { isInlinable, mentions } from "../../analysis/control/chains.ts";
import { gapStart } from "../text/gaps.ts";
import { argumentsRange, parametersEnd, parametersStart } from "../text/list-items.ts";
import { withParentheses } from "../text/parentheses.ts";
import { asStatementText } from "../text/statement-text.ts";
import type { ExposeContext } from "./expose-context.ts";

/** True when the only parameter is named as the variable that it gets, and neither is written: it may as well be that. */
function getsItsName(model: Model, { params }: FunctionNode, given: readonly ESTree.Node[]): boolean {
  const [parameter] = params;
  const [argument] = given;
  if (parameter === undefined) {
    return true;
  }
  const own = model.variableOf(parameter);
  const outer = argument === undefined ? undefined : model.variableOf(argument);
  return (
    parameter.type === "Identifier" &&
    argument?.type === "Identifier" &&
    argument.name === parameter.name &&
    own !== undefined &&
    outer !== undefined &&
    isConstant(own) &&
    isConstant(outer)
  );
}

/**
 * A function that is called where it stands, with what it can see anyway: `((error) => callback(error))(error);` becomes
 * `callback(error);`, and one with statements loses its parameter.
 */
export function openCall({ model, owner, settling, report }: ExposeContext): boolean {
  for (const statement of [...model.nodes("ExpressionStatement"), ...model.nodes("ReturnStatement")]) {
    const call = model.functionOf(statement) === owner ? bareExpression(statement) : undefined;
    const callee = call?.type === "CallExpression" && !call.optional ? call.callee : undefined;
    if (call?.type !== "CallExpression" || callee === undefined || !isFunction(callee)) {
      continue;
    }
    const isPlain =
      isInlinable(model, callee) &&
      mentions(model, callee, settling) &&
      call.arguments.every((argument) => argument.type !== "SpreadElement" && isPure(model, argument)) &&
      getsItsName(model, callee, call.arguments);
    const isExpression = callee.body.type !== "BlockStatement" && callee.async !== true;
    if (!isPlain || (!isExpression && call.arguments.length === 0)) {
      continue;
    }
    const body = withParentheses(model, callee.body);
    if (model.commentsIn(rangeOf(call)).length > model.commentsIn(body).length) {
      continue;
    }
    if (isExpression) {
      const text = model.text.slice(...body);
      report.edits.replace(rangeOf(call), statement.type === "ExpressionStatement" ? asStatementText(text) : text);
    } else {
      report.edits.replace(argumentsRange(model, call), "");
      dropParameters({ model, report }, callee);
    }
    return true;
  }
  return false;
}

/** Takes the parameters of a function away; an arrow function may have no parentheses around its only one. */
function dropParameters({ model, report }: Pick<ExposeContext, "model" | "report">, node: FunctionNode): void {
  const [parameter] = node.params;
  if (parameter !== undefined) {
    // A parenthesis in front of the function is not its own: `(error => …)(error)`.
    const open = gapStart(model, rangeOf(parameter)[0]) - 1;
    const isBare = open < rangeOf(node)[0] || model.text[open] !== "(";
    report.edits.replace(
      isBare ? rangeOf(parameter) : [parametersStart(model, node), parametersEnd(model, node)],
      "()",
    );
  }
}
