import { isDeepStrictEqual } from "node:util";
import type { Difference, DifferenceKind } from "./compare.ts";
import type { Answer, Observation, Outcome, Scenario } from "../model.ts";
import { isFormExplained } from "./form-bodies.ts";
import { isSameSearch } from "./search-params.ts";

type Headers = Readonly<Record<string, string | undefined>>;

/** Explains one header of one request; a side that does not send it has `undefined`. */
type HeaderRule = (
  legacy: string | undefined,
  modern: string | undefined,
  name: string,
  isRedirected: boolean,
) => boolean;

const HEADER_RULES: Readonly<Record<string, HeaderRule>> = {
  "fetch-transport": (legacy, modern, name, isRedirected) =>
    isRedirected && ((name === "content-type" && legacy === undefined) || (name === "cookie" && modern === undefined)),
  "conditional-headers": (legacy, modern, name) =>
    (name === "pragma" || name === "cache-control") && legacy === undefined && modern === "no-cache",
  "redirect-with-body": (_legacy, _modern, name, isRedirected) => isRedirected && BODY_HEADERS.has(name),
  "accept-not-sent": (legacy, modern, name) =>
    name === "accept" && legacy === "application/json" && modern === undefined,
  "text-content-type": (legacy, modern, name) =>
    name === "content-type" && legacy === undefined && modern === "text/plain;charset=UTF-8",
  "undefined-body": (legacy, modern, name) =>
    name === "content-type" && legacy === undefined && modern === "application/json",
  "unchecked-credentials": (legacy, modern, name) =>
    name === "authorization" &&
    modern !== undefined &&
    (legacy === undefined ? isOfNobody(modern) : isWithNothing(legacy, modern)),
  "undefined-header": (legacy, modern) => legacy === undefined && modern === "undefined",
};

/** A scheme and what it sends, as a text. */
function credentialsIn(authorization: string): readonly [scheme: string, text: string] {
  const [scheme = "", text = ""] = authorization.split(" ");
  return [scheme, scheme === "Basic" ? Buffer.from(text, "base64").toString() : text];
}

/** The credentials of a user or a token that is missing, without which V1 sent none. */
function isOfNobody(authorization: string): boolean {
  const [scheme, text] = credentialsIn(authorization);
  return scheme === "Basic" ? /^(?:undefined|null)?:/u.test(text) : scheme === "Bearer" && text === "undefined";
}

/** What V1 left out at the end of credentials, as a template writes it. */
const NOTHING = ["undefined", "null", "false", "0", "NaN"];

/** The same credentials, with a password or a token that is none written out. */
function isWithNothing(legacy: string, modern: string): boolean {
  const [[scheme, before], [other, after]] = [credentialsIn(legacy), credentialsIn(modern)];
  const isOpen = before === "" || before.endsWith(":");
  return scheme === other && isOpen && NOTHING.some((text) => after === before + text);
}

/** True when declared differences account for every header that is not the same. */
function areHeadersExplained({ kind, legacy, modern }: Difference, declared: readonly string[]): boolean {
  if (kind !== "request-headers" && kind !== "redirected-headers") return false;
  const [before, after] = [legacy as Headers, modern as Headers];
  const rules = declared.flatMap((id) => HEADER_RULES[id] ?? []);
  const names = Object.keys({ ...before, ...after }).filter((name) => name !== "request");
  return names.every((name) =>
    rules.some((rule) => rule(before[name], after[name], name, kind === "redirected-headers")),
  );
}

/** Headers of a body that goes along behind a redirect, or is left behind. */
const BODY_HEADERS = new Set(["content-type", "content-length"]);

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: { readonly text?: string };
}

function isSameUrl(legacy: string, modern: string): boolean {
  const [[path, query = ""], [other, otherQuery = ""]] = [legacy.split("?"), modern.split("?")] as [string[], string[]];
  return path === other && isSameSearch(query, otherQuery);
}

/** The same request, but for the way in which forms and queries are written. */
function isSameRequest(legacy: Sent, modern: Sent | undefined, declared: readonly string[]): boolean {
  if (modern?.method !== legacy.method) return false;
  const hasUrl =
    legacy.url === modern.url || (declared.includes("query-encoding") && isSameUrl(legacy.url, modern.url));
  const hasBody =
    isDeepStrictEqual(legacy.body, modern.body) || isFormExplained(legacy.body.text, modern.body.text, declared);
  return hasUrl && hasBody;
}

