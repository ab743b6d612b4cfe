import type { HttpCall } from "../src/analysis/http/calls.ts";
import { takenGlobals } from "../src/analysis/http/taken-globals.ts";
import { readRequest } from "../src/analysis/http/request.ts";
import type { RequestFacts } from "../src/analysis/http/request.ts";
import { findResponseUse } from "../src/analysis/http/responses.ts";
import type { ResponseUse } from "../src/analysis/http/responses.ts";
import { findLpCalls } from "../src/analysis/http/lp-calls.ts";
import type { LpCall, LpUse } from "../src/analysis/http/lp-calls.ts";
import { planSecretClients } from "../src/analysis/secrets/lp-clients.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { declareLostMembers } from "../src/edits/http/lost-members.ts";
import { writeRequest } from "../src/edits/http/request.ts";
import type { HttpWriter } from "../src/edits/http/writer.ts";
import { declareResponse } from "../src/edits/http/response-differences.ts";
import { writeResult } from "../src/edits/http/response.ts";
import { writeSecretClients } from "../src/edits/http/lp-secret-clients.ts";
import { keptOfError, requestHelpers } from "../src/edits/http/request-helpers.ts";
import { statementRange } from "../src/edits/text/layout.ts";
import { removeLines } from "../src/edits/text/remove-statements.ts";
import { declareDropped } from "../src/edits/http/dropped.ts";
import { declarePlanned } from "../src/edits/http/idiomatic-differences.ts";
import { planRequests } from "../src/edits/http/idiomatic-requests.ts";
import type { NamedPlan } from "../src/edits/http/idiomatic-requests.ts";
import { writePlanned } from "../src/edits/http/idiomatic-response.ts";
import { reportProxies } from "../src/edits/http/proxies.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step, Style } from "../src/edits/step/step.ts";
import { legacyAppKey, oauth1Apis } from "../src/platform/lp-client.ts";

/** One call with everything that is known of it. */
interface Request {
  readonly lp: LpCall;
  readonly facts: RequestFacts;
  readonly use: ResponseUse | undefined;
}

/**
 * Rewrites calls of `Toolbelt.LpClient()`: V2 answers with fetch's Response instead of a body, and takes the options of
 * fetch. A file with one call that can't be converted is refused as a whole.
 */
export const step: Step = (model, { style, ownEnvironment }) => {
  const report = new StepReport();
  const lp = findLpCalls(model);
  const requests = readRequests(model, lp, report);
  const plan = planSecretClients(model, lp);
  reportProxies(model, requests[0]?.lp.http.call, ownEnvironment, report);
  report.refuseFor(plan.problems);
  for (const call of lp.withoutOptions) {
    report.notice("lp-client-without-options", call);
  }
  if (!report.isRefused && requests.length > 0) {
    const helpers = requestHelpers(model, requests, style);
    const plans = planRequests(model, requests, lpCalls(requests), helpers, style);
    declareDifferences(model, requests, plans, style, report);
    declareLostMembers(model, report);
    const shared: HttpWriter = { model, edits: report.edits, helpers, removals: [] };
    // First: a request that is moved takes the name of its client along.
    for (const place of writeSecretClients(shared, plan.clients)) {
      report.declare("lp-client-per-secret", place);
    }
    // Inner requests first: the text of an outer one may be moved with them inside.
    for (const {
      lp: { http },
      facts,
      use,
    } of requests.toReversed()) {
      const planned = plans.get(http);
      const writer: HttpWriter = { ...shared, style: planned?.style ?? "faithful" };
      writeRequest(writer, facts);
      if (planned === undefined) {
        writeResult(writer, facts, use);
      } else {
        writePlanned(writer, facts, planned);
      }
    }
    removeLines(
      model,
      report.edits,
      shared.removals.map((statement) => statementRange(model, statement)),
    );
    helpers.appendTo(report.edits);
    const { inTheWay, hidden } = takenGlobals(model, report.edits.applyTo(model.text));
    report.edits.insertIntoNew(model.text, hidden, "globalThis.");
    for (const identifier of inTheWay) {
      report.refuse("global-name-taken", identifier, { name: identifier.name });
    }
  }
  return report.finish();
};

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);

function readRequests(model: Model, { calls, problems }: LpUse, report: StepReport): Request[] {
  report.refuseFor(problems);
  return calls.flatMap((lp) => {
    const facts = readRequest(model, lp.http);
    if (!("call" in facts)) {
      report.refuseFor(facts);
      return [];
    }
    const use = facts.answer.isFull ? findResponseUse(model, lp.http) : undefined;
    report.refuseFor(use?.problems ?? []);
    return [{ lp, facts, use }];
  });
}

function lpCalls(requests: readonly Request[]): Node[] {
  return requests.map(({ lp }) => lp.http.call);
}

type Plans = ReadonlyMap<HttpCall, NamedPlan>;

function declareDifferences(
  model: Model,
  requests: readonly Request[],
  plans: Plans,
  style: Style,
  report: StepReport,
): void {
  const [first] = requests;
  if (first === undefined) {
    return;
  }
  const { call } = first.lp.http;
  report.declare("lp-client-oauth2", call);
  report.declare("lp-client-error-shape", call);
  report.declare("network-error-shape", call);
  report.declare("fetch-transport", call);
  const simple = requests.find(({ lp, facts }) => facts.answer.isSimple && plans.get(lp.http)?.style !== "idiomatic");
  if (simple !== undefined) {
    report.declare("http-error-shape", simple.lp.http.call, { kept: keptOfError(model) });
  }
  for (const request of requests) {
    declareRequest(request, report);
    declareResponse(request.use, style, report);
    declarePlanned(model, request.facts, plans.get(request.lp.http), report);
  }
  tellSecrets(requests, report);
}

function declareRequest({ lp, facts }: Request, report: StepReport): void {
  if (facts.timeout !== undefined) {
    report.declare("timeout-deadline", facts.timeout);
  }
  if (facts.method.isLowerCase && facts.method.property !== undefined) {
    report.declare("lower-case-method", facts.method.property);
  }
  if (facts.method.head === "unknown" && !facts.answer.isFull) {
    report.declare("head-result", facts.method.property ?? lp.http.call);
  }
  if (facts.headers.property !== undefined && facts.headers.isUntold) {
    report.declare("headers-at-run-time", facts.headers.property);
  }
  declareDropped(facts, report);
  if (facts.body.kind === "json" && facts.body.isDoubled) {
    report.notice("double-encoded-body", facts.body.property);
  }
  if (oauth1Apis.some(({ path, version }) => lp.path.includes(path) && version.test(lp.path))) {
    report.followUp("lp-api-version", facts.url, { path: `\`${lp.path}\`` });
  }
}

/** What must become of each secret, once. */
function tellSecrets(requests: readonly Request[], report: StepReport): void {
  const secrets = new Map(requests.toReversed().map(({ lp }) => [lp.secret, lp]));
  for (const [secret, { http }] of secrets) {
    const node = http.options?.properties.get("appKeySecretName") ?? http.call;
    if (secret === legacyAppKey) {
      report.followUp("lp-default-secret", node, { name: "LpClient" });
    } else {
      report.followUp("lp-secret", node, { name: `\`${secret}\`` });
    }
  }
}
