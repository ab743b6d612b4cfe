import { describe, expect, it } from "vitest";
import { readObjectShape } from "../../../src/analysis/values/object-shape.ts";
import { argumentOf, modelOf } from "../support.ts";

interface Shape {
  /** Each name with the texts of its values; a name that the object may lack ends with `?`. */
  readonly names: Record<string, string>;
  readonly nested: string[];
  readonly problems: string[];
}

/** The shape of what `send` gets. */
function shapeOf(text: string): Shape {
  const model = modelOf(text);
  const shape = readObjectShape(model, argumentOf(model, "send"));
  const names = [...shape.values].map(([name, values]) => [
    shape.certain.has(name) ? name : `${name}?`,
    values.map((value) => model.textOf(value)).join(" | "),
  ]);
  return {
    names: Object.fromEntries(names) as Record<string, string>,
    nested: [...shape.nested].flatMap(([name, all]) => all.map((member) => `${name}: ${model.textOf(member)}`)),
    problems: shape.problems.map(({ node, what }) => `${model.textOf(node)}: ${what}`),
  };
}

describe("readObjectShape", () => {
  it.each<[string, string, Record<string, string>]>([
    ["a literal", "send({ a: 1, 'b': 2 });", { a: "1", b: "2" }],
    ["a key that a constant holds", 'const KEY = "a"; send({ [KEY]: 1 });', { a: "1" }],
    ["a spread of what may be nothing", "let o; if (x) { o = { a: 1 }; } send({ ...o, b: 2 });", { "a?": "1", b: "2" }],
    ["a spread", "const base = { a: 1 }; send({ ...base, b: 2 });", { a: "1", b: "2" }],
    ["a choice", "send(x ? { a: 1, b: 1 } : { a: 2 });", { a: "1 | 2", "b?": "1" }],
    ["a condition", "send({ a: 1, ...(x && { b: 2 }) });", { a: "1", "b?": "2" }],
    ["a fallback", "send({ a: 1 } ?? { a: 2 });", { a: "1 | 2" }],
    ["nothing", "send({ ...undefined, ...null, ...false, a: 1 });", { a: "1" }],
    ["a promise", "send(await { a: 1 });", { a: "1" }],
    ["Object.assign", "send(Object.assign({}, { a: 1 }, { b: 2 }));", { a: "1", b: "2" }],
    ["a choice of itself", "let o = { a: 1 }; o = { ...o, b: 2 }; send(o);", { a: "1", "b?": "2" }],
    ["Object.freeze", "send(Object.freeze({ a: 1 }));", { a: "1" }],
    ["a copy by way of JSON", "send(JSON.parse(JSON.stringify({ a: 1 })));", { "a?": "1" }],
    ["a member", "const all = { options: { a: 1 } }; send(all.options);", { a: "1" }],
    ["a function", "const make = () => ({ a: 1 }); send(make());", { a: "1" }],
    [
      "a function with two results",
      "function make() { if (x) { return { a: 1 }; } return { b: 2 }; } send(make());",
      { "a?": "1", "b?": "2" },
    ],
    ["a variable that is set again", "let o = { a: 1 }; if (x) { o = { a: 2 }; } send(o);", { a: "1 | 2" }],
    ["a variable that names itself", "let o = { a: 1 }; o = o; send(o);", { a: "1" }],
    ["a write of a member", "const o = { a: 1 }; o.b = 2; send(o);", { a: "1", "b?": "2" }],
    ["a merge", "const o = { a: 1 }; Object.assign(o, { b: 2 }); send(o);", { a: "1", "b?": "2" }],
    ["a loop", "for (const o of [{ a: 1 }, { a: 2, b: 2 }]) { send(o); }", { a: "1 | 2", "b?": "2" }],
    ["a loop with a hole", "for (const o of [{ a: 1 }, , ]) { send(o); }", { "a?": "1" }],
    [
      "a list that grows",
      "const all = [{ a: 1 }]; all.push({ b: 2 }); for (const o of all) { send(o); }",
      { "a?": "1", "b?": "2" },
    ],
    ["a list that is made", "const all = list.map((x) => ({ a: x })); for (const o of all) { send(o); }", { a: "x" }],
    [
      "a list whose elements change",
      "const all = [{ a: 1 }]; all.forEach((o) => { o.b = 2; }); all[0].c = 3; for (const o of all) { send(o); }",
      { a: "1", "b?": "2", "c?": "3" },
    ],
    [
      "a list whose elements lose a name",
      "const all = [{ a: 1, b: 2 }]; for (const o of all) { delete o.b; } all.map((o) => send(o));",
      { a: "1", "b?": "2" },
    ],
    [
      "a function whose result changes",
      "function make() { return { a: 1 }; } const o = make(); o.b = 2; send(o);",
      { a: "1", "b?": "2" },
    ],
    ["a callback", "[{ a: 1 }, { a: 2 }].map((o) => send(o));", { a: "1 | 2" }],
    ["a parameter", "function run(o) { send(o); } run({ a: 1 }); run({ a: 2 });", { a: "1 | 2" }],
    ["a parameter's default", "function run(o = { a: 1 }) { send(o); } run(); run({ a: 2 });", { a: "1 | 2" }],
    ["a parameter without an argument", "function run(o) { send(o); } run(); run({ a: 2 });", { "a?": "2" }],
    ["a recursive function", "function run(o) { send(o); run(o); } run({ a: 1 });", { a: "1" }],
  ])("tells the names that come from %s", (_, text, names) => {
    expect(shapeOf(text)).toEqual({ names, nested: [], problems: [] });
  });

  it("tells of writes below a name", () => {
    const text = "const o = { headers: {} }; o.headers.a = 1; o.headers.b = 2; send(o);";
    expect(shapeOf(text).nested).toEqual(["headers: o.headers.a", "headers: o.headers.b"]);
  });

  it.each([
    ["send('text');", "'text': come from a text"],
    ["send(a + b);", "a + b: come from an expression"],
    ["send({ [a]: 1 });", "[a]: 1: have a computed key"],
    ["send({ get a() { return 1; } });", "get a() { return 1; }: have an accessor"],
    ["send(client[name]({ a: 1 }));", "client[name]({ a: 1 }): come from a function that is not in this file"],
    ["for (const o in { a: 1 }) { send(o); }", "{ a: 1 }: come from the names of an object"],
    ["list[name]((o) => send(o));", "o: come from the parameter `o`, whose values are not all in this file"],
    ["send(Object[name]({ a: 1 }));", "Object[name]({ a: 1 }): come from a function that is not in this file"],
    ["send(input.options);", "input.options: come from outside of this function"],
    ["send(make());", "make(): come from a function that is not in this file"],
    ["send(JSON.parse(text));", "JSON.parse(text): come from a function that is not in this file"],
    [
      "send(JSON.parse(JSON.stringify(a, null)));",
      "JSON.parse(JSON.stringify(a, null)): come from a function that is not in this file",
    ],
    ["send(JSON.parse(text()));", "JSON.parse(text()): come from a function that is not in this file"],
    ["function* make() {} send(make());", "make(): come from a function that is not in this file"],
    ["send(o);", "o: come from a variable that is not declared once in this file"],
    ["class O {} send(O);", "class O {}: come from an expression"],
    ["const { o } = input; send(o);", "o: come from a variable that is not set to an object in this file"],
    ["let o; [o] = input; send(o);", "input: come from a list that is not written out in this file"],
    ["for (const o of list) { send(o); }", "list: come from a list that is not written out in this file"],
    ["list.map((o) => send(o));", "list: come from a list that is not written out in this file"],
    ["export function run({ o }) { send(o); }", "o: come from a variable that is not set to an object in this file"],
    [
      "export function run(...o) { send(o); }",
      "...o: come from a variable that is set in a way that can't be followed",
    ],
    ["export function run(o) { send(o); }", "o: come from the parameter `o`, whose values are not all in this file"],
    ["call('a', (o) => send(o));", "o: come from the parameter `o`, whose values are not all in this file"],
    ["function run(o) { send(o); } run(...list);", "run(...list): come from a spread argument"],
    ["const o = {}; o[a] = 1; send(o);", "o[a]: have a computed key"],
  ])("tells why the names can't be told: %s", (text, problem) => {
    expect(shapeOf(text).problems).toEqual([problem]);
  });
});
