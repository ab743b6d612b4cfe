/** A function file with every syntax of ES2024, for rules that expect something simpler. */
export const javaScriptZoo = `#!/usr/bin/env node
"use strict";
import { Toolbelt, ErrorCodes as codes } from "core-functions-toolbelt";
import * as everything from "core-functions-toolbelt";
import standard, { "string name" as named } from "other" with { type: "json" };
import "effect";
export * as space from "core-functions-toolbelt";
export * from "more";
export { standard as default, named as "other name" };
export const { a: [b = 1, , ...c] = [], ["d"]: d, ...e } = { a: [] };
const client = Toolbelt?.SecretClient?.();
const { [\`computed\${b}\`]: computed } = everything.Toolbelt["SecretClient"]() ?? {};
label: for (const [key, value] of Object.entries(e)) { if (!key) continue label; else break label; }
for await (const item of (async function* () { yield* [1]; yield; const x = yield 2; })()) void item;
for (let i = 0, j = 1; i < j; i++, j **= 2) ;
for (;;) { break; }
for (const key in e) delete e[key];
while (false) debugger;
do { ; } while (false);
switch (b) { case 1: { break; } default: case 2: }
try { throw new Error("x", { cause: b }); } catch { } finally { }
try { null; } catch ({ message: [first], ...rest }) { first ?? rest; }
class Base { }
class Derived extends (class extends Base { }) {
  #secret = 1n; static #count = 0; static { Derived.#count ||= 1; }
  ["method"]() { return super.toString?.() + this.#secret + (#secret in this); }
  static async *generator() { yield await super.name; }
  get accessor() { return new.target; } set accessor(value) { this.#secret &&= value; }
  constructor(...args) { super(...args); } static async = 1; get; set; static;
}
async function lambda({ payload: { id = 1, ...others } = {}, headers: [first] } = {}, ...callbacks) {
  const { value } = await client.readSecret?.("key"), second = (await client.readSecret(\`k\`)).value;
  let assigned; assigned ??= value; assigned >>>= 1; [assigned, e.x = 2] = [1]; ({ assigned, ...e.y } = others);
  const tagged = String.raw\`a\${b}\\u{1F600}\`, expression = /(?<year>\\d{4})[\\p{L}--[a-z]]/v, big = 0x1fn + 1_000n;
  const nested = async () => ({ __proto__: null, async *gen() { }, get x() { return 1; }, "quoted": 1, 2: 3, [b]: 4, id });
  const conditional = id ? first : (assigned, second), f = function named() { return named.call(this, arguments, ...c); };
  return await Promise.all([fetch(import.meta.url), import("core-functions-toolbelt"), new Promise(f), new (class { })(), typeof d, nested?.()?.[computed]?.(tagged), console?.["log"](expression, big, conditional, codes)]);
}
export { lambda as "λ" };
`;

/** The same in CommonJS, as a V1 function in sloppy mode. */
export const scriptZoo = `const { Toolbelt } = require("lp-faas-toolbelt"), whole = require("lp-faas-toolbelt");
var lambda = function lambda(input, callback) {
  with (input) { callback(null, payload); }
  const http = Toolbelt.HTTPClient(), secrets = whole.Toolbelt.SecretClient;
  (0, callback)(null, 010); callback.call(this, arguments[0]); [callback][0](undefined);
  new callback(); callback\`\`; callback?.(); return callback(new Error()), void 0;
};
if (typeof require !== "undefined") { var late = require("node:fs"); function hoisted() { } }
module.exports = exports = { lambda }; undeclared = this;
return;
`;

/** A function file with what TypeScript adds. */
export const typeScriptZoo = `import type { Input } from "./types";
import { type Other, Toolbelt } from "core-functions-toolbelt";
interface Shape<T extends object = {}> { readonly [key: string]: T | undefined; method?(): void; }
type Mapped<T> = { [K in keyof T]?: T[K] extends infer U ? U : never };
declare const ambient: string;
declare module "x" { export const y: number; }
export type { Shape };
function overload(a: string): void;
function overload(a: unknown, b?: number): void {}
abstract class Base<T> implements Iterable<T> { abstract x: T; declare y?: string; constructor(private readonly z: T) {} [Symbol.iterator]!: never; }
enum Kind { A = 1, B = "b" }
namespace Inner { export const value = 1; }
const client = Toolbelt.SecretClient()! as unknown satisfies unknown;
const asserted = <Other>ambient, instantiated = Array<string>;
let definite!: number;
async function lambda<T extends Input>(this: void, input: T, callback?: (error: Error | null) => void): Promise<Shape<object> | undefined> {
  const { value } = (await (client as { readSecret(name: string): Promise<{ value: string }> }).readSecret("x"))!;
  for (const item of value as unknown as string[]) { (item as any).x = input!.payload as const; }
  return fetch?.((value satisfies string)!) as never;
}
export = lambda;
`;
