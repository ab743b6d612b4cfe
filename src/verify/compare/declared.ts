import { isDeepStrictEqual } from "node:util";
import { isNoProof } from "./compare.ts";
import { withoutCode } from "./same-data.ts";
import type { Difference } from "./compare.ts";
import { isBodyPair, isClientErrorPair, neutralClientText } from "./declared-clients.ts";
import { holdsAnswerAsItCame } from "./status-text.ts";
import { IDIOMATIC_IDS, idiomaticRule, neutralStatusText } from "./declared-idiomatic.ts";
import type { Observation, Outcome, Scenario } from "../model.ts";

type Fields = Readonly<Record<string, unknown>>;

interface ErrorNode {
  readonly $: "Error";
  readonly name: string;
  readonly message: string;
  readonly fields: Fields;
}

/** Tells whether two nodes are the same once the declared differences are taken into account. */
type Same = (legacy: unknown, modern: unknown) => boolean;

interface Allowance {
  /** Explains a whole difference. */
  readonly difference?: (difference: Difference, scenario: Scenario, same: Same) => boolean;
  /** Explains one place inside of values, errors and log entries. */
  readonly node?: (legacy: unknown, modern: unknown, same: Same) => boolean;
  /** Brings texts of both platforms to one form: messages are often put into other messages. */
  readonly text?: (text: string) => string;
}

/** The ids of declared differences that the oracle knows, each with what it explains. */
const ALLOWANCES: Readonly<Record<string, Allowance>> = {
  "secrets-cached": { difference: (difference) => isReadLess(difference) },
  "secrets-parallel": { difference: (difference, scenario) => isReadTogether(difference, scenario) },
  "secrets-written-together": { difference: (difference, scenario) => isWriteTogether(difference, scenario) },
  "never-settles": { difference: isTimeoutEnded },
  "answers-later": { difference: isAnswerLost },
  "error-object": { difference: isErrorFromValue },
  "client-headers": { difference: ({ kind }) => kind === "client-headers" },
  "network-error-shape": { node: isNetworkFailurePair, text: neutralNetworkText },
  "secret-error-shape": { node: isSecretErrorPair, text: neutralSecretText },
  "full-response-shape": { node: isResponsePair },
  "lp-client-error-shape": { node: isLpClientErrorPair },
  "client-error-shape": { node: isClientErrorPair, text: neutralClientText },
  "orchestrator-body": { node: isBodyPair },
  "service-name": { text: (text) => text.replaceAll("auditLog", "auditlog") },
  "transform-outside": { node: isTransformErrorPair, text: (text) => text.replaceAll("TransformError: ", "") },
  "http-error-shape": { node: isStatusErrorPair },
  "status-error-text": { node: isStatusTextPair },
  "plain-status-error": { node: isPlainStatusErrorPair, text: neutralStatusText },
  "listed-error": { node: isListedPair },
};

/** Differences that come from the platforms, whoever has migrated the function and in whatever style. */
export const PLATFORM_IDS: readonly string[] = Object.keys(ALLOWANCES).filter(
  (id) => !["plain-status-error", "answers-later", "listed-error"].includes(id),
);

/** Ids that `withoutDeclared` can act on. */
export const DECLARED_IDS: readonly string[] = [...Object.keys(ALLOWANCES), ...IDIOMATIC_IDS];

/**
 * The differences that no declared one explains. Ids the table does not know explain nothing.
 */
export function withoutDeclared(
  differences: readonly Difference[],
  declared: readonly string[],
  scenario: Scenario,
  { brokenBodies }: Observation,
): Difference[] {
  const allowances = declared.flatMap((id) => (Object.hasOwn(ALLOWANCES, id) ? [ALLOWANCES[id]] : []));
  const active = allowances.filter((allowance) => allowance !== undefined);
  const same = sameUnder(active);
  const isEnded = declared.includes("never-settles") && differences.some(isTimeoutEnded);
  const isIdiomatic = idiomaticRule(differences, declared, scenario, brokenBodies);
  const bothReads = declared.includes("secrets-cached") && declared.includes("secrets-parallel");
  return differences.filter(
    (difference) =>
      !active.some((allowance) => allowance.difference?.(difference, scenario, same) === true) &&
      !isIdiomatic(difference) &&
      !(isEnded && isNoLongerUnhandled(difference)) &&
      !(bothReads && isReadLessTogether(difference, scenario)) &&
      !(
        active.length > 0 &&
        isComparable(difference) &&
        same(comparable(difference.legacy), comparable(difference.modern))
      ),
  );
}

