import type * as ESTree from "estree";
import { calledMethodOf } from "../code/called.ts";
import { mtlsMethods } from "../../platform/platform-clients.ts";
import { modernToolbelt } from "../../platform/toolbelt.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { isNullish, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { fetchCallsOf, isFetchCall } from "../runtime/fetch-calls.ts";
import { clientCallsOf } from "../toolbelt/client-calls.ts";
import { followedClients } from "../toolbelt/client-trail.ts";
import { followConstant, isText, objectLiteralOf } from "../values/constants.ts";
import { readObjectShape } from "../values/object-shape.ts";
import type { ObjectShape } from "../values/object-shape.ts";
import { originsOf } from "../values/origins.ts";
import { valuesOf } from "../values/values-of.ts";
import { abortTimesOf } from "./abort-times.ts";
import { findLintedResponses } from "./fetch-requests.ts";
import { RacedRequests } from "./raced-requests.ts";

/** A request that may outlast its invocation. */
export interface UnlimitedRequest {
  readonly call: ESTree.SimpleCallExpression;
  /** The option that limits it. */
  readonly by: LimitedCall["by"];
  /** What it gets, and the place of the options among it. */
  readonly given: readonly Node[];
  readonly place: number;
  /** The limit in milliseconds, and where it is written; undefined when there is none. */
  readonly limit: { readonly node: Node; readonly milliseconds: number } | undefined;
}

/** A call that sends a request. */
interface LimitedCall {
  readonly call: ESTree.SimpleCallExpression;
  /** `signal` of fetch, or `timeout` in milliseconds. */
  readonly by: "signal" | "timeout";
  readonly given: readonly Node[];
  readonly place: number;
}

/** Finds the requests that have no limit of their own, or one that is not below the given time. */
export function findUnlimitedRequests(model: Model, milliseconds: number): UnlimitedRequest[] {
  const sent = [...modernCalls(model), ...legacyCalls(model)];
  const raced = new RacedRequests(model, new Set(sent.map(({ call }) => call)));
  return sent.flatMap((each) => unlimited(model, each, milliseconds) ?? []).filter(({ call }) => !raced.has(call));
}

function modernCalls(model: Model): LimitedCall[] {
  const others = [...findLintedResponses(model)].filter((call) => !isFetchCall(model, call));
  return [
    ...fetchCallsOf(model).flatMap(({ call, given }): LimitedCall[] =>
      given === undefined ? [] : [{ call, by: "signal", given, place: 1 }],
    ),
    ...others.map((call): LimitedCall => ({ call, by: "signal", given: call.arguments, place: 2 })),
    ...mutualTlsCalls(model),
  ];
}

/** The requests of V1's HTTPClient: `http(url)`, `http(url, options)`, `http(options)`, also by a verb. */
function legacyCalls(model: Model): LimitedCall[] {
  const calls = clientCallsOf(model).filter(({ factory }) => factory === "HTTPClient");
  // A client with defaults of its own may have a limit.
  if (calls.some(({ method }) => method === "defaults")) {
    return [];
  }
  return calls.flatMap(({ method, call, given }): LimitedCall[] => {
    const [first, ...others] = given;
    const isSent = method === undefined || VERBS.has(method);
    const isPlain = given.length === call.arguments.length && others.length < 2 && first !== undefined;
    if (!isSent || !isPlain) {
      return [];
    }
    const isOptions = originsOf(model, first).every(
      ({ kind, node }) => kind === "made" && node.type === "ObjectExpression",
    );
    return others.length === 0 && isOptions
      ? [{ call, by: "timeout", given, place: 0 }]
      : isText(model, first)
        ? [{ call, by: "timeout", given, place: 1 }]
        : [];
  });
}

const VERBS: ReadonlySet<string> = new Set(["del", "delete", "get", "head", "patch", "post", "put"]);

/** The requests of V2's MTLSClient, which takes its options as the fourth argument. */
function mutualTlsCalls(model: Model): LimitedCall[] {
  return followedClients(model, "MTLSClient", [modernToolbelt]).uses.flatMap(({ node }): LimitedCall[] => {
    const { method = "", call } = calledMethodOf(model, node) ?? {};
    return call !== undefined && mtlsMethods.has(method)
      ? [{ call, by: "timeout", given: call.arguments, place: 3 }]
      : [];
  });
}

