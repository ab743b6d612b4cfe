// What a run of the command costs, beside other tools and beside what reading the files costs at least: all in the same
// run, in turn, each a process of its own. `npm run bench -- 10000 3` takes 10,000 files and 3 rounds; with 1,000 files
// it writes docs/benchmark.md. Tools that the project does not need itself are measured where `BENCH_PEERS` names a
// folder in which they are installed: `npm install --prefix <folder> lebab @ast-grep/cli`.
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
import { countParses } from "../bench/parses.js";
import { COMMAND, FLOOR, KNOWN, PEER, chartOf, markdownOf } from "../bench/report.js";

/** @typedef {import("./report.js").Figures} Figures */

const [files = 1000, rounds = 5] = process.argv.slice(2).map(Number);
const here = import.meta.dirname;
const repository = join(here, "..");
const command = join(repository, "dist/src/cli/main.js");
const root = mkdtempSync(join(tmpdir(), "faas-migrate-bench-"));
const corpus = join(root, "functions");
const usage = join(root, "usage.txt");

const jscodeshift = join(repository, "node_modules/jscodeshift/bin/jscodeshift.js");
const peers = process.env["BENCH_PEERS"];

/** @typedef {{ readonly name: string, readonly args: readonly string[], readonly program?: string, readonly writes?: true }} Candidate */

/** Found in a folder of their own. A native program tells nothing of its CPU time. @type {readonly Candidate[]} */
const installedPeers =
  peers === undefined
    ? []
    : [
        {
          name: "ast-grep, one pattern, dry run",
          program: join(peers, "node_modules/.bin/ast-grep"),
          args: ["run", "--pattern", "callback(null, $RESULT)", "--rewrite", "return $RESULT", "--lang", "js", corpus],
        },
        {
          name: "lebab, commonjs, writing",
          args: [join(peers, "node_modules/lebab/bin/index.js"), "--replace", corpus, "--transform", "commonjs"],
          writes: true,
        },
      ];

/** @type {readonly Candidate[]} */
const candidates = [
  { name: "read the files", args: [join(here, "floor.js"), corpus, "read"] },
  { name: "parse once (acorn)", args: [join(here, "floor.js"), corpus, "parse"] },
  { name: FLOOR, args: [join(here, "floor.js"), corpus, "model"] },
  { name: "ESLint, its recommended rules", args: [join(here, "lint-once.js"), corpus, "core"] },
  { name: PEER, args: [jscodeshift, "--silent", "--extensions=js", "-t", join(here, "identity.cjs"), corpus] },
  {
    name: "jscodeshift, one name changed, dry run",
    args: [jscodeshift, "--silent", "--dry", "--extensions=js", "-t", join(here, "rename.cjs"), corpus],
  },
  ...installedPeers,
  { name: COMMAND, args: [command, "--no-cache", "--dry-run", corpus] },
  {
    name: "faas-migrate, idiomatic, dry run",
    args: [command, "--no-cache", "--dry-run", "--style", "idiomatic", corpus],
  },
  // What a run costs that finds all as an earlier one has left it.
  { name: KNOWN, args: [command, "--dry-run", corpus] },
  { name: "faas-migrate, writing", args: [command, "--no-cache", "--allow-dirty", corpus], writes: true },
];

/** What a process costs before it has much to do. @type {readonly Candidate[]} */
const starts = [
  { name: "node, an empty program", args: ["--eval", "0"] },
  { name: "faas-migrate --help", args: [command, "--help"] },
  { name: "faas-migrate, one file", args: [command, "--no-cache", "--dry-run", join(corpus, "function-0")] },
];

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

/** @param {Candidate} candidate @returns {Figures} */
function measure({ args, program = process.execPath }) {
  writeFileSync(usage, "");
  const options = `--import ${pathToFileURL(join(here, "usage.js")).href}`;
  const start = performance.now();
  const { status, stderr } = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    env: { ...process.env, BENCH_USAGE: usage, NODE_OPTIONS: options },
  });
  const seconds = (performance.now() - start) / 1000;
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${String(status)}: ${stderr}`);
  const processes = readFileSync(usage, "utf8").split("\n").filter(Boolean).map(readUsage);
  if (processes.length === 0) return { seconds, cpu: Number.NaN, megabytes: Number.NaN };
  const sum = (/** @type {"cpu" | "megabytes"} */ key) => processes.reduce((total, one) => total + one[key], 0);
  return { seconds, cpu: sum("cpu"), megabytes: sum("megabytes") };
}

/** @param {readonly Figures[]} taken @returns {Figures} */
function medianOf(taken) {
  const middle = (/** @type {keyof Figures} */ key) =>
    taken.map((figures) => figures[key]).toSorted((a, b) => a - b)[Math.floor(taken.length / 2)] ?? Number.NaN;
  return { seconds: middle("seconds"), cpu: middle("cpu"), megabytes: middle("megabytes") };
}

/** @param {string} folder @param {string} name @returns {string} */
function versionOf(folder, name) {
  const manifest = readFileSync(join(folder, "node_modules", name, "package.json"), "utf8");
  const version = /"version": "(?<version>[^"]+)"/u.exec(manifest)?.groups?.["version"] ?? "";
  return `${name} ${version}`;
}

try {
  writeCorpus();
  // The run that fills the cache is not one of those that are measured.
  for (const candidate of candidates.filter(({ name }) => name === KNOWN)) measure(candidate);
  /** @type {Map<string, Figures[]>} */
  const taken = new Map([...candidates, ...starts].map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const candidate of candidates) {
      taken.get(candidate.name)?.push(measure(candidate));
      if (candidate.writes === true) writeCorpus();
    }
    for (const start of starts) taken.get(start.name)?.push(measure(start));
  }
  const median = (/** @type {readonly Candidate[]} */ of) =>
    of.map(({ name }) => ({ name, figures: medianOf(taken.get(name) ?? []) }));
  const sizes = [50, 200, 800];
  const [processor] = cpus();
  const benchmark = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${String(cpus().length)} × ${processor?.model ?? "unknown processor"}`,
    versions: [
      `Node.js ${process.version}`,
      ...["jscodeshift", "acorn", "eslint-scope", "eslint"].map((name) => versionOf(repository, name)),
      ...(peers === undefined ? [] : ["@ast-grep/cli", "lebab"].map((name) => versionOf(peers, name))),
    ],
    files,
    rounds,
    measured: median(candidates),
    starts: median(starts),
    sizes,
    growth: measureGrowth(sizes),
    counts: countParses(200),
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
