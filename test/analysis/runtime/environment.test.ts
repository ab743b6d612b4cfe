import { describe, expect, it } from "vitest";
import { environmentOf } from "../../../src/analysis/runtime/environment.ts";
import { modelOf } from "../support.ts";

/** What a text does with its environment: `read NAME`, `write NAME`, and what it does as a whole. */
function environment(text: string): string[] {
  const model = modelOf(text);
  const { uses, escapes, computed, hidden } = environmentOf(model);
  return [
    ...uses.map(
      ({ name, isWrite, isIndirect }) => `${isWrite ? "write" : "read"} ${name}${isIndirect ? " by name" : ""}`,
    ),
    ...escapes.map((node) => `escape ${model.textOf(node)}`),
    ...computed.map((node) => `computed ${model.textOf(node)}`),
    ...hidden.map((node) => `hidden ${model.textOf(node)}`),
  ];
}

describe("environmentOf", () => {
  it.each<[string, string[]]>([
    ["process.env.A;", ["read A"]],
    ['process["env"]["A"];', ["read A"]],
    ["process?.env?.A;", ["read A"]],
    ["globalThis.process.env.A;", ["read A"]],
    ['global["process"].env.A;', ["read A"]],
    ["globalThis.global.process.env.A;", ["read A"]],
    ["const KEY = 'env'; process[KEY].A;", ["read A"]],
    ["const p = process; p.env.A;", ["read A"]],
    ["const g = globalThis; const { process: p } = g; const { env: { A } } = p;", ["read A"]],
    ["const { env: { A = 1 } = {} } = process;", ["read A"]],
    ["const env = process.env || {}; env.A;", ["read A"]],
    ["const env = isTest ? {} : process.env; env.A;", ["read A"]],
    ["if (process && process.env && process.env.A) {}", ["read A"]],
    ["let A; ({ A } = process.env);", ["read A"]],
    ['const p = require("process"); p.env.A;', ["read A"]],
    ['const { env } = require("node:process"); env.A;', ["read A"]],
    ['require("process").env.A;', ["read A"]],
    ['import p from "process"; p.env.A;', ["read A"]],
    ['import * as p from "node:process"; p.default.env.A; p.env.B;', ["read A", "read B"]],
    ['import { env, argv } from "process"; env.A; argv.B;', ["read A"]],
    ['"A" in process.env;', ["read A"]],
    ['process.env.hasOwnProperty("A");', ["read A"]],
    ['Object.hasOwn(process.env, "A");', ["read A"]],
    ["process.env.A = 1;", ["write A"]],
    ["process.env.A ||= 1;", ["write A"]],
    ["delete process.env.A;", ["write A"]],
    ["process.env.A++;", ["write A"]],
    ["for (process.env.A of list) {}", ["write A"]],
    ["({ a: process.env.A } = b);", ["write A"]],
    ["Object.assign(process.env, { A: 1 }, { 'B': 2 });", ["write A", "write B"]],
    ['Reflect.deleteProperty(process.env, "A");', ["write A"]],
    ['const KEY = "A"; process.env[KEY];', ["read A by name"]],
    ['["A", "B"].map((name) => process.env[name]);', ["read A by name", "read B by name"]],
    ['process.env[input ? "A" : "B"] = 1;', ["write A by name", "write B by name"]],
    ["process.env[input];", ["computed process.env[input]"]],
    ["process.env.hasOwnProperty(input);", ["computed process.env.hasOwnProperty"]],
    ["process.env.hasOwnProperty;", ["read hasOwnProperty"]],
    ["show(process.env);", ["escape process.env"]],
    ["show({ ...process.env });", ["escape process.env"]],
    ["const { A, ...rest } = process.env;", ["read A", "escape process.env"]],
    ["let env = process.env; env = {}; env.A;", ["escape process.env"]],
    ["process.env = {};", ["escape process.env"]],
    ["Object.assign(process.env, more);", ["escape process.env"]],
    ["Object.assign({}, process.env);", ["escape process.env"]],
    ["process[input];", ["escape process"]],
    ["list[process];", ["escape process"]],
    ["show(globalThis);", ["hidden globalThis"]],
    ["globalThis[input];", ["hidden globalThis"]],
    ["globalThis.fetch(url); typeof process; process.version;", []],
    ["const process = other; process.env.A;", []],
    ["const env = process.env; const other = env; env.A;", ["read A"]],
  ])("tells of %s", (text, expected) => {
    expect(environment(text)).toEqual(expected);
  });
});
