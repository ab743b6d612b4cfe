import type { Options } from "./client-options.ts";

/** What all errors of request-promise have: own fields that can be listed, in this order. */
function fill(error: Error, fields: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(fields)) {
    Object.defineProperty(error, name, { value, enumerable: true, configurable: true, writable: true });
  }
}

/** The request or its answer failed below HTTP. */
export class RequestError extends Error {
  constructor(cause: unknown, options: Options, response?: unknown) {
    super();
    const message = String(cause);
    fill(this, { name: "RequestError", message, cause, error: cause, options, response });
  }
}

/** The status is not 2xx. */
export class StatusCodeError extends Error {
  constructor(statusCode: number, body: unknown, options: Options, response: unknown) {
    super();
    const message = `${String(statusCode)} - ${JSON.stringify(body)}`;
    fill(this, { name: "StatusCodeError", statusCode, message, error: body, options, response });
  }
}

/** The `transform` of the function has failed. */
export class TransformError extends Error {
  constructor(cause: unknown, options: Options, response: unknown) {
    super();
    const message = String(cause);
    fill(this, { name: "TransformError", message, cause, error: cause, options, response });
  }
}
