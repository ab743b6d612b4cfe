import { rangeOf } from "../src/analysis/ast.ts";
import type { Node } from "../src/analysis/ast.ts";
import { findHttpCalls } from "../src/analysis/http-calls.ts";
import type { HttpCall, HttpProblem, HttpUse } from "../src/analysis/http-calls.ts";
import { findErrorShapeReads } from "../src/analysis/http-errors.ts";
import { takenGlobals } from "../src/analysis/http-globals.ts";
import { readRequest } from "../src/analysis/http-request.ts";
import type { RequestFacts } from "../src/analysis/http-request.ts";
import { findResponseUse } from "../src/analysis/http-responses.ts";
import type { ResponseUse } from "../src/analysis/http-responses.ts";
import type { Model } from "../src/analysis/model.ts";
import { asTransform } from "../src/edits/as-transform.ts";
import { clientRemovals, toolbeltRemovals } from "../src/edits/http-cleanup.ts";
import { writeRequest } from "../src/edits/http-request.ts";
import type { HttpWriter } from "../src/edits/http-request.ts";
import { writeResult } from "../src/edits/http-response.ts";
import { RequestHelpers } from "../src/edits/request-helpers.ts";
import { removeLines } from "../src/edits/remove-statements.ts";
import { StepReport } from "../src/edits/step.ts";
import type { Step } from "../src/edits/step.ts";

/** One request with everything that is known of it. */
interface Request {
  readonly call: HttpCall;
  readonly facts: RequestFacts;
  readonly use: ResponseUse | undefined;
}

/**
 * Replaces every call of every `Toolbelt.HTTPClient()` by native fetch, and takes the clients away.
 * A file with one call that can't be converted is refused as a whole.
 */
export const step: Step = (model) => {
  const report = new StepReport();
  const http = findHttpCalls(model);
  const requests = readRequests(model, http, report);
  if (!report.isRefused && http.clients.length > 0) {
    declareDifferences(model, requests, report);
    const writer: HttpWriter = { model, edits: report.edits, helpers: new RequestHelpers(model), removals: [] };
    // Inner requests first: the text of an outer one may be moved with them inside.
    for (const request of requests.toSorted((a, b) => startOf(b) - startOf(a))) {
      writeCall(writer, request);
    }
    const taken = new Set<Node>();
    const removals = [
      ...clientRemovals(model, http.clients, taken),
      ...toolbeltRemovals(model, taken),
      ...writer.removals,
    ];
    removeLines(model, report.edits, removals);
    writer.helpers.appendTo(report.edits);
    for (const identifier of takenGlobals(model, report.edits.applyTo(model.text))) {
      report.refuse("global-name-taken", identifier, { name: identifier.name });
    }
  }
  return report.finish();
};

export default asTransform(step);

function startOf({ call }: Request): number {
  return rangeOf(call.call)[0];
}

function readRequests(model: Model, http: HttpUse, report: StepReport): Request[] {
  const refuse = (problems: readonly HttpProblem[]): void => {
    for (const { id, node, data } of problems) {
      report.refuse(id, node, data);
    }
  };
  refuse(http.problems);
  return http.calls.flatMap((call) => {
    const facts = readRequest(model, call);
    if (!("call" in facts)) {
      refuse(facts);
      return [];
    }
    const use = facts.answer.isFull ? findResponseUse(model, call) : undefined;
    refuse(use?.problems ?? []);
    return [{ call, facts, use }];
  });
}

function writeCall(writer: HttpWriter, request: Request): void {
  const { call, facts, use } = request;
  writeRequest(writer, facts);
  writer.edits.replace(rangeOf(call.call.callee), "fetch");
  writeResult(writer, facts, use);
}

function declareDifferences(model: Model, requests: readonly Request[], report: StepReport): void {
  const [first] = requests;
  if (first === undefined) {
    return;
  }
  report.declare("network-error-shape", first.call.call);
  report.declare("fetch-transport", first.call.call);
  report.followUp("tls-verification", first.call.call);
  report.followUp("allowed-domains", first.call.call);
  for (const read of findErrorShapeReads(model)) {
    report.declare("network-error-shape", read);
  }
  const simple = requests.find(({ facts }) => facts.answer.isSimple);
  if (simple !== undefined) {
    report.declare("http-error-shape", simple.call.call);
  }
  for (const { call, facts, use } of requests) {
    if (facts.headers.property === undefined) {
      report.declare("client-headers", call.call);
    }
    if (facts.timeout !== undefined) {
      report.declare("timeout-deadline", facts.timeout);
    }
    if (facts.method.isLowerCase && facts.method.property !== undefined) {
      report.declare("lower-case-method", facts.method.property);
    }
    for (const escape of use?.escapes ?? []) {
      report.declare("full-response-shape", escape);
    }
    if (facts.urlWithoutScheme !== undefined) {
      report.notice("url-without-scheme", facts.url, { url: `\`${facts.urlWithoutScheme}\`` });
    }
    if (facts.body.kind === "json" && facts.body.isDoubled) {
      report.notice("double-encoded-body", facts.body.property);
    }
  }
}
