import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { NodeCallback } from "../../analysis/control/node-callbacks.ts";
import { callbackRequests, connectionClass, planSalesforce } from "../../analysis/toolbelt/salesforce.ts";
import type { CallbackRequest } from "../../analysis/toolbelt/salesforce.ts";
import type { ClientCreation } from "../../analysis/toolbelt/creations.ts";
import { salesforcePackage } from "../../platform/salesforce.ts";
import type { ClientWriter } from "./client-writer.ts";
import { removeLeftovers } from "../http/cleanup.ts";
import { importOffset } from "../modules/import-block.ts";
import { closedLine, indentAt, indentUnitOf, lineEndingOf, reindentCode } from "../text/layout.ts";
import { argumentsRange } from "../text/list-items.ts";
import { withParentheses } from "../text/parentheses.ts";
import { freeName } from "../text/names.ts";
import { attachedComments } from "../text/remove-statements.ts";

/** Connects to Salesforce with jsforce itself, and waits for requests that were made with a callback. */
export function convertSalesforce({ model, report }: ClientWriter): void {
  const { clients, connections, problems } = planSalesforce(model);
  const [first] = clients;
  report.refuseFor(problems);
  if (first !== undefined && !report.isRefused) {
    writeConnections({ model, report }, clients, connections);
    report.declare("salesforce-transport", first.call);
    report.followUp("tls-verification", first.call);
    report.followUp("allowed-domains", first.call);
  }
}

function writeConnections(
  { model, report }: Writing,
  clients: readonly ClientCreation[],
  connections: readonly ESTree.SimpleCallExpression[],
): void {
  const { edits } = report;
  // First: a callback may make a client and connect once more, and takes over what is written in it.
  for (const { callee } of connections) {
    // `(new Connection)(options)` would be a call of a connection.
    edits.replace(withParentheses(model, callee), `new ${connectionClass}`);
  }
  removeLeftovers(model, edits, { clients, aliases: [], statements: [] });
  for (const request of callbackRequests(model, connections)) {
    writeChain({ model, report }, request);
  }
  // The name is free, so what the file requires of the package itself does not declare it.
  edits.insert(
    importOffset(model),
    `const { ${connectionClass} } = require("${salesforcePackage}");${lineEndingOf(model.text)}`,
  );
}

type Writing = Pick<ClientWriter, "model" | "report">;

/** `connection.query(soql, (err, result) => …)` becomes `connection.query(soql).then((result) => …, (err) => …)`. */
function writeChain({ model, report }: Writing, { call, callback }: CallbackRequest): void {
  const { text } = model;
  const last = call.arguments.at(-1);
  const previous = call.arguments.at(-2);
  if (last === undefined) {
    return;
  }
  const [open, close] = argumentsRange(model, call);
  const end = previous === undefined ? open : withParentheses(model, previous)[1];
  const lineBreak = lineEndingOf(text) + indentAt(text, rangeOf(call)[0]);
  const handlers =
    "error" in callback
      ? handlersText({ model, report }, callback)
      : `(${freeName(model, "result")}) => ${callback.name}(null, ${freeName(model, "result")}), ${callback.name}`;
  const headEnd = "error" in callback ? rangeOf(callback.node.body)[0] : rangeOf(last)[0];
  const above = commentTexts(model, [end, headEnd]).map((comment) => closedLine(`${comment} `, handlers, lineBreak));
  const below = commentTexts(model, [rangeOf(last)[1], close]).map((comment) =>
    closedLine(` ${comment}`, ")", lineBreak),
  );
  report.edits.replaceWhole([end, close + 1], `).then(${above.join("")}${handlers}${below.join("")})`);
}

function commentTexts(model: Model, range: Range): string[] {
  return model.commentsIn(range).map((comment) => model.text.slice(...rangeOf(comment)));
}

/** The handlers of the promise: what runs without an error, then what runs with one. */
function handlersText({ model, report }: Writing, callback: NodeCallback): string {
  const { node, error, result, failed, succeeded, before, test } = callback;
  const { text } = model;
  const prefix = node.async === true ? "async " : "";
  const indent = indentAt(text, rangeOf(node)[0]);
  const lineBreak = lineEndingOf(text) + indent + indentUnitOf(text);
  const [bodyStart, bodyEnd] = rangeOf(node.body);
  const [testStart, testEnd] = rangeOf(test);
  const linesOf = (range: Range): string =>
    commentTexts(model, range)
      .map((comment) => lineBreak + comment)
      .join("");
  const blockOf = (branch: Node): string => {
    const code = report.edits.textOf(text, rangeOf(branch));
    return branch.type === "BlockStatement"
      ? reindentCode(code, indentAt(text, rangeOf(branch)[0]), indent)
      : `{${lineBreak}${code}${lineEndingOf(text)}${indent}}`;
  };
  // Comments above the test speak of what went wrong.
  const sharedEnd = before.length === 0 ? bodyStart + 1 : (attachedComments(model, test).leading[0]?.[0] ?? testStart);
  const shared = report.edits.textOf(text, [bodyStart + 1, sharedEnd]).trimEnd();
  const ofTest = text.slice(sharedEnd, testStart).trim();
  const aboveFailed = shared + (ofTest && lineBreak + ofTest) + linesOf([testStart, rangeOf(failed)[0]]);
  const whole = "behind" in succeeded ? `{${report.edits.textOf(text, [testEnd, bodyEnd])}` : blockOf(succeeded);
  const between = "behind" in succeeded ? "" : linesOf([rangeOf(failed)[1], rangeOf(succeeded)[0]]);
  const below = "behind" in succeeded ? "" : linesOf([testEnd, bodyEnd]);
  const rest = withinBlock(whole, shared + between, below, lineEndingOf(text) + indent);
  const failure = withinBlock(blockOf(failed), aboveFailed, "", lineEndingOf(text) + indent);
  return `${prefix}(${result?.name ?? ""}) => ${rest}, ${prefix}(${error.name}) => ${failure}`;
}

/** A block with more at its beginning and at its end. */
function withinBlock(block: string, first: string, last: string, lineBreak: string): string {
  const inner = block.slice(1, -1);
  const opened = `{${closedLine(first, inner, lineBreak)}`;
  return last === "" ? `${opened}${inner}}` : `${opened}${inner.trimEnd()}${last}${lineBreak}}`;
}
