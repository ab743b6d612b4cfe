import { legacyClients } from "./clients-v1.ts";
import { ERROR_CODES, LP_SERVICES } from "./constants.ts";
import { LEGACY_WAYS } from "../http/legacy-ways.ts";
import type { LegacyWays } from "../http/legacy-ways.ts";
import { lpClientV1 } from "./lp-client.ts";
import { legacyPlatformClients } from "./platform-clients.ts";
import { recordedFactories } from "./recorded-clients.ts";
import type { Run } from "./run.ts";
import { legacySalesforce } from "./salesforce.ts";

/** What `Toolbelt.HTTPClient()` gives: options in the first argument win over those in the second. */
export type HttpClient = (first: unknown, second?: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** V1's error of the secret storage: its `name` stays "Error". */
class SecretError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** What `require("lp-faas-toolbelt")` gives to the function of this run. */
export function createToolbeltV1(
  run: Run,
  httpClient: () => HttpClient,
  ways: LegacyWays = LEGACY_WAYS,
): Record<string, unknown> {
  return {
    Toolbelt: {
      ...recordedFactories(run),
      ...legacyClients(run),
      ...legacyPlatformClients(run),
      ...legacySalesforce(run),
      HTTPClient: () => httpClient(),
      LpClient: () => lpClientV1(run, httpClient()),
      SecretClient: () => secretClient(run, ways),
    },
    ErrorCodes: ERROR_CODES,
    SecretError,
    LpServices: { ...LP_SERVICES, AUDITLOG: "auditlog" },
    ConversationContentTypes: {},
    SDETypes: {},
    ErrorStrategy: { EXIT_ON_ERROR: "EXIT_ON_ERROR", CONTINUE_ON_ERROR: "CONTINUE_ON_ERROR" },
  };
}

function secretClient(run: Run, { isOther }: LegacyWays): object {
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
      return isOther("secret-update") ? { key: entry.key, value: entry.value } : entry;
    },
  };
}
