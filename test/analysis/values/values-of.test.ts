import { describe, expect, it } from "vitest";
import type { Model } from "../../../src/analysis/code/model.ts";
import { valuesOf } from "../../../src/analysis/values/values-of.ts";
import type { Knowledge, Value } from "../../../src/analysis/values/values-of-types.ts";
import { argumentOf, modelOf } from "../support.ts";

function print(model: Model, value: Value<string>): string {
  switch (value.kind) {
    case "text":
      return `"${value.parts.map((part) => (typeof part === "string" ? part : `<${model.textOf(part)}>`)).join("")}"`;
    case "number":
    case "boolean":
      return value.value === undefined ? value.kind : String(value.value);
    case "known":
      return value.what;
    case "unknown":
      return `?${value.why}${value.isPresent ? "!" : ""}`;
    case "instance":
      return value.of ?? "instance";
    default:
      return value.kind;
  }
}

/** What the argument of `show` can be. */
function values(text: string, knowledge?: Knowledge<string>): string {
  const model = modelOf(text.includes("await") ? `async function lambda(input) { ${text} }` : text);
  return valuesOf(model, argumentOf(model, "show"), knowledge)
    .map((value) => print(model, value))
    .join(" ");
}

describe("valuesOf", () => {
  it.each([
    ["show('a');", '"a"'],
    ["show(`a`);", '"a"'],
    ["show(`a${b}c`);", '"a<b>c"'],
    ["const A = 'x'; show(`${A}/${1}/${b}`);", '"x/1/<b>"'],
    ["show('a' + b + 'c');", '"a<b>c"'],
    ["show(a + b);", "sum"],
    ["let t = 'a'; t = t + 'b'; show(t);", '"a" "<t>b"'],
    ["let t = 'a'; t += b; show(t);", '"a" "<t><b>"'],
    ["let n = 1; n += 1; show(n);", "1 sum"],
    ["let t; t = t + t; show(t);", "nothing sum"],
    ["show(typeof a);", '"<typeof a>"'],
    ["show(String(a));", '"<String(a)>"'],
    ["show(a.toUpperCase());", '"<a.toUpperCase()>"'],
    ["show(a?.trim());", "?foreign nothing"],
    ["show(JSON.stringify({ a }));", '"<JSON.stringify({ a })>"'],
    ["show(JSON.stringify(a));", "stringified"],
    ["show(JSON.stringify(JSON.stringify(a)));", "stringified"],
    ["show(JSON.stringify(undefined));", "stringified"],
    ["function String() { return 1; } show(String(a));", "1"],
  ])("tells texts: %s", (text, expected) => {
    expect(values(text)).toBe(expected);
  });

  it.each([
    ["show(1);", "1"],
    ["show(-1);", "number"],
    ["show(a * b);", "number"],
    ["let n = 0; n++; show(n);", "0 number"],
    ["let n = 0; n -= a; show(n);", "0 number"],
    ["show(Number(a));", "number"],
    ["show(1n);", "number"],
    ["show(true);", "true"],
    ["show(!a);", "boolean"],
    ["show(!0);", "true"],
    ["show(!1);", "false"],
    ["show(!!'a');", "true"],
    ["show(!'');", "true"],
    ["show(!`a${b}`);", "false"],
    ["show(!`${b}`);", "boolean"],
    ["show(!{});", "false"],
    ["show(!undefined);", "true"],
    ["show(!(b ? 1 : 2));", "false"],
    ["show(!(b ? 1 : 0));", "boolean"],
    ["show(!(b && 0));", "true"],
    ["let t = true; t = !t; show(t);", "true boolean"],
    ["show(a === b);", "boolean"],
    ["show(a instanceof Error);", "boolean"],
    ["show(null);", "nothing"],
    ["show(undefined);", "nothing"],
    ["show(void 0);", "nothing"],
    ["show({ a });", "object"],
    ["show([a]);", "list"],
    ["show(() => a);", "function"],
    ["function f() {} show(f);", "function"],
    ["class A {} show(A);", "class"],
    ["show(/a/u);", "pattern"],
    ["show(new Error('a'));", "error"],
    ["show(TypeError('a'));", "error"],
    ["class Own extends Error {} show(new Own());", "error"],
    ["class Base extends Error {} class Own extends Base {} show(new Own());", "error"],
    ["class Own {} show(new Own());", "instance"],
    ["class A extends B {} class B extends A {} show(new A());", "instance"],
    ["show(new URL(a));", "URL"],
    ["show(new Promise(f));", "promise"],
    ["show(Promise.all([a]));", "promise"],
    ["show(Object.assign({}, a));", "made-object"],
  ])("tells what else there is: %s", (text, expected) => {
    expect(values(text)).toBe(expected);
  });

  it.each([
    ["show(a);", "?expression"],
    ["show(a.b);", "?part"],
    ["show(f());", "?foreign"],
    ["show(await f());", "?part"],
    ["show(this);", "?expression"],
    ["export function f(a) { show(a); }", "?parameter"],
    ["try {} catch (e) { show(e); }", "?caught"],
    ["show(a || 'b');", '?expression! "b"'],
    ["show(a.b ?? 'c');", '?part! "c"'],
    ["show(f() || 'b');", '?foreign! "b"'],
    ["show(a && 'b');", 'falsy "b"'],
  ])("tells what can't be told: %s", (text, expected) => {
    expect(values(text)).toBe(expected);
  });

  it("tells all that there can be", () => {
    const text = "let a; if (b) { a = 'x'; } else if (c) { a = { y }; } else { a = make(); } show(a);";
    expect(values(`${text} function make() { return new Error(); }`)).toBe('nothing "x" object error');
  });

  it("asks for what the asker knows", () => {
    const knowledge: Knowledge<string> = (made, path) =>
      made.type === "CallExpression" && path.join(" ") === "promise .value" ? "the secret" : undefined;
    expect(values("const { value } = await read('a'); show(value);", knowledge)).toBe("the secret");
    expect(values("const s = await read('a'); show(s.value); s.other;", knowledge)).toBe("the secret");
    expect(values("const s = await read('a'); show(s.other);", knowledge)).toBe("?part");
    expect(values("show(`Bearer ${(await read('a')).value}`);", knowledge)).toBe(
      "\"Bearer <(await read('a')).value>\"",
    );
    expect(values("show(JSON.stringify((await read('a')).value));", knowledge)).toMatch(/^"/u);
  });

  it("is not exponential in long sums, nor endless in circles", () => {
    const sum = Array.from({ length: 200 }, (_, index) => `v${String(index)}`).join(" + ");
    expect(values(`show(${sum} + 'a');`)).toMatch(/^"/u);
    expect(values("let a = 'x', b = 'y'; a = a + b; b = b + a; show(a);")).toBe('"x" "<a><b>"');
    expect(values("let a = 'x', b = other; a = a + b; b = b + a; show(b);")).toBe('?expression "<b><a>"');
  });
});
