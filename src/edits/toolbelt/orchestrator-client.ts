import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import { planInvokeCalls } from "../../analysis/clients/orchestrator-calls.ts";
import type { InvokeCall } from "../../analysis/clients/orchestrator-calls.ts";
import type { BodyUse } from "../../analysis/http/invocation-results.ts";
import type { Model } from "../../analysis/code/model.ts";
import { LiteralEditor } from "../text/literal.ts";
import { withParentheses } from "../text/parentheses.ts";
import type { ClientWriter } from "./client-writer.ts";
import type { StepReport } from "../step/step.ts";

/** Asks for parsed bodies where the function reads members of them, and declares the rest. */
export function convertOrchestratorClients({ model, report }: ClientWriter): void {
  const { clients, calls, problems } = planInvokeCalls(model);
  report.refuseFor(problems);
  for (const call of calls) {
    convertCall(model, report, call);
  }
  const [first] = clients;
  if (first !== undefined) {
    report.declare("orchestrator-errors", first.call);
    report.followUp("orchestrator-secret", first.call);
  }
}

function convertCall(model: Model, report: StepReport, { call, errorReads, body }: InvokeCall): void {
  for (const read of errorReads) {
    report.declare("orchestrator-errors", read);
  }
  if (body?.kind === "as-it-comes") {
    report.declare("orchestrator-body", call, { what: whatIsDone(body.use) });
  } else if (body?.kind === "parsed") {
    report.declare("orchestrator-body", call, { what: "Members of it are read here, so it is set." });
    if (body.options === undefined) {
      addOptions(model, report, call);
      return;
    }
    const editor = new LiteralEditor(model, report.edits, body.options.literal);
    editor.add(ADDED, "last");
    editor.finish();
  }
}

const ADDED = "json: true";

function whatIsDone({ asText, unclear }: BodyUse): string {
  if (asText.length > 0) {
    return "It is parsed here, so it is not set.";
  }
  return unclear.length > 0 ? "It is handed on here; check what is expected." : "It is not looked at here.";
}

/** Passes the options in the third place. */
function addOptions(model: Model, report: StepReport, call: ESTree.SimpleCallExpression): void {
  const [invocations, deadline, nothing] = call.arguments;
  const last = deadline ?? invocations;
  if (nothing !== undefined) {
    report.edits.replace(rangeOf(nothing), `{ ${ADDED} }`);
  } else if (last !== undefined) {
    report.edits.insert(
      withParentheses(model, last)[1],
      `, ${deadline === undefined ? "undefined, " : ""}{ ${ADDED} }`,
    );
  }
}
