import type { ClientResponse } from "./client-response.ts";
import type { Options } from "./client-options.ts";
import { socketError } from "./fetch.ts";

// Taken before any function: what it defines itself is noted.
const { defineProperty } = Object;

/** How V1's client fails. */
export interface ClientErrors {
  /** The request or its answer has failed below HTTP. */
  request(cause: unknown, options: Options): unknown;
  /** The status is not 2xx; `result` is what the function's `transform` made of the response. */
  status(response: ClientResponse, options: Options, result: unknown): unknown;
  /** The `transform` of the function has failed. */
  transform(cause: unknown, options: Options, response: ClientResponse): unknown;
}

class RequestError extends Error {}
class StatusCodeError extends Error {}
class TransformError extends Error {}

/** An error as request-promise makes it: own fields that can be listed, in this order, and a stack that says its name. */
function filled(error: Error, fields: Readonly<Record<string, unknown>>): Error {
  for (const [name, value] of Object.entries(fields)) {
    defineProperty(error, name, { value, enumerable: true, configurable: true, writable: true });
  }
  Error.captureStackTrace(error);
  return error;
}

/** The errors of request-promise. */
export const LEGACY_ERRORS: ClientErrors = {
  request: (cause, options) => {
    const message = String(cause);
    return filled(new RequestError(), {
      name: "RequestError",
      message,
      cause,
      error: cause,
      options,
      response: undefined,
    });
  },
  status: ({ statusCode, body }, options, response) => {
    const message = `${String(statusCode)} - ${JSON.stringify(body)}`;
    return filled(new StatusCodeError(), {
      name: "StatusCodeError",
      statusCode,
      message,
      error: body,
      options,
      response,
    });
  },
  transform: (cause, options, response) => {
    const message = String(cause);
    return filled(new TransformError(), { name: "TransformError", message, cause, error: cause, options, response });
  },
};

/**
 * The errors that a migrated function has in their place: those of fetch, and for a status one that holds what handlers
 * read. With them an original does what its declared differences say.
 */
export const MODERN_ERRORS: ClientErrors = {
  request: (cause, { uri }) => {
    switch (codeOf(cause)) {
      case "ECONNRESET":
        return new TypeError("fetch failed", { cause: socketError() });
      case "ESOCKETTIMEDOUT":
        return new DOMException("The operation was aborted due to timeout", "TimeoutError");
      default:
        return typeof uri === "string" ? (refusalOf(uri) ?? cause) : cause;
    }
  },
  status: (response, _options, result) => {
    const { statusCode, statusMessage, headers, body } = response;
    const sorted = Object.fromEntries(Object.entries(headers).sort(([left], [right]) => (left < right ? -1 : 1)));
    return Object.assign(new Error(`${String(statusCode)} - ${JSON.stringify(body)}`), {
      name: "StatusCodeError",
      statusCode,
      error: body,
      response: result === response ? { statusCode, statusMessage, headers: sorted, body } : result,
    });
  },
  transform: (cause) => cause,
};

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && "code" in cause ? cause.code : undefined;
}

/** Why fetch takes no such address. */
function refusalOf(uri: string): unknown {
  try {
    Reflect.construct(Request, [uri]);
    return undefined;
  } catch (error) {
    return error;
  }
}
