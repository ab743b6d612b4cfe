import vm from "node:vm";
import type { Lambda } from "../../src/verify/contract/legacy-contract.ts";
import type { Packages } from "./packages.ts";

/**
 * Loads a V1 text as a CommonJS script in sloppy mode and finds its handler: a `lambda` in the file's scope, or what
 * it exports. Throws what the text throws while it loads.
 */
export function loadLegacy(text: string, toolbelt: Readonly<Record<string, unknown>>, packages: Packages): Lambda {
  const body = text.replace(/^\uFEFF/, "").replace(/^#!.*/, "");
  const wrapper = `(function (exports, require, module, __filename, __dirname) { ${body}\n;return typeof lambda === "function" ? lambda : undefined;\n})`;
  const script = new vm.Script(wrapper, {
    filename: "function-v1.js",
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  const evaluate = script.runInThisContext() as (...args: readonly unknown[]) => unknown;
  const module: { exports: unknown } = { exports: {} };
  const requireFor = (specifier: string): unknown =>
    specifier === "lp-faas-toolbelt" ? toolbelt : packages.require(specifier);
  const declared = Reflect.apply(evaluate, module.exports, [
    module.exports,
    requireFor,
    module,
    "/function/index.js",
    "/function",
  ]);
  const found = declared ?? exportedLambda(module.exports);
  if (typeof found !== "function") throw new Error("The file has no function named lambda.");
  return found as Lambda;
}

function exportedLambda(exported: unknown): unknown {
  if (typeof exported === "function") return exported;
  return typeof exported === "object" && exported !== null ? (Reflect.get(exported, "lambda") as unknown) : undefined;
}
