import process from "node:process";
import type { Stage } from "./stage.ts";

/** Ways in which a function could end or disturb a process. */
const DANGEROUS = [
  "exit",
  "abort",
  "kill",
  "reallyExit",
  "_kill",
  "_debugProcess",
  "_debugEnd",
  "_startProfilerIdleNotifier",
];

/** Parts of the real object that lead to its connection with the parent, or to what the permission model does not know. */
const LEADING_OUT = [
  ...["binding", "_linkedBinding", "dlopen", "getBuiltinModule", "mainModule", "report"],
  ...["stdin", "stdout", "stderr", "openStdin", "_rawDebug", "_getActiveHandles", "_getActiveRequests"],
];

/** Parts of the real object that say what the runtime is, and nothing of the machine. */
const KEPT = ["version", "versions", "release", "features", "nextTick"] as const;

/**
 * Puts a `process` in place of the real one that has what functions use, and nothing that leads out.
 * The real one keeps existing for Node.js itself, without the ways to end it and to speak to the parent.
 */
export function simulateProcess(stage: Stage): object {
  const refuse = (name: string) => (): never => {
    const why = `it calls process.${name}`;
    if (stage.current !== undefined) return stage.current.run.refuse(why);
    throw new Error(`Not simulated: ${why}.`);
  };
  const elapsed = (): number => stage.current?.clock.elapsed ?? 0;
  const hrtime = ([seconds, nanos]: readonly [number, number] = [0, 0]): [number, number] => {
    const total = elapsed() * 1e6 - seconds * 1e9 - nanos;
    return [Math.floor(total / 1e9), total % 1e9];
  };
  hrtime.bigint = (): bigint => BigInt(Math.round(elapsed() * 1e6));
  const stream = { isTTY: false, writable: true, write: () => true, end: () => undefined, on: () => stream };
  const listening = Object.fromEntries(
    ["on", "once", "off", "addListener", "removeListener", "removeAllListeners", "prependListener"].map((name) => [
      name,
      () => facade,
    ]),
  );
  const facade: object = {
    ...Object.fromEntries(KEPT.map((name): [string, unknown] => [name, Reflect.get(process, name)])),
    ...Object.fromEntries(DANGEROUS.map((name) => [name, refuse(name)])),
    ...listening,
    ...{ title: "node", arch: "x64", platform: "linux", pid: 1, ppid: 0, argv: ["node", "/function/index.js"] },
    ...{
      execPath: "/node",
      execArgv: [],
      argv0: "node",
      exitCode: undefined,
      config: {},
      stdout: stream,
      stderr: stream,
    },
    hrtime,
    emit: () => false,
    emitWarning: () => undefined,
    listeners: () => [],
    listenerCount: () => 0,
    cwd: () => "/function",
    chdir: refuse("chdir"),
    umask: () => 18,
    uptime: () => elapsed() / 1000,
    memoryUsage: Object.assign(() => ({ rss: 5e7, heapTotal: 2e7, heapUsed: 1e7, external: 1e6, arrayBuffers: 1e4 }), {
      rss: () => 5e7,
    }),
    cpuUsage: () => ({ user: 0, system: 0 }),
    get env(): NodeJS.ProcessEnv {
      return stage.current?.run.env ?? {};
    },
    [Symbol.toStringTag]: "process",
  };
  for (const name of DANGEROUS) Reflect.set(process, name, refuse(name));
  for (const name of LEADING_OUT) {
    Object.defineProperty(process, name, { configurable: true, writable: true, value: undefined });
  }
  Object.defineProperty(globalThis, "process", { configurable: true, writable: true, value: facade });
  return facade;
}