function isComparable(difference: Difference): boolean {
  const outcomes = outcomesOf(difference);
  return outcomes === undefined || !(isNoProof(outcomes.legacy) || isNoProof(outcomes.modern));
}

/** Without the wire form of a value: its parts are compared one by one. */
function comparable(side: unknown): unknown {
  if (!isFields(side) || side["kind"] !== "value") return side;
  return { kind: side["kind"], value: side["value"] };
}

function sameUnder(allowances: readonly Allowance[]): Same {
  const neutral = (text: string): string =>
    allowances.reduce((current, allowance) => allowance.text?.(current) ?? current, text);
  const same: Same = (legacy, modern) => {
    if (isDeepStrictEqual(legacy, modern)) return true;
    if (allowances.some((allowance) => allowance.node?.(legacy, modern, same) === true)) return true;
    if (typeof legacy === "string" && typeof modern === "string")
      return withoutCode(neutral(legacy)) === withoutCode(neutral(modern));
    if (Array.isArray(legacy) && Array.isArray(modern)) {
      return legacy.length === modern.length && legacy.every((entry, index) => same(entry, modern[index]));
    }
    if (!isFields(legacy) || !isFields(modern)) return false;
    const keys = Object.keys({ ...legacy, ...modern });
    return keys.every((key) => key in legacy && key in modern && same(legacy[key], modern[key]));
  };
  return same;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isError(value: unknown): value is ErrorNode {
  return isFields(value) && value["$"] === "Error";
}

// Secret reads

function readsOf(difference: Difference): { legacy: readonly string[]; modern: readonly string[] } | undefined {
  if (difference.kind !== "secret-reads") return undefined;
  return { legacy: difference.legacy as string[], modern: difference.modern as string[] };
}

/** V2 read the same keys first in the same order and left out only repetitions. */
function isReadLess(difference: Difference): boolean {
  const reads = readsOf(difference);
  if (reads === undefined || !isDeepStrictEqual([...new Set(reads.legacy)], [...new Set(reads.modern)])) return false;
  let position = 0;
  for (const key of reads.legacy) if (key === reads.modern[position]) position += 1;
  return position === reads.modern.length;
}

/** The same reads in another order; with a missing secret V2 may have started more of them. */
function isReadTogether(difference: Difference, scenario: Scenario): boolean {
  const reads = readsOf(difference);
  if (reads === undefined) return false;
  const rest = [...reads.modern];
  for (const key of reads.legacy) {
    const position = rest.indexOf(key);
    if (position < 0) return false;
    rest.splice(position, 1);
  }
  return rest.length === 0 || reads.legacy.some((key) => isMissing(key, scenario));
}

function isReadLessTogether(difference: Difference, scenario: Scenario): boolean {
  const reads = readsOf(difference);
  if (reads === undefined || reads.modern.length > new Set([...reads.legacy, ...reads.modern]).size) return false;
  const once = { ...difference, legacy: [...new Set(reads.legacy)], modern: [...new Set(reads.modern)] };
  return isReadTogether(once, scenario);
}

/** V2 wrote the same and more: V1 stopped at a secret that is missing. */
function isWriteTogether({ kind, legacy, modern }: Difference, scenario: Scenario): boolean {
  if (kind !== "secret-writes") return false;
  const [before, after] = [legacy as { key: string }[], modern as { key: string }[]];
  const isPrefix = before.length < after.length && isDeepStrictEqual(before, after.slice(0, before.length));
  return isPrefix && isMissing(before.at(-1)?.key ?? "", scenario);
}

function isMissing(key: string, scenario: Scenario): boolean {
  if (scenario.missingSecrets?.includes(key) === true) return true;
  return scenario.secrets !== undefined && scenario.otherSecrets === undefined && !Object.hasOwn(scenario.secrets, key);
}

// Outcomes

function outcomesOf(difference: Difference): { legacy: Outcome; modern: Outcome } | undefined {
  if (difference.kind !== "outcome") return undefined;
  return { legacy: difference.legacy as Outcome, modern: difference.modern as Outcome };
}

/** A time-out became an end: V2 resolves with undefined, or fails with the error that nobody took care of in V1. */
function isTimeoutEnded(difference: Difference): boolean {
  const outcomes = outcomesOf(difference);
  if (outcomes?.legacy.kind !== "timeout") return false;
  const { modern } = outcomes;
  return modern.kind === "failure" || (modern.kind === "value" && modern.json === "undefined");
}

/** V2 answers when all is done; where that hangs, there is no answer. V1 had answered by then. */
function isAnswerLost(difference: Difference): boolean {
  const outcomes = outcomesOf(difference);
  return outcomes !== undefined && outcomes.legacy.kind !== "timeout" && outcomes.modern.kind === "timeout";
}

/** The error that ended V2 is no longer an unhandled rejection. */
function isNoLongerUnhandled({ kind, modern }: Difference): boolean {
  return kind === "unhandled" && Array.isArray(modern) && modern.length === 0;
}

/** An Error in the place of another value: it says what the value says, and has the fields of an object. */
function isErrorFromValue(difference: Difference, _scenario: Scenario, same: Same): boolean {
  const outcomes = outcomesOf(difference);
  if (outcomes?.legacy.kind !== "failure" || outcomes.modern.kind !== "failure") return false;
  const { error: value } = outcomes.legacy;
  const { error } = outcomes.modern;
  if (isError(value) || !isError(error)) return false;
  // V1 could hand such a value to nobody either.
  if (isUnwritable(value)) return error.name === "TypeError";
  if (!same(textOfReason(value), error.message)) return false;
  return !isFields(value) || "$" in value || same(without(value, "message"), without(error.fields, "message"));
}

/** What an Error says that stands for a value: the text itself, the message of an object, or all of it as JSON. */
function textOfReason(value: unknown): string {
  if (typeof value === "string") return value;
  if (isFields(value) && typeof value["message"] === "string") return value["message"];
  if (isFields(value) && typeof value["$"] === "string") return value["$"];
  return JSON.stringify(value, (_key, node: unknown) => (isUndefined(node) ? undefined : node));
}

/** True for a value without a message that JSON can't hold: it holds itself, or a BigInt. */
function isUnwritable(value: unknown): boolean {
  const isOne = (node: unknown): boolean => isFields(node) && (node["$"] === "cycle" || node["$"] === "bigint");
  const holdsOne = (node: unknown): boolean =>
    isOne(node) || (typeof node === "object" && node !== null && Object.values(node).some(holdsOne));
  const isText = isFields(value) && (typeof value["message"] === "string" || typeof value["$"] === "string");
  return !isText && holdsOne(value);
}

function isUndefined(node: unknown): boolean {
  return isFields(node) && node["$"] === "undefined";
}

function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}

