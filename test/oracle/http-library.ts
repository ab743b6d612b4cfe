import { createRequire } from "node:module";
import type { HttpClient } from "../../src/verify/world/toolbelt-v1.ts";
import type { TimedRun } from "./clock.ts";
import { scopes } from "./scopes.ts";

type Options = Readonly<Record<string, unknown>>;
type Send = (...args: readonly unknown[]) => PromiseLike<unknown>;

/** The module request-promise-native: a function with one of its own for each verb. */
interface RequestPromise extends Send {
  readonly Request: { readonly prototype: Record<string, unknown> };
}

const VERBS = ["get", "head", "post", "put", "patch", "del", "delete"] as const;

/** The packages whose module the client is. */
const PACKAGES = ["request-promise", "request-promise-native"] as const;

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

/** A function with one of its own for each verb, as `request` has them; each of them is made of the library's. */
function withVerbs<T extends Send>(library: RequestPromise, create: (send: Send) => T): T {
  const client = create(library);
  for (const verb of VERBS) {
    Object.defineProperty(client, verb, { enumerable: true, value: create(Reflect.get(library, verb) as Send) });
  }
  return client;
}

/** Sends as a client of the run: the library's own timers are not those of the function. */
async function sendFor(run: TimedRun, send: () => PromiseLike<unknown>): Promise<unknown> {
  run.begin();
  const withdraw = run.callForRequest();
  const call = { isRejected: false };
  try {
    return await scopes.run({ run, timers: "library", call }, send);
  } catch (error) {
    call.isRejected = true;
    throw error;
  } finally {
    withdraw();
    run.end();
  }
}

/**
 * What the platform's `Toolbelt.HTTPClient()` gives. The one of V1's command line has no verbs, but the documentation
 * promises the interface of request-promise.
 */
export function httpClient(library: RequestPromise, run: TimedRun): HttpClient {
  return withVerbs(library, (send) => async (first, second) => {
    const asOptions = typeof first === "object" && first !== null ? (first as Options) : undefined;
    const options: Options = {
      uri: typeof first === "string" ? first : (asOptions?.["uri"] ?? asOptions?.["url"]),
      rejectUnauthorized: false,
      headers: { "LP-URL": run.env["BRAND_ID"], "User-Agent": `LP-Lambda-${String(run.env["LAMBDA_UUID"])}` },
      ...(second as Options | undefined),
      ...asOptions,
    };
    return sendFor(run, () => send(options));
  });
}

/** The packages that a V1 function may require by itself. */
export function httpPackages(
  library: RequestPromise,
  current: () => TimedRun | undefined,
): Readonly<Record<string, object>> {
  const client = withVerbs(library, (send) => async (...args: readonly unknown[]) => {
    const run = current();
    return run === undefined ? send(...args) : sendFor(run, () => send(...args));
  });
  return Object.fromEntries(PACKAGES.map((name) => [name, client]));
}
