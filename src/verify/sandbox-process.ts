import { spawn } from "node:child_process";
import type { ChildProcessByStdio } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { Socket } from "node:net";
import type { Readable, Writable } from "node:stream";
import { readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dirname } from "node:path";
import { tooManyFiles } from "../disk/errors.ts";
import { ownFiles, readPatterns } from "./readable.ts";
import type { Reply, Request } from "./sandbox/messages.ts";

/** What a function may use of the real world. */
const WALL_MS = 5_000;
const MEMORY_MB = 256;
/** Node.js itself, our own code and the compiled function, on top of what the function may use. */
const OWN_MEMORY_MB = 120;

/** How often the memory and the time of a busy sandbox are looked at. */
const LOOK_EVERY_MS = 100;

/** How a sandbox is started. */
export interface SandboxOptions {
  /** Folders from which code may be read: those of packages. Nothing else of the disk can be. */
  readonly readable: readonly string[];
  /** The compiled child.ts; the neighbour of this file by default. */
  readonly child?: URL;
  /** How long a function may take, in milliseconds; what it waits for a processor is not its own time. */
  readonly wallMs?: number;
}

const LONGEST_COMPLAINT = 4_000;

/** What a sandbox is asked for. */
export type Work = Omit<Request, "id">;

/** A longer answer is none: it fills our memory instead of its own. */
const LONGEST_ANSWER = 64_000_000;

/** What is said of a function that has written where only answers are written. */
const FORGED = "it writes where the result of its proof is written";

/** Why there is no answer. */
export interface Lost {
  readonly lost: string;
}

/** One process. */
export class Sandbox {
  readonly #process: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #wallMs: number;
  /** What every answer begins with. The function under test may write where answers are written, but can't know it. */
  readonly #key = randomBytes(24).toString("hex");
  readonly #ready: Promise<Reply | Lost>;
  #jobs = 0;
  #killedFor: string | undefined;
  #isStarted = false;
  /** What it says when it does not start. */
  #complaint = "";
  #unread = "";
  #receive: (reply: Reply | Lost) => void = () => undefined;
  #ended: Lost | undefined;
  isBusy = false;
  readonly isForPackages: boolean;

  constructor(
    { readable, child = new URL("./sandbox/child.js", import.meta.url), wallMs = WALL_MS }: SandboxOptions,
    isForPackages: boolean,
  ) {
    this.#wallMs = wallMs;
    this.isForPackages = isForPackages;
    const file = realpathSync(fileURLToPath(child));
    const flags = [
      ...permissions([...ownFiles(file), ...readable]),
      "--no-warnings",
      "--experimental-import-meta-resolve",
      `--max-old-space-size=${String(MEMORY_MB)}`,
    ];
    // Pipes and no channel of Node.js: the parent must take nothing from it but lines of text.
    this.#process = spawn(process.execPath, [...flags, file], {
      env: { TZ: "UTC" },
      cwd: dirname(file),
      stdio: ["pipe", "pipe", "pipe"],
    });
    this.#process.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = `${this.#complaint}${text}`.slice(0, LONGEST_COMPLAINT);
    });
    this.#process.stdout.setEncoding("utf8").on("data", (text: string) => {
      this.#read(text);
    });
    // Where the process is gone, its end says more.
    this.#process.stdin.on("error", () => undefined);
    this.#ready = new Promise((resolve) => {
      this.#receive = resolve;
    });
    this.#process.once("error", (error) => {
      this.#end(notStarted(error.message));
    });
    this.#process.once("close", (code, signal) => {
      const complaint = /^\w*Error.*$/mu.exec(this.#complaint)?.[0] ?? this.#complaint;
      this.#end(this.#isStarted ? reasonOf(code, signal) : notStarted(complaint));
    });
    this.#process.stdin.write(`${this.#key}\n`);
  }

  /** Whether it can't answer any more. */
  get isGone(): boolean {
    return this.#killedFor !== undefined || this.#ended !== undefined;
  }

  /** Lets the parent end while nothing is under way. */
  rest(): void {
    this.#process.unref();
    for (const stream of this.#streams()) stream.unref();
  }

  end(): void {
    this.#process.kill("SIGKILL");
  }

  async ask(work: Work): Promise<Reply | Lost> {
    this.isBusy = true;
    this.#process.ref();
    for (const stream of this.#streams()) stream.ref();
    const ready = await this.#ready;
    const reply = "lost" in ready ? ready : await this.#answer(work);
    this.isBusy = false;
    return reply;
  }

  /** The pipes, which are sockets whatever their types say. */
  #streams(): Socket[] {
    const { stdin, stdout, stderr } = this.#process;
    return [stdin, stdout, stderr] as unknown as Socket[];
  }

  #answer(work: Work): Promise<Reply | Lost> {
    this.#jobs += 1;
    const id = this.#jobs;
    return new Promise((resolve) => {
      const isLate = this.#limit();
      const watch = setInterval(() => {
        if (isLate()) this.#kill(`it takes more than ${String(this.#wallMs / 1000)} seconds, as an endless loop does`);
        if (residentMegabytes(this.#process.pid) > MEMORY_MB + OWN_MEMORY_MB)
          this.#kill(`it uses more than ${String(MEMORY_MB)} MB of memory`);
      }, LOOK_EVERY_MS);
      this.#receive = (reply) => {
        if (!("lost" in reply) && reply.id !== id) return;
        clearInterval(watch);
        resolve(reply);
      };
      if (this.#ended !== undefined) {
        this.#receive(this.#ended);
        return;
      }
      const request: Request = { id, ...work };
      this.#process.stdin.write(`${JSON.stringify(request)}\n`);
    });
  }

  /** Tells when a function that begins now has had its time: a busy machine takes longer, and that is all. */
  #limit(): () => boolean {
    const { pid } = this.#process;
    const [begun, waited] = [performance.now(), waitedForProcessorMs(pid)];
    return () => performance.now() - begun - (waitedForProcessorMs(pid) - waited) > this.#wallMs;
  }

  #read(text: string): void {
    this.#unread += text;
    for (let end = this.#unread.indexOf("\n"); end >= 0; end = this.#unread.indexOf("\n")) {
      const line = this.#unread.slice(0, end);
      this.#unread = this.#unread.slice(end + 1);
      if (this.#killedFor !== undefined) return;
      if (line.startsWith(`${this.#key} `)) {
        this.#isStarted = true;
        this.#receive(JSON.parse(line.slice(this.#key.length + 1)) as Reply);
      } else {
        this.#kill(FORGED);
      }
    }
    if (this.#unread.length > LONGEST_ANSWER) this.#kill(FORGED);
  }

  #kill(why: string): void {
    this.#killedFor ??= why;
    this.end();
  }

  #end(why: string): void {
    this.#ended ??= { lost: this.#killedFor ?? why };
    this.#receive(this.#ended);
  }
}

function notStarted(complaint: string): string {
  return `the sandbox did not start: ${/\bE[MN]FILE\b/u.test(complaint) ? tooManyFiles : complaint}`;
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

/** How long a process was ready to run and had no processor, where the system tells it in a file; 0 elsewhere. */
function waitedForProcessorMs(pid: number | undefined): number {
  try {
    const nanoseconds = readFileSync(`/proc/${String(pid)}/schedstat`, "utf8").split(" ")[1];
    return Number(nanoseconds) / 1_000_000;
  } catch {
    return 0;
  }
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
