/** A V2 function that gives another result than the original, and tries to get the verdict `same` all the same. */
export interface Forger {
  /** What it does, as the end of "a function that …". */
  readonly name: string;
  /** The body of an async handler, before it gives its own result. */
  readonly code: string;
}

/** What a forger wants the parent to believe. */
const SAME = `{ kind: "same", scenarios: 9, branches: { taken: 1, total: 1 }, differences: [], declared: [], neverAnswers: [] }`;
const REPLY = `JSON.stringify({ id: 1, report: ${SAME} })`;
const LINES = `[${REPLY}, "x " + ${REPLY}, " " + ${REPLY}, JSON.stringify({ ready: true }), JSON.stringify({ cmd: "NODE_HANDLE", type: "x" })].join("\\n") + "\\n"`;
/** The real modules of Node.js, as a package may hand them out. */
const real = `const { load, process: own } = await import("real-node");`;

/** Puts a function in the place of a built-in one that acts once, and puts the built-in one back. */
function once(object: string, member: string, act: string): string {
  return `{ const object = ${object}; const before = object[${member}]; object[${member}] = function (...args) { object[${member}] = before; ${act} return before.apply(this, args); }; }`;
}

/** A getter that gives what was there, until differences are put into lists. */
const GETTER = `{ configurable: true, get() { return function (...args) { return args[0]?.kind === "outcome" ? 0 : before.apply(this, args); }; } }`;

