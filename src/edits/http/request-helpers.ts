import { staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { statusErrorUseOf } from "../../analysis/errors/status-fields.ts";
import type { LooseFacts } from "../../analysis/http/loose-request.ts";
import type { RequestFacts } from "../../analysis/http/request.ts";
import type { ResponseUse } from "../../analysis/http/responses.ts";
import type { StatusErrorUse } from "../../analysis/http/status-error.ts";
import type { Style } from "../step/step.ts";
import type { Fact } from "../templates/texts.ts";
import { Helpers } from "../templates/helpers.ts";
import { bodyTemplate, factsOf } from "./request-function.ts";
import type { RequestFunction } from "./request-function.ts";

/** True when the file names the `response` of an error somewhere, apart from helpers that it has already. */
export function readsErrorResponse(model: Model): boolean {
  const written = new Helpers(model);
  const members: readonly Node[] = [...model.nodes("MemberExpression"), ...model.nodes("Property")];
  return members.some(
    (node) =>
      (node.type === "MemberExpression" || node.type === "Property") &&
      staticName(node) === "response" &&
      !written.isInside(node),
  );
}

/** What the error of a status keeps, as a part of a sentence. */
export function keptOfError(model: Model): string {
  const names = ["message", ...statusErrorUseOf(model).fields].map((name) => `\`${name}\``);
  return names.length === 1 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** What the error of a status must hold. */
function errorFacts({ fields }: StatusErrorUse): Fact[] {
  const facts: readonly (readonly [Fact, boolean])[] = [
    ["errorFields", fields.size > 0],
    ["errorName", fields.has("name")],
    ["errorStatus", fields.has("statusCode")],
    ["errorBody", fields.has("error")],
    ["errorResponse", fields.has("response")],
  ];
  return facts.flatMap(([fact, isSo]) => (isSo ? [fact] : []));
}

/**
 * What the responses that requests give must hold: what the file reads of them. In the faithful style, what uses all
 * headers gets cookies as a list.
 */
function responseFacts(uses: readonly ResponseUse[], style: Style): Fact[] {
  const has = (name: string): boolean => uses.some(({ parts }) => parts.has(name));
  const isWhole = uses.some(({ escapes }) => escapes.length > 0);
  const areListed = uses.some(({ headers }) => headers === "cookies" || (style === "faithful" && headers !== "named"));
  const facts: readonly (readonly [Fact, boolean])[] = [
    ["wholeResponse", areListed || (isWhole && style === "faithful")],
    ["responseMessage", isWhole || has("statusMessage")],
    ["responseHeaders", isWhole || has("headers")],
  ];
  return facts.flatMap(([fact, isSo]) => (isSo ? [fact] : []));
}

/** A request, as far as it is written in place, and how its whole response is used where it gives one. */
export interface HelpedRequest {
  readonly facts: RequestFacts | LooseFacts;
  readonly use: ResponseUse | undefined;
}

/** What the forms and queries of requests must hold. */
function sentFacts(requests: readonly HelpedRequest[]): Fact[] {
  const sent = requests.flatMap(({ facts }) => ("queryForm" in facts ? [facts] : []));
  const hasFiles = sent.some(({ body }) => body.kind === "multipart" && body.form.files.length > 0);
  const hasLists = sent.some(({ queryForm }) => queryForm === "repeat" || queryForm === "brackets");
  return [...(hasFiles ? (["formFiles"] as const) : []), ...(hasLists ? (["lists"] as const) : [])];
}

/**
 * The helpers of the requests of a file. The error of a status holds what the file could look at, the whole response
 * only where it does.
 *
 * @param wanted what the `request` function must know, where there is one
 */
export function requestHelpers(
  model: Model,
  requests: readonly HelpedRequest[],
  style: Style,
  wanted?: RequestFunction,
): Helpers {
  const use = statusErrorUseOf(model);
  const isWhole = use.fields.has("response") && use.responseParts === undefined && readsErrorResponse(model);
  const status = isWhole ? (["fullStatusError"] as const) : [];
  const responses = requests.flatMap((request) => request.use ?? []);
  const facts = [...errorFacts(use), ...responseFacts(responses, style), ...sentFacts(requests)];
  return wanted === undefined
    ? new Helpers(model, { facts: new Set(facts), forms: status })
    : new Helpers(model, { facts: new Set([...factsOf(wanted), ...facts]), forms: [...status, bodyTemplate(wanted)] });
}
