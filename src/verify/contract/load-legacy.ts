import type * as ESTree from "estree";
import { isLocalSource, linkOf } from "../../analysis/code/local-files.ts";
import type { LocalFile, LocalFiles, LocalLink } from "../../analysis/code/local-files.ts";
import { EditList } from "../../edits/text/edit-list.ts";
import { evaluateHere } from "./evaluate.ts";
import type { Evaluate } from "./evaluate.ts";
import { IMPORT, redirectDynamicImports } from "./dynamic-imports.ts";
import type { Lambda } from "./legacy-contract.ts";
import type { Modules } from "./modules.ts";
import { parseFunction } from "./parse.ts";

/** A V1 text that can be loaded again and again, each time with fresh state. */
export interface LegacyFunction {
  /** Throws what the text throws while it loads. */
  load(modules: Modules, overrides?: Readonly<Record<string, unknown>>): Lambda;
}

/** How a V1 text is compiled. */
export interface LegacyOptions {
  /** Names of globals that `overrides` will stand for. */
  readonly names?: readonly string[];
  readonly evaluate?: Evaluate;
  /** Writes into the text what must be seen, or be otherwise, when it runs. */
  readonly prepare?: Prepare;
  /** The files of the project that it loads. */
  readonly local?: LocalFiles | undefined;
}

/**
 * Edits a text before it is compiled.
 *
 * @param isOwn whether it is the function's own file, and none that it loads
 */
export type Prepare = (program: ESTree.Program, edits: EditList, text: string, isOwn: boolean) => void;

/**
 * Compiles a V1 text as a CommonJS script in sloppy mode.
 *
 * @throws SyntaxError when it does not parse
 */
export function compileLegacy(source: string, options: LegacyOptions = {}): LegacyFunction {
  const { names = [], local } = options;
  const end = '\n;return typeof lambda === "function" ? lambda : undefined;\n';
  const run = compileFile(source, end, true, options);
  const others = compileLocalFiles(local, options);
  return {
    load: (modules, overrides = {}) => {
      const outer = [modules.import.bind(modules), ...names.map((name) => overrides[name])];
      const loadedFrom = localLoader(others, outer, (specifier) => modules.require(specifier));
      const module = { exports: {} };
      const declared = run(outer, module, loadedFrom(local?.links ?? []), "index.js");
      const found = declared ?? exportedLambda(module.exports);
      if (typeof found !== "function") throw new Error("The file has no function named lambda.");
      return found as Lambda;
    },
  };
}

/** Runs a file of code as a CommonJS module; the last argument is its path, for `__filename`. */
type RunFile = (
  outer: readonly unknown[],
  module: { exports: unknown },
  require: (specifier: string) => unknown,
  path: string,
) => unknown;

function compileFile(
  source: string,
  end: string,
  isOwn: boolean,
  { names = [], evaluate: evaluateScript = evaluateHere, prepare }: LegacyOptions,
): RunFile {
  const text = source.replace(/^\uFEFF/u, "").replace(/^#!.*/u, "");
  const program = parseFunction(text, "script");
  const edits = new EditList();
  prepare?.(program, edits, text, isOwn);
  redirectDynamicImports(program, edits);
  const body = edits.applyTo(text).text;
  // Two functions, so that the file may declare the names of the outer one.
  const wrapper = `(function (${[IMPORT, ...names].join(", ")}) { return function (exports, require, module, __filename, __dirname) { ${body}${end}}; })`;
  const evaluate = evaluateScript(wrapper) as (...args: readonly unknown[]) => (...args: readonly unknown[]) => unknown;
  return (outer, module, require, path) => {
    const filename = `/function/${path}`;
    return Reflect.apply(evaluate(...outer), module.exports, [
      module.exports,
      require,
      module,
      filename,
      filename.replace(/\/[^/]*$/u, ""),
    ]);
  };
}

/** A file of the project, ready to run. */
interface CompiledFile extends LocalFile {
  readonly run: RunFile;
}

function compileLocalFiles(local: LocalFiles | undefined, options: LegacyOptions): ReadonlyMap<string, CompiledFile> {
  const files = (local?.files ?? []).map((file): [string, CompiledFile] => {
    const run: RunFile = file.path.endsWith(".json")
      ? (_outer, module) => (module.exports = JSON.parse(file.text) as unknown)
      : compileFile(file.text, "\n", false, options);
    return [file.path, { ...file, run }];
  });
  return new Map(files);
}

/** What `require` gives in files that lead to others by some links: each file once, as Node.js does. */
function localLoader(
  files: ReadonlyMap<string, CompiledFile>,
  outer: readonly unknown[],
  requirePackage: (specifier: string) => unknown,
): (links: readonly LocalLink[]) => (specifier: string) => unknown {
  const loaded = new Map<string, { exports: unknown }>();
  const loadedFrom = (links: readonly LocalLink[]) => (specifier: string) => {
    const link = isLocalSource(specifier) ? linkOf(links, specifier) : undefined;
    const file = link === undefined || !("path" in link) ? undefined : files.get(link.path);
    if (file === undefined) return requirePackage(specifier);
    const known = loaded.get(file.path);
    if (known !== undefined) return known.exports;
    const module: { exports: unknown } = { exports: {} };
    loaded.set(file.path, module);
    file.run(outer, module, loadedFrom(file.links), file.path);
    return module.exports;
  };
  return loadedFrom;
}

function exportedLambda(exported: unknown): unknown {
  if (typeof exported === "function") return exported;
  return typeof exported === "object" && exported !== null ? (Reflect.get(exported, "lambda") as unknown) : undefined;
}
