import { ERROR_CODES, LP_SERVICES } from "./constants.ts";
import type { Run } from "./run.ts";

type Options = Record<string, unknown>;
type HttpClient = (path: unknown, options: Options) => Promise<unknown>;
type ErrorClass = new (component: string, code: string, message: string) => Error;

const LEGACY_KEY = "lp-faas-default-app-key";
const MODERN_KEY = "LIVEPERSON_DEFAULT_APP_KEY";

function isKnown(service: string, auditLog: string): boolean {
  return service === auditLog || Object.values(LP_SERVICES).includes(service);
}

/** The default secrets of both platforms have one name here, so that the credentials of a call can be compared. */
function credentials(secret: unknown): string {
  return `credentials of ${secret === LEGACY_KEY || secret === MODERN_KEY ? "the default" : String(secret)}`;
}

/**
 * LpClient of V1: reads the secret for every call, puts its Authorization over that of the options, and hands all other
 * options to the HTTP client.
 */
export function lpClientV1(run: Run, httpClient: HttpClient): (...args: never[]) => Promise<unknown> {
  return async (service: string, path: string, { appKeySecretName = LEGACY_KEY, method = "GET", ...rest }: Options) => {
    run.call("LpClient", [service, credentials(appKeySecretName)]);
    if (!isKnown(service, "auditlog")) {
      const error = new Error(`Service "${service}" could not be found.`);
      throw Object.assign(error, { code: ERROR_CODES.Csds.NotFound });
    }
    const headers = { ...(rest["headers"] as Options | undefined), Authorization: credentials(appKeySecretName) };
    return httpClient(path, { ...rest, baseUrl: `https://${service}.example.com`, method, headers });
  };
}

/**
 * LpClient of V2: keeps its first access token whatever secret a later call names, spreads the headers, adds its
 * authorization to one that is there, and gives everything else to fetch.
 */
export function lpClientV2(
  run: Run,
  ToolBeltError: ErrorClass,
  send: typeof fetch,
): (...args: never[]) => Promise<unknown> {
  let token: string | undefined;
  return async (service: string, path: string, { appKeySecretName = MODERN_KEY, method = "GET", ...init }: Options) => {
    token ??= credentials(appKeySecretName);
    run.call("LpClient", [service, token]);
    if (!isKnown(service, "auditLog")) {
      throw new ToolBeltError("LpClient", ERROR_CODES.Csds.NotFound, `Service "${service}" was not found.`);
    }
    const headers = { ...(init["headers"] as Options | undefined), authorization: token };
    return send(`https://${service}.example.com${path}`, { ...init, method: method as string, headers });
  };
}
