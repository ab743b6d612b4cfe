import type * as ESTree from "estree";
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
  /** Writes into the text what shall be seen, or be otherwise, when it runs. */
  readonly prepare?: (program: ESTree.Program, edits: EditList, text: string) => void;
}

/**
 * Compiles a V1 text as a CommonJS script in sloppy mode.
 *
 * @throws SyntaxError when it does not parse
 */
export function compileLegacy(
  source: string,
  { names = [], evaluate: evaluateScript = evaluateHere, prepare }: LegacyOptions = {},
): LegacyFunction {
  const text = source.replace(/^\uFEFF/u, "").replace(/^#!.*/u, "");
  const program = parseFunction(text, "script");
  const edits = new EditList();
  prepare?.(program, edits, text);
  redirectDynamicImports(program, edits);
  const body = edits.applyTo(text).text;
  const end = '\n;return typeof lambda === "function" ? lambda : undefined;\n';
  // Two functions, so that the file may declare the names of the outer one.
  const wrapper = `(function (${[IMPORT, ...names].join(", ")}) { return function (exports, require, module, __filename, __dirname) { ${body}${end}}; })`;
  const evaluate = evaluateScript(wrapper) as (...args: readonly unknown[]) => (...args: readonly unknown[]) => unknown;
  return {
    load: (modules, overrides = {}) => {
      const module: { exports: unknown } = { exports: {} };
      const outer = [modules.import.bind(modules), ...names.map((name) => overrides[name])];
      const declared = Reflect.apply(evaluate(...outer), module.exports, [
        module.exports,
        (specifier: string) => modules.require(specifier),
        module,
        "/function/index.js",
        "/function",
      ]);
      const found = declared ?? exportedLambda(module.exports);
      if (typeof found !== "function") throw new Error("The file has no function named lambda.");
      return found as Lambda;
    },
  };
}

function exportedLambda(exported: unknown): unknown {
  if (typeof exported === "function") return exported;
  return typeof exported === "object" && exported !== null ? (Reflect.get(exported, "lambda") as unknown) : undefined;
}
