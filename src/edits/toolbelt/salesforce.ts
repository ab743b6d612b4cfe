import type * as ESTree from "estree";
import { callbackRequests, connectionClass, planSalesforce } from "../../analysis/toolbelt/salesforce.ts";
import type { ClientCreation } from "../../analysis/toolbelt/creations.ts";
import { salesforcePackage } from "../../platform/salesforce.ts";
import type { ClientWriter } from "./client-writer.ts";
import { writeHandlers } from "../contract/callback-handlers.ts";
import { removeLeftovers } from "../http/cleanup.ts";
import { importOffset } from "../text/import-offset.ts";
import { lineEndingOf } from "../text/layout.ts";
import { withParentheses } from "../text/parentheses.ts";

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
  for (const { call, callback } of callbackRequests(model, connections)) {
    writeHandlers({ model, edits }, call, callback);
  }
  // The name is free, so what the file requires of the package itself does not declare it.
  edits.insert(
    importOffset(model),
    `const { ${connectionClass} } = require("${salesforcePackage}");${lineEndingOf(model.text)}`,
  );
}

type Writing = Pick<ClientWriter, "model" | "report">;
