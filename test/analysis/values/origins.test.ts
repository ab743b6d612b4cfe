import { describe, expect, it } from "vitest";
import { originsOf } from "../../../src/analysis/values/origins.ts";
import { argumentOf, modelOf } from "../support.ts";

/** What the argument of `show` can come from, as text. */
function origins(text: string): (string | undefined)[] {
  const model = modelOf(text);
  return originsOf(model, argumentOf(model, "show")).map((origin) =>
    origin === undefined ? undefined : model.textOf(origin),
  );
}

describe("originsOf", () => {
  it.each<[string, (string | undefined)[]]>([
    ["show({ a });", ["{ a }"]],
    ["show(input.a);", ["input.a"]],
    ["show(input[a]);", ["input[a]"]],
    ["const table = { a: 1, b: [2] }; show(table[key]);", ["1", "[2]", undefined]],
    ["const table = { a: 1, ...more }; show(table[key]);", ["1", undefined, undefined]],
    ["const table = { a: 1 }; table.b = 2; show(table[key]);", ["table[key]"]],
    ["const list = [1, 2]; show(list[i]);", ["1", "2", undefined]],
    ["show(isA ? 1 : 2);", ["1", "2"]],
    ["show(a || {});", [undefined, "{}"]],
    ["show(isA && {});", [undefined, "{}"]],
    ["show((1, 2));", ["2"]],
    ["let a; a = 1; a = { b }; show(a);", ["1", "{ b }", undefined]],
    ["function make() { if (isA) { return 1; } return 2; } show(make());", ["1", "2", undefined]],
    ["const make = (a) => a; show(make(3));", ["3"]],
    ["async function make() { return 1; } show(make());", ["make()"]],
    ["async function make() { return 1; } async function run() { show(await make()); }", ["1", undefined]],
    ["async function run() { show(await other()); }", [undefined]],
    ["function* make() { return 1; } show(make());", ["make()"]],
    ["function make() { return make(); } show(make());", [undefined, undefined]],
    ["show(other());", ["other()"]],
    ["for (const a of [1, 2]) { show(a); }", ["1", "2"]],
    ["for (const a of list) { show(a); }", [undefined]],
    ["for (const [a] of [1]) { show(a); }", [undefined]],
    ["for (const a of [1, , 2]) { show(a); }", ["1", undefined, "2"]],
    ["[1, 2].forEach((a) => show(a));", ["1", "2"]],
    ["[1, 2].reduce((a) => show(a));", [undefined]],
    ["[1, 2].forEach((a, b) => show(b));", [undefined]],
    ["function A() {} show(A);", ["function A() {}"]],
    ["class A {} show(A);", ["class A {}"]],
  ])("tells of %s", (text, expected) => {
    expect(origins(text)).toEqual(expected);
  });
});
