import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import type { Socket } from "node:net";
import { readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname } from "node:path";
import { ownFiles, readPatterns } from "./readable.ts";
import type { ProofJob, ProofReport } from "./proof.ts";
import type { ObserveJob, Observed, Reply, Request } from "./sandbox/messages.ts";

/** What a function may use of the real world. */
const WALL_MS = 5_000;
const MEMORY_MB = 256;
/** Node.js itself, our own code and the compiled function, on top of what the function may use. */
const OWN_MEMORY_MB = 120;

/** How often the memory of a busy sandbox is looked at. */
const LOOK_EVERY_MS = 100;

export interface PoolOptions {
  /** How many sandboxes may run at the same time. */
  readonly size: number;
  /** Folders from which code may be read: those of packages. Nothing else of the disk can be. */
  readonly readable: readonly string[];
  /** The compiled child.ts; the neighbour of this file by default. */
  readonly child?: URL;
  /** How long a function may take, in milliseconds. */
  readonly wallMs?: number;
}

const LONGEST_COMPLAINT = 4_000;

type Work = Omit<Request, "id">;

interface Waiting {
  readonly work: Work;
  readonly resolve: (reply: Reply | { readonly lost: string }) => void;
}

/**
 * Sandboxes that are used again for one function after another: processes under Node's permission model that can't
 * write, start processes or threads, load native code or reach the network, with an empty environment. What a function
 * may have changed for good costs its process.
 */
export class SandboxPool {
  readonly #options: PoolOptions;
  readonly #waiting: Waiting[] = [];
  readonly #sandboxes = new Set<Sandbox>();

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Proves one function. Never rejects: whatever goes wrong is a reason. */
  async prove(prove: ProofJob): Promise<ProofReport> {
    const reply = await this.#ask({ prove });
    if ("lost" in reply) return { kind: "not-run", reason: reply.lost };
    return reply.report ?? { kind: "not-run", reason: `the simulation failed: ${firstLine(reply.fault)}` };
  }

  /** Runs one function once. */
  async observe(observe: ObserveJob): Promise<Observed> {
    const reply = await this.#ask({ observe });
    if ("lost" in reply) return { notRun: reply.lost };
    return reply.observed ?? { notRun: `the simulation failed: ${firstLine(reply.fault)}` };
  }

  /** Ends all sandboxes; nothing may be under way. */
  close(): void {
    for (const sandbox of this.#sandboxes) sandbox.end();
    this.#sandboxes.clear();
  }

  #ask(work: Work): Promise<Reply | { readonly lost: string }> {
    return new Promise((resolve) => {
      this.#waiting.push({ work, resolve });
      this.#next();
    });
  }

