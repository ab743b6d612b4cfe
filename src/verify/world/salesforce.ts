import { withTurn } from "./client-support.ts";
import type { Factories } from "./client-support.ts";
import type { Run } from "./run.ts";

type Callback = (error: unknown, result?: unknown) => void;

const METHODS = ["query", "queryMore", "login", "logout", "search", "identity", "describeGlobal"];
const OBJECT_METHODS = [
  ...["create", "insert", "update", "upsert", "destroy", "del", "delete", "retrieve", "describe", "find", "findOne"],
];

/** How one version of jsforce makes a request out of a call: `send` makes it. */
type Perform = (args: readonly unknown[], send: (args: readonly unknown[]) => Promise<unknown>) => unknown;

/** What a request gives: arguments that hold the text `fail` fail, `none` finds nothing. */
function answer(run: Run, name: string, args: readonly unknown[]): Promise<unknown> {
  return withTurn(run, name, args, (brings) => {
    const text = JSON.stringify(args);
    if (text.includes("fail") || brings === "refusal")
      throw Object.assign(new Error("MALFORMED_QUERY"), { errorCode: "MALFORMED_QUERY" });
    const records = text.includes("none") || brings === "nothing" ? [] : [{ Id: "1", Subject: "broken" }];
    return { totalSize: records.length, done: true, records, id: "1", success: true };
  });
}

function connection(run: Run, params: unknown, perform: Perform): object {
  run.call("Connection", [params]);
  const withMethods = (names: readonly string[], prefix: readonly unknown[]): Record<string, unknown> =>
    Object.fromEntries(
      names.map((name) => [
        name,
        (...args: readonly unknown[]) =>
          perform(args, (sent) => answer(run, `Connection.${name}`, [...prefix, ...sent])),
      ]),
    );
  return { ...withMethods(METHODS, []), sobject: (name: string) => withMethods(OBJECT_METHODS, [name]) };
}

/** A request that is made when someone waits for it, once. */
function lazy(
  send: () => Promise<unknown>,
): PromiseLike<unknown> & { catch(failed: (error: unknown) => unknown): unknown } {
  let sent: Promise<unknown> | undefined;
  const started = (): Promise<unknown> => (sent ??= send());
  return {
    then: (...handlers) => started().then(...handlers),
    catch: (failed) => started().catch(failed),
  };
}

/** jsforce 1: a function as last argument is called back, in a turn of its own, and its errors are nobody's. */
const withCallback: Perform = (args, send) => {
  const last = args.at(-1);
  if (typeof last !== "function") return lazy(() => send(args));
  const callback = last as Callback;
  const sent = send(args.slice(0, -1));
  sent.then(
    (result) => {
      process.nextTick(() => {
        callback(null, result);
      });
    },
    (error: unknown) => {
      process.nextTick(() => {
        callback(error);
      });
    },
  );
  return lazy(() => sent);
};

/** jsforce 3: a function as last argument means nothing, and the request is made when someone waits for it. */
const withPromise: Perform = (args, send) => lazy(() => send(args.filter((arg) => typeof arg !== "function")));

export function legacySalesforce(run: Run): Factories {
  return { SFClient: () => ({ connectToSalesforce: (params: unknown) => connection(run, params, withCallback) }) };
}

/** What one version of jsforce exports, for the run in which it is used. */
function moduleOf(perform: Perform, current: () => Run | undefined): object {
  return {
    Connection: function (params: unknown): object {
      const run = current();
      if (run === undefined) throw new Error("No function runs.");
      return connection(run, params, perform);
    },
  };
}

/**
 * The packages for Salesforce by their names: `jsforce`, which V1 has, and `@jsforce/jsforce-node`, which V2 has.
 *
 * @param current the run that is under way
 */
export function salesforcePackages(current: () => Run | undefined): Readonly<Record<string, object>> {
  return { jsforce: moduleOf(withCallback, current), "@jsforce/jsforce-node": moduleOf(withPromise, current) };
}
