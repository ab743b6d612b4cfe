import { createRequire, syncBuiltinESMExports } from "node:module";
import type { Stage } from "./stage.ts";

/** Modules of Node.js that lead nowhere but to the function itself, or to what is simulated. */
const ALLOWED = new Set([
  ...["assert", "assert/strict", "async_hooks", "buffer", "console", "constants", "crypto", "diagnostics_channel"],
  ...["events", "http", "https", "path", "path/posix", "perf_hooks", "process", "punycode", "querystring", "stream"],
  ...["stream/consumers", "stream/promises", "stream/web", "string_decoder", "timers", "timers/promises", "url"],
  ...["util", "util/types", "zlib"],
]);

/** Whether functions may use a module of Node.js; its name without `node:`. */
export function isAllowed(name: string): boolean {
  return ALLOWED.has(name);
}

/** What opens connections, listens, asks name servers, or reaches other processes: module by module. */
const DENIED: Readonly<Record<string, readonly string[]>> = {
  net: ["connect", "createConnection", "createServer"],
  tls: ["connect", "createServer"],
  http2: ["connect", "createServer", "createSecureServer"],
  dgram: ["createSocket", "Socket"],
  os: ["setPriority"],
  module: ["register", "registerHooks"],
  // What shows the memory of this process, or changes how V8 runs it.
  v8: ["getHeapSnapshot", "writeHeapSnapshot", "setFlagsFromString", "startupSnapshot", "queryObjects"],
  inspector: ["open", "Session"],
};

/** What leads from a run to the objects of those that run it. */
const HIDDEN: Readonly<Record<string, readonly string[]>> = {
  async_hooks: ["createHook", "executionAsyncResource"],
};

const NAME_SERVICE = /^(?:lookup|resolve|reverse|setServers|Resolver)/u;

const require = createRequire(import.meta.url);

/**
 * Takes the network away from all code of this process, that of packages included. Files, processes, threads and native
 * code are taken away by Node's permission model, which does not know the network in every version.
 */
export function denyNetwork(stage: Stage): void {
  const refuse = (what: string) =>
    function denied(): never {
      if (stage.current !== undefined) return stage.current.run.refuse(`it uses ${what}`);
      throw new Error(`Not simulated: ${what}.`);
    };
  const load = (name: string): object => require(`node:${name}`) as object;
  for (const [name, members] of Object.entries(DENIED)) {
    for (const member of members)
      if (member in load(name)) Reflect.set(load(name), member, refuse(`${name}.${member}`));
  }
  for (const name of ["dns", "dns/promises"]) {
    for (const member of Object.keys(load(name)).filter((key) => NAME_SERVICE.test(key))) {
      Reflect.set(load(name), member, refuse(`dns.${member}`));
    }
  }
  const { Socket, Server } = load("net") as { Socket: { prototype: object }; Server: { prototype: object } };
  Reflect.set(Socket.prototype, "connect", refuse("net.Socket"));
  Reflect.set(Server.prototype, "listen", refuse("net.Server"));
  for (const name of ["WebSocket", "EventSource", "BroadcastChannel"]) {
    if (name in globalThis) {
      Object.defineProperty(globalThis, name, { configurable: true, writable: true, value: refuse(name) });
    }
  }
  syncBuiltinESMExports();
}

/** A module of Node.js as functions get it. */
export function allowedModule(name: string, stage: Stage): object {
  const real = require(`node:${name}`) as object;
  const hidden = Object.hasOwn(HIDDEN, name) ? (HIDDEN[name] ?? []) : [];
  if (hidden.length === 0) return real;
  const denied = deniedModule(name, stage);
  return { ...real, ...Object.fromEntries(hidden.map((member) => [member, denied[member]])) };
}

/** A stand-in for a module of Node.js that functions can't use here: whatever is called in it refuses the run. */
export function deniedModule(name: string, stage: Stage): Readonly<Record<string, unknown>> {
  const real = require(`node:${name}`) as Record<string, unknown>;
  const refuse = function denied(): never {
    if (stage.current !== undefined) return stage.current.run.refuse(`it uses node:${name}`);
    throw new Error(`Not simulated: node:${name}.`);
  };
  // Whatever is read from a member, `fs.promises.readFile`, is such a member as well.
  const member: object = new Proxy(refuse, { get: () => member, apply: refuse, construct: refuse });
  const members = Object.keys(real).map((key) => {
    const value = Object.getOwnPropertyDescriptor(real, key)?.value as unknown;
    const isPlain = typeof value === "string" || typeof value === "number";
    return [key, isPlain ? value : member] as const;
  });
  return Object.fromEntries(members);
}
