// What `--typecheck` costs over 1,000 functions, and whether its memory grows with their number. Prints the figures, and
// fails when 1,000 functions take more than 30 seconds, or much more memory than 250 of them: the memory has a bound.
import { spawnSync } from "node:child_process";
import console from "node:console";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { functionText } from "../bench/functions.js";

const SECONDS = 30;
const GROWTH = 1.5;

const command = join(import.meta.dirname, "../dist/src/cli/main.js");
const root = mkdtempSync(join(tmpdir(), "faas-migrate-bench-"));
const usage = join(root, "usage.txt");

/** @typedef {{ readonly seconds: number, readonly cpu: number, readonly megabytes: number }} Figures */

/** @param {number} count @param {readonly string[]} options @returns {Figures} */
function measure(count, options) {
  const folder = join(root, `functions-${String(count)}`);
  for (let index = 0; index < count; index += 1) {
    const own = join(folder, `function-${String(index)}`);
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, "index.js"), functionText(index));
  }
  writeFileSync(usage, "");
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [command, "--no-cache", "--dry-run", ...options, folder], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: {
      ...process.env,
      BENCH_USAGE: usage,
      NODE_OPTIONS: `--import ${pathToFileURL(join(import.meta.dirname, "usage.js")).href}`,
    },
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`A result has type errors, or the command failed: ${stderr}`);
  const [line = "{}"] = readFileSync(usage, "utf8").split("\n");
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is in a comment
  const { cpu: milliseconds, megabytes } = /** @type {Figures} */ (JSON.parse(line));
  const cpu = milliseconds / 1000;
  const told = `${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of CPU time, ${megabytes.toFixed(0)} MB`;
  console.log(`${String(count).padStart(4)} functions${["", ...options].join(" ")}: ${told}`);
  return { seconds, cpu, megabytes };
}

try {
  measure(1000, []);
  const some = measure(250, ["--typecheck"]);
  const all = measure(1000, ["--typecheck"]);
  if (all.seconds > SECONDS || all.megabytes > GROWTH * some.megabytes) {
    console.error(`More than ${String(SECONDS)} s, or more than ${String(GROWTH)} times the memory of 250 functions.`);
    process.exitCode = 1;
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
