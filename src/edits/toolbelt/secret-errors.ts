import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { planSecretErrors } from "../../analysis/clients/secret-errors.ts";
import { secretError } from "../../platform/toolbelt-clients.ts";
import { withParentheses } from "../text/parentheses.ts";
import { convertTexts } from "./changed-clients.ts";
import type { ClientWriter } from "./client-writer.ts";

const { modern, component } = secretError;

/** Tells V2's secret errors as V1's were told: by their class, and by their wording. */
export function convertSecretErrors(writer: ClientWriter): void {
  const { model, report } = writer;
  const { texts, tests, taken, problems } = planSecretErrors(model);
  report.refuseFor(problems);
  convertTexts(writer, texts);
  for (const node of taken) {
    report.edits.replace(rangeOf(node), modern);
  }
  // `err instanceof SecretError` becomes `err instanceof ToolBeltError && err.component === "SecretClient"`.
  for (const { test, variable, name } of tests) {
    const [start, end] = rangeOf(test);
    const needsParentheses = !bindsLooser(model, test);
    report.edits.replace(rangeOf(name), modern);
    report.edits.insert(start, needsParentheses ? "(" : "");
    report.edits.insert(end, ` && ${variable.name}.component === "${component}"${needsParentheses ? ")" : ""}`);
    report.declare("secret-error-class", test);
  }
}

/** True where `a && b` can stand in place of the expression without parentheses. */
function bindsLooser(model: Model, test: ESTree.BinaryExpression): boolean {
  const parent = model.parentOf(test);
  const isEnclosed = withParentheses(model, test)[0] < rangeOf(test)[0];
  switch (parent?.type) {
    case "LogicalExpression":
      return parent.operator !== "??";
    case "ConditionalExpression":
      return parent.test === test;
    case "UnaryExpression":
      return isEnclosed;
    case "IfStatement":
    case "WhileStatement":
    case "ReturnStatement":
    case "VariableDeclarator":
    case "ArrowFunctionExpression":
    case "AssignmentExpression":
    case "CallExpression":
    case "Property":
      return true;
    default:
      return false;
  }
}
