/** A package that hands out what functions are not given: the modules of Node.js themselves. */
import { createRequire } from "node:module";
import process from "node:process";

const load = createRequire(import.meta.url);

export { load, process };
