// A sandbox: a process that runs functions in the simulated platform and answers its parent. See pool.ts.
import process from "node:process";
import { compileLegacy } from "../contract/load-legacy.ts";
import { compileModern } from "../contract/load-modern.ts";
import { Intrinsics } from "./intrinsics.ts";
import type { ObserveJob, Observed, Reply, Request } from "./messages.ts";
import { legacySubject, modernSubject, observe } from "./observe.ts";
import { prove } from "./prove.ts";
import { simulateRuntime } from "./runtime.ts";
import type { ProofReport } from "../proof.ts";
import type { Stage } from "./stage.ts";

if (process.send === undefined) throw new Error("This file runs in a process that was forked only.");
// What `send` calls: both are taken away from the functions under test.
const rawSend = Reflect.get(process, "_send") as (message: Reply) => boolean;

function tell(reply: Reply): void {
  Reflect.apply(rawSend, process, [reply]);
}

const hrtime = process.hrtime.bind(process);

function now(): number {
  const [seconds, nanos] = hrtime();
  return seconds * 1000 + nanos / 1e6;
}

const heapUsed = (): number => process.memoryUsage().heapUsed;

/** A process that holds more than this is replaced. */
const FULL_BYTES = 140_000_000;

const stage: Stage = { current: undefined };
const loader = simulateRuntime(stage);
const intrinsics = new Intrinsics();

function observeOnce({ side, path, text, scenario, substitutes }: ObserveJob): Promise<Observed> {
  const source = { path, ...(substitutes !== undefined && { substitutes }) };
  const subject =
    side === "legacy"
      ? legacySubject(compileLegacy(text), loader, source, () => undefined)
      : modernSubject(compileModern(text), loader, source);
  return observe(subject, scenario, stage);
}

async function answer({ id, prove: job, observe: run }: Request): Promise<Reply> {
  try {
    if (run !== undefined) return { id, observed: await observeOnce(run), isSpent: isSpent() };
    if (job === undefined) return { id, fault: "an empty request" };
    const report = await prove(job, loader, stage, now);
    const changes = changesOfRuntime();
    return changes === undefined || report.kind === "not-run"
      ? { id, report, isSpent: isSpent() }
      : { id, report: changes, isSpent: true };
  } catch (error) {
    // Where the function has changed what our own code stands on, that is the reason, whatever came of it.
    const changes = changesOfRuntime();
    if (job !== undefined && changes !== undefined) return { id, report: changes, isSpent: true };
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { id, fault, isSpent: true };
  }
}

/** What a proof says of a function that has changed what all functions share. */
function changesOfRuntime(): ProofReport | undefined {
  const [first] = intrinsics.changed();
  if (first === undefined) return undefined;
  return { kind: "not-run", reason: `it changes what belongs to JavaScript itself (${first})` };
}

/** Whether something of the function may have stayed: packages keep state, and memory fills. */
function isSpent(): boolean {
  return loader.hasLoadedPackages || intrinsics.changed().length > 0 || heapUsed() > FULL_BYTES;
}

process.on("message", (request: Request) => {
  void answer(request).then(tell);
});
process.on("disconnect", () => {
  process.exitCode = 0;
});
tell({ ready: true });
