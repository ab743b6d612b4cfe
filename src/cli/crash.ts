import { inspect } from "node:util";

import { isTooManyFiles, tooManyFiles } from "../disk/errors.ts";
import { exitCodes } from "../report/summary.ts";
import type { Output } from "./output.ts";

/** Ends the process with the exit code for internal errors when one surfaces outside of any call; Node's own is 1. */
export function exitOnCrash(stderr: Output): void {
  process.on("uncaughtException", (error) => {
    process.exit(tellOfFailure(error, stderr));
  });
}

/**
 * Says what an error that nobody expected means.
 *
 * @returns the exit code
 */
export function tellOfFailure(error: unknown, stderr: Output): number {
  // Also modules are files: what is loaded late can fail anywhere.
  if (isTooManyFiles(error)) {
    stderr.write(`faas-migrate: ${tooManyFiles}\n`);
    return exitCodes.badInput;
  }
  stderr.write(`faas-migrate: internal error, please report it: ${inspect(error)}\n`);
  return exitCodes.internalError;
}
