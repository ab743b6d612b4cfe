import { readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { isLegacyCode } from "../migrate/legacy-text.ts";
import { plainJavaScript } from "../typescript/plain.ts";
import { consoleMethods } from "../platform/console.ts";
import { legacyHandler } from "../verify/contract/legacy-contract.ts";
import { compileLegacy } from "../verify/contract/load-legacy.ts";
import { compileModern } from "../verify/contract/load-modern.ts";
import type { Evaluate } from "../verify/contract/evaluate.ts";
import type { Handler } from "../verify/contract/handler.ts";
import type { Modules } from "../verify/contract/modules.ts";
import { LEGACY_ENV, MODERN_ENV } from "../verify/world/environment.ts";
import { Run } from "../verify/world/run.ts";
import { createToolbeltV1 } from "../verify/world/toolbelt-v1.ts";
import { createToolbeltV2 } from "../verify/world/toolbelt-v2.ts";

/** The outside world of a function under test; all of it may be left out. */
export interface LoadOptions {
  /** The values of secrets by their keys. A secret that is not here does not exist. */
  readonly secrets?: Readonly<Record<string, unknown>>;
  /** Environment variables, besides those of the platform. */
  readonly env?: Readonly<Record<string, string>>;
  /** Answers the requests of `fetch` and of LpClient. Left out: a request fails and says so. */
  readonly fetch?: (input: string | URL | Request, init?: RequestInit) => Response | Promise<Response>;
  /** Factories in place of the toolbelt's own: `{ LpClient: () => async () => Response.json({}) }`. */
  readonly toolbelt?: Readonly<Record<string, (...args: never[]) => unknown>>;
  /** Packages in place of those that are installed, by the names that the function says. */
  readonly packages?: Readonly<Record<string, unknown>>;
}

/** One call that the function made to the outside: `fetch`, `SecretClient.readSecret`, `LpClient` and so on. */
export interface Call {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** One entry of the log. */
export interface LogEntry {
  readonly level: string;
  readonly args: readonly unknown[];
}

/** A function that was loaded, with what it has done so far. */
export interface LoadedFunction {
  /** Calls the handler as its platform does. */
  readonly lambda: (input?: unknown) => Promise<unknown>;
  /** In the order in which they were made. */
  readonly calls: readonly Call[];
  readonly logs: readonly LogEntry[];
}

/**
 * Loads a V2 or V1 function for a test. A V2 function exports nothing; this reads its file, gives it a toolbelt whose
 * answers the test decides, and hands out its handler. Each call loads the file again, so that nothing stays between tests.
 *
 * @param path of the function's file, absolute or relative to the working directory
 * @throws what the file throws while it loads, and a SyntaxError for a name that a package does not export
 */
export function loadFunction(path: string, options: LoadOptions = {}): Promise<LoadedFunction> {
  // The global one evaluates in the realm of this module, and what it is given is the function under test.
  // eslint-disable-next-line no-eval -- in the place of node:vm, which knows the main realm alone
  return loadIn(globalThis.eval, path, options);
}

/**
 * The same, in the realm of the test: jest gives each test file one of its own, and compares by its classes.
 *
 * @internal
 */
export async function loadIn(evaluate: Evaluate, path: string, options: LoadOptions = {}): Promise<LoadedFunction> {
  const file = resolve(path);
  const source = readFileSync(file, "utf8");
  const isLegacy = isLegacyCode(source, file);
  const text = plainJavaScript(file, source, isLegacy ? "v1" : "v2");
  const recorder = evaluate(RECORDER) as Recorder;
  const run = runOf(options, isLegacy);
  const globals = globalsOf(run, options, recorder);
  const names = Object.keys(globals);
  const toolbelt = recorded(isLegacy ? legacyToolbelt(run) : createToolbeltV2(run, globals.fetch), options, recorder);
  const evaluateFile: Evaluate = (code) => evaluate(`${code}\n//# sourceURL=${pathToFileURL(file).href}`);
  const modules = modulesOf(file, { [isLegacy ? "lp-faas-toolbelt" : "core-functions-toolbelt"]: toolbelt }, options);
  const handler: Handler = isLegacy
    ? legacyHandler(compileLegacy(text, { names, evaluate: evaluateFile }).load(modules, globals))
    : await compileModern(text, names, evaluateFile).load(modules, globals);
  return { lambda: (input) => Promise.resolve(input).then(handler), calls: recorder.calls, logs: recorder.logs };
}

/** What is recorded, as objects of the realm of the test. */
interface Recorder {
  readonly calls: readonly Call[];
  readonly logs: readonly LogEntry[];
  readonly call: (name: string, args: readonly unknown[]) => void;
  readonly log: (level: string, args: readonly unknown[]) => void;
}

const RECORDER = `({
  calls: [],
  logs: [],
  call(name, args) { this.calls.push({ name, args: [...args] }); },
  log(level, args) { this.logs.push({ level, args: [...args] }); },
})`;

function runOf({ secrets = {}, env = {} }: LoadOptions, isLegacy: boolean): Run {
  const scenario = { name: "test", secrets, env };
  return new Run(scenario, isLegacy ? LEGACY_ENV : MODERN_ENV, () => Promise.resolve());
}

interface Globals {
  readonly [name: string]: unknown;
  readonly fetch: typeof fetch;
  readonly console: object;
  readonly process: object;
}

/** What stands in place of globals, for the function alone. */
function globalsOf(run: Run, { fetch: answer }: LoadOptions, recorder: Recorder): Globals {
  const methods = [...consoleMethods].map((level) => [
    level,
    (...args: unknown[]): void => {
      recorder.log(level, args);
    },
  ]);
  return {
    fetch: async (input, init) => {
      recorder.call("fetch", init === undefined ? [input] : [input, init]);
      if (answer === undefined) throw new TypeError("The test gives no `fetch`; see the options of loadFunction.");
      return answer(input, init);
    },
    console: Object.fromEntries(methods) as object,
    process: new Proxy(process, {
      get: (target, key): unknown => (key === "env" ? run.env : (Reflect.get(target, key) as unknown)),
    }),
  };
}

function legacyToolbelt(run: Run): Record<string, unknown> {
  return createToolbeltV1(run, () => () => {
    throw new Error("A test of a V1 function gives its HTTPClient: `toolbelt: { HTTPClient: () => … }`.");
  });
}

type Factory = (...args: readonly unknown[]) => unknown;

/** The toolbelt with the factories of the test, its calls noted. */
function recorded(
  exported: Readonly<Record<string, unknown>>,
  { toolbelt = {} }: LoadOptions,
  recorder: Recorder,
): Readonly<Record<string, unknown>> {
  const factories = { ...(exported["Toolbelt"] as Readonly<Record<string, Factory>>), ...toolbelt } as Record<
    string,
    Factory
  >;
  const noted = Object.entries(factories).map(([name, factory]): [string, Factory] => [
    name,
    (...args) => notedClient(name, factory(...args), recorder),
  ]);
  return { ...exported, Toolbelt: Object.fromEntries(noted) };
}

/** A client whose calls are noted: a function, or an object with methods. */
function notedClient(name: string, client: unknown, recorder: Recorder): unknown {
  if ((typeof client !== "object" || client === null) && typeof client !== "function") return client;
  return new Proxy(client, {
    apply: (target, self, args: unknown[]) => {
      recorder.call(name, args);
      return (target as Factory).apply(self, args);
    },
    get: (target, key): unknown => {
      const member: unknown = Reflect.get(target, key);
      if (typeof member !== "function" || typeof key !== "string") return member;
      return (...args: unknown[]): unknown => {
        recorder.call(`${name}.${key}`, args);
        return (member as Factory).apply(target, args);
      };
    },
  });
}

function modulesOf(file: string, toolbelt: Readonly<Record<string, object>>, { packages = {} }: LoadOptions): Modules {
  const require = createRequire(file);
  const given = (specifier: string): unknown => {
    const all: Readonly<Record<string, unknown>> = { ...packages, ...toolbelt };
    return Object.hasOwn(all, specifier) ? all[specifier] : undefined;
  };
  return {
    require: (specifier) => given(specifier) ?? (require(specifier) as unknown),
    import: async (specifier) => {
      const found = given(specifier);
      if (Object.hasOwn(toolbelt, specifier)) return found as Readonly<Record<string, unknown>>;
      if (found !== undefined) return { ...(found as object), default: found };
      const url = isBuiltin(specifier) ? specifier : pathToFileURL(require.resolve(specifier)).href;
      return (await import(url)) as Readonly<Record<string, unknown>>;
    },
  };
}
