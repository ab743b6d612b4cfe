import type * as ESTree from "estree";
import {
  fetchOptions,
  headersMembers,
  insteadOfOption,
  normalizedMethods,
  responseMembers,
} from "../../platform/fetch.ts";
import { likelyName } from "../../platform/likely-name.ts";
import type { Model } from "../code/model.ts";
import { globalPath, isCallOf } from "../code/names.ts";
import type { Node } from "../code/tree.ts";
import { fetchCallsOf, isFetchCall } from "../runtime/fetch-calls.ts";
import { readObjectShape } from "../values/object-shape.ts";
import type { ObjectShape } from "../values/object-shape.ts";
import { originsOf } from "../values/origins.ts";
import { textsOf } from "../values/texts.ts";
import { trace } from "../values/trace.ts";
import { PROMISE } from "../values/trace-path.ts";
import type { PartHop, TraceEvent, TraceStart } from "../values/trace-events.ts";
import { valuesOf } from "../values/values-of.ts";
import { findLintedResponses, isSurelyResponse } from "./fetch-requests.ts";
import { findResponseSlips } from "./response-waits.ts";
import type { ResponseSlip } from "./response-waits.ts";

/** What fetch makes something else of than its reader thinks. */
export type FetchMisuse =
  /** The address among the options, as the V1 client takes it. */
  | { readonly kind: "address"; readonly node: Node }
  | { readonly kind: "option"; readonly node: Node; readonly name: string; readonly advice: string }
  /** An object or a list as body: it is sent as "[object Object]". */
  | { readonly kind: "object-body"; readonly node: Node; readonly what: "object" | "list" }
  | { readonly kind: "body-of-get"; readonly node: Node; readonly method: string }
  | { readonly kind: "lower-case"; readonly node: Node; readonly method: string }
  | { readonly kind: "member"; readonly node: Node; readonly name: string; readonly modern: string }
  /** A header that is read as a member; `name` is undefined where it is made up at run time. */
  | {
      readonly kind: "header";
      readonly node: ESTree.MemberExpression | ESTree.AssignmentProperty;
      readonly name: string | undefined;
    }
  /** The stream of the body, taken for a text or for what the text says. */
  | { readonly kind: "body-stream"; readonly node: Node }
  | ResponseSlip;

/** Finds what a request by fetch, or the use of its response, does not do although it looks so. */
export function findFetchMisuses(model: Model): FetchMisuse[] {
  const found = [
    ...fetchCallsOf(model).flatMap(({ given = [] }) => requestMisuses(model, given)),
    ...model
      .nodes("NewExpression")
      .filter(({ callee }) => globalPath(model, callee) === "Request")
      .flatMap((made) => requestMisuses(model, made.arguments)),
    ...responseMisuses(model),
    ...findResponseSlips(model),
  ];
  // Several requests may share their options, and a response may come from several requests.
  return found.filter(({ node }, index) => found.findIndex((other) => other.node === node) === index);
}

function requestMisuses(model: Model, given: readonly Node[]): FetchMisuse[] {
  const [address, options] = given;
  if (address === undefined || given.some(({ type }) => type === "SpreadElement")) {
    return [];
  }
  if (valuesOf(model, address).every(({ kind }) => kind === "object")) {
    return [{ kind: "address", node: address }];
  }
  return options === undefined ? [] : optionMisuses(model, options);
}

function optionMisuses(model: Model, options: Node): FetchMisuse[] {
  const shape = readObjectShape(model, options);
  const ignored = [...shape.values].flatMap(([name, values]): FetchMisuse[] => {
    const advice = fetchOptions.has(name) ? undefined : adviceFor(name);
    return advice === undefined
      ? []
      : values
          .filter((value) => !isReadElsewhere(model, holdersOf(model, value, options), name))
          .map((value) => ({ kind: "option", node: keyOf(model, value), name, advice }));
  });
  return [...ignored, ...methodMisuses(model, shape), ...bodyMisuses(model, shape)];
}

function adviceFor(name: string): string | undefined {
  const likely = likelyName(name, [...fetchOptions]);
  return insteadOfOption(name) ?? (likely === undefined ? undefined : `correct the name, probably to \`${likely}\``);
}

/** Where the option is written; a value that has no key of its own stands for it. */
function keyOf(model: Model, value: Node): Node {
  const holder = model.parentOf(value);
  return holder?.type === "Property" && holder.value === value ? holder.key : value;
}

/** The object in which the option is written. */
function holdersOf(model: Model, value: Node, options: Node): Node[] {
  const holder = model.parentOf(value);
  const literal = holder?.type === "Property" && holder.value === value ? model.parentOf(holder) : null;
  return literal === null
    ? originsOf(model, options).flatMap(({ kind, node }) => (kind === "made" ? [node] : []))
    : [literal];
}

/** True when code may read the option from what `fetch` gets, or from what that is made of: it is there for that code. */
function isReadElsewhere(model: Model, objects: readonly Node[], name: string): boolean {
  const starts = objects.map((node) => ({ node, state: name }));
  for (const event of trace(model, starts, { part: ({ type, state }) => (type === "copy" ? state : undefined) })) {
    const isRead = event.type === "member" && (event.name === undefined || event.name === name);
    if (isRead || event.type === "enumerate" || isGivenAway(model, event)) {
      return true;
    }
  }
  return false;
}

