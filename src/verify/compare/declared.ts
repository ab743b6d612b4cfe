import { isDeepStrictEqual } from "node:util";
import { areEncodedOtherwise } from "./addresses.ts";
import { isNoProof } from "./compare.ts";
import { withoutCode, withoutReads } from "./same-data.ts";
import type { Difference } from "./compare.ts";
import { isBodyPair, isClientErrorPair, neutralClientText } from "./declared-clients.ts";
import { isReadLess, isReadLessTogether, isReadTogether, isWriteTogether } from "./declared-secrets.ts";
import {
  isCookiePair,
  isListedPair,
  isLpClientErrorPair,
  isNetworkFailurePair,
  isPlainStatusErrorPair,
  isResponsePair,
  isSecretErrorPair,
  isStatusErrorPair,
  isStatusTextPair,
  isTransformErrorPair,
  isUpdateErrorPair,
  neutralNetworkText,
  neutralSecretText,
  neutralUpdateText,
} from "./declared-shapes.ts";
import { isError, isFields } from "./nodes.ts";
import type { Fields, Same } from "./nodes.ts";
import { IDIOMATIC_IDS, idiomaticRule, neutralStatusText } from "./declared-idiomatic.ts";
import type { Observation, Outcome, Scenario } from "../model.ts";

interface Allowance {
  /** Explains a whole difference. */
  readonly difference?: (difference: Difference, scenario: Scenario, same: Same) => boolean;
  /** The same where another difference of the scenario says why. */
  readonly isOf?: (difference: Difference, all: readonly Difference[], same: Same) => boolean;
  /** Explains one place inside of values, errors and log entries. */
  readonly node?: (legacy: unknown, modern: unknown, same: Same) => boolean;
  /** Brings texts of both platforms to one form: messages are often put into other messages. */
  readonly text?: (text: string) => string;
}

/** What the clients say of a value that a multipart form does not take. */
const UNSENDABLE_FIELD =
  /Cannot read properties of (?:undefined|null) \(reading 'name'\)|The form field .+? can't be sent\./gu;

/** The ids of declared differences that the oracle knows, each with what it explains. */
const ALLOWANCES: Readonly<Record<string, Allowance>> = {
  "secrets-cached": { difference: (difference) => isReadLess(difference) },
  "secrets-parallel": { difference: (difference, scenario) => isReadTogether(difference, scenario) },
  "secrets-written-together": { difference: (difference, scenario) => isWriteTogether(difference, scenario) },
  "never-settles": { difference: isTimeoutEnded, isOf: isTimeoutFailed },
  "helper-error": { isOf: isErrorHandled },
  "argument-error": { isOf: isArgumentErrorHandled },
  "answers-later": { difference: isAnswerLost },
  "error-object": { difference: isErrorFromValue },
  "client-headers": { difference: areClientHeadersLeft },
  "credentials-not-sent": { difference: ({ kind }) => kind === "rejected-requests" },
  "network-error-shape": { node: isNetworkFailurePair, text: neutralNetworkText },
  "fetch-transport": {
    difference: ({ kind, legacy, modern }) => kind === "requests" && areEncodedOtherwise(legacy, modern),
  },
  "secret-update": { node: isUpdateErrorPair, text: neutralUpdateText },
  "secret-error-shape": { node: isSecretErrorPair, text: neutralSecretText },
  "full-response-shape": { node: isResponsePair },
  "cookies-as-text": { node: isCookiePair },
  "lp-client-error-shape": { node: isLpClientErrorPair },
  "client-error-shape": { node: isClientErrorPair, text: neutralClientText },
  "orchestrator-body": { node: isBodyPair },
  "service-name": { text: (text) => text.replaceAll("auditLog", "auditlog") },
  "transform-outside": { node: isTransformErrorPair, text: (text) => text.replaceAll("TransformError: ", "") },
  "multipart-form": { text: (text) => text.replaceAll(UNSENDABLE_FIELD, "A field can't be sent.") },
  "engine-error-text": { text: withoutReads },
  "http-error-shape": { node: isStatusErrorPair },
  "status-error-text": { node: isStatusTextPair },
  "plain-status-error": { node: isPlainStatusErrorPair, text: neutralStatusText },
  "listed-error": { node: isListedPair },
};