/** The requests of both sides, where these differ. */
function requestsOf({
  kind,
  legacy,
  modern,
}: Difference): { before: readonly Sent[]; after: readonly Sent[] } | undefined {
  return kind === "requests" ? { before: legacy as readonly Sent[], after: modern as readonly Sent[] } : undefined;
}

function areRequestsExplained(difference: Difference, declared: readonly string[]): boolean {
  const requests = requestsOf(difference);
  if (requests === undefined) return false;
  const { before, after } = requests;
  return before.length === after.length && before.every((sent, index) => isSameRequest(sent, after[index], declared));
}

// What stops V2, or leads it on

const NO_JSON = /is not valid JSON|Unexpected end of JSON input|in JSON at position/;

function answersOf({ overrides = {}, responses = [] }: Scenario): readonly Answer[] {
  return [...Object.values(overrides), ...responses];
}

/** What comes of it: the end is another one, and what V1 did behind that point is not done. */
function isShorter(difference: Difference, declared: readonly string[], logsUnbroken: number): boolean {
  const { kind, legacy, modern } = difference;
  if (kind === "outcome") {
    const [before, after] = [(legacy as Outcome).kind, (modern as Outcome).kind];
    // A function that catches the failure may make anything of it.
    return after === "failure" || (before === "value" && after === "value");
  }
  const requests = requestsOf(difference);
  if (requests !== undefined) {
    const { before, after } = requests;
    // A function that tries again repeats what V1 sent, and nothing else.
    return after.every((sent, index) =>
      before.slice(0, index + 1).some((other) => isSameRequest(other, sent, declared)),
    );
  }
  if (!Array.isArray(legacy) || !Array.isArray(modern)) return false;
  const rest: readonly unknown[] = modern.filter((entry) => !NO_JSON.test(JSON.stringify(entry)));
  if (kind === "order") return true;
  // What was logged until then is the same.
  const isSameBefore = isDeepStrictEqual(legacy.slice(0, logsUnbroken), modern.slice(0, logsUnbroken));
  return kind === "console" ? isSameBefore : isDeepStrictEqual(legacy.slice(0, rest.length), rest);
}

/** One side made all requests of the other, in their order, and more. */
function hasMore(more: readonly Sent[], fewer: readonly Sent[], declared: readonly string[]): boolean {
  const rest = [...fewer];
  for (const sent of more) if (rest[0] !== undefined && isSameRequest(rest[0], sent, declared)) rest.shift();
  return more.length > fewer.length && rest.length === 0;
}

type Further = "legacy" | "modern";

/** One side made the requests of the other and went on. */
function isLedOn(further: Further, differences: readonly Difference[], declared: readonly string[]): boolean {
  return differences.some((difference) => {
    const { before, after } = requestsOf(difference) ?? { before: [], after: [] };
    return further === "modern" ? hasMore(after, before, declared) : hasMore(before, after, declared);
  });
}

function isRedirected(scenario: Scenario): boolean {
  return answersOf(scenario).some(({ status = 200 }) => status >= 300 && status < 400);
}

/** Which side goes on behind a redirect where the other stops. */
const BEHIND_REDIRECTS: Readonly<Record<string, Further>> = {
  "redirects-followed": "modern",
  "lower-case-method": "legacy",
};

/** V1's client rejected the credentials. */
function isRejectedForCredentials(differences: readonly Difference[]): boolean {
  return differences.some(({ legacy }) =>
    /no auth mechanism defined|auth\(\) received invalid user or password/.test(JSON.stringify(legacy)),
  );
}

/** Behind a redirect, the same addresses were asked with other methods and bodies. */
function isSentOn(difference: Difference, scenario: Scenario): boolean {
  if (!isRedirected(scenario)) return false;
  const { before, after } = requestsOf(difference) ?? { before: [], after: [] };
  const isSame = before.length === after.length && before.every(({ url }, index) => url === after[index]?.url);
  return difference.kind === "requests" && isSame;
}

/**
 * V2 fails with what the engine says of a missing value, before it has done anything that V1 has not done; V1 caught that,
 * answered and logged in its own way. Where V1 went on to another request or call, it met no such error.
 */
function isFailedEarly(differences: readonly Difference[]): boolean {
  const hasFailed = differences.some(({ kind, modern }) => {
    const outcome = modern as Outcome;
    if (kind !== "outcome" || outcome.kind !== "failure") return false;
    const { name, message } = (outcome.error ?? {}) as { readonly name?: unknown; readonly message?: unknown };
    return name === "TypeError" && /^Cannot (?:read properties|destructure)/.test(String(message));
  });
  return hasFailed && differences.every(({ kind }) => OF_THE_END.has(kind));
}

