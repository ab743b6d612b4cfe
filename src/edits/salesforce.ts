import type * as ESTree from "estree";
import { rangeOf } from "../analysis/ast.ts";
import type { Node, Range } from "../analysis/ast.ts";
import { followedClients, methodCallOf } from "../analysis/client-trail.ts";
import type { Model } from "../analysis/model.ts";
import { findModuleUses, readsOf } from "../analysis/modules.ts";
import type { NodeCallback } from "../analysis/node-callbacks.ts";
import { callbackRequests } from "../analysis/salesforce.ts";
import type { CallbackRequest } from "../analysis/salesforce.ts";
import type { ClientCreation } from "../analysis/toolbelt.ts";
import { salesforcePackage } from "../platform/salesforce.ts";
import type { ClientWriter } from "./client-writer.ts";
import { clientRemovals, toolbeltRemovals } from "./http-cleanup.ts";
import { importOffset } from "./import-block.ts";
import { indentAt, indentUnitOf, lineEndingOf, reindentCode } from "./layout.ts";
import { freeName } from "./names.ts";
import { removeLines } from "./remove-statements.ts";

const CLASS = "Connection";

/** Connects to Salesforce with jsforce itself, and waits for requests that were made with a callback. */
export function convertSalesforce(writer: ClientWriter): void {
  const { model, report } = writer;
  const { clients, uses, escapes } = followedClients(model, "SFClient");
  const [first] = clients;
  if (first === undefined) {
    return;
  }
  for (const { node, what } of escapes) {
    report.refuse("client-escapes", node, { name: "SFClient", what });
  }
  const own = new Set<Node>(clients.flatMap(({ call, variable }) => [call, ...(variable ? readsOf(variable) : [])]));
  const connections = uses.flatMap((use): ESTree.SimpleCallExpression[] => {
    const found = methodCallOf(model, use);
    if (found?.method !== "connectToSalesforce" || found.call.arguments.length !== 1 || !own.has(use.node)) {
      report.refuse("client-escapes", use.node, { name: "SFClient", what: "does something else than to connect" });
      return [];
    }
    return [found.call];
  });
  if (model.isNameTaken(CLASS) || model.nodes("ImportDeclaration").length > 0) {
    report.refuse("import-name-clash", first.call, { name: CLASS, where: "" });
  }
  if (!report.isRefused) {
    writeConnections(writer, clients, connections);
    declare(writer, first);
  }
}

function writeConnections(
  { model, report }: ClientWriter,
  clients: readonly ClientCreation[],
  connections: readonly ESTree.SimpleCallExpression[],
): void {
  const { edits } = report;
  for (const request of callbackRequests(model, connections)) {
    writeChain({ model, report }, request);
  }
  for (const { callee } of connections) {
    edits.replace(rangeOf(callee), `new ${CLASS}`);
  }
  const taken = new Set<Node>();
  removeLines(model, edits, [...clientRemovals(model, clients, [], taken), ...toolbeltRemovals(model, taken)]);
  const isThere = findModuleUses(model).some(({ source }) => source === salesforcePackage);
  if (!isThere) {
    edits.insert(
      importOffset(model),
      `const { ${CLASS} } = require("${salesforcePackage}");${lineEndingOf(model.text)}`,
    );
  }
}

function declare({ report }: ClientWriter, { call }: ClientCreation): void {
  report.declare("salesforce-transport", call);
  report.followUp("tls-verification", call);
  report.followUp("allowed-domains", call);
}

type Writing = Pick<ClientWriter, "model" | "report">;

/** `connection.query(soql, (err, result) => …)` becomes `connection.query(soql).then((result) => …, (err) => …)`. */
function writeChain({ model, report }: Writing, { call, callback }: CallbackRequest): void {
  const last = call.arguments.at(-1);
  const before = call.arguments.at(-2);
  if (last === undefined) {
    return;
  }
  const open = rangeOf(call.callee)[1];
  const end = before === undefined ? model.text.indexOf("(", open) + 1 : rangeOf(before)[1];
  if (hasOtherComments(model, [end, rangeOf(call)[1]], callback)) {
    return;
  }
  const handlers =
    "error" in callback
      ? handlersText({ model, report }, callback)
      : `(${freeName(model, "result")}) => ${callback.name}(null, ${freeName(model, "result")}), ${callback.name}`;
  report.edits.replaceWhole([end, rangeOf(call)[1]], `).then(${handlers})`);
}

/** True when a comment stands where neither case would keep it: the callback stays then, and is refused later. */
function hasOtherComments(model: Model, range: Range, callback: CallbackRequest["callback"]): boolean {
  const kept: Range[] = [];
  if ("error" in callback) {
    const { failed, succeeded, node } = callback;
    kept.push(rangeOf(failed));
    kept.push("behind" in succeeded ? [rangeOf(succeeded.behind)[1], rangeOf(node.body)[1]] : rangeOf(succeeded));
  }
  return model.commentsIn(range).some((comment) => {
    const [start, end] = rangeOf(comment);
    return !kept.some(([from, to]) => start >= from && end <= to);
  });
}

/** The handlers of the promise: what runs without an error, then what runs with one. */
function handlersText({ model, report }: Writing, callback: NodeCallback): string {
  const { node, error, result, failed, succeeded } = callback;
  const { text } = model;
  const prefix = node.async === true ? "async " : "";
  const indent = indentAt(text, rangeOf(node)[0]);
  const textOf = (range: Range): string => report.edits.textOf(text, range);
  const blockOf = (branch: Node): string => {
    const code = textOf(rangeOf(branch));
    const block = branch.type === "BlockStatement" ? code : `{${lineOf(model.text, indent, code)}}`;
    return reindentCode(block, branch.type === "BlockStatement" ? indentAt(text, rangeOf(branch)[0]) : indent, indent);
  };
  const [, bodyEnd] = rangeOf(node.body);
  const rest = "behind" in succeeded ? `{${textOf([rangeOf(succeeded.behind)[1], bodyEnd])}` : blockOf(succeeded);
  return `${prefix}(${result?.name ?? ""}) => ${rest}, ${prefix}(${error.name}) => ${blockOf(failed)}`;
}

/** A statement on a line of its own inside a block. */
function lineOf(text: string, indent: string, code: string): string {
  const newline = lineEndingOf(text);
  return `${newline}${indent}${indentUnitOf(text)}${code}${newline}${indent}`;
}