/** Differences that come from the platforms, whoever has migrated the function and in whatever style. */
export const PLATFORM_IDS: readonly string[] = Object.keys(ALLOWANCES).filter(
  (id) => !["plain-status-error", "answers-later", "listed-error", "cookies-as-text"].includes(id),
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
  modern: Observation,
): Difference[] {
  const allowances = declared.flatMap((id) => (Object.hasOwn(ALLOWANCES, id) ? [ALLOWANCES[id]] : []));
  const active = allowances.filter((allowance) => allowance !== undefined);
  const same = sameUnder(active);
  const isEnded =
    declared.includes("never-settles") &&
    differences.some((each) => isTimeoutEnded(each) || isTimeoutFailed(each, differences, same));
  const isIdiomatic = idiomaticRule(differences, declared, scenario, modern);
  const bothReads = declared.includes("secrets-cached") && declared.includes("secrets-parallel");
  return differences.filter(
    (difference) =>
      !active.some(
        (allowance) =>
          allowance.difference?.(difference, scenario, same) === true ||
          allowance.isOf?.(difference, differences, same) === true,
      ) &&
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

function outcomesOf(difference: Difference): { legacy: Outcome; modern: Outcome } | undefined {
  if (difference.kind !== "outcome") return undefined;
  return { legacy: difference.legacy as Outcome, modern: difference.modern as Outcome };
}

/** A time-out became an end: V2 resolves with undefined. */
function isTimeoutEnded(difference: Difference): boolean {
  const { legacy, modern } = outcomesOf(difference) ?? {};
  return legacy?.kind === "timeout" && modern?.kind === "value" && modern.json === "undefined";
}

/** A time-out became a failure with the error that nobody took care of in V1. */
function isTimeoutFailed(difference: Difference, all: readonly Difference[], same: Same): boolean {
  const { legacy, modern } = outcomesOf(difference) ?? {};
  if (legacy?.kind !== "timeout" || modern?.kind !== "failure") return false;
  return all.some(
    ({ kind, legacy: unhandled }) =>
      kind === "unhandled" &&
      Array.isArray(unhandled) &&
      unhandled.some((error: unknown) => same(error, modern.error) || isErrorOf(error, modern.error, same)),
  );
}

/**
 * What a helper threw instead of calling back reached nobody in V1, which never answered; in V2 the code that handles its
 * errors gets it, says so and answers.
 */
function isErrorHandled(difference: Difference, all: readonly Difference[]): boolean {
  const isGone = all.some((each) => Array.isArray(each.legacy) && each.legacy.length > 0 && isNoLongerUnhandled(each));
  return isGone && isOfAnswer(difference, all, ({ kind }) => kind === "timeout");
}

/** The same of wrong arguments, at which a function of Node.js throws: in V1 that ended the call, or nobody got it. */
function isArgumentErrorHandled(difference: Difference, all: readonly Difference[]): boolean {
  const isGone = all.some(
    (each) => Array.isArray(each.legacy) && each.legacy.some(isArgumentError) && isNoLongerUnhandled(each),
  );
  return isOfAnswer(
    difference,
    all,
    (legacy) => (legacy.kind === "timeout" && isGone) || (legacy.kind === "failure" && isArgumentError(legacy.error)),
  );
}

/** Node.js marks the errors of its own checks with a code. */
function isArgumentError(error: unknown): boolean {
  return isError(error) && /^ERR_(?:INVALID|OUT_OF|MISSING|UNKNOWN)_/u.test(String(error.fields["code"]));
}

/** Where V2 answers a call that ended in such a way, the answer, what it logs more, and the error that is gone. */
function isOfAnswer(
  difference: Difference,
  all: readonly Difference[],
  isSuchEnd: (legacy: Outcome) => boolean,
): boolean {
  const isAnswered = (each: Difference): boolean => {
    const { legacy, modern } = outcomesOf(each) ?? {};
    const isAnswer = modern?.kind === "value" || modern?.kind === "failure";
    return legacy !== undefined && isAnswer && isSuchEnd(legacy);
  };
  const { kind, legacy, modern } = difference;
  if (kind === "outcome") return isAnswered(difference);
  if (!all.some(isAnswered) || !Array.isArray(legacy) || !Array.isArray(modern)) return false;
  return kind === "unhandled" || (kind === "console" && isDeepStrictEqual(legacy, modern.slice(0, legacy.length)));
}

/** V1's client names itself and the function where these say nothing; V2 has no such client. */
function areClientHeadersLeft({ kind, modern }: Difference): boolean {
  return kind === "client-headers" && Object.keys(modern as Fields).every((name) => name === "request");
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
  return isErrorOf(outcomes.legacy.error, outcomes.modern.error, same);
}

/** What JSON.stringify says of a value that it can't write. */
const UNWRITABLE = /^Converting circular structure to JSON|^Do not know how to serialize a BigInt/u;

function isErrorOf(value: unknown, error: unknown, same: Same): boolean {
  if (isError(value) || !isError(error)) return false;
  // V1 could hand such a value to nobody either.
  if (isUnwritable(value)) return error.name === "TypeError" && UNWRITABLE.test(error.message);
  if (!same(textOfReason(value), error.message)) return false;
  return !isFields(value) || "$" in value || same(without(value, "message"), without(error.fields, "message"));
}

/** What an Error says that stands for a value: the text itself, the message of an object, or all of it as JSON. */
function textOfReason(value: unknown): string {
  if (typeof value === "string") return value;
  if (isFields(value) && typeof value["message"] === "string") return value["message"];
  if (isFields(value) && value["$"] === "Date") return JSON.stringify(value["value"]);
  if (isFields(value) && typeof value["$"] === "string") return value["$"];
  return JSON.stringify(value, (_key, node: unknown) => (isLeftOut(node) ? undefined : node));
}

/** True for a value without a message that JSON can't hold: it holds itself, or a BigInt. */
function isUnwritable(value: unknown): boolean {
  const isOne = (node: unknown): boolean => isFields(node) && (node["$"] === "cycle" || node["$"] === "bigint");
  const holdsOne = (node: unknown): boolean =>
    isOne(node) || (typeof node === "object" && node !== null && Object.values(node).some(holdsOne));
  const isText = isFields(value) && (typeof value["message"] === "string" || typeof value["$"] === "string");
  return !isText && holdsOne(value);
}

/** What JSON.stringify leaves out of an object. */
function isLeftOut(node: unknown): boolean {
  return isFields(node) && (node["$"] === "undefined" || node["$"] === "function");
}

function without(fields: Fields, name: string): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
}
