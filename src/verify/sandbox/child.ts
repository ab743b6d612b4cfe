// A sandbox: a process that runs functions in the simulated platform and answers its parent. See pool.ts.
import { writeSync } from "node:fs";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { compileLegacy } from "../contract/load-legacy.ts";
import { compileModern } from "../contract/load-modern.ts";
import { changeReason, Intrinsics } from "./intrinsics.ts";
import type { ObserveJob, Observed, Reply, Request } from "./messages.ts";
import { legacySubject, modernSubject, observe } from "./observe.ts";
import { prove } from "./prove.ts";
import { noteDefinitions } from "./quick-look.ts";
import { simulateRuntime } from "./runtime.ts";
import type { Stage } from "./stage.ts";

/*
 * Requests are lines of JSON on standard input; the first line is the key with which every answer begins. A function
 * under test may get hold of the output, or change what all code stands on, but not of the key: an answer without it is
 * no answer. So between the last look at the intrinsics and the last byte of an answer no other code runs, and what is
 * needed for it is taken here, before any function.
 */
const { parse, stringify } = JSON;

// Most of what runs here runs a few times. V8 optimises at this many bytes of executed code, seldom enough to pay.
setFlagsFromString("--interrupt-budget=500000");

const input = process.stdin;
const hrtime = process.hrtime.bind(process);
const cpuUsage = process.cpuUsage.bind(process);
const { platform } = process;

/**
 * Tells when so many real milliseconds are over; where the parent's limit leaves out the time without a processor, so does
 * this.
 */
function limit(ms: number): () => boolean {
  const begun = realMs();
  const spent = processorMs();
  // The clock first: it is asked for each scenario, and the time of the processor takes far longer to be told.
  return () => realMs() - begun > ms && (platform !== "linux" || processorMs() - spent > ms);
}

function realMs(): number {
  const [seconds, nanos] = hrtime();
  return seconds * 1000 + nanos / 1e6;
}

function processorMs(): number {
  const { user, system } = cpuUsage();
  return (user + system) / 1000;
}

const heapUsed = (): number => process.memoryUsage().heapUsed;

/** A process that holds more than this is replaced. */
const FULL_BYTES = 140_000_000;

const intrinsics = new Intrinsics();
const stage: Stage = { current: undefined, intrinsics, hasLateCode: false };
const loader = simulateRuntime(stage);
noteDefinitions(() => {
  intrinsics.noteDefinition();
});
intrinsics.describeGlobals();

async function observeOnce({ side, path, text, scenario, substitutes }: ObserveJob): Promise<Observed> {
  const source = { path, ...(substitutes !== undefined && { substitutes }) };
  const subject =
    side === "legacy"
      ? legacySubject(compileLegacy(text), loader, source)
      : modernSubject(compileModern(text), loader, source);
  const seen: { observed: Observed } = { observed: { notRun: "it came to no end" } };
  await observe(subject, scenario, stage, (observed) => {
    seen.observed = observed;
  });
  return seen.observed;
}

async function answerTo({ id, prove: job, observe: run }: Request): Promise<Reply> {
  try {
    if (run !== undefined) return { id, observed: await observeOnce(run) };
    if (job === undefined) return { id, fault: "an empty request" };
    return { id, report: await prove(job, loader, stage, limit(job.timeMs)) };
  } catch (error) {
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { id, fault, isSpent: true };
  }
}

/** Whether something of the function may have stayed: packages keep state, and memory fills. */
function isSpent(): boolean {
  return loader.hasLoadedPackages || stage.hasLateCode || heapUsed() > FULL_BYTES;
}

/** The text of a reply. Where the function has changed what our own code stands on, that is the reply, whatever came of it. */
function textOf(reply: Reply): string {
  const change = intrinsics.firstChange();
  // Texts alone: whatever else is written as JSON asks its prototype how.
  if (change !== undefined) {
    const reason = stringify(changeReason(change));
    const report = `{"kind":"not-run","reason":${reason}}`;
    return `{"id":${stringify(reply.id)},"report":${report},"observed":{"notRun":${reason}},"isSpent":true}`;
  }
  return stringify({ ...reply, isSpent: reply.isSpent === true || isSpent() });
}

/** The connection to the parent: one request at a time, a line each. */
class Connection {
  #key = "";
  #unread = "";

  listen(): void {
    input.setEncoding("utf8");
    input.on("data", (text: string) => {
      this.#unread += text;
      const end = this.#unread.indexOf("\n");
      if (end < 0) return;
      const line = this.#unread.slice(0, end);
      this.#unread = this.#unread.slice(end + 1);
      void this.#serve(line);
    });
  }

  async #serve(line: string): Promise<void> {
    if (this.#key === "") {
      this.#key = line;
      this.#send(stringify({ ready: true } satisfies Reply));
      return;
    }
    const reply = await answerTo(parse(line) as Request);
    this.#send(textOf(reply));
  }

  #send(text: string): void {
    writeSync(1, `${this.#key} ${text}\n`);
  }
}

new Connection().listen();
