import { looksAsIfItLoadsPackages } from "./loads-packages.ts";
import { Sandbox } from "./sandbox-process.ts";
import type { Lost, SandboxOptions, Work } from "./sandbox-process.ts";
import type { ProofJob, ProofReport } from "./proof.ts";
import type { ObserveJob, Observed, Reply } from "./sandbox/messages.ts";

export interface PoolOptions extends SandboxOptions {
  /** How many sandboxes may run at the same time. */
  readonly size: number;
}

/** Whether the process will have to go after the work, as far as one can tell before. */
function mayCostProcess({ prove, observe }: Work): boolean {
  const texts = prove === undefined ? [observe?.text] : [prove.original, prove.migrated];
  return texts.some((text) => text !== undefined && looksAsIfItLoadsPackages(text));
}

interface Waiting {
  readonly work: Work;
  readonly resolve: (reply: Reply | Lost) => void;
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

  #ask(work: Work): Promise<Reply | Lost> {
    return new Promise((resolve) => {
      this.#waiting.push({ work, resolve });
      this.#next();
    });
  }

  #next(): void {
    // What a function left behind may end its process when that has gone to rest.
    for (const sandbox of this.#sandboxes) if (!sandbox.isBusy && sandbox.isGone) this.#sandboxes.delete(sandbox);
    if (this.#waiting.length === 0) {
      for (const sandbox of this.#sandboxes) if (!sandbox.isBusy) sandbox.rest();
      return;
    }
    const all = [...this.#sandboxes];
    const waiting = all.filter(({ isBusy }) => isBusy).length < this.#options.size && this.#waiting.shift();
    if (!waiting) return;
    // A process that has run many functions runs the next one fast: it is not given away for one that loads packages.
    const isForPackages = mayCostProcess(waiting.work);
    const idle = all.find((sandbox) => !sandbox.isBusy && sandbox.isForPackages === isForPackages);
    const sandbox = idle ?? this.#start(isForPackages);
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

  #start(isForPackages: boolean): Sandbox {
    const sandbox = new Sandbox(this.#options, isForPackages);
    this.#sandboxes.add(sandbox);
    return sandbox;
  }
}

function firstLine(text: string | undefined): string {
  return text?.split("\n")[0] ?? "no reason given";
}
