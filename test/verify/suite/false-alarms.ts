import { existsSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { migrateSource } from "../../../src/migrate/migrate-source.ts";
import type { Scenario } from "../../../src/verify/model.ts";
import type { ProofReport } from "../../../src/verify/proof.ts";
import { caseNames, readText, ROOT } from "../../functions/cases.ts";
import { samplePrograms } from "../../properties/generator.ts";
import { scenariosOf } from "../../properties/scenarios.ts";
import { isWhole } from "../scale.ts";
import { fixtureJob, jobFor, testPool } from "../support.ts";

const pool = testPool(1, { wallMs: 60_000 });
afterAll(() => {
  pool.close();
});

/** The CPU time of the processes that this one has started and that have ended; 0 where the system does not tell. */
function sandboxCpuMs(): number {
  if (!existsSync("/proc/self/stat")) return 0;
  const stat = readFileSync("/proc/self/stat", "utf8");
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(13, 15)
    .map(Number);
  const TICK_MS = 10;
  return (user + system) * TICK_MS;
}

function told(key: string, report: ProofReport): string {
  if (report.kind === "not-run") return `${key}: ${report.reason}`;
  return `${key}: ${JSON.stringify(report.kind === "differs" ? report.differences[0] : report.kind)}`;
}

/** What is not the same with good reason. */
const EXPECTED: ReadonlySet<string> = new Set([
  // It ends its process, which no sandbox lets it.
  "adversarial/process-exit",
  // It gives all texts a method: what belongs to JavaScript itself costs the proof.
  "adversarial/methods-added-to-texts",
  // It reads a file, which no sandbox lets it.
  "functions/template-file",
]);

it("says the same of every fixture, in time", async () => {
  const names = caseNames.filter((name) => readText(`${ROOT}${name}/expected.js`) !== undefined);
  const reports: { readonly name: string; readonly report: ProofReport }[] = [];
  const own = testPool(1, { wallMs: 60_000 });
  const spentBefore = sandboxCpuMs();
  for (const name of names) {
    const job = fixtureJob(name, readText(`${ROOT}${name}/expected.js`) ?? "");
    reports.push({ name, report: await own.prove(job) });
  }
  own.close();
  // What a process has spent is known when it has ended.
  await setTimeout(1_000);
  const perFunction = (sandboxCpuMs() - spentBefore) / names.length;
  const shares = reports.flatMap(({ report }) =>
    report.kind === "not-run" || report.branches.total === 0 ? [] : [report.branches.taken / report.branches.total],
  );
  const median = shares.toSorted((a, b) => a - b)[Math.floor(shares.length / 2)] ?? 0;
  const others = reports.filter(({ report }) => report.kind !== "same");
  const scenarios = reports.map(({ report }) => (report.kind === "not-run" ? 0 : report.scenarios));
  console.info(
    [
      `fixtures ${String(names.length)}, same ${String(names.length - others.length)}`,
      `scenarios ${String(scenarios.reduce((a, b) => a + b, 0))}`,
      `${perFunction.toFixed(0)} ms of CPU time per function`,
      `median branch coverage ${(100 * median).toFixed(0)} %`,
    ].join(", "),
  );
  const alarms = others.filter(({ name }) => !EXPECTED.has(name));
  expect(alarms.map(({ name, report }) => told(name, report))).toEqual([]);
});

/** What the generated programs call, for both platforms: it behaves as the environment of the scenario says. */
const SURROUNDINGS: Readonly<Record<string, string>> = {
  operation: `function operation(name, ...given) {
    note(name + "(" + given.map((value) => (value instanceof Error ? value.message : JSON.stringify(value))).join(", ") + ")");
    const behaviour = JSON.parse(process.env.OPERATIONS)[name] || "ok";
    const failure = Object.assign(new Error(name + " failed"), { code: "E_" + name.toUpperCase() });
    if (behaviour === "throw") throw failure;
    operationStarts += 1;
    const delay = process.env.TIMING === "reversed" ? 100 - operationStarts : 10;
    const reasons = { reject: failure, "reject with a text": name + " failed", "reject with nothing": undefined };
    return new Promise((resolve, reject) => {
      const answer = () => {
        if (behaviour in reasons) reject(reasons[behaviour]);
        else resolve({ name, ok: behaviour === "ok", items: ["p", "q"] });
      };
      if (behaviour === "hang") return;
      if (process.env.TIMING === "at once") answer();
      else setTimeout(answer, delay);
    });
  }\nvar operationStarts = 0;`,
  first: `function first(...given) { return operation("first", ...given); }`,
  second: `function second(...given) { return operation("second", ...given); }`,
  third: `function third(...given) { return operation("third", ...given); }`,
  note: `function note(text) { console.info("note", text); }`,
  check: `function check(value) { note("check"); if (process.env.CHECK === "throws") throw new TypeError("check failed"); return value; }`,
  read: `function read(...given) {
    note("read");
    const done = given[given.length - 1];
    if (typeof done !== "function") throw new TypeError("done is not a function");
    const values = JSON.parse(process.env.READ).map((value) => (value && value.$error ? new Error(value.$error) : value));
    setTimeout(() => done(...values), 10);
  }`,
};

function withSurroundings(text: string): string {
  const missing = Object.entries(SURROUNDINGS).filter(
    ([name]) => !new RegExp(`^(?:async )?(?:function|const|let|var) ${name}\\b`, "mu").test(text),
  );
  return `${text}\n${missing.map(([, code]) => code).join("\n")}\n`;
}

/** No client of either platform rejects with what is no Error; V2 drops it, wherever it comes from. */
const NO_ERRORS = new Set(["reject with a text", "reject with nothing"]);

function given(text: string): Scenario[] {
  return scenariosOf(text)
    .filter(({ operations }) => !Object.values(operations).some((behaviour) => NO_ERRORS.has(behaviour)))
    .filter(({ read: [failure] }) => failure === null || failure === undefined || failure instanceof Error)
    .map(({ name, operations, timing, checkThrows, read, payload }) => ({
      name: name === "" ? "all goes well" : name,
      input: { headers: [], payload },
      env: {
        OPERATIONS: JSON.stringify(operations),
        TIMING: timing,
        CHECK: checkThrows ? "throws" : "",
        READ: JSON.stringify(read.map((value) => (value instanceof Error ? { $error: value.message } : value))),
      },
    }));
}

/** A failure that nobody handled in V1 is handled in V2: worth telling a user, and no fault. */
function isFailureGone(report: ProofReport): boolean {
  return (
    report.kind === "differs" &&
    report.differences.every(
      ({ kind, legacy, modern }) =>
        kind === "unhandled" && (modern as readonly unknown[]).length < (legacy as readonly unknown[]).length,
    )
  );
}

/** More than two thousand of all small programs, or a part of them. */
const STRIDE = isWhole ? 13 : 131;

it("says the same of generated programs", async () => {
  const alarms: string[] = [];
  let programs = 0;
  for (const { index, text } of samplePrograms(STRIDE)) {
    const result = migrateSource("program.js", text, { style: "faithful" });
    if (result.verdict !== "migrated" && result.verdict !== "mechanical") continue;
    programs += 1;
    const declared = [...new Set(result.differences.map(({ id }) => id))];
    const job = jobFor(withSurroundings(text), withSurroundings(result.text), {
      declared,
      given: given(text),
      derive: false,
    });
    const report = await pool.prove(job);
    if (report.kind !== "same" && !isFailureGone(report)) alarms.push(told(`program ${String(index)}`, report));
  }
  console.info(`generated programs ${String(programs)}, false alarms ${String(alarms.length)}`);
  expect(programs).toBeGreaterThanOrEqual(isWhole ? 2_000 : 200);
  expect(alarms).toEqual([]);
});
