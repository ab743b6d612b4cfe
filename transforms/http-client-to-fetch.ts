import { rangeOf } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import { asLoose, findHttpCalls } from "../src/analysis/http/calls.ts";
import type { HttpCall, HttpUse, LooseCall } from "../src/analysis/http/calls.ts";
import { declareLostMembers } from "../src/edits/http/lost-members.ts";
import { canLackHeaders } from "../src/analysis/http/headers.ts";
import { takenGlobals } from "../src/analysis/http/taken-globals.ts";
import { readLooseRequest } from "../src/analysis/http/loose-request.ts";
import type { LooseFacts } from "../src/analysis/http/loose-request.ts";
import { readRequest } from "../src/analysis/http/request.ts";
import type { RequestFacts } from "../src/analysis/http/request.ts";
import { findResponseUse } from "../src/analysis/http/responses.ts";
import type { ResponseUse } from "../src/analysis/http/responses.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { removeLeftovers } from "../src/edits/http/cleanup.ts";
import { requestFunctionFor, writeLooseRequest } from "../src/edits/http/loose-request.ts";
import { removePassedClients } from "../src/edits/http/client-passes.ts";
import { writeRequest } from "../src/edits/http/request.ts";
import type { HttpWriter } from "../src/edits/http/writer.ts";
import { declareResponse } from "../src/edits/http/response-differences.ts";
import { writeResult } from "../src/edits/http/response.ts";
import { declarePlanned } from "../src/edits/http/idiomatic-differences.ts";
import { planRequests } from "../src/edits/http/idiomatic-requests.ts";
import type { NamedPlan } from "../src/edits/http/idiomatic-requests.ts";
import { writePlanned } from "../src/edits/http/idiomatic-response.ts";
import { keptOfError, requestHelpers } from "../src/edits/http/request-helpers.ts";
import type { Helpers } from "../src/edits/templates/helpers.ts";
import { declareDropped } from "../src/edits/http/dropped.ts";
import { reportProxies } from "../src/edits/http/proxies.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step, Style } from "../src/edits/step/step.ts";
import type { Problem } from "../src/analysis/code/problem.ts";

/** A request that is rewritten in place. */
interface PlainRequest {
  readonly kind: "plain";
  readonly call: HttpCall;
  readonly facts: RequestFacts;
  readonly use: ResponseUse | undefined;
}

/** A request that goes through the file's `request` function. */
interface LooseRequest {
  readonly kind: "loose";
  readonly call: LooseCall;
  readonly facts: LooseFacts;
  readonly use: ResponseUse | undefined;
}

type Request = PlainRequest | LooseRequest;

/**
 * Replaces every call of every `Toolbelt.HTTPClient()` by native fetch, and takes the clients away.
 * A file with one call that can't be converted is refused as a whole.
 */