  #next(): void {
    const idle = [...this.#sandboxes].find(({ isBusy }) => !isBusy);
    if (this.#waiting.length === 0) {
      for (const sandbox of this.#sandboxes) if (!sandbox.isBusy) sandbox.rest();
      return;
    }
    const sandbox = idle ?? (this.#sandboxes.size < this.#options.size ? this.#start() : undefined);
    const waiting = sandbox && this.#waiting.shift();
    if (sandbox === undefined || waiting === undefined) return;
    void sandbox.ask(waiting.work).then((reply) => {
      if ("lost" in reply || reply.isSpent === true) {
        sandbox.end();
        this.#sandboxes.delete(sandbox);
      }
      waiting.resolve(reply);
      this.#next();
    });
    this.#next();
  }

  #start(): Sandbox {
    const sandbox = new Sandbox(this.#options);
    this.#sandboxes.add(sandbox);
    return sandbox;
  }
}

function firstLine(text: string | undefined): string {
  return text?.split("\n")[0] ?? "no reason given";
}

/** One process. */
class Sandbox {
  readonly #process: ChildProcess;
  readonly #ready: Promise<void>;
  readonly #wallMs: number;
  #jobs = 0;
  #killedFor: string | undefined;
  #isStarted = false;
  /** What it says when it does not start. */
  #complaint = "";
  isBusy = false;

  constructor({ readable, child = new URL("./sandbox/child.js", import.meta.url), wallMs = WALL_MS }: PoolOptions) {
    this.#wallMs = wallMs;
    const file = realpathSync(fileURLToPath(child));
    this.#process = fork(file, [], {
      execArgv: [
        ...permissions([...ownFiles(file), ...readable]),
        "--no-warnings",
        "--experimental-import-meta-resolve",
        `--max-old-space-size=${String(MEMORY_MB)}`,
      ],
      env: { TZ: "UTC" },
      cwd: dirname(file),
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#process.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = `${this.#complaint}${text}`.slice(0, LONGEST_COMPLAINT);
    });
    this.#ready = new Promise((resolve) => {
      this.#process.once("message", () => {
        this.#isStarted = true;
        resolve();
      });
      this.#process.once("exit", () => {
        resolve();
      });
      this.#process.once("error", () => {
        resolve();
      });
    });
  }

  /** Lets the parent end while nothing is under way. */
  rest(): void {
    this.#process.unref();
    this.#process.channel?.unref();
    (this.#process.stderr as Socket | null)?.unref();
  }

  end(): void {
    this.#process.kill("SIGKILL");
  }

  async ask(work: Work): Promise<Reply | { readonly lost: string }> {
    this.isBusy = true;
    this.#process.ref();
    this.#process.channel?.ref();
    await this.#ready;
    const reply = await this.#answer(work);
    this.isBusy = false;
    return reply;
  }

  #answer(work: Work): Promise<Reply | { readonly lost: string }> {
    this.#jobs += 1;
    const id = this.#jobs;
    return new Promise((resolve) => {
      const watch = setInterval(() => {
        if (residentMegabytes(this.#process.pid) > MEMORY_MB + OWN_MEMORY_MB)
          this.#kill(`it uses more than ${String(MEMORY_MB)} MB of memory`);
      }, LOOK_EVERY_MS);
      const clock = setTimeout(() => {
        this.#kill(`it takes more than ${String(this.#wallMs / 1000)} seconds, as an endless loop does`);
      }, this.#wallMs);
      const finish = (reply: Reply | { readonly lost: string }): void => {
        clearInterval(watch);
        clearTimeout(clock);
        this.#process.off("message", receive);
        this.#process.off("exit", leave);
        resolve(reply);
      };
      const receive = (reply: Reply): void => {
        if (reply.id === id) finish(reply);
      };
      const leave = (code: number | null, signal: NodeJS.Signals | null): void => {
        const complaint = /^\w*Error.*$/mu.exec(this.#complaint)?.[0] ?? this.#complaint;
        const ended = this.#isStarted ? reasonOf(code, signal) : `the sandbox did not start: ${complaint}`;
        finish({ lost: this.#killedFor ?? ended });
      };
      this.#process.on("message", receive);
      this.#process.once("exit", leave);
      if (this.#process.exitCode !== null || this.#process.signalCode !== null) {
        leave(this.#process.exitCode, this.#process.signalCode);
        return;
      }
      this.#process.send({ id, ...work } satisfies Request, (error) => {
        if (error !== null) finish({ lost: "its process could not be reached" });
      });
    });
  }

  #kill(why: string): void {
    this.#killedFor ??= why;
    this.end();
  }
}

/** V8 ends the process with SIGABRT or SIGTRAP where its heap is full. */
function reasonOf(code: number | null, signal: NodeJS.Signals | null): string {
  const isAborted = signal === "SIGABRT" || signal === "SIGTRAP" || signal === "SIGILL" || code === 134;
  return isAborted ? `it uses more than ${String(MEMORY_MB)} MB of memory` : "it ends its process";
}

function permissions(readable: readonly string[]): string[] {
  const [major = 0] = process.versions.node.split(".").map(Number);
  const flag = major < 22 ? "--experimental-permission" : "--permission";
  return [flag, ...readPatterns(readable).map((path) => `--allow-fs-read=${path}`)];
}

/** What a process holds, where the system tells it in a file; 0 elsewhere: V8's own limit is left there. */
function residentMegabytes(pid: number | undefined): number {
  try {
    const pages = readFileSync(`/proc/${String(pid)}/statm`, "utf8").split(" ")[1];
    return (Number(pages) * 4096) / 1_000_000;
  } catch {
    return 0;
  }
}
