import { readFileSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { environmentNames } from "../analysis/runtime/config-variables.ts";
import { configName, isFunctionFileName } from "../platform/function-files.ts";

/**
 * The names of the environment variables that the config.json beside a function defines, as the migration sees them; none
 * for a text that is not on the disk.
 *
 * @param path the path of the function as ESLint gives it
 */
export function ownEnvironmentOf(path: string): ReadonlySet<string> {
  if (!isAbsolute(path) || !isFunctionFileName(basename(path))) {
    return new Set();
  }
  try {
    return environmentNames(readFileSync(join(dirname(path), configName), "utf8"));
  } catch {
    // There is none, or it can't be read: then the rule has nothing but its options.
    return new Set();
  }
}
