import type { Seams } from "../migrate/run.ts";
import type { Output } from "./output.ts";

/** The world around the command. */
export interface CliContext {
  /** Read with --stdin and --interactive only. */
  readonly stdin?: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
  /** Absolute path that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Parts of the command that tests put something else in place of. */
export interface CliSeams extends Seams {
  /** The compiled program of a sandbox. */
  readonly sandbox?: URL;
}