export const step: Step = (model, { style, ownEnvironment }) => {
  const report = new StepReport();
  const http = findHttpCalls(model);
  const requests = readRequests(model, http, report);
  reportProxies(model, requests[0]?.call.call, ownEnvironment, report);
  if (!report.isRefused && http.clients.length > 0) {
    const wanted = requestFunctionFor(
      model,
      requests.flatMap((request) => (request.kind === "loose" ? [request.facts] : [])),
    );
    const helpers = requestHelpers(model, requests, style, wanted);
    const writer: HttpWriter = { model, edits: report.edits, helpers, removals: [] };
    const plans = planAll(model, requests, helpers, style);
    declareDifferences(model, requests, plans, style, report, http.bare);
    // Inner requests first: the text of an outer one may be moved with them inside.
    for (const request of requests.toSorted((a, b) => startOf(b) - startOf(a))) {
      if (request.kind === "loose") {
        writeLooseRequest(writer, request.facts, wanted);
      } else {
        writeCall(writer, request, plans.get(request.call));
      }
    }
    removePassedClients(model, report.edits, http.passes.passed);
    const { aliases } = http.passes;
    removeLeftovers(model, report.edits, { clients: http.clients, aliases, statements: writer.removals });
    writer.helpers.appendTo(report.edits);
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

function startOf({ call }: Request): number {
  return rangeOf(call.call)[0];
}

function readRequests(model: Model, http: HttpUse, report: StepReport): Request[] {
  const found = [
    ...http.calls.map((call) => readPlain(model, call)),
    ...http.loose.map((call) => readLoose(model, call)),
  ];
  const requests = found
    .flatMap((request) => ("kind" in request ? [request] : []))
    .toSorted((a, b) => startOf(a) - startOf(b));
  const problems = [
    ...http.problems,
    ...found.flatMap((request) => ("kind" in request ? (request.use?.problems ?? []) : request)),
  ];
  // Requests that share their options share their problems.
  const distinct = new Map(
    problems.map((problem) => [JSON.stringify([problem.id, problem.data, rangeOf(problem.node)]), problem]),
  );
  report.refuseFor([...distinct.values()].toSorted((a, b) => rangeOf(a.node)[0] - rangeOf(b.node)[0]));
  return requests;
}

/** A request in place; where the values of its options are not plain, by way of the `request` function. */
function readPlain(model: Model, call: HttpCall): Request | readonly Problem[] {
  const facts = readRequest(model, call);
  if (!("call" in facts)) {
    return readLoose(model, asLoose(call));
  }
  return { kind: "plain", call, facts, use: facts.answer.isFull ? findResponseUse(model, call) : undefined };
}

function readLoose(model: Model, call: LooseCall): Request | readonly Problem[] {
  const facts = readLooseRequest(model, call);
  return "call" in facts
    ? { kind: "loose", call, facts, use: facts.canBeFull ? findResponseUse(model, call) : undefined }
    : facts;
}

function planAll(
  model: Model,
  requests: readonly Request[],
  helpers: Helpers,
  style: Style,
): ReadonlyMap<HttpCall, NamedPlan> {
  const plain = requests.flatMap((request) => (request.kind === "plain" ? [request] : []));
  return planRequests(
    model,
    plain,
    requests.map(({ call }) => call.call),
    helpers,
    style,
  );
}

function writeCall(shared: HttpWriter, { call, facts, use }: PlainRequest, plan: NamedPlan | undefined): void {
  const writer: HttpWriter = { ...shared, style: plan?.style ?? "faithful" };
  writeRequest(writer, facts);
  writer.edits.replace(rangeOf(call.call.callee), "fetch");
  if (plan === undefined) {
    writeResult(writer, facts, use);
  } else {
    writePlanned(writer, facts, plan);
  }
}

function declareDifferences(
  model: Model,
  requests: readonly Request[],
  plans: ReadonlyMap<HttpCall, NamedPlan>,
  style: Style,
  report: StepReport,
  bare: ReadonlySet<Node>,
): void {
  const [first] = requests;
  if (first === undefined) {
    return;
  }
  report.declare("network-error-shape", first.call.call);
  report.declare("fetch-transport", first.call.call);
  const unverified = requests.find((request) => !bare.has(request.call.call) || turnsVerificationOff(request));
  if (unverified !== undefined) {
    report.followUp("tls-verification", unverified.call.call);
  }
  report.followUp("allowed-domains", first.call.call);
  declareLostMembers(model, report);
  const simple = requests.find(
    (request) =>
      request.kind === "loose" || (request.facts.answer.isSimple && plans.get(request.call)?.style !== "idiomatic"),
  );
  if (simple !== undefined) {
    report.declare("http-error-shape", simple.call.call, { kept: keptOfError(model) });
  }
  for (const request of requests) {
    declareResponse(request.use, request.kind === "loose" ? "faithful" : style, report);
    const isBare = bare.has(request.call.call);
    if (request.kind === "loose") {
      declareLoose(request, isBare, report);
    } else {
      declarePlain(model, request, plans.get(request.call), isBare, report);
    }
  }
}

/** True when a request accepts any certificate by its own options. */
function turnsVerificationOff(request: Request): boolean {
  const names = request.kind === "loose" ? request.facts.names : request.call.options?.properties;
  return names?.has("strictSSL") === true || names?.has("rejectUnauthorized") === true;
}

function declarePlain(
  model: Model,
  { call, facts }: PlainRequest,
  plan: NamedPlan | undefined,
  isBare: boolean,
  report: StepReport,
): void {
  declarePlanned(model, facts, plan, report);
  if (!isBare && canLackHeaders(model, facts.headers.property)) {
    report.declare("client-headers", call.call);
  }
  if (facts.headers.property !== undefined && facts.headers.isUntold) {
    report.declare("headers-at-run-time", facts.headers.property);
  }
  declareDropped(facts, report);
  if (facts.timeout !== undefined) {
    report.declare("timeout-deadline", facts.timeout);
  }
  if (plan?.style !== "idiomatic" && facts.method.isLowerCase && facts.method.property !== undefined) {
    report.declare("lower-case-method", facts.method.property);
  }
  if (facts.urlWithoutScheme !== undefined) {
    report.notice("url-without-scheme", facts.url, { url: `\`${facts.urlWithoutScheme}\`` });
  }
  if (facts.body.kind === "json" && facts.body.isDoubled) {
    report.notice("double-encoded-body", facts.body.property);
  }
}

function declareLoose({ call, facts }: LooseRequest, isBare: boolean, report: StepReport): void {
  if (facts.canLackHeaders && !isBare) {
    report.declare("client-headers", call.call);
  }
  if (facts.untoldHeaders !== undefined) {
    report.declare("headers-at-run-time", facts.untoldHeaders);
  }
  if (facts.uncheckedAuth !== undefined) {
    report.declare("credentials-not-sent", facts.uncheckedAuth);
  }
  for (const header of facts.conditionalHeaders) {
    report.declare("conditional-headers", header);
  }
  if (facts.names.has("timeout")) {
    report.declare("timeout-deadline", call.call);
  }
  if (facts.doubledBody !== undefined) {
    report.notice("double-encoded-body", facts.doubledBody);
  }
  if (facts.canBeLowerCase) {
    report.declare("lower-case-method", call.call);
  }
  if (facts.canBeBodyWithGet) {
    report.declare("get-with-body", call.call);
  }
}
