import { areEncodedOtherwise } from "./addresses.ts";
import type { Observation, Outcome, RecordedRequest } from "../model.ts";
import { isSameData } from "./same-data.ts";

/** What two observations can differ in. */
export type DifferenceKind =
  | "outcome"
  | "requests"
  /** Requests that V1's client sent after it had rejected, and V2 does not send. */
  | "rejected-requests"
  | "request-headers"
  /** The same of a request to which a redirect led. */
  | "redirected-headers"
  | "client-headers"
  | "secret-reads"
  | "secret-writes"
  | "console"
  | "calls"
  | "order"
  | "unhandled";

/** One difference between the original and the result in one scenario; both sides are plain data. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly scenario: string;
  readonly legacy: unknown;
  readonly modern: unknown;
}

/** Set by the two platforms' HTTP clients or by the way a message travels; no function's code decides them. */
const TRANSPORT_HEADERS = new Set([
  "sec-fetch-mode",
  "connection",
  "referer",
  "content-length",
  "transfer-encoding",
  "date",
]);

/** What the clients send where the function says nothing. A function that sets the same itself can't be distinguished. */
const CLIENT_DEFAULTS: ReadonlyMap<string, RegExp> = new Map([
  ["accept", /^\*\/\*$/u],
  ["accept-encoding", /^(?:br, )?gzip, deflate(?:, br)?$/u],
  ["accept-language", /^\*$/u],
  ["user-agent", /^node$/u],
]);

/** All differences between what the original did in a scenario and what the result did; none means the same. */
export function compareObservations(scenario: string, legacy: Observation, modern: Observation): Difference[] {
  const differences: Difference[] = [];
  const differ = (kind: DifferenceKind, left: unknown, right: unknown): void => {
    differences.push({ kind, scenario, legacy: left, modern: right });
  };
  const modernOutcomes = [modern.outcome, ...modern.later];
  for (const [call, outcome] of [legacy.outcome, ...legacy.later].entries()) {
    const other = modernOutcomes[call] ?? { kind: "timeout" };
    if (!isSameOutcome(outcome, other)) differ("outcome", outcome, other);
  }
  compareRequests(legacy.requests, modern.requests, differ);
  const lists = [
    ["secret-reads", legacy.secretReads, modern.secretReads],
    ["secret-writes", legacy.secretWrites, modern.secretWrites],
    ["console", legacy.console, modern.console],
    ["calls", legacy.calls, modern.calls],
    ["unhandled", legacy.unhandled, modern.unhandled],
  ] as const;
  for (const [kind, left, right] of lists) if (!isSameData(left, right)) differ(kind, left, right);
  // With other events the order differs of necessity: only for the same number of each it says something new.
  const sameEvents = isSameData([...legacy.order].sort(), [...modern.order].sort());
  if (sameEvents && !isSameData(legacy.order, modern.order)) differ("order", legacy.order, modern.order);
  return differences;
}

function isSameOutcome(legacy: Outcome, modern: Outcome): boolean {
  if (isNoProof(legacy) || isNoProof(modern)) return false;
  if (legacy.kind === "value" && modern.kind === "value") return isSameJson(legacy.json, modern.json);
  return isSameData(legacy, modern);
}

/** Two texts that do not load, or whose doings are lost, say nothing: that must never pass as the same. */
export function isNoProof(outcome: Outcome): boolean {
  return outcome.kind === "load-error" || outcome.kind === "lost";
}

/** Equal but for the order of keys, which no JSON reader may rely on. */
function isSameJson(left: string, right: string): boolean {
  if (left === right) return true;
  try {
    return isSameData(JSON.parse(left), JSON.parse(right));
  } catch {
    return false;
  }
}

type Differ = (kind: DifferenceKind, legacy: unknown, modern: unknown) => void;

function compareRequests(sent: readonly RecordedRequest[], modern: readonly RecordedRequest[], differ: Differ): void {
  const rejected = isSameData(sent.map(content), modern.map(content))
    ? []
    : sent.filter(({ isRejected }) => isRejected);
  const legacy = sent.filter((request) => !rejected.includes(request));
  if (rejected.length > 0) differ("rejected-requests", rejected.map(content), []);
  if (!isSameData(legacy.map(content), modern.map(content))) {
    differ("requests", legacy.map(content), modern.map(content));
    if (!areEncodedOtherwise(legacy.map(content), modern.map(content))) return;
  }
  for (const [index, left] of legacy.entries()) {
    const right = modern[index];
    if (right === undefined) continue;
    const sets = [comparedHeaders(left), comparedHeaders(right)] as const;
    const [user, client] = [changed(sets[0].user, sets[1].user), changed(sets[0].client, sets[1].client)];
    const target = `${left.method} ${left.url}`;
    // V1 says where a redirect came from.
    const isRedirected = legacy.slice(0, index).some(({ url }) => url === left.headers["referer"]);
    const kind = isRedirected ? "redirected-headers" : "request-headers";
    if (user !== undefined) differ(kind, { request: target, ...user[0] }, { request: target, ...user[1] });
    if (client !== undefined)
      differ("client-headers", { request: target, ...client[0] }, { request: target, ...client[1] });
  }
}

/** What the request says, its body readable where it is text. */
function content(request: RecordedRequest): object {
  const bytes = Buffer.from(request.body, "base64");
  const text = bytes.toString("utf8");
  const body = Buffer.from(text, "utf8").equals(bytes) ? { text } : { base64: request.body };
  return { method: request.method, url: request.url, body };
}

type Headers = Record<string, string>;

/** Headers that the function set, and those V1's HTTPClient adds when the function gives none. */
function comparedHeaders(request: RecordedRequest): { user: Headers; client: Headers } {
  const user: Headers = {};
  const client: Headers = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (TRANSPORT_HEADERS.has(name)) continue;
    if (CLIENT_DEFAULTS.get(name)?.test(value) === true) continue;
    if (name === "host" && isOwnHost(request.url, value)) continue;
    if (name === "lp-url" || (name === "user-agent" && value.startsWith("LP-Lambda-"))) client[name] = value;
    else user[name] = value;
  }
  return { user, client };
}

function isOwnHost(url: string, host: string): boolean {
  // fetch can't send another Host than the URL's, so that the local server's stands there.
  return host.startsWith("127.0.0.1:") || new URL(url).host === host;
}

/** The headers of either side that are not the same on the other. */
function changed(left: Headers, right: Headers): [Headers, Headers] | undefined {
  const names = Object.keys({ ...left, ...right }).filter((name) => left[name] !== right[name]);
  if (names.length === 0) return undefined;
  const pick = (from: Headers): Headers =>
    Object.fromEntries(names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])));
  return [pick(left), pick(right)];
}

/** A difference as text for people: the scenario, what differs, and both sides. */
export function formatDifference(difference: Difference): string {
  const show = (value: unknown): string => JSON.stringify(value, undefined, 2).replaceAll("\n", "\n    ");
  return [
    `${difference.kind} differ${difference.kind.endsWith("s") ? "" : "s"} (${difference.scenario})`,
    `  original: ${show(difference.legacy)}`,
    `  migrated: ${show(difference.modern)}`,
  ].join("\n");
}
