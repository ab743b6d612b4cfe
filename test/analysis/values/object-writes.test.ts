import { describe, expect, it } from "vitest";
import { findObjectWrites } from "../../../src/analysis/values/object-writes.ts";
import { modelOf, present } from "../support.ts";

/** The writes to the object that the variable `o` holds, as text. */
function writesOf(text: string): string[] {
  const model = modelOf(text);
  const declarator = present(
    model.nodes("VariableDeclarator").find(({ id }) => id.type === "Identifier" && id.name === "o"),
  );
  return findObjectWrites(model, present(model.variableOf(declarator.id))).map((write) => {
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
        return `${model.textOf(write.node)} ${write.what}`;
    }
  });
}

const ANOTHER = "are kept in another object";
const PATTERN = "are set by a pattern";
const HOLDS = "hold an object that is changed by another name";
const ADDS = "are given to a function that may add to them";
const NOT_FOLLOWED = "are given to a function in a way that can't be followed";
const SHARED = "come from an object that is handed out to several places";

describe("findObjectWrites", () => {
  it.each<[string, string, string[]]>([
    ["a member", "o.a = 1;", ["a = 1"]],
    ["a member in brackets", "o['a'] = 1;", ["a = 1"]],
    ["a key that a constant holds", "const KEY = 'a'; o[KEY] = 1;", ["a = 1"]],
    ["a count", "o.a++;", ["a = o.a++"]],
    ["delete", "delete o.a;", ["delete a"]],
    ["delete by a text", "delete o['a'];", ["delete a"]],
    ["delete of what may be nothing", "delete o?.a;", ["delete a"]],
    ["delete by a computed key", "delete o[input];", ["o[input] have a computed key"]],
    ["Reflect.deleteProperty", "Reflect.deleteProperty(o, 'a');", [`o ${ADDS}`]],
    ["Reflect.set", "Reflect.set(o, 'a', 1);", [`o ${ADDS}`]],
    ["Object.defineProperty", "Object.defineProperty(o, 'a', { value: 1 });", [`o ${ADDS}`]],
    ["a pattern with a default", "[o.a = 1] = list;", [`o.a ${PATTERN}`]],
    ["the rest of a pattern", "({ b, ...o.a } = list);", [`o.a ${PATTERN}`]],
    ["an alias that is chosen", "const p = input ? o : {}; p.a = 1;", ["a = 1"]],
    ["an alias behind a fallback", "const p = o || {}; delete p.a;", ["delete a"]],
    ["a member of a choice", "(input ? o : p).a = 1;", ["a = 1"]],
    ["the default of a parameter", "function change(x = o) { x.a = 1; }", ["a = 1"]],
    ["a loop over a list with it", "for (const x of [o, p]) { delete x.a; }", ["delete a"]],
    ["a loop over a list that is held", "const all = [o]; for (const x of all) { x.a = 1; }", ["a = 1"]],
    ["a function for each of a list", "[o].forEach((x) => { x.a = 1; });", ["a = 1"]],
    ["a function that gets the list", "[o].forEach((x, i, all) => { all[0].a = 1; });", [`o ${NOT_FOLLOWED}`]],
    ["a list that is not only gone through", "const all = [o]; all[0].a = 1;", [`o ${ANOTHER}`]],
    ["an addition", "o.a += 1;", ["a = o.a += 1"]],
    ["a fallback", "o.a ??= 1;", ["a = 1"]],
    ["a computed key", "o[input] = 1;", ["o[input] have a computed key"]],
    ["a list pattern", "[o.a] = list;", [`o.a ${PATTERN}`]],
    ["an object pattern", "({ a: o.a } = list);", [`o.a ${PATTERN}`]],
    ["the head of a loop", "for (o.a of list) {}", [`o.a ${PATTERN}`]],
    ["the head of a loop over keys", "for (o.a in list) {}", [`o.a ${PATTERN}`]],
    ["a member of a member", "o.a.b = 1;", ["a: o.a.b"]],
    ["Object.assign", "Object.assign(o, first, { a: 1 });", ["merge first", "merge { a: 1 }"]],
  ])("finds a write by %s", (_, text, writes) => {
    expect(writesOf(`const o = {}; ${text}`)).toEqual(writes);
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
  ])("finds nothing in %s", (text) => {
    expect(writesOf(`const o = {}; ${text}`)).toEqual([]);
  });

  it.each<[string, string, string[]]>([
    ["an alias", "const p = o; p.a = 1;", ["a = 1"]],
    ["an alias that is assigned", "let p; p = o; p.a = 1;", ["a = 1"]],
    ["an alias of an alias of itself", "let p = o; o = p; p.a = 1;", ["a = 1"]],
    ["a function", "function fill(x) { x.a = 1; } fill(o);", ["a = 1"]],
    ["a parameter with a default", "const fill = (x = {}) => { x.a = 1; }; fill(o);", ["a = 1"]],
    ["a class", "new Sender(o); o.a = 1;", ["a = 1"]],
  ])("follows %s", (_, text, writes) => {
    expect(writesOf(`let o = {}; ${text}`)).toEqual(writes);
  });

  it.each<[string, string, string]>([
    ["a member that is kept", "const a = o.a; a.b = 1;", `o.a ${HOLDS}`],
    ["a member that is taken out", "const { a } = o; a.b = 1;", `{ a } ${HOLDS}`],
    ["a member with a default", "const { a = {} } = o; delete a.b;", `{ a = {} } ${HOLDS}`],
    ["a member that is merged into", "const { a } = o; Object.assign(a, {});", `{ a } ${HOLDS}`],
    ["a member that is counted", "const { a } = o; a.b++;", `{ a } ${HOLDS}`],
    ["the rest", "const { ...a } = o; a.b = 1;", `{ ...a } ${HOLDS}`],
    ["a pattern that is assigned to", "let a; ({ a } = o); a.b = 1;", `{ a } ${HOLDS}`],
    ["a pattern of a function", "const fill = ({ a }) => { a.b = 1; }; fill(o);", `{ a } ${HOLDS}`],
    ["a member of another object", "input.o = o;", `o ${ANOTHER}`],
    ["a list", "const [a] = o;", `o ${ANOTHER}`],
    ["another literal", "const all = { o };", `o ${ANOTHER}`],
    ["a literal for a function of the file", "const keep = (x) => x; keep({ o });", `o ${ANOTHER}`],
    [
      "more arguments than parameters",
      "const keep = () => arguments; keep(o);",
      "o are given to a function in a way that can't be followed",
    ],
    ["a package", "const merge = require('merge'); merge(o, {});", `o ${ADDS}`],
    ["a method of a package", "lodash.merge(o, {});", `o ${ADDS}`],
    ["a result of the module", "const get = () => o;", `o ${SHARED}`],
    ["a result of the module's function", "function get() { return o; }", `o ${SHARED}`],
  ])("loses sight at %s", (_, text, write) => {
    expect(writesOf(`const o = {}; ${text}`)).toEqual([write]);
  });

  it("follows what a function makes for each call", () => {
    expect(writesOf("function get() { const o = {}; return o; }")).toEqual([]);
  });
});