// Shapes of errors and responses

const V1_NETWORK_TEXT =
  /(?:RequestError: )?(?:Error(?: \[\w+\])?: |TypeError (?=\[ERR_(?:INVALID|HTTP|UNESCAPED)))(?:\[\w+\]: [^"\n]*(?:"[^"\n]*"\]?)?|Argument error, options\.body\.|socket hang up|read ECONNRESET|Invalid URI "[^"]*"|E(?:SOCKET)?TIMEDOUT|(?:connect|getaddrinfo) \w+[^"\n]*|options\.uri is a required argument|no auth mechanism defined|auth\(\) received invalid user or password)/g;
const V2_NETWORK_TEXT =
  /(?:TypeError: )?(?:fetch failed|Failed to parse URL from [^\s"]*|The operation was aborted due to timeout|'[^'\n]*' is not a valid HTTP method\.|Headers\.\w+: [^\n]* is an invalid header (?:value|name)\.?)|(?:Error: )?(?:Argument error, options\.body\.|auth\(\) received invalid user or password)/g;

function neutralNetworkText(text: string): string {
  return text.replace(V1_NETWORK_TEXT, "<network failure>").replace(V2_NETWORK_TEXT, "<network failure>");
}

function isNetworkFailurePair(legacy: unknown, modern: unknown): boolean {
  if (!isError(legacy) || !isError(modern) || legacy.name !== "RequestError") return false;
  if (modern.name === "TimeoutError" || modern.name === "AbortError") return legacy.message.includes("TIMEDOUT");
  const [before, after] = [neutralNetworkText(legacy.message), neutralNetworkText(modern.message)];
  const isRefused = modern.name === "Error" && before === after;
  return isRefused || (modern.name === "TypeError" && neutralNetworkText(modern.message) === "<network failure>");
}

function neutralSecretText(text: string): string {
  return text.replace(/There is no Secret (?=.{0,200} for this account)/g, "There is no secret ");
}

function isSecretErrorPair(legacy: unknown, modern: unknown): boolean {
  if (!isError(legacy) || !isError(modern) || modern.fields["component"] !== "SecretClient") return false;
  if (legacy.message.startsWith("Updating Secret ")) return true;
  const sameText = neutralSecretText(legacy.message) === neutralSecretText(modern.message);
  return sameText && legacy.fields["code"] === modern.fields["code"];
}

const HOP_HEADERS = new Set(["date", "connection", "keep-alive", "transfer-encoding"]);

function isResponsePair(legacy: unknown, modern: unknown, same: Same): boolean {
  if (!isFields(legacy) || !isFields(modern)) return false;
  const isResponse = (value: Fields): boolean => "statusCode" in value && isFields(value["headers"]);
  if (!isResponse(legacy) || !isResponse(modern) || !("request" in legacy)) return false;
  const headers = (value: Fields): object =>
    Object.fromEntries(Object.entries(value["headers"] as Fields).filter(([name]) => !HOP_HEADERS.has(name)));
  const body = (value: Fields): unknown => value["body"] ?? { $: "undefined" };
  return (
    legacy["statusCode"] === modern["statusCode"] &&
    isDeepStrictEqual(headers(legacy), headers(modern)) &&
    same(body(legacy), body(modern))
  );
}

function isStatusErrorPair(legacy: unknown, modern: unknown, same: Same): boolean {
  if (!isError(legacy) || !isError(modern) || legacy.name !== "StatusCodeError") return false;
  const undefinedNode = { $: "undefined" };
  const has = (name: string): boolean => Object.hasOwn(modern.fields, name);
  return (
    (modern.name === "Error" || modern.name === legacy.name) &&
    modern.message === legacy.message &&
    (!has("statusCode") || legacy.fields["statusCode"] === modern.fields["statusCode"]) &&
    (!has("error") || same(legacy.fields["error"] ?? undefinedNode, modern.fields["error"] ?? undefinedNode))
  );
}

/** The response of an error, or JSON that holds one: plain data with the members that the file needs. */
function isListedPair(legacy: unknown, modern: unknown, same: Same): boolean {
  if (typeof legacy === "string" && typeof modern === "string") {
    const [before, after] = [parsed(legacy), parsed(modern)];
    return isFields(before) && isFields(after) && same(before, after);
  }
  if (!isFields(legacy) || !isFields(modern) || !("statusCode" in legacy) || !isFields(legacy["headers"])) return false;
  if ("request" in legacy) return false;
  const needed = ["statusCode", "headers", "body"].filter((name) => name in legacy);
  return (
    needed.every((name) => name in modern) &&
    Object.keys(modern).every((name) => name in legacy && same(legacy[name], modern[name]))
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What `transform` threw itself, or the error of a status that it did not get to see. */
function isTransformErrorPair(legacy: unknown, modern: unknown, same: Same): boolean {
  if (!isError(legacy) || !isError(modern) || legacy.name !== "TransformError") return false;
  return modern.name === "StatusCodeError" || same(legacy.fields["cause"], modern);
}

/** The same failure before anything was sent: V2 wraps it in an error of the toolbelt. */
function isLpClientErrorPair(legacy: unknown, modern: unknown): boolean {
  return isError(legacy) && isError(modern) && modern.fields["component"] === "LpClient" && legacy.name === "Error";
}

function isPlainStatusErrorPair(legacy: unknown, modern: unknown): boolean {
  if (!isError(legacy) || !isError(modern) || legacy.name !== "StatusCodeError") return false;
  const message = `Request failed with status ${String(legacy.fields["statusCode"])}`;
  const others = Object.keys(modern.fields).filter((name) => name !== "statusCode" && name !== "name");
  return modern.message === message && others.length === 0;
}

function isStatusTextPair(legacy: unknown, modern: unknown): boolean {
  if (typeof legacy === "string" && typeof modern === "string") return holdsAnswerAsItCame(legacy, modern);
  if (!isError(legacy) || !isError(modern) || legacy.name !== "StatusCodeError") return false;
  const isPlain = modern.name === "Error" && Object.keys(modern.fields).length === 0;
  return isPlain && holdsAnswerAsItCame(legacy.message, modern.message);
}
