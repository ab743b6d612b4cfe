import type * as ESTree from "estree";
import { createModel } from "../analysis/code/model.ts";
import type { Model } from "../analysis/code/model.ts";
import { parseSource, SourceSyntaxError } from "../analysis/code/parse.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import type { Node } from "../analysis/code/tree.ts";
import { findRequires } from "../analysis/modules/uses.ts";
import { isLocalSource, linkOf } from "../analysis/code/local-files.ts";
import type { LocalFile, LocalFiles } from "../analysis/code/local-files.ts";

/** A file of a function: its own one, or one that it loads. */
export interface SourceModule {
  readonly path: string;
  readonly model: Model;
  readonly isEntry: boolean;
  /** In source order. */
  readonly requires: readonly LocalRequire[];
}

/** A `require` of a file of the project. */
export interface LocalRequire {
  readonly call: ESTree.SimpleCallExpression;
  readonly target: SourceModule;
}

/** Why files can't be made one, as words behind the path of the file. */
export interface BundleProblem {
  /** The file that it is about. */
  readonly path: string;
  readonly what: string;
  /** The `require` of the function's file that leads there. */
  readonly offset: number;
}

/** All files of a function. */
export interface ModuleGraph {
  /** In the order in which they are loaded; the function's own is the last. */
  readonly modules: readonly SourceModule[];
  /** The `require` of the function's file that leads to a file first. */
  readonly entrances: ReadonlyMap<string, number>;
  readonly problems: readonly BundleProblem[];
}

/** Reads all files that a function loads. */
export function loadModules(entry: Model, local: LocalFiles): ModuleGraph {
  const loader = new Loader(local);
  loader.load({ path: local.path, text: entry.text, links: local.links }, entry, 0);
  const { modules, entrances, problems } = loader;
  return { modules, entrances, problems };
}

class Loader {
  readonly modules: SourceModule[] = [];
  readonly entrances = new Map<string, number>();
  readonly problems: BundleProblem[] = [];
  readonly #local: LocalFiles;
  readonly #files: ReadonlyMap<string, LocalFile>;
  readonly #loaded = new Map<string, SourceModule | undefined>();
  readonly #open: string[] = [];

  constructor(local: LocalFiles) {
    this.#local = local;
    this.#files = new Map(local.files.map((file) => [file.path, file]));
  }

  load({ path, links }: LocalFile, model: Model, entrance: number): SourceModule {
    const isEntry = path === this.#local.path;
    this.#open.push(path);
    const requires = findRequires(model).flatMap((call): LocalRequire[] => {
      const source = sourceOf(call);
      if (source === undefined || !isLocalSource(source)) {
        return [];
      }
      const target = this.#follow(links, source, isEntry ? rangeOf(call)[0] : entrance);
      return target === undefined ? [] : [{ call, target }];
    });
    this.#open.pop();
    const module = { path, model, isEntry, requires };
    this.modules.push(module);
    return module;
  }

  #follow(links: LocalFile["links"], source: string, entrance: number): SourceModule | undefined {
    const link = linkOf(links, source);
    if (link === undefined || "problem" in link) {
      this.problems.push({ path: source, what: link?.problem ?? "is not there", offset: entrance });
      return undefined;
    }
    const { path } = link;
    if (this.#open.includes(path)) {
      const circle = [...this.#open.slice(this.#open.indexOf(path)), path].join(" → ");
      this.problems.push({ path, what: `is loaded in a circle (${circle})`, offset: entrance });
      return undefined;
    }
    if (!this.#loaded.has(path)) {
      this.entrances.set(path, entrance);
      this.#loaded.set(path, this.#read(path, entrance));
    }
    return this.#loaded.get(path);
  }

  #read(path: string, entrance: number): SourceModule | undefined {
    const file = this.#files.get(path);
    const text = file === undefined || !path.endsWith(".json") ? file?.text : textOfJson(file.text);
    if (file === undefined || text === undefined) {
      const what = file === undefined ? "is not there" : "is not valid JSON, or has a key `__proto__`";
      this.problems.push({ path, what, offset: entrance });
      return undefined;
    }
    try {
      return this.load(file, createModel(parseSource(text)), entrance);
    } catch (error) {
      if (!(error instanceof SourceSyntaxError)) throw error;
      const { message, line, column } = error;
      const what = `does not parse (${message} at ${String(line)}:${String(column)})`;
      this.problems.push({ path, what, offset: entrance });
      return undefined;
    }
  }
}

/** A JSON file as the module that it is for `require`; undefined where a literal would be another object. */
function textOfJson(text: string): string | undefined {
  const keys = new Set<string>();
  try {
    JSON.parse(text, (key, value: unknown) => {
      keys.add(key);
      return value;
    });
  } catch {
    return undefined;
  }
  return keys.has("__proto__") ? undefined : `module.exports = ${text.trim()};\n`;
}

/** The path that a `require` names, where it is written there. */
function sourceOf(call: ESTree.SimpleCallExpression): string | undefined {
  const [argument]: (Node | undefined)[] = call.arguments;
  return argument?.type === "Literal" && typeof argument.value === "string" && call.arguments.length === 1
    ? argument.value
    : undefined;
}
