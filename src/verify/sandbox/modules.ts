import { createRequire, isBuiltin } from "node:module";
import { isAbsolute } from "node:path";
import { pathToFileURL } from "node:url";
import type { Modules } from "../contract/modules.ts";
import type { Substitutes } from "../proof.ts";
import { salesforcePackages } from "../world/salesforce.ts";
import { allowedModule, deniedModule, isAllowed } from "./denied.ts";
import { isListening } from "./late-code.ts";
import type { Stage } from "./stage.ts";

type Namespace = Readonly<Record<string, unknown>>;

/** Where the packages of a function are. */
export interface PackageSource {
  /** The function's file: packages are looked for from here. */
  readonly path: string;
  readonly substitutes?: Substitutes;
}

/** The packages that are the HTTP client of V1, whether they are installed or not. */
const REQUEST_PACKAGES = ["request-promise", "request-promise-native"];

/** Modules of Node.js whose answers may come from other threads. */
const THREADED = new Set(["zlib", "crypto"]);

/** Where an import leads to; the second argument needs `--experimental-import-meta-resolve`. */
function resolveImport(specifier: string, path: string): string {
  if (isAbsolute(specifier)) return pathToFileURL(specifier).href;
  return import.meta.resolve(specifier, pathToFileURL(path));
}

/** Gives functions their modules, and remembers whether code of third parties was loaded. */
export class ModuleLoader {
  readonly #stage: Stage;
  readonly #simulated: Readonly<Record<string, object>>;
  readonly #watch: (name: string, module: object) => void;
  hasLoadedPackages = false;

  /**
   * @param simulated modules of Node.js that others stand in for, by their names without `node:`
   * @param watch is told of every module of Node.js before a function gets it
   */
  constructor(
    stage: Stage,
    simulated: Readonly<Record<string, object>>,
    watch: (name: string, module: object) => void,
  ) {
    this.#stage = stage;
    this.#watch = watch;
    this.#simulated = { ...simulated, ...salesforcePackages(() => stage.current?.run) };
  }

  /** The modules of a V1 function. */
  legacy(toolbelt: Namespace, requestPromise: unknown, source: PackageSource): Modules {
    const clients = Object.fromEntries(REQUEST_PACKAGES.map((name) => [name, requestPromise as Namespace]));
    return this.#modules({ "lp-faas-toolbelt": toolbelt, ...clients }, source.path, source.substitutes?.legacy ?? {});
  }

  /** The modules of a V2 function. */
  modern(toolbelt: Namespace, source: PackageSource): Modules {
    return this.#modules({ "core-functions-toolbelt": toolbelt }, source.path, source.substitutes?.modern ?? {});
  }

  #modules(toolbelt: Namespace, path: string, substitutes: Readonly<Record<string, string>>): Modules {
    const nameOf = (specifier: string): string =>
      Object.hasOwn(substitutes, specifier) ? (substitutes[specifier] ?? specifier) : specifier;
    const own = (specifier: string): unknown =>
      Object.hasOwn(toolbelt, specifier) ? toolbelt[specifier] : this.#own(specifier);
    return {
      require: (specifier) =>
        own(specifier) ?? this.#load(specifier, () => createRequire(path)(nameOf(specifier)) as unknown),
      import: async (specifier) => {
        const found = own(specifier) as Namespace | undefined;
        if (found !== undefined) return Object.hasOwn(toolbelt, specifier) ? found : { ...found, default: found };
        const run = this.#stage.current?.run;
        run?.begin();
        try {
          const url = this.#load(specifier, () => resolveImport(nameOf(specifier), path));
          return (await import(url)) as Namespace;
        } finally {
          run?.end();
        }
      },
    };
  }

  /** What needs no package: modules of Node.js, and what is simulated. */
  #own(specifier: string): object | undefined {
    const name = specifier.replace(/^node:/u, "");
    if (Object.hasOwn(this.#simulated, name)) return this.#simulated[name];
    if (!isBuiltin(specifier)) return undefined;
    if (THREADED.has(name) && this.#stage.current !== undefined) this.#stage.current.run.hasThreads = true;
    if (!isAllowed(name)) return deniedModule(name, this.#stage);
    if (isListening(name)) this.#stage.hasLateCode = true;
    const module = allowedModule(name, this.#stage);
    this.#watch(name, module);
    return module;
  }

  #load<T>(specifier: string, load: () => T): T {
    const refuse = (why: string): never => {
      const run = this.#stage.current?.run;
      if (run === undefined) throw new Error(why);
      return run.refuse(why);
    };
    if (/^[./]|^[a-z]+:/u.test(specifier)) return refuse(`it loads ${specifier}, and the platform deploys one file`);
    this.hasLoadedPackages = true;
    try {
      return load();
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      const isMissing = code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND";
      const name = /^(?:@[^/]+\/)?[^/]+/u.exec(specifier)?.[0] ?? specifier;
      if (isMissing) return refuse(`package ${name} is not installed`);
      const why = error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error);
      return refuse(`package ${name} could not be loaded here: ${why}`);
    }
  }
}
