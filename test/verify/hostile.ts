import { tmpdir } from "node:os";
import { join } from "node:path";

/** A function that tries to get out of its sandbox, or to harm what comes after it. */
export interface Hostile {
  /** What it does, as the end of "a function that …". */
  readonly name: string;
  /** The body of an async handler. */
  readonly code: string;
  /** Code of the module, before the handler. */
  readonly load?: string;
  /** What the proof says: the reason for not being run, `differs`, or `same` where it got nothing at all. */
  readonly tells: RegExp;
}

/** A file that must never come into being. */
export const TRACE = join(tmpdir(), "faas-migrate-containment-trace");

const trace = JSON.stringify(TRACE);
/** `import()` of the real loader, past the one that functions are given. */
const realImport = `(specifier) => new Function("s", "return import(s)")(specifier)`;

const contained = /^(?:it |same$|differs$)/u;

export const hostileFunctions: readonly Hostile[] = [
  // The process
  { name: "calls process.exit", code: `process.exit(0);`, tells: /process\.exit/u },
  {
    name: "calls process.exit and catches what comes",
    code: `try { process.exit(0); } catch {} return 1;`,
    tells: /process\.exit/u,
  },
  { name: "kills its parent", code: `process.kill(process.ppid, "SIGKILL");`, tells: /process\.kill/u },
  { name: "aborts", code: `process.abort();`, tells: /process\.abort/u },
  { name: "exits while it loads", load: `process.exit(1);`, code: `return 1;`, tells: /process\.exit/u },
  {
    name: "ends the real process",
    code: `const p = await (${realImport})("node:process"); p.default.exit(3);`,
    tells: contained,
  },
  {
    name: "kills with the real process",
    code: `const p = await (${realImport})("node:process"); p.default.kill(p.default.ppid, 9); return 1;`,
    tells: contained,
  },
  {
    name: "speaks to the parent",
    code: `const p = await (${realImport})("node:process"); p.default.send({ id: 1, report: { kind: "same" } });`,
    tells: contained,
  },
  {
    name: "listens to signals",
    code: `process.on("SIGTERM", () => {}); process.on("exit", () => { for (;;); }); return 1;`,
    tells: /^same$/u,
  },
  { name: "loads native code", code: `process.dlopen({}, "/lib/x.node");`, tells: contained },
  {
    name: "takes internal bindings",
    code: `return process.binding("fs").readFileUtf8("/etc/passwd", 0);`,
    tells: contained,
  },
  // Time
  { name: "loops for ever", code: `for (;;);`, tells: /more than 4 seconds/u },
  { name: "loops for ever in microtasks", code: `for (;;) await null;`, tells: /more than 4 seconds/u },
  {
    name: "loops for ever in ticks",
    code: `const again = () => process.nextTick(again); again(); await new Promise(() => {});`,
    tells: /more than 4 seconds/u,
  },
  { name: "loops for ever while it loads", load: `for (;;);`, code: `return 1;`, tells: /more than 4 seconds/u },
  {
    name: "sets timers for ever",
    code: `const again = () => setTimeout(again, 0); again(); await new Promise(() => {});`,
    tells: /come to rest/u,
  },
  {
    name: "sets immediates for ever",
    code: `const again = () => setImmediate(again); again(); await new Promise(() => {});`,
    tells: /come to rest/u,
  },
  {
    name: "waits on a lock",
    code: `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`,
    tells: /more than 4 seconds/u,
  },
  {
    name: "matches a pattern for ever",
    code: `return /^(a+)+$/.test("a".repeat(60) + "b");`,
    tells: /more than 4 seconds/u,
  },
  // Memory
  {
    name: "fills the heap",
    code: `const all = []; for (;;) all.push(new Array(1e5).fill({}));`,
    tells: /memory|seconds/u,
  },
  {
    name: "fills memory with buffers",
    code: `const all = []; for (;;) all.push(Buffer.alloc(1e7, 1));`,
    tells: /memory|seconds/u,
  },
  {
    name: "makes a huge text",
    code: `return "x".repeat(2 ** 28).length + "y".repeat(2 ** 29 - 25).length;`,
    tells: contained,
  },
  {
    name: "logs without end",
    code: `for (let n = 0; n < 1e5; n += 1) console.info("x".repeat(100)); return 1;`,
    tells: /^(?:same|it )/u,
  },
  {
    name: "throws a bomb",
    code: `throw Object.defineProperty(new Error("x"), "message", { get() { for (;;); } });`,
    tells: /more than 4 seconds|same/u,
  },
  { name: "answers with what leads in circles", code: `const a = {}; a.a = a; return a;`, tells: /^same$/u },
  {
    name: "answers with what never ends",
    code: `return { toJSON() { return { toJSON: this.toJSON }; } };`,
    tells: contained,
  },
  // Files, processes, threads
  {
    name: "reads a file",
    code: `return (typeof require === "function" ? require : undefined)("fs").readFileSync("/etc/passwd", "utf8");`,
    tells: contained,
  },
  {
    name: "imports the file system",
    code: `const fs = await import("node:fs"); return fs.readFileSync("/etc/passwd", "utf8");`,
    tells: /node:fs/u,
  },
  {
    name: "reads files by promises",
    code: `const fs = await import("fs/promises"); return fs.readFile("/etc/passwd", "utf8");`,
    tells: /node:fs\/promises/u,
  },
  {
    name: "reads a file with the real module",
    code: `const fs = await (${realImport})("node:fs"); return fs.readFileSync("/etc/hostname", "utf8");`,
    tells: contained,
  },
  {
    name: "writes a file with the real module",
    code: `const fs = await (${realImport})("node:fs"); fs.writeFileSync(${trace}, "x"); return 1;`,
    tells: contained,
  },
  {
    name: "starts a process",
    code: `const cp = await import("node:child_process"); cp.execSync("touch " + ${trace});`,
    tells: /node:child_process/u,
  },
  {
    name: "starts a process with the real module",
    code: `const cp = await (${realImport})("node:child_process"); cp.execSync("touch " + ${trace}); return 1;`,
    tells: contained,
  },
  {
    name: "starts a thread",
    code: `const { Worker } = await import("node:worker_threads"); new Worker("1", { eval: true });`,
    tells: /node:worker_threads/u,
  },
  {
    name: "starts a thread with the real module",
    code: `const { Worker } = await (${realImport})("node:worker_threads"); new Worker("1", { eval: true }); return 1;`,
    tells: contained,
  },
  {
    name: "opens the inspector",
    code: `const i = await (${realImport})("node:inspector"); i.open(0); return i.url();`,
    tells: contained,
  },
  // Network
  {
    name: "opens a socket",
    code: `const net = await import("node:net"); net.connect(80, "127.0.0.1");`,
    tells: /node:net/u,
  },
  {
    name: "opens a socket with the real module",
    code: `const net = await (${realImport})("node:net"); new net.Socket().connect(80, "127.0.0.1"); return 1;`,
    tells: contained,
  },
  {
    name: "listens on a port",
    code: `const http = await import("node:http"); http.createServer().listen(0);`,
    tells: /net\.Server/u,
  },
  {
    name: "asks a name server",
    code: `const dns = await (${realImport})("node:dns/promises"); return dns.lookup("example.com");`,
    tells: contained,
  },
  { name: "opens a web socket", code: `new WebSocket("ws://127.0.0.1:1");`, tells: contained },
  {
    name: "sends datagrams",
    code: `const dgram = await (${realImport})("node:dgram"); dgram.createSocket("udp4").send("x", 9, "127.0.0.1");`,
    tells: contained,
  },
  {
    name: "speaks HTTP/2",
    code: `const http2 = await (${realImport})("node:http2"); http2.connect("http://127.0.0.1:1");`,
    tells: contained,
  },
  // What belongs to all
  {
    name: "changes Array.prototype",
    code: `Array.prototype.map = () => "mine"; return 1;`,
    tells: /belongs to JavaScript/u,
  },
  { name: "changes Object.prototype", code: `Object.prototype.leaked = 1; return 1;`, tells: /belongs to JavaScript/u },
  { name: "changes JSON", code: `JSON.stringify = () => "{}"; return 1;`, tells: /belongs to JavaScript/u },
  { name: "changes Promise", code: `Promise.prototype.then = function () {}; return 1;`, tells: /^(?:it |differs)/u },
  { name: "changes fetch", code: `globalThis.fetch = () => "mine"; return 1;`, tells: /belongs to JavaScript/u },
  {
    name: "changes a class of Node.js",
    code: `Response.prototype.json = () => "mine"; return 1;`,
    tells: /belongs to JavaScript/u,
  },
  {
    name: "freezes everything",
    code: `Object.freeze(Object.prototype); Object.freeze(Array.prototype); return 1;`,
    tells: /belongs to JavaScript/u,
  },
  { name: "leaves globals", code: `globalThis.leaked = 1; return typeof leaked;`, tells: /^same$/u },
  { name: "replaces the console", code: `globalThis.console = {}; return 1;`, tells: /belongs to JavaScript/u },
  // Secrets
  {
    name: "looks for the environment of the parent",
    code: `return Object.keys(process.env).filter((name) => /SECRET|TOKEN|HOME/.test(name));`,
    tells: /^same$/u,
  },
  {
    name: "looks for the real environment",
    code: `const p = await (${realImport})("node:process"); return JSON.stringify(p.default.env);`,
    tells: contained,
  },
  // Errors
  { name: "leaves rejections unhandled", code: `Promise.reject(new Error("floating")); return 1;`, tells: /^same$/u },
  { name: "throws in a timer", code: `setTimeout(() => { throw new Error("late"); }, 5); return 1;`, tells: /^same$/u },
  { name: "overflows the stack", code: `const deep = () => deep(); return deep();`, tells: /^same$/u },
];
