#!/usr/bin/env node
import { exitOnCrash } from "./crash.ts";
import { runCli } from "./run-cli.ts";

exitOnCrash(process.stderr);

// Not process.exit(): a pipe may still have to take the rest of the output.
process.exitCode = await runCli(process.argv.slice(2), {
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
});
