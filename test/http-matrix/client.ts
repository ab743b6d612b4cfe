import { createRequire } from "node:module";

type RequestPromise = (options: Record<string, unknown>) => Promise<unknown>;
type Callback = (error?: unknown, result?: unknown) => void;

/** The handler of a function file: of V1 when it takes a callback, else of V2. */
export type Lambda = (input: Readonly<Record<string, unknown>>, callback?: Callback) => Promise<unknown>;

const requireHere = createRequire(import.meta.url);
const requestPromise = requireHere("request-promise-native") as RequestPromise & Record<string, RequestPromise>;

/** The V1 client: one options object, the first argument wins, own headers only without those of the user. */
function createClient(): RequestPromise {
  const optionsOf = (first: unknown, second: unknown): Record<string, unknown> => ({
    rejectUnauthorized: false,
    headers: { "LP-URL": "le1", "User-Agent": "LP-Lambda-1" },
    ...(typeof first === "string" ? { uri: first } : {}),
    ...(typeof second === "object" ? second : {}),
    ...(typeof first === "object" ? first : {}),
  });
  const client = (first: unknown, second?: unknown): Promise<unknown> =>
    Promise.resolve(requestPromise(optionsOf(first, second)));
  for (const verb of ["get", "post", "put", "patch", "del", "delete", "head"]) {
    Reflect.set(client, verb, (first: unknown, second?: unknown) =>
      Promise.resolve(requestPromise[verb]?.(optionsOf(first, second))),
    );
  }
  return client;
}

/** Evaluates a function file without imports, in strict mode where asked, and gives its `lambda`. */
export function load(text: string, mode: "sloppy" | "strict" = "sloppy"): Lambda {
  const toolbelt = {
    Toolbelt: {
      HTTPClient: createClient,
      SecretClient: () => ({ readSecret: (key: string) => ({ key, value: "s3cret" }) }),
    },
  };
  const directive = mode === "strict" ? '"use strict";' : "";
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is the subject of the test
  const evaluate = new Function("require", `${directive}${text}\nreturn lambda;`) as (
    require: (name: string) => unknown,
  ) => Lambda;
  return evaluate((name) => (name === "lp-faas-toolbelt" ? toolbelt : requireHere(name)));
}

/** Calls a V1 handler as the platform does: the first call of the callback settles. */
export function callLegacy(lambda: Lambda, input: Readonly<Record<string, unknown>>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const callback: Callback = (error, result) => {
      if (error === undefined || error === null) {
        resolve(result);
      } else {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- whatever the function gave
        reject(error);
      }
    };
    lambda(input, callback).catch(reject);
  });
}