function isGivenAway(model: Model, event: TraceEvent<string>): boolean {
  if (event.type !== "escape") {
    return false;
  }
  const user = model.parentOf(event.node);
  const isRequest =
    (user !== null && isFetchCall(model, user)) ||
    (user?.type === "NewExpression" && globalPath(model, user.callee) === "Request");
  return !isRequest;
}

function methodMisuses(model: Model, { values }: ObjectShape): FetchMisuse[] {
  return (values.get("method") ?? []).flatMap((value): FetchMisuse[] => {
    const [method, ...others] = textsOf(model, value);
    const isWritten = method !== undefined && others.length === 0 && /^[a-z]+$/iu.test(method);
    const isSentAsIs = isWritten && method !== method.toUpperCase() && !normalizedMethods.has(method.toUpperCase());
    return isSentAsIs ? [{ kind: "lower-case", node: value, method }] : [];
  });
}

function bodyMisuses(model: Model, shape: ObjectShape): FetchMisuse[] {
  const bodies = shape.values.get("body") ?? [];
  const unsendable = bodies.flatMap((body): FetchMisuse[] => {
    const [kind, ...others] = new Set(valuesOf(model, body).map((value) => value.kind));
    return others.length === 0 && (kind === "object" || kind === "list")
      ? [{ kind: "object-body", node: body, what: kind }]
      : [];
  });
  const method = bodilessMethod(model, shape);
  const isThere = shape.certain.has("body") && bodies.every((body) => isSurelyBody(model, body));
  const [first] = bodies;
  return method !== undefined && isThere && first !== undefined
    ? [{ kind: "body-of-get", node: keyOf(model, first), method }]
    : unsendable;
}

/** The method of a request that can have no body; undefined for others, and where it can't be known. */
function bodilessMethod(model: Model, { values, problems }: ObjectShape): string | undefined {
  const methods = (values.get("method") ?? []).flatMap((value) => textsOf(model, value));
  const isTold = problems.length === 0 && methods.every((method) => /^(?:GET|HEAD)$/iu.test(method ?? ""));
  return isTold ? (methods[0]?.toUpperCase() ?? "GET") : undefined;
}

const NO_BODY: ReadonlySet<string> = new Set(["nothing", "falsy"]);

function isSurelyBody(model: Model, body: Node): boolean {
  return valuesOf(model, body).every(
    (value) => !NO_BODY.has(value.kind) && (value.kind !== "unknown" || value.isPresent),
  );
}

/** What a trace of responses is at. */
type Held = "response" | "headers" | "body";

function responseMisuses(model: Model): FetchMisuse[] {
  const requests = findLintedResponses(model);
  const isResponse = (node: Node): boolean => isSurelyResponse(model, node);
  const partOf = (hop: PartHop<Held>): Held | undefined =>
    hop.type === "member" &&
    hop.state === "response" &&
    (hop.name === "headers" || hop.name === "body") &&
    isResponse(hop.node)
      ? hop.name
      : undefined;
  const starts = [...requests].map((node): TraceStart<Held> => ({ node, path: [PROMISE], state: "response" }));
  const events = [...trace(model, starts, { part: partOf })];
  const written = new Set(events.flatMap((event) => (event.type === "write" ? [event.name] : [])));
  return events
    .flatMap((event) => misuseIn(model, event, isResponse) ?? [])
    .filter((misuse) => misuse.kind !== "member" || !written.has(misuse.name));
}

function misuseIn(model: Model, event: TraceEvent<Held>, isResponse: (node: Node) => boolean): FetchMisuse | undefined {
  switch (event.state) {
    case "response":
      return event.type === "member" ? memberMisuse(event.name, event.member, () => isResponse(event.node)) : undefined;
    case "headers":
      return event.type === "member" && !isOwnOfHeaders(event.name, event.member)
        ? { kind: "header", node: event.member, name: event.name }
        : undefined;
    case "body":
      return isTextUse(model, event) ? { kind: "body-stream", node: event.node } : undefined;
  }
}

function memberMisuse(name: string | undefined, member: Node, isSure: () => boolean): FetchMisuse | undefined {
  const modern = responseMembers.get(name ?? "");
  return name !== undefined && modern !== undefined && isSure()
    ? { kind: "member", node: member, name, modern }
    : undefined;
}

/** True for `headers.get`, and for symbols. */
function isOwnOfHeaders(name: string | undefined, member: Node): boolean {
  const isSymbol = member.type === "MemberExpression" && member.computed && member.property.type === "MemberExpression";
  return name === undefined ? isSymbol : headersMembers.has(name);
}

/** The members of a stream, and of what asks for nothing but a stream. */
const STREAM_MEMBERS: ReadonlySet<string> = new Set([
  "cancel",
  "getReader",
  "locked",
  "pipeThrough",
  "pipeTo",
  "tee",
  "values",
]);

function isTextUse(model: Model, event: TraceEvent<Held>): boolean {
  switch (event.type) {
    case "convert":
      return event.by.type === "TemplateLiteral" || (event.by.type === "BinaryExpression" && event.by.operator === "+");
    case "member":
      return event.name !== undefined && !STREAM_MEMBERS.has(event.name);
    case "compare":
      return event.others.some((other) => other.type === "Literal" && typeof other.value === "string");
    case "escape":
      return isCallOf(model, model.parentOf(event.node), "JSON.parse", "JSON.stringify", "String", "Number");
    default:
      return false;
  }
}
