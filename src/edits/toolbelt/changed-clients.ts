import { rangeOf } from "../../analysis/code/tree.ts";
import { planChangedClients } from "../../analysis/clients/changed-clients.ts";
import type { ConfiguredClient, HelpedCall, TextChanges } from "../../analysis/clients/changed-clients.ts";
import type { ClientWriter } from "./client-writer.ts";
import { commentTexts, inFrontOf } from "../text/comments.ts";
import { indentAt, lineEndingOf } from "../text/layout.ts";
import { argumentsRange } from "../text/list-items.ts";
import { withParentheses } from "../text/parentheses.ts";
import { endsLine } from "../text/white-space.ts";

/** Converts the clients that are used as before but for some arguments, results and errors. */
export function convertChangedClients(writer: ClientWriter): void {
  const { model, report, helpers } = writer;
  for (const planned of planChangedClients(model, writer, (call) => helpers.isInside(call))) {
    const { name, creations, calls } = planned;
    report.refuseFor(planned.problems);
    for (const client of planned.configured) {
      convertConfig(writer, client);
    }
    for (const call of planned.helped) {
      writeHelperCall(writer, call);
    }
    convertTexts(writer, planned.texts);
    for (const { call } of name === "GDPRUtil" ? calls : []) {
      report.declare("gdpr-authorization", call);
    }
    for (const place of new Set([...creations.slice(0, 1), ...planned.errorReads])) {
      report.declare("client-error-shape", place, { name });
    }
    if (planned.remote !== undefined) {
      report.followUp("lp-default-secret", planned.remote.call, { name });
    }
  }
}

/** Passes the API key alone. */
function convertConfig({ model, report }: ClientWriter, { call, config }: ConfiguredClient): void {
  const [argument] = call.arguments;
  if (config.byAnswer !== undefined) {
    report.followUp("context-own-account", config.byAnswer, { account: model.textOf(config.byAnswer) });
  }
  if (argument !== undefined && config.inline === undefined) {
    report.edits.insert(withParentheses(model, argument)[1], ".apiKey");
  } else if (argument !== undefined) {
    const [start, end] = rangeOf(argument);
    const [keyStart, keyEnd] = rangeOf(config.apiKey);
    const comments = [...commentTexts(model, [start, keyStart]), ...commentTexts(model, [keyEnd, end])];
    const lineBreak = lineEndingOf(model.text) + indentAt(model.text, start);
    report.edits.replace([start, end], inFrontOf(comments, lineBreak) + model.textOf(config.apiKey));
  }
}

/** `client.method(a)` becomes `helper(client, a)`, with all else between as it is. */
function writeHelperCall({ model, report, helpers }: ClientWriter, { call, use, helper }: HelpedCall): void {
  const { text } = model;
  const [start] = rangeOf(call);
  const [clientStart, clientEnd] = withParentheses(model, use.node);
  const [open] = argumentsRange(model, call);
  const stranded = [...commentTexts(model, [start, clientStart]), ...commentTexts(model, [clientEnd, open])];
  const comments = inFrontOf(stranded, lineEndingOf(text) + indentAt(text, open));
  const separator = call.arguments.length === 0 ? "" : comments === "" && endsLine(text, open) ? "," : ", ";
  report.edits.replace([start, clientStart], `${helpers.use(helper)}(`);
  report.edits.replace([clientEnd, open], separator + comments);
}

/** Adapts comparisons with V1's wording. */
export function convertTexts({ model, report }: ClientWriter, { changes }: TextChanges): void {
  for (const { node, legacy, word } of changes) {
    report.edits.replace(rangeOf(node), model.textOf(node).replace(...word));
    report.declare("client-error-text", node, { legacy, modern: legacy.replace(...word) });
  }
}
