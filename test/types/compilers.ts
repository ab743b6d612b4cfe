import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const require = createRequire(import.meta.url);

/** The compilers that the declarations are made for, by the packages that hold them. */
export const compilers = ["typescript-5.9", "typescript", "typescript-7"] as const;

/** The folder of the declarations, with a slash at its end. */
export const DECLARATIONS = join(import.meta.dirname, "../../src/types/");

/**
 * What a compiler says about files, one line for each message; empty when all is well.
 *
 * @param args files and options
 */
export async function compile(compiler: (typeof compilers)[number], args: readonly string[]): Promise<string> {
  const program = join(dirname(require.resolve(`${compiler}/package.json`)), "bin/tsc");
  try {
    // Elsewhere, or the configuration of this repository would count.
    await run(process.execPath, [program, "--pretty", "false", ...args], { cwd: tmpdir(), maxBuffer: 1 << 26 });
    return "";
  } catch (error) {
    return error instanceof Error && "stdout" in error && error.stdout !== "" ? String(error.stdout) : String(error);
  }
}
