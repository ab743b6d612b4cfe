import { createRequire } from "node:module";
import type { HttpClient } from "../../src/verify/world/toolbelt-v1.ts";
import type { TimedRun } from "./clock.ts";
import { scopes } from "./scopes.ts";

type Options = Readonly<Record<string, unknown>>;

type RequestPromise = ((options: Options) => PromiseLike<unknown>) & {
  readonly Request: { readonly prototype: Record<string, unknown> };
};

const require = createRequire(import.meta.url);

/**
 * The real request-promise-native, with every connection led to the world. `request` looks its transports up on the
 * Request object, so they go on the prototype and no option that the function could see is added.
 */
export function loadHttpLibrary(transports: Readonly<Record<"http:" | "https:", object>>): RequestPromise {
  const library = require("request-promise-native") as RequestPromise;
  library.Request.prototype["httpModules"] = transports;
  return library;
}

/** A bare function without `.get` or `.post`, as on V1's command line. */
export function httpClient(run: TimedRun, library: RequestPromise): HttpClient {
  return async (first, second) => {
    const asOptions = typeof first === "object" && first !== null ? (first as Options) : undefined;
    const options: Options = {
      uri: typeof first === "string" ? first : (asOptions?.["uri"] ?? asOptions?.["url"]),
      rejectUnauthorized: false,
      headers: { "LP-URL": run.env["BRAND_ID"], "User-Agent": `LP-Lambda-${String(run.env["LAMBDA_UUID"])}` },
      ...second,
      ...asOptions,
    };
    run.begin();
    const withdraw = run.callForRequest();
    try {
      return await scopes.run({ run, timers: "library" }, () => library(options));
    } finally {
      withdraw();
      run.end();
    }
  };
}
