import { isBuiltin } from "node:module";
import { requestPromises } from "../platform/http-packages.ts";

/** Packages that are simulated: no code of third parties is loaded for them. */
const SIMULATED: ReadonlySet<string> = new Set([
  ...["lp-faas-toolbelt", "core-functions-toolbelt", "jsforce", "@jsforce/jsforce-node"],
  ...requestPromises,
]);

const SPECIFIER = /\b(?:require\s*\(|import\s*\(|from|import)\s*["'`]([^"'`\n]+)["'`]/gu;

/**
 * Whether a text looks as if it loads packages, which keep what they know for as long as their process lives. This is a
 * guess: it decides in which process a function is run, and what a process does after it is decided there.
 */
export function looksAsIfItLoadsPackages(text: string): boolean {
  return [...text.matchAll(SPECIFIER)].some(([, name = ""]) => !isBuiltin(name) && !SIMULATED.has(name));
}
