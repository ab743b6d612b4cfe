import type * as ESTree from "estree";
import { rangeOf, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { RequestFacts } from "./request.ts";
import type { NativeResponse, ResponseUse } from "./responses.ts";
import { booleanOf, objectLiteralOf } from "../values/constants.ts";
import { originsOf } from "../values/origins.ts";
import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import { valuesOf } from "../values/values-of.ts";
import type { TextPart } from "../values/values-of-types.ts";
import type { StatusErrorUse } from "./status-error.ts";
import type { DifferenceId } from "../../platform/remarks.ts";
import { placeOf } from "./idiomatic-place.ts";
import type { Place } from "./idiomatic-place.ts";

/** How a request is written as the documentation of V2 writes it. */
export type IdiomaticPlan =
  | { readonly kind: "full"; readonly native: NativeResponse }
  | { readonly kind: "body"; readonly place: Place }
  /** Statements have no room there: in a function given to `then`. */
  | { readonly kind: "then" };

/** What the official form of a request does in another way than V1. */
export interface IdiomaticDifference {
  readonly id: DifferenceId;
  readonly node: Node;
}

/** What is known of a file when one of its requests is planned. */
export interface IdiomaticContext {
  readonly model: Model;
  /** All calls of clients. */
  readonly calls: readonly Node[];
  /** What the file can notice of the error of a status. */
  readonly errors: StatusErrorUse;
}

/** Values that URLSearchParams writes as something else than a plain text. */
const NESTED = /^(?:Object|Array|Function|ArrowFunction|New|Class)Expression$/u;

/** Methods and functions that give lists, whatever they are called on. */
const LISTS = new Set(["filter", "flat", "flatMap", "map", "sort", "split", "toSorted"]);
const LIST_FUNCTIONS = ["Array.from", "Array.of", "Object.entries", "Object.keys", "Object.values"];

function isNested(model: Model, origin: Node): boolean {
  if (origin.type !== "CallExpression") {
    return NESTED.test(origin.type);
  }
  const { callee } = origin;
  const isList = callee.type === "MemberExpression" && LISTS.has(staticName(callee) ?? "");
  return isList || isCallOf(model, origin, ...LIST_FUNCTIONS);
}

/** An object literal that stays as it is written, and whose values may be plain: `URLSearchParams` takes it. */
function isFlat(model: Model, node: Node): boolean {
  return (
    objectLiteralOf(model, node)?.properties.every(
      (property) =>
        property.type === "Property" &&
        !property.computed &&
        property.kind === "init" &&
        !originsOf(model, property.value).some(({ kind, node: made }) => kind === "made" && isNested(model, made)),
    ) === true
  );
}

/** True when a query can be put behind the URL: nothing that is written out says that it has one. */
function takesQuery(model: Model, url: Node): boolean {
  const values = valuesOf(model, url);
  const isOpen = (part: TextPart): boolean => typeof part !== "string" || !/[?#]/u.test(part);
  return values.length > 0 && values.every((value) => value.kind === "text" && value.parts.every(isOpen));
}

/** True when all names of the headers are known, each in one spelling: at most a value may be missing. */
function arePlainHeaders(model: Model, { headers }: RequestFacts): boolean {
  const { property, spellings, needsHelper, isOpen, isUntold } = headers;
  if (!needsHelper || property === undefined) {
    return true;
  }
  // fetch takes no `null`.
  const isObject = valuesOf(model, property.value).every(
    ({ kind, node }) => kind === "object" || (kind === "nothing" && node.type !== "Literal"),
  );
  // Ours would stand beside another spelling.
  const isOurs = (name: string): boolean => name === "Content-Type" || name.toLowerCase() !== "content-type";
  const names = [...spellings].filter((name) => !isOpen || isOurs(name));
  const isSpelledOnce = new Set(names.map((name) => name.toLowerCase())).size === spellings.size;
  return isObject && isSpelledOnce && !isUntold;
}

function isPlainBody(model: Model, { body }: RequestFacts): boolean {
  switch (body.kind) {
    case "none":
    case "json":
    case "multipart":
      return true;
    case "raw":
      return body.value !== "unknown";
    case "form":
      return !body.replacedType && (body.value === "string" || isFlat(model, body.property.value));
  }
}

/** True when every part of what is sent can be written as the documentation writes it. */
function isPlainRequest(model: Model, facts: RequestFacts): boolean {
  const { query, url } = facts;
  const isPlainQuery =
    query === undefined || (facts.queryForm === "indices" && isFlat(model, query.value) && takesQuery(model, url));
  const isKnownMethod = facts.method.name !== undefined;
  return isKnownMethod && isPlainQuery && arePlainHeaders(model, facts) && isPlainBody(model, facts);
}

/** True when the file reads of the error of a status what the official form does not have, nor the status beside it. */
function isHeard({ errors }: IdiomaticContext, { answer }: RequestFacts): boolean {
  const isMissing = errors.readsText || errors.fields.has("error") || errors.fields.has("response");
  return answer.isSimple && isMissing;
}

/** The place of a request in statements of its own; undefined where there is none, or other requests stand in them. */
function placeAlone({ model, calls }: IdiomaticContext, { call }: RequestFacts): Place | undefined {
  const held = call.awaited ?? returnedCall(model, call.call);
  const place = held === undefined ? undefined : placeOf(model, held);
  if (place === undefined) {
    return undefined;
  }
  const [start, end] = rangeOf(place.statement);
  const isAlone = calls.every((other) => other === call.call || rangeOf(other)[0] < start || rangeOf(other)[1] > end);
  return isAlone ? place : undefined;
}

/** The call in `return client(…)` of an async function: outside of `try`, it may as well be waited for there. */
function returnedCall(model: Model, call: Node): Node | undefined {
  if (model.parentOf(call)?.type !== "ReturnStatement") {
    return undefined;
  }
  const owner = model.functionOf(call);
  for (let node = model.parentOf(call); node !== null && node !== owner; node = model.parentOf(node)) {
    if (node.type === "TryStatement") {
      return undefined;
    }
  }
  return owner?.async === true && owner.generator !== true ? call : undefined;
}

/** Tells how a request is written in the official form; undefined where it keeps the faithful one. */
export function planIdiomatic(
  context: IdiomaticContext,
  facts: RequestFacts,
  use: ResponseUse | undefined,
): IdiomaticPlan | undefined {
  const { model } = context;
  const { call, answer } = facts;
  if (isHeard(context, facts) || !isPlainRequest(model, facts)) {
    return undefined;
  }
  if (answer.isFull) {
    const native = call.awaited === undefined ? undefined : use?.native;
    return native === undefined || native.headers === "cookies" ? undefined : { kind: "full", native };
  }
  const place = placeAlone(context, facts);
  return place === undefined ? { kind: "then" } : { kind: "body", place };
}

/** Tells whether a request that rejects for a status outside 2xx can be written in statements of its own. */
export function planFaithful(context: IdiomaticContext, facts: RequestFacts): IdiomaticPlan | undefined {
  const { answer } = facts;
  const place = answer.isFull || !answer.isSimple ? undefined : placeAlone(context, facts);
  return place === undefined ? undefined : { kind: "body", place };
}

/** True when the request says itself that it follows no redirect. */
export function refusesRedirects(model: Model, facts: RequestFacts): boolean {
  const property = facts.call.options?.properties.get("followRedirect");
  return property !== undefined && booleanOf(model, property.value) === false;
}

function bodyDifferences(model: Model, { body, headers }: RequestFacts): IdiomaticDifference[] {
  if (body.kind === "json" && !body.isDefined) {
    return [{ id: "undefined-body", node: body.property }];
  }
  if (body.kind === "form" && body.value !== "string" && body.search === "other") {
    return [{ id: "form-encoding", node: body.property }];
  }
  return body.kind === "raw" && !headers.names.has("content-type")
    ? [{ id: "text-content-type", node: body.property }]
    : [];
}

function readsJson(facts: RequestFacts, plan: IdiomaticPlan): boolean {
  const isRead = plan.kind === "then" || (plan.kind === "full" ? plan.native.readsBody : plan.place.kind !== "ignored");
  return facts.answer.format === "json" && isRead;
}

/** Lists what the official form of a request does in another way than V1, each with its place. */
export function idiomaticDifferences(model: Model, facts: RequestFacts, plan: IdiomaticPlan): IdiomaticDifference[] {
  const { call, answer, headers, method, query, auth, isFollowed } = facts;
  const found: IdiomaticDifference[] = bodyDifferences(model, facts);
  const add = (isSo: boolean, id: DifferenceId, node: ESTree.Node | undefined): void => {
    if (isSo) {
      found.push({ id, node: node ?? call.call });
    }
  };
  add(answer.isSimple, "plain-status-error", undefined);
  add(readsJson(facts, plan), "strict-json", undefined);
  add(
    answer.format === "json" && !headers.names.has("accept"),
    "accept-not-sent",
    call.options?.properties.get("json"),
  );
  const followsNow = !isFollowed && !refusesRedirects(model, facts);
  add(followsNow, method.isLowerCase ? "redirect-with-body" : "redirects-followed", method.property);
  const use = plan.kind === "full" ? plan.native.headers : undefined;
  add(use === "whole" || use === "computed", "cookies-as-text", undefined);
  add(query !== undefined, "query-encoding", query);
  add(headers.needsHelper, "undefined-header", headers.property);
  add(auth?.areTexts === false, "unchecked-credentials", auth?.property);
  return found;
}