function unlimited(model: Model, sent: LimitedCall, milliseconds: number): UnlimitedRequest | undefined {
  const { by, given, place } = sent;
  const address = given[0];
  const options = given[place];
  const isOpen = given.some(({ type }) => type === "SpreadElement");
  if (address === undefined || isOpen || (by === "signal" && place === 1 && hasOwnSignal(model, address))) {
    return undefined;
  }
  const shape = options === undefined ? undefined : readObjectShape(model, options);
  const values = (shape?.values.get(by) ?? []).filter(
    (value) => !isNullish(value) && (by !== "signal" || abortTimesOf(model, value)?.length !== 0),
  );
  if (values.length === 0) {
    return options === undefined || shape === undefined || isTold(model, options, shape, given)
      ? { ...sent, limit: undefined }
      : undefined;
  }
  const limits = values.map((value) => (by === "signal" ? limitOf(model, value) : timeOf(model, value)));
  const [limit] = limits;
  return limit !== undefined && limits.every((each) => each !== undefined && each.milliseconds >= milliseconds)
    ? { ...sent, limit }
    : undefined;
}

/** True when all options are known: a client adds nothing to those that it gets. */
function isTold(model: Model, options: Node, { problems }: ObjectShape, given: readonly Node[]): boolean {
  const isOwn = objectLiteralOf(model, options) !== undefined;
  return problems.every(({ node }) => isOwn && given.includes(node));
}

/** A `Request` brings its options along, unless the file shows that they have no signal. */
function hasOwnSignal(model: Model, address: Node): boolean {
  const isRequest = valuesOf(model, address).some(
    ({ kind, ...value }) => kind === "instance" && "of" in value && value.of === "Request",
  );
  return isRequest && !originsOf(model, address).every(({ kind, node }) => kind === "made" && lacksSignal(model, node));
}

/** `new Request("https://…", { method: "POST" })` */
function lacksSignal(model: Model, made: Node): boolean {
  const [address, options] = made.type === "NewExpression" ? made.arguments : [];
  const properties = options === undefined ? [] : objectLiteralOf(model, options)?.properties;
  return (
    address !== undefined &&
    isText(model, address) &&
    properties?.every((property) => property.type === "Property" && (staticName(property) ?? "signal") !== "signal") ===
      true
  );
}

/** The time of `AbortSignal.timeout(…)`, or of the timer that aborts. */
function limitOf(model: Model, signal: Node): UnlimitedRequest["limit"] {
  const limits = (abortTimesOf(model, signal) ?? []).map((time) => timeOf(model, time));
  if (limits.length > 0) {
    return limits.includes(undefined) ? undefined : limits.reduce(shorter);
  }
  const [origin, ...others] = originsOf(model, signal);
  const made = others.length === 0 && origin?.kind === "made" ? origin.node : undefined;
  const [time] =
    made?.type === "CallExpression" && globalPath(model, made.callee) === "AbortSignal.timeout" ? made.arguments : [];
  return time === undefined || time.type === "SpreadElement" ? undefined : timeOf(model, time);
}

function shorter(one: UnlimitedRequest["limit"], other: UnlimitedRequest["limit"]): UnlimitedRequest["limit"] {
  return one !== undefined && other !== undefined && other.milliseconds < one.milliseconds ? other : one;
}

function timeOf(model: Model, time: Node): UnlimitedRequest["limit"] {
  const written = followConstant(model, time);
  if (written.type === "BinaryExpression" && written.operator === "*") {
    const [left, right] = [timeOf(model, written.left), timeOf(model, written.right)];
    return left && right && { node: time, milliseconds: left.milliseconds * right.milliseconds };
  }
  const [value, ...others] = valuesOf(model, time);
  return others.length === 0 && value?.kind === "number" && value.value !== undefined
    ? { node: time, milliseconds: value.value }
    : undefined;
}
