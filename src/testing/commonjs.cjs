/* global require, module, __filename */

/*
 * The loader of Node.js itself: jest has one of its own, which knows ES modules only where it is told to, and gives that
 * to whoever asks. What runs in the main realm of the process asks past it.
 */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- a CommonJS module
const vm = require("node:vm");
/** @type {unknown} */
const found = vm.runInThisContext("process");
const main = /** @type {NodeJS.Process} */ (found);
const { createRequire } = main.getBuiltinModule("node:module");

/** @typedef {typeof import("./load-function.js", { with: { "resolution-mode": "import" } })} Testing */

const load = /** @type {(path: string) => unknown} */ (createRequire(__filename));
const testing = /** @type {Testing} */ (load("./load-function.js"));

/** The same for tests that are CommonJS modules. @type {Testing["loadFunction"]} */
const loadFunction = (path, options) => testing.loadIn(globalThis.eval, path, options);

module.exports = { loadFunction };
