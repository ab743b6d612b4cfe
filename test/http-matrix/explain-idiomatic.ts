import { isDeepStrictEqual } from "node:util";
import { isSamePairs, isSameSearch } from "../../src/verify/compare/search-params.ts";
import type { Explanation, Pair } from "./explain.ts";
import { BAD_CREDENTIALS } from "./observe.ts";
import type { SeenRequest } from "./observe.ts";

type Change = (legacy: SeenRequest, modern: SeenRequest) => SeenRequest;

/** Changes each request of V2 that has a counterpart in V1. */
function onModern({ legacy, modern }: Pair, change: Change): Pair {
  const requests = modern.requests.map((request, index) => {
    const other = legacy.requests[index];
    return other === undefined ? request : change(other, request);
  });
  return { legacy, modern: { ...modern, requests } };
}

function withHeader(request: SeenRequest, name: string, value: string | undefined): SeenRequest {
  const rest = Object.entries(request.headers).filter(([other]) => other !== name);
  const headers = value === undefined ? rest : [...rest, [name, value] as const];
  return { ...request, headers: Object.fromEntries(headers.toSorted(([a], [b]) => a.localeCompare(b))) };
}

/** Answers whose body `response.json()` does not take; redirects that are not followed have a text. */
const NO_JSON = /^\/(?:text-|broken-json-|empty-|cookies-|redirect-)/u;

/** Where fetch goes behind a redirect. Source: the fetch standard, HTTP-redirect fetch. */
function isFollowUp(first: SeenRequest, second: SeenRequest | undefined): boolean {
  const status = /^\/redirect-(\d+)/u.exec(first.url)?.[1];
  const isSwitched = status === "303" || (first.method === "POST" && (status === "301" || status === "302"));
  return (
    status !== undefined &&
    second?.url === "/json-200?from=redirect" &&
    second.method === (isSwitched ? "GET" : first.method) &&
    second.body === (isSwitched ? "" : first.body)
  );
}

function formLike(isSame: (legacy: string, modern: string) => boolean) {
  const textOf = ({ body }: SeenRequest): string => Buffer.from(body, "base64").toString();
  return (legacy: SeenRequest, modern: SeenRequest): SeenRequest => {
    const isForm = modern.headers["content-type"] === "application/x-www-form-urlencoded";
    return isForm && isSame(textOf(legacy), textOf(modern))
      ? withHeader({ ...modern, body: legacy.body }, "content-length", legacy.headers["content-length"])
      : modern;
  };
}

function queryLike(legacy: SeenRequest, modern: SeenRequest): SeenRequest {
  const [path, query = ""] = modern.url.split("?") as [string, string?];
  const [other, known = ""] = legacy.url.split("?") as [string, string?];
  return path === other && isSameSearch(known, query) ? { ...modern, url: legacy.url } : modern;
}

type Fields = Readonly<Record<string, unknown>>;

/** The headers of a response that a function gives. */
function headersIn(value: unknown): Fields | undefined {
  const isResponse = typeof value === "object" && value !== null && "headers" in value;
  return isResponse ? (value.headers as Fields) : undefined;
}

function withHeaders(value: unknown, headers: Fields): unknown {
  return { ...(value as Fields), headers };
}

/** What each difference of `--style idiomatic` accounts for. */
export const idiomaticExplanations: Readonly<Record<string, Explanation>> = {
  "plain-status-error": (pair) => {
    const { legacy, modern } = pair;
    const isSame =
      legacy.error?.name === "StatusCodeError" &&
      modern.error?.name === "Error" &&
      modern.error.message === `Request failed with status ${String(legacy.error.statusCode)}`;
    return isSame ? { legacy: { ...legacy, error: modern.error }, modern } : pair;
  },
  "strict-json": (pair) => {
    const { legacy, modern } = pair;
    const isText = NO_JSON.test(legacy.requests.at(-1)?.url ?? "");
    if (!isText || legacy.error !== undefined || modern.error?.name !== "SyntaxError") {
      return pair;
    }
    return { legacy: { requests: legacy.requests, error: modern.error }, modern };
  },
  "accept-not-sent": (pair) =>
    onModern(pair, (legacy, modern) =>
      legacy.headers["accept"] === "application/json" && modern.headers["accept"] === undefined
        ? withHeader(modern, "accept", "application/json")
        : modern,
    ),
  "redirects-followed": (pair) => {
    const [first, second] = pair.modern.requests;
    if (first === undefined || !/^(?:POST|PUT|PATCH|DELETE)$/u.test(first.method) || !isFollowUp(first, second)) {
      return pair;
    }
    const after = { value: "where the redirect led" };
    return {
      legacy: { ...after, requests: pair.legacy.requests.slice(0, 1) },
      modern: { ...after, requests: [first] },
    };
  },
  "redirect-with-body": (pair) => {
    const { legacy, modern } = pair;
    const [first, second] = modern.requests;
    const [sent, redirected] = legacy.requests;
    // V1 keeps the method, and leaves the body behind.
    const isKept = redirected !== undefined && redirected.method === sent?.method && redirected.body === "";
    if (first === undefined || !isKept || !isFollowUp(first, second) || redirected.url !== second?.url) {
      return pair;
    }
    const after = { value: "where the redirect led" };
    return {
      legacy: { ...after, requests: legacy.requests.slice(0, 1) },
      modern: { ...after, requests: [first] },
    };
  },
  "cookies-as-text": (pair) => {
    const { legacy, modern } = pair;
    const before = headersIn(legacy.value);
    const cookies = before?.["set-cookie"];
    const last: unknown = Array.isArray(cookies) ? cookies.at(-1) : undefined;
    return last !== undefined && headersIn(modern.value)?.["set-cookie"] === last
      ? { legacy: { ...legacy, value: withHeaders(legacy.value, { ...before, "set-cookie": last }) }, modern }
      : pair;
  },
  "form-encoding": (pair) => onModern(pair, formLike(isSameSearch)),
  "form-spaces": (pair) => onModern(pair, formLike(isSamePairs)),
  "query-encoding": (pair) => onModern(pair, queryLike),
  "text-content-type": (pair) =>
    onModern(pair, (legacy, modern) =>
      modern.headers["content-type"] === "text/plain;charset=UTF-8" && legacy.headers["content-type"] === undefined
        ? withHeader(modern, "content-type", undefined)
        : modern,
    ),
  "undefined-header": (pair) =>
    onModern(pair, (legacy, modern) => {
      const extra = Object.keys(modern.headers).filter(
        (name) => modern.headers[name] === "undefined" && legacy.headers[name] === undefined,
      );
      return extra.reduce((request, name) => withHeader(request, name, undefined), modern);
    }),
  "undefined-body": (pair) =>
    onModern(pair, (legacy, modern) =>
      legacy.body === "" && modern.body === "" && legacy.headers["content-type"] === undefined
        ? withHeader(modern, "content-type", undefined)
        : modern,
    ),
};

/** What `unchecked-credentials` accounts for, where nothing else is left that differs between the requests. */
export const uncheckedCredentials: Explanation = (pair) => {
  const { legacy, modern } = pair;
  const isRejected = BAD_CREDENTIALS.test(legacy.error?.message ?? "");
  const [first, ...more] = legacy.requests;
  // Without a user V1 sent no credentials at all.
  const sent = modern.requests.map((request) => withHeader(request, "authorization", first?.headers["authorization"]));
  const isSame = more.length === 0 && isDeepStrictEqual(sent, legacy.requests);
  return isRejected && isSame ? { legacy, modern: legacy } : pair;
};
