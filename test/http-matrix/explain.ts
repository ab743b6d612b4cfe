import { isDeepStrictEqual } from "node:util";
import { holdsAnswerAsItCame } from "../../src/verify/compare/status-text.ts";
import { idiomaticExplanations, uncheckedCredentials } from "./explain-idiomatic.ts";
import { BAD_CREDENTIALS } from "./observe.ts";
import type { Observation, SeenError, SeenRequest } from "./observe.ts";

/** What the same request did before and after the migration. */
export interface Pair {
  readonly legacy: Observation;
  readonly modern: Observation;
}

/** Takes away from both sides what one declared difference accounts for, and nothing else. */
export type Explanation = (pair: Pair) => Pair;

function onRequests({ legacy, modern }: Pair, change: (request: SeenRequest) => SeenRequest): Pair {
  return {
    legacy: { ...legacy, requests: legacy.requests.map(change) },
    modern: { ...modern, requests: modern.requests.map(change) },
  };
}

function withoutHeader(name: string): (request: SeenRequest) => SeenRequest {
  return (request) => ({
    ...request,
    headers: Object.fromEntries(Object.entries(request.headers).filter(([other]) => other !== name)),
  });
}

function withErrors(pair: Pair, explain: (legacy: SeenError, modern: SeenError) => SeenError | undefined): Pair {
  const { legacy, modern } = pair;
  const same = legacy.error && modern.error ? explain(legacy.error, modern.error) : undefined;
  return same === undefined ? pair : { legacy: { ...legacy, error: same }, modern: { ...modern, error: same } };
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

const UNFOLLOWED = /^(?:POST|PUT|PATCH|DELETE)$/u;

function isRedirect({ url }: SeenRequest): boolean {
  return url.includes("/redirect-");
}

/** Where one side alone went on behind a redirect, all that came of it is another answer. */
function untilRedirect({ legacy }: Pair): Pair {
  const [first] = legacy.requests;
  const same = { requests: first === undefined ? [] : [first], value: "where the redirect led" };
  return { legacy: same, modern: same };
}

/** Node writes headers as UTF-8 in front of a body of text, fetch always as Latin-1. */
function withLatinHeaders({ legacy, modern }: Pair): Pair {
  const requests = legacy.requests.map((request, index) => {
    const other = modern.requests[index]?.headers ?? {};
    const headers = Object.entries(request.headers).map(([name, value]) => {
      const decoded = Buffer.from(value, "latin1").toString("utf8");
      return [name, request.body !== "" && decoded === other[name] ? decoded : value];
    });
    return { ...request, headers: Object.fromEntries(headers) as SeenRequest["headers"] };
  });
  return { legacy: { ...legacy, requests }, modern };
}

/** The response in an error, where there is one; V1's has more, and ours need not have the text of the status. */
function isSameResponse(legacy: unknown, modern: unknown): boolean {
  if (modern === undefined) return true;
  if (!isFields(legacy) || !isFields(modern)) return false;
  const { statusMessage, isLegacy, ...response } = legacy;
  const { statusMessage: other, ...kept } = modern;
  const isText = other === undefined || other === statusMessage;
  return isLegacy === true && isText && isDeepStrictEqual(response, kept);
}

/** What each declared difference accounts for, in the order in which they are asked: some look at what others change. */
export const explanations: Readonly<Record<string, Explanation>> = {
  "client-headers": (pair) => onRequests(pair, withoutHeader("lp-url")),
  ...idiomaticExplanations,
  // The inputs have no line breaks.
  "multipart-form": (pair) =>
    withErrors(pair, (legacy, modern) =>
      legacy.name === "TypeError" && modern.name === "TypeError" && modern.message.startsWith("The form field ")
        ? modern
        : undefined,
    ),
  "credentials-not-sent": (pair) => {
    const { legacy, modern } = pair;
    const isUnsent = legacy.requests.length === 1 && modern.requests.length === 0;
    return isUnsent && BAD_CREDENTIALS.test(legacy.error?.message ?? "")
      ? { legacy: { ...legacy, requests: [] }, modern }
      : pair;
  },
  "network-error-shape": (pair) =>
    withErrors(pair, (legacy, modern) => {
      const isFetch = modern.name === "TypeError" && /^(?:fetch failed$|Failed to parse URL)/u.test(modern.message);
      const message = `Error: ${modern.message}`;
      const isSame =
        legacy.message === message || (BAD_CREDENTIALS.test(legacy.message) && BAD_CREDENTIALS.test(message));
      return legacy.name === "RequestError" && (isFetch || isSame) ? { name: "no answer", message: "" } : undefined;
    }),
  "http-error-shape": (pair) =>
    withErrors(pair, (legacy, modern) => {
      if (legacy.name !== "StatusCodeError" || !["Error", legacy.name].includes(modern.name)) return undefined;
      const kept = ["message", "statusCode", "error"] as const;
      const isKept = kept.every((name) => !(name in modern) || isDeepStrictEqual(legacy[name], modern[name]));
      return isKept && isSameResponse(legacy.response, modern.response) ? modern : undefined;
    }),
  "status-error-text": (pair) =>
    withErrors(pair, (legacy, modern) => {
      const isPlain = modern.name === "Error" && Object.keys(modern).length === 2;
      const isText = isPlain && holdsAnswerAsItCame(legacy.message, modern.message);
      return legacy.name === "StatusCodeError" && isText ? modern : undefined;
    }),
  "full-response-shape": (pair) => {
    const { value } = pair.legacy;
    if (!isFields(value) || value["isLegacy"] !== true) {
      return pair;
    }
    const kept = Object.entries(value).filter(([name]) => name !== "isLegacy");
    return { ...pair, legacy: { ...pair.legacy, value: Object.fromEntries(kept) } };
  },
  "lower-case-method": (pair) => {
    const [first, ...more] = pair.legacy.requests;
    const isOnlyLegacy = more.length > 0 && pair.modern.requests.length === 1;
    return first !== undefined && UNFOLLOWED.test(first.method) && isRedirect(first) && isOnlyLegacy
      ? untilRedirect(pair)
      : pair;
  },
  "fetch-transport": (pair) => {
    const [first, second] = pair.modern.requests;
    const isSwitched = first?.method === "OPTIONS" && first.url.includes("/redirect-303") && second?.method === "GET";
    const switched = isSwitched
      ? onRequests(pair, (request) => (isRedirect(request) ? request : { ...request, method: "GET" }))
      : pair;
    return withLatinHeaders(switched);
  },
  "unchecked-credentials": uncheckedCredentials,
};

/** What came of one comparison. */
export interface Judgement {
  /** What no declared difference accounts for; undefined when nothing is left. */
  readonly left: Pair | undefined;
  /** The declared differences that were needed. */
  readonly explained: readonly string[];
}

/** Compares two observations under the differences that the run declared. */
export function judge(pair: Pair, declared: readonly string[]): Judgement {
  const explained: string[] = [];
  let current = pair;
  for (const [id, explain] of Object.entries(explanations)) {
    const next = declared.includes(id) ? explain(current) : current;
    if (!isDeepStrictEqual(next, current)) {
      explained.push(id);
      current = next;
    }
  }
  return { left: isDeepStrictEqual(current.legacy, current.modern) ? undefined : current, explained };
}
