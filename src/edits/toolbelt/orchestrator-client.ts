import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import { followedClients, methodCallOf } from "../../analysis/toolbelt/client-trail.ts";
import { bodyUseOf } from "../../analysis/http/invocation-results.ts";
import type { BodyUse } from "../../analysis/http/invocation-results.ts";
import { literalArgument } from "../../analysis/values/literal-argument.ts";
import type { Model } from "../../analysis/code/model.ts";
import { legacyErrorMembers } from "../../platform/platform-clients.ts";
import { LiteralEditor } from "../text/literal.ts";
import { withParentheses } from "../text/parentheses.ts";
import type { ClientWriter } from "./client-writer.ts";
import type { StepReport } from "../step/step.ts";

/** Asks for parsed bodies where the function reads members of them, and declares the rest. */
export function convertOrchestratorClients({ model, report }: ClientWriter): void {
  const { clients, uses, escapes } = followedClients(model, "OrchestratorClient");
  for (const { node, what } of escapes) {
    report.refuse("client-escapes", node, { name: "OrchestratorClient", what });
  }
  for (const use of uses) {
    const found = methodCallOf(model, use);
    if (found?.method !== "invoke" || found.call.optional) {
      const what = "is used in another way than by calling `invoke`";
      report.refuse("client-escapes", use.node, { name: "OrchestratorClient", what });
    } else {
      convertCall(model, report, found.call);
    }
  }
  const [first] = clients;
  if (first !== undefined) {
    report.declare("orchestrator-errors", first.call);
    report.followUp("orchestrator-secret", first.call);
  }
}

function convertCall(model: Model, report: StepReport, call: ESTree.SimpleCallExpression): void {
  const use = bodyUseOf(model, call, legacyErrorMembers);
  for (const read of use.errorReads) {
    report.declare("orchestrator-errors", read);
  }
  const [invocations, deadline, argument] = call.arguments;
  const spread = call.arguments.find(({ type }) => type === "SpreadElement");
  if (spread !== undefined || invocations === undefined) {
    report.refuse("orchestrator-call", spread ?? call, { what: "has arguments that can't be told apart" });
    return;
  }
  const isAbsent = argument === undefined || model.isGlobal(argument, "undefined");
  const options = isAbsent
    ? undefined
    : literalArgument(model, argument, (read) => model.parentOf(read) === call && call.arguments[2] === read);
  if (options?.properties.has("json") === true) {
    return;
  }
  const [text] = use.asText;
  if (use.asValue.length > 0 && text !== undefined) {
    report.refuse("orchestrator-call", text, { what: "has a body that is used as text and as a parsed value" });
  } else if (use.asValue.length === 0) {
    report.declare("orchestrator-body", call, { what: whatIsDone(use) });
  } else if (isAbsent) {
    report.declare("orchestrator-body", call, { what: "Members of it are read here, so it is set." });
    addOptions(model, report, call, deadline ?? invocations, argument);
  } else if (options === undefined) {
    report.refuse("orchestrator-call", argument, { what: "needs `json: true`, and its options are no literal" });
  } else {
    report.declare("orchestrator-body", call, { what: "Members of it are read here, so it is set." });
    const editor = new LiteralEditor(model, report.edits, options.literal);
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
function addOptions(
  model: Model,
  report: StepReport,
  call: ESTree.SimpleCallExpression,
  last: ESTree.Node,
  nothing: ESTree.Node | undefined,
): void {
  if (nothing !== undefined) {
    report.edits.replace(rangeOf(nothing), `{ ${ADDED} }`);
    return;
  }
  const deadline = call.arguments.length === 1 ? "undefined, " : "";
  report.edits.insert(withParentheses(model, last)[1], `, ${deadline}{ ${ADDED} }`);
}