/** V2 ended otherwise, and logged what V1 logged until then. */
function isCutShort({ kind, legacy, modern }: Difference): boolean {
  if (kind === "outcome") return true;
  if (!Array.isArray(legacy) || !Array.isArray(modern)) return false;
  return isDeepStrictEqual(legacy.slice(0, modern.length), modern);
}

/** What the side does that goes on, and what it makes of it, can't be foreseen; all that the other did it does too. */
function isOfGoingOn({ kind, legacy, modern }: Difference, further: Further, declared: readonly string[]): boolean {
  if (OF_THE_END.has(kind)) return !isLost(legacy) && !isLost(modern);
  if (!Array.isArray(legacy) || !Array.isArray(modern)) return false;
  const [more, fewer] = further === "modern" ? [modern, legacy] : [legacy, modern];
  return kind === "requests" ? hasMore(more, fewer, declared) : isWithin(fewer, more);
}

const OF_THE_END: ReadonlySet<DifferenceKind> = new Set(["outcome", "console", "order", "unhandled"]);

/** Whether an end shows nothing. */
function isLost(end: unknown): boolean {
  const { kind } = (end ?? {}) as { readonly kind?: unknown };
  return kind === "lost" || kind === "load-error" || kind === "timeout";
}

/** Whether a list holds all entries of another one, in their order. */
function isWithin(fewer: readonly unknown[], more: readonly unknown[]): boolean {
  const rest = [...fewer];
  for (const entry of more) if (rest.length > 0 && isDeepStrictEqual(rest[0], entry)) rest.shift();
  return rest.length === 0;
}

/** V1 sent a body with GET, which fetch rejects before anything is sent: what comes of it differs. */
function isBodyWithGet(differences: readonly Difference[]): boolean {
  return differences.some((difference) => {
    const { before, after } = requestsOf(difference) ?? { before: [], after: [] };
    const missing = before.find((sent, index) => !isDeepStrictEqual(sent, after[index]));
    return missing !== undefined && /^(?:GET|HEAD)$/.test(missing.method) && missing.body.text !== "";
  });
}

/**
 * Tells which of the differences of a scenario those of `--style idiomatic` account for.
 *
 * @param modern what V2 did
 */
export function idiomaticRule(
  differences: readonly Difference[],
  declared: readonly string[],
  scenario: Scenario,
  { brokenBodies, logsUnbroken }: Observation,
): (difference: Difference) => boolean {
  const isStopped = declared.includes("strict-json") && brokenBodies > 0;
  const isRejected = declared.includes("get-with-body") && isBodyWithGet(differences);
  const behind = isRedirected(scenario) ? Object.entries(BEHIND_REDIRECTS) : [];
  const goesOn = behind.find(([id, further]) => declared.includes(id) && isLedOn(further, differences, declared))?.[1];
  const isUnchecked = declared.includes("unchecked-credentials") && isRejectedForCredentials(differences);
  const isEarly = declared.includes("early-error") && isFailedEarly(differences);
  return (difference) =>
    (goesOn !== undefined && isOfGoingOn(difference, goesOn, declared)) ||
    // V1 sent the request all the same; nobody got its answer.
    (isUnchecked && (difference.kind === "rejected-requests" || isOfGoingOn(difference, "modern", declared))) ||
    (isRejected && isOfGoingOn(difference, "legacy", declared)) ||
    (isStopped && isShorter(difference, declared, logsUnbroken)) ||
    (isEarly && isCutShort(difference)) ||
    (declared.includes("redirect-with-body") && isSentOn(difference, scenario)) ||
    areHeadersExplained(difference, declared) ||
    areRequestsExplained(difference, declared);
}

/** Ids that `idiomaticRule` can act on. */
export const IDIOMATIC_IDS: readonly string[] = [
  ...Object.keys(HEADER_RULES),
  ...Object.keys(BEHIND_REDIRECTS),
  "early-error",
  "form-encoding",
  "form-spaces",
  "get-with-body",
  "query-encoding",
  "strict-json",
];

// The error of a status

const V1_STATUS_TEXT = /(?:StatusCodeError: )?\b([2-5]\d\d) - (?:"(?:[^"\\]|\\.)*"|\{[^\n]*\}|\[[^\n]*\]|\w+)/g;
const V2_STATUS_TEXT = /(?:(?:StatusCode)?Error: )?Request failed with status (\d{3})/g;

export function neutralStatusText(text: string): string {
  return text.replace(V1_STATUS_TEXT, "<status $1>").replace(V2_STATUS_TEXT, "<status $1>");
}
