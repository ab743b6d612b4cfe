import { createRequire } from "node:module";
import { legacyClients } from "./clients-v1.ts";
import { ERROR_CODES, LP_SERVICES } from "./constants.ts";
import { lpClientV1 } from "./lp-client.ts";
import { legacyPlatformClients } from "./platform-clients.ts";
import { recordedFactories } from "./recorded-clients.ts";
import { scopes } from "./run.ts";
import type { Run } from "./run.ts";
import { legacySalesforce } from "./salesforce.ts";

type RequestPromise = ((options: Record<string, unknown>) => PromiseLike<unknown>) & {
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

/** V1's error of the secret storage: its `name` stays "Error". */
class SecretError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What `require("lp-faas-toolbelt")` gives to the function of this run. */
export function createToolbeltV1(run: Run, library: RequestPromise): Record<string, unknown> {
  return {
    Toolbelt: {
      ...recordedFactories(run),
      ...legacyClients(run),
      ...legacyPlatformClients(run),
      ...legacySalesforce(run),
      HTTPClient: () => httpClient(run, library),
      LpClient: () => lpClientV1(run, httpClient(run, library)),
      SecretClient: () => secretClient(run),
    },
    ErrorCodes: ERROR_CODES,
    SecretError,
    LpServices: { ...LP_SERVICES, AUDITLOG: "auditlog" },
    ConversationContentTypes: {},
    SDETypes: {},
    ErrorStrategy: { EXIT_ON_ERROR: "EXIT_ON_ERROR", CONTINUE_ON_ERROR: "CONTINUE_ON_ERROR" },
  };
}

type Options = Record<string, unknown>;

/** A bare function without `.get` or `.post`, as on V1's command line: options in the first argument win. */
function httpClient(run: Run, library: RequestPromise): (first: unknown, second?: Options) => Promise<unknown> {
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
      // The library's own timers are not the function's.
      return await scopes.run({ run, isOwnClient: true }, () => library(options));
    } finally {
      withdraw();
      run.end();
    }
  };
}

function secretClient(run: Run): object {
  return {
    readSecret: async (key: string): Promise<unknown> => {
      const entry = await run.readStore(key);
      if (entry === undefined) {
        throw new SecretError(ERROR_CODES.Secret.NotFound, `There is no Secret ${key} for this account`);
      }
      return { key, value: entry.value };
    },
    updateSecret: async (entry: { key: string; value: string }): Promise<unknown> => {
      if (entry.value.length > 10_000) {
        throw new SecretError(ERROR_CODES.Secret.Invalid, "Provided Secret Value exceeds allowed length of 10000");
      }
      if (!(await run.writeStore(entry.key, entry.value))) {
        throw new SecretError(ERROR_CODES.Secret.Failure, `Updating Secret ${entry.key} failed`);
      }
      return entry;
    },
  };
}
