import vm from "node:vm";
import type { Packages } from "./packages.ts";
import type { Handler } from "./settle.ts";

type Lambda = (input: unknown, callback: (error?: unknown, result?: unknown) => void) => unknown;

/** Environment variables that only V1 sets. */
export const LEGACY_ENV = { BRAND_ID: "12345678", LAMBDA_UUID: "0f1e2d3c-0000-4000-8000-000000000001" };

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

/**
 * The V1 contract: the first settlement wins, only `undefined` and `null` mean "no error", what the handler returns
 * is ignored, and a throw or rejection of the handler rejects. Never settles when nobody settles it.
 */
export function legacyHandler(lambda: Lambda): Handler {
  return (input) =>
    new Promise((resolve, reject) => {
      const callback = (error?: unknown, result?: unknown): void => {
        if (error === undefined || error === null) resolve(result);
        // The function decides what it fails with, non-errors included: that is what is under test.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        else reject(error);
      };
      const returned = lambda(input, callback) as
        { then?: (...args: unknown[]) => { catch: (f: unknown) => void } } | undefined;
      if (returned?.then) returned.then(() => undefined).catch(reject);
    });
}
