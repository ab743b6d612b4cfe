import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import { planMtlsCalls } from "../../analysis/clients/mtls-calls.ts";
import type { MtlsCall } from "../../analysis/clients/mtls-calls.ts";
import type { Model } from "../../analysis/code/model.ts";
import { LiteralEditor } from "../text/literal.ts";
import { withParentheses } from "../text/parentheses.ts";
import type { ClientWriter } from "./client-writer.ts";
import type { StepReport } from "../step/step.ts";

/** Makes the verification of certificates explicit: V2 verifies them only when it is told to. */
export function convertMtlsClients({ model, report }: ClientWriter): void {
  const { clients, calls, problems } = planMtlsCalls(model);
  report.refuseFor(problems);
  const literals = new Set<ESTree.ObjectExpression>();
  for (const call of calls) {
    convertCall(model, report, call, literals);
  }
  const [first] = clients;
  if (first !== undefined) {
    report.declare("mtls-client", first.call);
    report.followUp("mtls-certificates", first.call);
  }
}

function convertCall(
  model: Model,
  report: StepReport,
  { call, options, emptyBody, untoldJson }: MtlsCall,
  literals: Set<ESTree.ObjectExpression>,
): void {
  if (emptyBody !== undefined) {
    report.edits.replace(rangeOf(emptyBody), "undefined");
  }
  if (untoldJson !== undefined) {
    report.declare("mtls-json-body", untoldJson);
  }
  const timeout = options?.properties.get("timeout");
  if (timeout !== undefined) {
    report.declare("mtls-timeout", timeout);
  }
  if (options === undefined) {
    addOptions(model, report, call);
  } else if (!options.properties.has("allowSelfSigned") && !literals.has(options.literal)) {
    literals.add(options.literal);
    const editor = new LiteralEditor(model, report.edits, options.literal);
    editor.add(ADDED, "last");
    editor.finish();
  }
}

const ADDED = "allowSelfSigned: false";

/** Passes the options in the fourth place. */
function addOptions(model: Model, report: StepReport, call: ESTree.SimpleCallExpression): void {
  const [url, headers, body, nothing] = call.arguments;
  const last = nothing ?? body ?? headers ?? url;
  if (last === undefined) {
    return;
  }
  if (nothing !== undefined) {
    report.edits.replace(rangeOf(nothing), `{ ${ADDED} }`);
    return;
  }
  const missing = [headers, body].filter((argument) => argument === undefined).map(() => "undefined, ");
  report.edits.insert(withParentheses(model, last)[1], `, ${missing.join("")}{ ${ADDED} }`);
}
