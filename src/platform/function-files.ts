/** The names that the file of a function has: the command line of the platform knows a function as a folder with it. */
const FUNCTION_FILE = /^index\.[cm]?[jt]s$/u;

/** The endings of files that functions are written in; TypeScript is compiled before it is deployed. */
export const functionEndings: readonly string[] = [".js", ".cjs", ".mjs", ".ts", ".cts", ".mts"];

/** True for the name of a file, without its folder, that is a function's with its config.json beside it. */
export function isFunctionFileName(name: string): boolean {
  return FUNCTION_FILE.test(name);
}

/** True for a path of TypeScript, declarations among it; there is no JSX, which functions have no use for. */
export function isTypedPath(path: string): boolean {
  return /\.[cm]?ts$/u.test(path);
}

/** True for a path of declarations alone: `clients.d.ts`, `styles.d.css.ts`. */
export function isDeclarationPath(path: string): boolean {
  return /\.d(?:\.[^./\\]+)?\.[cm]?ts$/u.test(path);
}

/** The settings of a function, beside its code. */
export const configName = "config.json";
