import { Worker } from "node:worker_threads";
import type { Job, Observation } from "../../src/verify/model.ts";
import { compiledFile } from "./worker-file.ts";

interface Waiting {
  readonly job: Job;
  readonly resolve: (observation: Observation) => void;
  readonly reject: (error: Error) => void;
}

interface Reply {
  readonly ready?: true;
  readonly alive?: true;
  readonly id?: number;
  readonly observation?: Observation;
  readonly fault?: string;
}

/** The worker says twice a second that it is alive. */
const BLOCKED_AFTER_MS = 10_000;

const NOTHING_SEEN: Omit<Observation, "outcome"> = {
  later: [],
  requests: [],
  secretReads: [],
  secretWrites: [],
  console: [],
  calls: [],
  order: [],
  brokenBodies: 0,
  logsUnbroken: 0,
  unhandled: [],
};

/**
 * Runs functions one after another in a worker thread, which they may crash or block without harm: a blocked or ended
 * thread gives the outcome `lost`, and the next job gets a new thread. The thread never keeps the process alive.
 */
export class Runner {
  readonly #queue: Waiting[] = [];
  #worker: Worker | undefined;
  #active: Waiting | undefined;
  #ready = false;
  #jobs = 0;
  #watchdog: NodeJS.Timeout | undefined;
  readonly #blockedAfterMs: number;

  /** @param blockedAfterMs silence for so long means that the function blocks the thread */
  constructor(blockedAfterMs = BLOCKED_AFTER_MS) {
    this.#blockedAfterMs = blockedAfterMs;
  }

  /** Rejects only for a fault of the oracle itself. */
  run(job: Job): Promise<Observation> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, resolve, reject });
      this.#next();
    });
  }

  /** Ends the thread; jobs that still wait are rejected. */
  async close(): Promise<void> {
    const worker = this.#worker;
    this.#reset();
    for (const waiting of this.#queue.splice(0)) waiting.reject(new Error("The runner was closed."));
    await worker?.terminate();
  }

  #next(): void {
    if (this.#active !== undefined) return;
    const waiting = this.#queue.shift();
    if (waiting === undefined) {
      this.#worker?.unref();
      return;
    }
    this.#active = waiting;
    const worker = (this.#worker ??= this.#start());
    worker.ref();
    if (this.#ready) this.#send(worker, waiting);
  }

  #start(): Worker {
    const worker = new Worker(compiledFile("test/oracle/worker.ts"), {
      execArgv: ["--experimental-vm-modules", "--no-warnings"],
    });
    this.#ready = false;
    worker.on("message", (reply: Reply) => {
      if (worker === this.#worker) this.#receive(worker, reply);
    });
    worker.on("error", (error) => {
      if (worker === this.#worker) this.#lost(error instanceof Error ? error : new Error(String(error)));
    });
    worker.on("exit", () => {
      if (worker === this.#worker) this.#lost(undefined);
    });
    return worker;
  }

  #send(worker: Worker, waiting: Waiting): void {
    this.#jobs += 1;
    this.#watch(worker);
    worker.postMessage({ id: this.#jobs, job: waiting.job });
  }

  #watch(worker: Worker): void {
    clearTimeout(this.#watchdog);
    this.#watchdog = setTimeout(() => {
      this.#lost(undefined);
      void worker.terminate();
    }, this.#blockedAfterMs);
  }

  #receive(worker: Worker, reply: Reply): void {
    if (reply.ready === true) {
      this.#ready = true;
      if (this.#active !== undefined) this.#send(worker, this.#active);
      return;
    }
    if (reply.alive === true && this.#active !== undefined) this.#watch(worker);
    if (reply.id !== this.#jobs) return;
    clearTimeout(this.#watchdog);
    const active = this.#active;
    this.#active = undefined;
    if (reply.observation !== undefined) active?.resolve(reply.observation);
    else active?.reject(new Error(`The oracle failed: ${reply.fault ?? "no reason given"}`));
    this.#next();
  }

  /** The thread is gone: by the function's own doing, or (with an error while it started) by a fault of the oracle. */
  #lost(error: Error | undefined): void {
    const active = this.#active;
    const started = this.#ready;
    this.#reset();
    if (!started) active?.reject(error ?? new Error("The oracle's worker thread did not start."));
    else if (error !== undefined) active?.reject(error);
    else active?.resolve({ ...NOTHING_SEEN, outcome: { kind: "lost" } });
    this.#next();
  }

  #reset(): void {
    clearTimeout(this.#watchdog);
    this.#worker = undefined;
    this.#active = undefined;
    this.#ready = false;
  }
}
