import { ToolBeltError } from "./client-support.ts";
import { modernClients } from "./clients-v2.ts";
import { ERROR_CODES, LP_SERVICES } from "./constants.ts";
import { lpClientV2 } from "./lp-client.ts";
import { modernPlatformClients } from "./platform-clients.ts";
import { recordedFactories } from "./recorded-clients.ts";
import type { Run } from "./run.ts";

interface Cached {
  readonly entry: { readonly key: string; readonly value: unknown };
  readonly until: number;
}

const DEFAULT_TTL_MS = 5 * 60 * 1000;
const MAX_SECRET_LENGTH = 16_384;

/**
 * The exports of `core-functions-toolbelt` for the function of this run; any other name fails when the module is
 * linked, as on the platform. The cache of secrets is one for the run, shared by its clients.
 */
export function createToolbeltV2(run: Run, send: typeof fetch = (...args) => fetch(...args)): Record<string, unknown> {
  const cache = new Map<string, Cached>();
  const timeToLive = { ms: DEFAULT_TTL_MS };
  const recorded = recordedFactories(run);
  return {
    Toolbelt: {
      ...recorded,
      ...modernClients(run),
      ...modernPlatformClients(run),
      SecretClient: (options?: { cache?: { ttl?: number } }) => {
        timeToLive.ms = options?.cache?.ttl ?? timeToLive.ms;
        return secretClient(run, cache, timeToLive);
      },
      LpClient: () => lpClientV2(run, ToolBeltError, send),
      CsdsClient: () => ({
        get: (service: string) => {
          run.call("CsdsClient.get", [service]);
          return Promise.resolve(`${service}.example.com`);
        },
      }),
      LPMtlsClient: recorded["MTLSClient"],
    },
    ErrorCodes: ERROR_CODES,
    ToolBeltError,
    ConversationContentTypes: {},
    SDETypes: { ORDER_ID: "orderId" },
    ErrorStrategy: { EXIT_ON_ERROR: "EXIT_ON_ERROR", CONTINUE_ON_ERROR: "CONTINUE_ON_ERROR" },
    LpServices: { ...LP_SERVICES, AUDITLOG: "auditLog" },
    globalSecretCache: cache,
  };
}

interface Entry {
  readonly key: string;
  readonly value: unknown;
}

function secretClient(run: Run, cache: Map<string, Cached>, timeToLive: { readonly ms: number }): object {
  const remember = (entry: Entry): void => {
    cache.set(entry.key, { entry, until: Date.now() + timeToLive.ms });
  };
  return {
    readSecret: async (key: string, { useCache = true }: { useCache?: boolean } = {}): Promise<Entry> => {
      const cached = cache.get(key);
      if (useCache && cached !== undefined && cached.until > Date.now()) return cached.entry;
      const found = await run.readStore(key);
      if (found === undefined) {
        throw new ToolBeltError(
          "SecretClient",
          ERROR_CODES.Secret.NotFound,
          `There is no secret ${key} for this account`,
        );
      }
      const entry = { key, value: found.value };
      remember(entry);
      return entry;
    },
    updateSecret: async ({ key, value }: Entry): Promise<Entry> => {
      if (JSON.stringify(value).length > MAX_SECRET_LENGTH) {
        throw new ToolBeltError("SecretClient", ERROR_CODES.Secret.Invalid, "The secret's value is too long");
      }
      if (!(await run.writeStore(key, value))) {
        throw new ToolBeltError(
          "SecretClient",
          ERROR_CODES.Secret.NotFound,
          `There is no secret ${key} for this account`,
        );
      }
      const entry = { key, value };
      remember(entry);
      return entry;
    },
  };
}