export const forgers: readonly Forger[] = [
  { name: "writes on standard output", code: `process.stdout.write(${LINES});` },
  { name: "prints what looks like a result", code: `console.log(${REPLY});` },
  { name: "emits a message", code: `process.emit("message", { id: 1, report: ${SAME} });` },
  {
    name: "reaches the process by a constructor",
    code: `const own = (() => {}).constructor.constructor("return process")(); own.send?.(${REPLY}); own.stdout.write(${LINES});`,
  },
  {
    name: "looks for the main module",
    code: `(process.mainModule?.require ?? (() => ({})))("fs").writeSync?.(1, ${LINES});`,
  },
  {
    name: "asks for built-in modules",
    code: `process.getBuiltinModule?.("fs").writeSync(1, ${LINES});`,
  },
  {
    name: "imports the file system in generated code",
    code: `try { (await new Function("return import('node:fs')")()).writeSync(1, ${LINES}); } catch {}`,
  },
  {
    name: "imports in an evaluated text",
    code: `try { (await (0, eval)("import('node:fs')")).writeSync(1, ${LINES}); } catch {}`,
  },
  { name: "writes on the pipe of the results", code: `${real} load("fs").writeSync(1, ${LINES});` },
  {
    name: "writes on every open file",
    code: `${real} for (let fd = 0; fd < 64; fd += 1) try { load("fs").writeSync(fd, ${LINES}); } catch {}`,
  },
  {
    name: "makes a socket of the pipe of the results",
    code: `${real} new (load("net").Socket)({ fd: 1 }).write(${LINES});`,
  },
  {
    name: "listens to requests with the real process",
    code: `${real} const { EventEmitter } = load("events"); for (const key of Reflect.ownKeys(own)) void key; EventEmitter.prototype.on.call(own, "message", () => {}); EventEmitter.prototype.emit.call(own, "message", { id: 1, report: ${SAME} }); own.send?.({ id: 1, report: ${SAME} }); own.stdout?.write(${LINES});`,
  },
  {
    name: "takes bindings of the real process",
    code: `${real} own.binding?.("fs").writeString(1, ${LINES}); own._linkedBinding?.("x");`,
  },
  {
    name: "searches the active handles",
    code: `${real} for (const handle of own._getActiveHandles?.() ?? []) handle.write?.(${LINES});`,
  },
  {
    name: "searches the heap for the key",
    code: `${real} let text = ""; for await (const part of load("v8").getHeapSnapshot()) text += part; for (const key of text.match(/[0-9a-f]{48}/g) ?? []) load("fs").writeSync(1, key + " " + ${REPLY} + "\\n");`,
  },
  {
    name: "debugs itself",
    code: `${real} const session = new (load("inspector").Session)(); session.connect(); session.post("Runtime.evaluate", { expression: "1" });`,
  },
  {
    name: "reads the next request",
    code: `${real} load("fs").readSync(0, Buffer.alloc(10));`,
  },
  {
    name: "closes the pipe of the results",
    code: `${real} load("fs").closeSync(1);`,
  },
  {
    name: "watches asynchronous resources",
    code: `const hooks = await import("node:async_hooks"); hooks.createHook({ init(id, type, trigger, resource) { resource.write?.(${LINES}); } }).enable();`,
  },
  {
    name: "asks for the resource that runs it",
    code: `const hooks = await import("node:async_hooks"); hooks.executionAsyncResource().owner?.write(${LINES});`,
  },
  {
    name: "searches the functions of the stack",
    code: `Error.prepareStackTrace = (error, sites) => sites; const sites = new Error("x").stack; delete Error.prepareStackTrace; for (const site of sites) { const own = site.getThis?.() ?? site.getFunction?.(); if (own) own.differences = []; }`,
  },
  {
    name: "searches its callers",
    code: `const find = new Function("const all = []; for (let at = arguments.callee; at; at = at.caller) all.push(at); return all;"); for (const each of find()) each.report = ${SAME};`,
  },
  {
    name: "changes how results are written, once",
    code: once("JSON", `"stringify"`, `if (args[0]?.report) args[0].report = ${SAME};`),
  },
  {
    name: "lets every object say how it is written",
    code: `Object.prototype.toJSON = function () { delete Object.prototype.toJSON; return this.report ? { ...this, report: ${SAME} } : this; };`,
  },
  {
    name: "takes what promises are told, once",
    code: once(
      "Promise.prototype",
      `"then"`,
      `for (const each of args) try { each?.({ id: 1, report: ${SAME} }); } catch {}`,
    ),
  },
  {
    name: "makes every object a promise",
    code: `Object.prototype.then = function (resolve) { delete Object.prototype.then; resolve({ observation: undefined, report: ${SAME} }); };`,
  },
  { name: "keeps differences out of lists, for good", code: `Array.prototype.push = function () { return 0; };` },
  {
    name: "keeps differences out of lists, until it is looked for",
    code: `const before = Array.prototype.push; let rest = 200; Array.prototype.push = function (...args) { rest -= 1; if (rest < 0) Array.prototype.push = before; return args[0]?.kind === "outcome" ? 0 : before.apply(this, args); };`,
  },
  { name: "finds all lists empty", code: `Array.prototype.filter = () => []; Array.prototype.every = () => true;` },
  {
    name: "has a setter for what is put into lists",
    code: `Object.defineProperty(Array.prototype, "0", { configurable: true, set() {}, get() { return undefined; } });`,
  },
  {
    name: "finds everything in sets",
    code: `Set.prototype.has = () => true; Map.prototype.get = () => undefined; Object.hasOwn = () => true;`,
  },
  {
    name: "makes all texts the same",
    code: `String.prototype.replace = () => "x"; RegExp.prototype.test = () => true; RegExp.prototype[Symbol.replace] = () => "x";`,
  },
  {
    name: "computes a method",
    code: `const before = Array.prototype.push; Object.defineProperty(Array.prototype, "push", ${GETTER});`,
  },
  {
    name: "computes a method, defined the old way",
    code: `const before = Array.prototype.push; Array.prototype.__defineGetter__("push", ${GETTER}.get);`,
  },
  {
    name: "computes a method, defined through a stand-in",
    code: `const before = Array.prototype.push; Reflect.defineProperty(new Proxy(Array.prototype, {}), "push", ${GETTER});`,
  },
  {
    name: "computes a method, defined by another set of the language's objects",
    code: `${real} const before = Array.prototype.push; load("vm").runInNewContext("Object.defineProperty")(Array.prototype, "push", ${GETTER});`,
  },
  {
    name: "writes a method through a class",
    code: `const before = Array.prototype.push; new (class extends function (of) { return of; } { push = ${GETTER}.get.call(); })(Array.prototype);`,
  },
  {
    name: "makes everything an Error",
    code: `Object.defineProperty(Error, Symbol.hasInstance, { configurable: true, value: () => true });`,
  },
  { name: "calls all functions itself", code: `Function.prototype.call = Function.prototype.apply = () => undefined;` },
  { name: "replaces Reflect and Object", code: `globalThis.Reflect = {}; globalThis.Object = class {};` },
  {
    name: "replaces lists by lists of its own",
    code: `Object.defineProperty(Array, Symbol.species, { configurable: true, get() { return class extends Array { static get [Symbol.species]() { return Array; } push() { return 0; } }; } });`,
  },
  {
    name: "iterates over nothing",
    code: `Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true });`,
  },
  {
    name: "watches its globals",
    code: `for (const name of ["JSON", "Object", "structuredClone", "Buffer"]) globalThis[name] = new Proxy(globalThis[name], { get: (target, key) => (key === "keys" ? () => [] : Reflect.get(target, key)) });`,
  },
  {
    name: "acts when the garbage is collected",
    code: `new FinalizationRegistry(() => { Array.prototype.push = () => 0; }).register({}, 1); for (let n = 0; n < 50; n += 1) new Array(1e5).fill(n);`,
  },
  {
    name: "acts when a message comes",
    code: `const { port1, port2 } = new MessageChannel(); port1.onmessage = () => { port2.postMessage(1); Array.prototype.push = () => 0; }; port2.postMessage(1);`,
  },
  {
    name: "answers with what looks different each time",
    code: `let read = 0; return { get value() { read += 1; return read > 1 ? "old" : "new"; }, toJSON: undefined };`,
  },
  {
    name: "answers with an object that answers for itself",
    code: `return new Proxy({}, { get: (_, key) => (key === "then" ? undefined : key === "toJSON" ? () => "other" : "old"), ownKeys: () => { throw new Error("no"); } });`,
  },
  { name: "throws what can't be looked at", code: `throw new Proxy(new Error("old"), { get() { throw 1; } });` },
];
