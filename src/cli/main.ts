#!/usr/bin/env node
import { exitOnCrash } from "./crash.ts";
import { runCli } from "./run-cli.ts";
import { signalOfExitCode } from "./signals.ts";

exitOnCrash(process.stderr);

const code = await runCli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  cwd: process.cwd(),
  env: process.env,
});
// Not process.exit(): a pipe may still have to take the rest of the output.
process.exitCode = code;

// A shell that runs the command in a loop ends the loop only when the command has ended by the signal.
const signal = signalOfExitCode(code);
if (signal !== undefined) {
  await Promise.all(
    [process.stdout, process.stderr].map((output) => new Promise((resolve) => output.write("", resolve))),
  );
  process.kill(process.pid, signal);
}
