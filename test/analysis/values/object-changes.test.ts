import { describe, expect, it } from "vitest";
import { findObjectChanges } from "../../../src/analysis/values/object-changes.ts";
import { modelOf, present } from "../support.ts";

/** What is done to the object that the variable `o` is declared with, as text. */
function changesOf(text: string): string[] {
  const model = modelOf(text);
  const declarator = present(
    model.nodes("VariableDeclarator").find(({ id }) => id.type === "Identifier" && id.name === "o"),
  );
  return findObjectChanges(model, [{ node: present(declarator.init) }]).map((write) => {
    switch (write.kind) {
      case "set":
        return `${write.name} = ${model.textOf(write.value)}`;
      case "delete":
        return `delete ${write.name}`;
      case "merge":
        return `merge ${model.textOf(write.source)}`;
      case "nested":
        return `${write.name}: ${model.textOf(write.member)}`;
      case "lost":
        return `${model.textOf(write.node)} ${write.why}`;
    }
  });
}

describe("findObjectChanges", () => {
  it.each<[string, string, string[]]>([
    ["a member", "o.a = 1;", ["a = 1"]],
    ["a member in brackets", "o['a'] = 1;", ["a = 1"]],
    ["a key that a constant holds", "const KEY = 'a'; o[KEY] = 1;", ["a = 1"]],
    ["a count", "o.a++;", ["a = o.a++"]],
    ["delete", "delete o.a;", ["delete a"]],
    ["delete by a text", "delete o['a'];", ["delete a"]],
    ["delete of what may be nothing", "delete o?.a;", ["delete a"]],
    ["delete by a computed key", "delete o[input];", ["o[input] computed"]],
    ["Reflect.deleteProperty", "Reflect.deleteProperty(o, 'a');", [`o argument`]],
    ["Reflect.set", "Reflect.set(o, 'a', 1);", [`o argument`]],
    ["Object.defineProperty", "Object.defineProperty(o, 'a', { value: 1 });", [`o argument`]],
    ["a pattern with a default", "[o.a = 1] = list;", [`o.a pattern`]],
    ["the rest of a pattern", "({ b, ...o.a } = list);", [`o.a pattern`]],
    ["an alias that is chosen", "const p = input ? o : {}; p.a = 1;", ["a = 1"]],
    ["an alias behind a fallback", "const p = o || {}; delete p.a;", ["delete a"]],
    ["a member of a choice", "(input ? o : p).a = 1;", ["a = 1"]],
    ["the default of a parameter", "function change(x = o) { x.a = 1; }", ["a = 1"]],
    ["a loop over a list with it", "for (const x of [o, p]) { delete x.a; }", ["delete a"]],
    ["a loop over a list that is held", "const all = [o]; for (const x of all) { x.a = 1; }", ["a = 1"]],
    ["a function for each of a list", "[o].forEach((x) => { x.a = 1; });", ["a = 1"]],
    ["a function that gets the list", "[o].forEach((x, i, all) => { all[0].a = 1; });", ["a = 1"]],
    ["a list that is not only gone through", "const all = [o]; all[0].a = 1;", ["a = 1"]],
    ["an addition", "o.a += 1;", ["a = o.a += 1"]],
    ["a fallback", "o.a ??= 1;", ["a = 1"]],
    ["a computed key", "o[input] = 1;", ["o[input] computed"]],
    ["a list pattern", "[o.a] = list;", [`o.a pattern`]],
    ["an object pattern", "({ a: o.a } = list);", [`o.a pattern`]],
    ["the head of a loop", "for (o.a of list) {}", [`o.a pattern`]],
    ["the head of a loop over keys", "for (o.a in list) {}", [`o.a pattern`]],
    ["a member of a member", "o.a.b = 1;", ["a: o.a.b"]],
    ["Object.assign", "Object.assign(o, first, { a: 1 });", ["merge first", "merge { a: 1 }"]],
  ])("finds a write by %s", (_, text, writes) => {
    expect(changesOf(`const o = {}; ${text}`)).toEqual(writes);
  });

  it.each([
    "o.a;",
    "o.a();",
    "show(list[o]);",
    "for (const a of o.list) {}",
    "show({ a: o.a });",
    "o();",
    "Object.assign({}, o);",
    "console.log({ o });",
    "show(o);",
    "const a = o.a; show(a.b);",
    "const { a } = o; show(a.b);",
    "const { a } = o; Object.assign({}, a);",
    "function fill(x) { return x.a; } fill(o);",
    "function fill({ a }) { return a; } fill(o);",
    "const [a] = o;",
    "o.list.push(1);",
  ])("finds nothing in %s", (text) => {
    expect(changesOf(`const o = {}; ${text}`)).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ["an alias", "const p = o; p.a = 1;", ["a = 1"]],
    ["an alias that is assigned", "let p; p = o; p.a = 1;", ["a = 1"]],
    ["an alias of an alias of itself", "let p = o; o = p; p.a = 1;", ["a = 1"]],
    ["a function", "function fill(x) { x.a = 1; } fill(o);", ["a = 1"]],
    ["a parameter with a default", "const fill = (x = {}) => { x.a = 1; }; fill(o);", ["a = 1"]],
    ["a class", "new Sender(o); o.a = 1;", ["a = 1"]],
    ["another literal", "const all = { o }; all.o.a = 1;", ["a = 1"]],
    ["a literal for a function of the file", "const keep = (x) => x; keep({ o }).o.a = 1;", ["a = 1"]],
    ["a function that gives it back", "const keep = (x) => x; keep(o).a = 1;", ["a = 1"]],
    ["a member that is kept", "const a = o.a; a.b = 1;", ["a: a.b"]],
    ["a member that is taken out", "const { a } = o; a.b = 1;", ["a: a.b"]],
    ["a member with a default", "const { a = {} } = o; delete a.b;", ["a: a.b"]],
    ["a member that is counted", "const { a } = o; a.b++;", ["a: a.b"]],
    ["a pattern that is assigned to", "let a; ({ a } = o); a.b = 1;", ["a: a.b"]],
    ["a pattern of a function", "const fill = ({ a }) => { a.b = 1; }; fill(o);", ["a: a.b"]],
    ["a member of a copy, but no write to the copy", "const p = { ...o }; p.b = 1; p.a.b = 1;", ["a: p.a.b"]],
    ["a member of the rest", "const { ...p } = o; p.b = 1; p.a.b = 1;", ["a: p.a.b"]],
    ["a method of its own", "o.a; const p = { set() { this.a = 1; } };", []],
  ])("follows %s", (_, text, writes) => {
    expect(changesOf(`let o = {}; ${text}`)).toEqual(writes);
  });

  it.each<[string, string, string]>([
    ["a member that is merged into", "const { a } = o; Object.assign(a, {});", "a other-name"],
    ["an object that others reach", "function f(input) { input.o = o; }", "o kept"],
    ["`arguments`", "const keep = () => arguments; const f = function () { return arguments; }; f(o);", "o argument"],
    ["a package", "const merge = require('merge'); merge(o, {});", `o argument`],
    ["a method of a package", "lodash.merge(o, {});", `o argument`],
    ["a result of the module", "const get = () => o;", `o shared`],
    ["a result of the module's function", "function get() { return o; }", `o shared`],
  ])("loses sight at %s", (_, text, write) => {
    expect(changesOf(`const o = {}; ${text}`)).toEqual([write]);
  });

  it("follows what a function makes for each call", () => {
    expect(changesOf("function get() { const o = {}; return o; }")).toEqual([]);
  });
});
