import { ToolBeltError, withTurn } from "./client-support.ts";
import type { Factories } from "./client-support.ts";
import type { Run } from "./run.ts";

type Options = Readonly<Record<string, unknown>>;
type Method = (url: unknown, headers?: unknown, body?: unknown, options?: Options) => Promise<unknown>;

const METHODS = ["get", "head", "post", "put", "patch", "delete", "options"];

/** Makes a client whose calls are noted with what they mean, however that was said. */
function mtlsClient(run: Run, isVerified: (options: Options) => boolean, check: (call: Options) => void): object {
  const methodOf =
    (method: string): Method =>
    (url, headers = {}, body, options = {}) => {
      // An empty text is no body; V2 rejects it with GET all the same.
      const sent = body === "" ? undefined : body;
      const call = {
        method,
        url,
        headers,
        body: sent,
        json: options["json"] === true,
        isVerified: isVerified(options),
      };
      return withTurn(run, "MTLSClient", [call], (brings) => {
        check({ ...call, body });
        if (brings === "nothing") return { statusCode: 503, headers: {}, body: "out of order" };
        return { statusCode: 200, headers: {}, body: call.json ? { ok: true } : '{"ok":true}' };
      });
    };
  return Object.fromEntries(METHODS.map((method) => [method, methodOf(method)]));
}

function rejectInvalid({ method, body, json }: Options): void {
  const isObject = typeof body === "object" && body !== null;
  if ((body !== null && body !== undefined && (method === "get" || method === "head")) || (isObject && json !== true)) {
    throw new ToolBeltError("MTLSClient", "com.liveperson.faas.mtls.bad-request", "The body can't be sent");
  }
}

interface Invocation {
  readonly uuid: unknown;
  readonly payload?: unknown;
}

/** Answers with the payload of each invocation; `isParsed` tells whether bodies are values or text. */
function orchestratorClient(run: Run, isParsed: (options: Options) => boolean): object {
  return {
    invoke: (invocations: readonly Invocation[], deadline: unknown = 25_000, options: Options = {}) => {
      // Whether bodies are parsed is seen by what the function makes of them.
      const others = Object.fromEntries(Object.entries(options).filter(([name]) => name !== "json"));
      return withTurn(run, "OrchestratorClient.invoke", [invocations, deadline, others], (brings) =>
        invocations.map(({ uuid, payload }) => {
          const isDone = brings !== "nothing";
          const body = isDone ? { name: "example", got: payload } : { errorCode: "down", errorMsg: "out of order" };
          return {
            uuid,
            statusCode: isDone ? 200 : 500,
            headers: {},
            body: isParsed(options) ? body : JSON.stringify(body),
          };
        }),
      );
    },
  };
}

/**
 * MTLSClient and OrchestratorClient of V1. MTLSClient verifies certificates unless told otherwise. Whether the bodies of
 * OrchestratorClient were parsed is not documented: the scenario decides.
 */
export function legacyPlatformClients(run: Run): Factories {
  return {
    MTLSClient: () =>
      mtlsClient(
        run,
        (options) => options["allowSelfSigned"] !== true,
        () => undefined,
      ),
    OrchestratorClient: () => orchestratorClient(run, () => run.scenario.orchestratorBodies !== "text"),
  };
}

/** Those of V2: certificates are verified when told to, bodies are text unless `json` is set. */
export function modernPlatformClients(run: Run): Factories {
  return {
    MTLSClient: () => mtlsClient(run, (options) => options["allowSelfSigned"] === false, rejectInvalid),
    OrchestratorClient: () => orchestratorClient(run, (options) => options["json"] === true),
  };
}
