// What a run of the command costs, beside jscodeshift doing nothing and beside what reading the files costs at least:
// all in the same run, in turn, each a process of its own. `npm run bench -- 10000 3` takes 10,000 files and 3 rounds;
// with 1,000 files it writes docs/benchmark.md.
import { spawnSync } from "node:child_process";
import console from "node:console";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { functionText } from "../bench/functions.js";
import { measureGrowth } from "../bench/growth.js";
import { PEER, chartOf, markdownOf } from "../bench/report.js";

/** @typedef {import("./report.js").Figures} Figures */

const [files = 1000, rounds = 5] = process.argv.slice(2).map(Number);
const here = import.meta.dirname;
const repository = join(here, "..");
const command = join(repository, "dist/src/cli/main.js");
const root = mkdtempSync(join(tmpdir(), "faas-migrate-bench-"));
const corpus = join(root, "functions");
const usage = join(root, "usage.txt");

const candidates = [
  { name: "read the files", args: [join(here, "floor.js"), corpus, "read"] },
  { name: "parse once (acorn)", args: [join(here, "floor.js"), corpus, "parse"] },
  { name: "parse, scopes and model once", args: [join(here, "floor.js"), corpus, "model"] },
  {
    name: PEER,
    args: [
      join(repository, "node_modules/jscodeshift/bin/jscodeshift.js"),
      ...["--silent", "--extensions=js", "-t", join(here, "identity.cjs"), corpus],
    ],
  },
  { name: "faas-migrate, dry run", args: [command, "--no-cache", "--dry-run", corpus] },
  {
    name: "faas-migrate, idiomatic, dry run",
    args: [command, "--no-cache", "--dry-run", "--style", "idiomatic", corpus],
  },
  { name: "faas-migrate, writing", args: [command, "--no-cache", "--allow-dirty", corpus] },
];

/** What a run costs that finds all as an earlier one has left it. It stands before those that write. */
const again = { name: "faas-migrate, dry run, all known", args: [command, "--dry-run", corpus] };
candidates.splice(-1, 0, again);

function writeCorpus() {
  rmSync(corpus, { recursive: true, force: true });
  for (let index = 0; index < files; index += 1) {
    const folder = join(corpus, `function-${String(index)}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "index.js"), functionText(index));
  }
}

/** @param {string} line @returns {Omit<Figures, "seconds">} */
function readUsage(line) {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-return -- the type is in a comment
  return JSON.parse(line);
}

/** @param {readonly string[]} args @returns {Figures} */
function measure(args) {
  writeFileSync(usage, "");
  const options = `--import ${pathToFileURL(join(here, "usage.js")).href}`;
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, BENCH_USAGE: usage, NODE_OPTIONS: options },
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${String(status)}: ${stderr}`);
  const processes = readFileSync(usage, "utf8").trim().split("\n").map(readUsage);
  const sum = (/** @type {"cpu" | "megabytes"} */ key) => processes.reduce((total, one) => total + one[key], 0);
  return { seconds, cpu: sum("cpu"), megabytes: sum("megabytes") };
}

/** @param {readonly Figures[]} taken @returns {Figures} */
function medianOf(taken) {
  const middle = (/** @type {keyof Figures} */ key) =>
    taken.map((figures) => figures[key]).toSorted((a, b) => a - b)[Math.floor(taken.length / 2)] ?? Number.NaN;
  return { seconds: middle("seconds"), cpu: middle("cpu"), megabytes: middle("megabytes") };
}

/** @param {string} name @returns {string} */
function versionOf(name) {
  const manifest = readFileSync(join(repository, "node_modules", name, "package.json"), "utf8");
  const version = /"version": "(?<version>[^"]+)"/u.exec(manifest)?.groups?.["version"] ?? "";
  return `${name} ${version}`;
}

try {
  writeCorpus();
  // The run that fills the cache is not one of those that are measured.
  measure(again.args);
  /** @type {Map<string, Figures[]>} */
  const taken = new Map(candidates.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, args } of candidates) taken.get(name)?.push(measure(args));
    writeCorpus();
  }
  const sizes = [50, 200, 800];
  const [processor] = cpus();
  const benchmark = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${String(cpus().length)} × ${processor?.model ?? "unknown processor"}`,
    versions: [`Node.js ${process.version}`, ...["jscodeshift", "acorn", "eslint-scope"].map(versionOf)],
    files,
    rounds,
    measured: [...taken].map(([name, figures]) => ({ name, figures: medianOf(figures) })),
    sizes,
    growth: measureGrowth(sizes),
  };
  const markdown = markdownOf(benchmark);
  console.log(markdown);
  const json = join(tmpdir(), `faas-migrate-bench-${String(files)}.json`);
  writeFileSync(json, JSON.stringify(benchmark, undefined, 2));
  console.log(`All figures: ${json}`);
  if (files === 1000) {
    writeFileSync(join(repository, "docs/benchmark.md"), markdown);
    writeFileSync(join(repository, "docs/benchmark.svg"), chartOf(benchmark));
    spawnSync(
      process.execPath,
      [join(repository, "node_modules/prettier/bin/prettier.cjs"), "--write", "docs/benchmark.md"],
      {
        cwd: repository,
      },
    );
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
