import { inspect } from "node:util";

import { exitCodes } from "../report/summary.ts";
import type { Output } from "./output.ts";

/** Ends the process with the exit code for internal errors when one surfaces outside of any call; Node's own is 1. */
export function exitOnCrash(stderr: Output): void {
  process.on("uncaughtException", (error) => {
    stderr.write(`faas-migrate: internal error, please report it: ${inspect(error)}\n`);
    process.exit(exitCodes.internalError);
  });
}
