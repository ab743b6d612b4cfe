// What the plugin costs: CPU time of ESLint's own recommended rules alone and with ours, over 1,000 functions.
// Fails when ours make it more than half as long again. Each measure is a process of its own, in turns.
import { spawnSync } from "node:child_process";
import console from "node:console";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";

const COUNT = 1000;
const ROUNDS = 7;
const LIMIT = 1.5;
const configs = /** @type {const} */ (["core", "recommended", "strict"]);

const fixtures = join(import.meta.dirname, "../fixtures/functions");
const folder = mkdtempSync(join(tmpdir(), "faas-migrate-bench-"));
try {
  writeFunctions();
  /** @type {Record<string, number[]>} */
  const times = { core: [], recommended: [], strict: [] };
  for (let round = 0; round < ROUNDS; round++) {
    for (const config of configs) times[config]?.push(measure(config));
  }
  const core = median(times["core"] ?? []);
  console.log(`core         ${core.toFixed(0)} ms of CPU time, median of ${String(ROUNDS)}`);
  for (const config of ["recommended", "strict"]) {
    const time = median(times[config] ?? []);
    console.log(`${config.padEnd(12)} ${time.toFixed(0)} ms, ${(time / core).toFixed(2)} times as much`);
    if (time / core > LIMIT) {
      console.error(`More than ${String(LIMIT)} times: see with TIMING=all which rule takes the time.`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Functions of both runtimes; each text stands there once, so that nothing is known from another file. */
function writeFunctions() {
  const texts = readdirSync(fixtures, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => [
      { runtime: "v1", text: read(join(fixtures, name, "index.js")) },
      { runtime: "v2", text: read(join(fixtures, name, "expected.js")) },
    ])
    .filter(({ text }) => text !== "");
  for (let index = 0; index < COUNT; index++) {
    const { runtime = "v1", text = "" } = texts[index % texts.length] ?? {};
    const isModule = /^\s*(?:import|export)\b/mu.test(text);
    const place = join(folder, runtime === "v2" || isModule ? "v2" : "v1", `function-${String(index)}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "index.js"), `${text}\n// Function ${String(index)}\n`);
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** @typedef {{ milliseconds: number, files: number, fatal: number, own: number }} Measured */

/** @param {string} config */
function measure(config) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, "lint-once.js"), folder, config],
    { encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stderr);
  // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is in a comment
  const { milliseconds, files, fatal, own } = /** @type {Measured} */ (JSON.parse(stdout));
  if (files !== COUNT || (config !== "core" && own === 0)) {
    throw new Error(`Measured the wrong thing: ${stdout}`);
  }
  if (process.env["DEBUG"] !== undefined) console.log(config, milliseconds, { fatal, own });
  return milliseconds;
}

/** @param {readonly number[]} values */
function median(values) {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
