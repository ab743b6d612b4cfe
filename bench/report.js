// What a benchmark has measured, as Markdown and as a chart.

/** @typedef {{ readonly seconds: number, readonly cpu: number, readonly megabytes: number }} Figures */
/** @typedef {{ readonly name: string, readonly figures: Figures }} Measured */
/** @typedef {import("./growth.js").Growth} Growth */
/** @typedef {import("./parses.js").Counts} Counts */

/**
 * @typedef {object} Benchmark
 * @property {string} date
 * @property {string} machine
 * @property {readonly string[]} versions
 * @property {number} files
 * @property {number} rounds
 * @property {readonly Measured[]} measured
 * @property {readonly Measured[]} starts
 * @property {readonly number[]} sizes
 * @property {readonly Growth[]} growth
 * @property {Counts} counts
 */

/** The one that the others are compared with. */
export const PEER = "jscodeshift, a transform that changes nothing";
export const FLOOR = "parse, scopes and model once";
export const COMMAND = "faas-migrate, dry run";
export const KNOWN = "faas-migrate, dry run, all known";

/** A number for a table; nothing for what was not measured. @param {number} value @param {number} digits */
function cell(value, digits) {
  return Number.isNaN(value) ? "" : value.toFixed(digits);
}

/** @param {readonly Measured[]} measured @param {string} name @returns {Figures} */
function figuresOf(measured, name) {
  const nothing = { seconds: Number.NaN, cpu: Number.NaN, megabytes: Number.NaN };
  return measured.find((each) => each.name === name)?.figures ?? nothing;
}

/** What the project wants to reach, and what it reaches. @param {Benchmark} benchmark @returns {string[][]} */
function goalsOf({ measured, starts, growth, files, counts }) {
  const [peer, floor, ours, known] = [PEER, FLOOR, COMMAND, KNOWN].map((name) => figuresOf(measured, name));
  const [empty, help, one] = starts.map(({ figures }) => figures.cpu);
  const steepest = Math.max(...growth.map(({ exponent }) => exponent));
  /** @type {readonly (readonly [what: string, value: number, digits: number, goal: number, isLeast: boolean])[]} */
  const goals = [
    ["files/s of a dry run, times those of jscodeshift", (peer?.seconds ?? 0) / (ours?.seconds ?? 0), 2, 1.5, true],
    ["CPU time of a dry run, times parse, scopes and model once", (ours?.cpu ?? 0) / (floor?.cpu ?? 0), 1, 4, false],
    ["CPU time of a first run, times that where all is known", (ours?.cpu ?? 0) / (known?.cpu ?? 0), 1, 10, true],
    ["CPU time of one file of them, from a cold start, in ms", one ?? Number.NaN, 0, 250, false],
    ["CPU time of `--help` over that of an empty program, in ms", (help ?? 0) - (empty ?? 0), 0, 40, false],
    [`memory of a dry run over ${String(files)} files, in MB`, ours?.megabytes ?? Number.NaN, 0, 250, false],
    ["the largest exponent of the growth below", steepest, 2, 1.15, false],
    ["how often a file is parsed, in the mean", counts.parses, 2, 3, false],
    ["how often its scopes are found out, in the mean", counts.scopes, 2, 2, false],
  ];
  return goals.map(([what, value, digits, goal, isLeast]) => [
    what,
    cell(value, digits),
    `${isLeast ? "≥" : "≤"} ${String(goal)}`,
    (isLeast ? value >= goal : value <= goal) ? "met" : "missed",
  ]);
}

/** @param {readonly (readonly string[])[]} rows @returns {string} */
function table(rows) {
  const [head = [], ...body] = rows;
  const rule = head.map((_, index) => (index === 0 ? "---" : "--:"));
  return [head, rule, ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** @param {Benchmark} benchmark @returns {string} */
export function markdownOf(benchmark) {
  const { date, machine, versions, files, rounds, measured, sizes, growth, counts } = benchmark;
  const peer = measured.find(({ name }) => name === PEER)?.figures;
  const rows = measured.map(({ name, figures: { seconds, cpu, megabytes } }) => [
    name,
    (files / seconds).toFixed(0),
    cell(cpu / files, 2),
    cell(megabytes, 0),
    peer === undefined ? "" : (peer.seconds / seconds).toFixed(2),
  ]);
  return `# Benchmark

This page shows what a run costs, and what it costs to read the same files. \`npm run bench\` measures again and writes this
page. \`bench/functions.js\` makes the functions: 20 to 200 lines each, four of five of them V1.

${date}, ${machine}; ${versions.join(", ")}. ${String(files)} files, ${rounds === 1 ? "one round" : `median of ${String(rounds)} rounds`}, one run after the other. Other work
on the machine changes files/s more than CPU time: if two rows disagree, trust the CPU time.

![Files per second](benchmark.svg)

${table([["Run", "files/s", "CPU ms/file", "peak MB", "times jscodeshift"], ...rows])}

The rows of the command include all its work: finding files, checking the output, the overview. A row without CPU time is a
native program, which does not report it.

## Goals

${table([["What", "Measured", "Goal", ""], ...goalsOf(benchmark)])}

A goal that is missed stays a goal. The command does more than jscodeshift in its first row, which finds out nothing about
a file; here a file is parsed ${counts.parses.toFixed(1)} times, since a step that reads what others have written needs a new model.
These models are a third of the time, garbage a twentieth, the transform of requests a tenth; no other transform takes more
than a sixteenth. Four times the floor would need two models for a function, and analyses that take half of their time. Of a
cold start the migration is a third; the rest is Node.js itself, and loading the command.

## Growth

CPU time in milliseconds for one function with 50, 200 and 800 of one thing. The exponent is the power of the length by which
the last step grows.

${table([
  ["Input", ...sizes.map(String), "exponent"],
  ...growth.map(({ name, milliseconds, exponent }) => [
    name,
    ...milliseconds.map((time) => time.toFixed(0)),
    exponent.toFixed(2),
  ]),
])}
`;
}

/** Bars of files per second, on a scale of powers. @param {Benchmark} benchmark @returns {string} */
export function chartOf({ files, measured }) {
  const speeds = measured.map(({ name, figures }) => ({ name, speed: files / figures.seconds }));
  const most = Math.log10(Math.max(...speeds.map(({ speed }) => speed)));
  const bars = speeds.map(({ name, speed }, index) => {
    const y = 10 + index * 34;
    const width = Math.max(2, (400 * Math.log10(speed)) / most);
    const color = name.startsWith("faas-migrate") ? "#1f6feb" : "#8c959f";
    return `  <text x="10" y="${String(y + 9)}">${name}</text>
  <rect x="10" y="${String(y + 13)}" width="${width.toFixed(0)}" height="12" fill="${color}" />
  <text x="${(width + 16).toFixed(0)}" y="${String(y + 23)}">${speed.toFixed(0)}</text>`;
  });
  const height = 14 + speeds.length * 34;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 480 ${String(height)}" font-family="sans-serif" font-size="11" fill="#57606a">
  <title>Files per second, on a logarithmic scale</title>
${bars.join("\n")}
</svg>
`;
}
