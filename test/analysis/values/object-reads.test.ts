import { describe, expect, it } from "vitest";
import { isOnlyRead, mayChangeFirst } from "../../../src/analysis/values/object-reads.ts";
import { modelOf, present } from "../support.ts";

function isRead(text: string): boolean {
  const model = modelOf(`const o = { a: {} };\n${text}`);
  const declarator = present(model.nodes("VariableDeclarator")[0]);
  return isOnlyRead(model, present(model.variableOf(declarator.id)));
}

describe("isOnlyRead", () => {
  it.each([
    "",
    "send({ ...o });",
    "send(o.a);",
    "send({ o });",
    "send(o);",
    "console.log(o);",
    "JSON.stringify(o);",
    "Object.keys(o);",
    "Array.isArray(o);",
    "client.get(o);",
    "lodash.merge({}, o);",
    "function send(x) { return x.a; } send(o);",
    "function send(x = {}) { return x.a; } send(o);",
    "function send() {} send(o);",
    "function send({ a }) { return a.b; } send(o);",
    "function send({ a: [b] }) { return b; } send(o);",
    "function send(x) { send(x); } send(o);",
    "function send({ ...rest }) { return rest.b; } send(o);",
  ])("is true of %s", (text) => {
    expect(isRead(text)).toBe(true);
  });

  it.each([
    "o.a = 1;",
    "o.a++;",
    "delete o.a;",
    "delete o?.a;",
    "[o.a] = list;",
    "({ a: o.a } = list);",
    "({ ...o.a } = list);",
    "for (o.a of list) {}",
    "Reflect.deleteProperty(o, 'a');",
    "Object.defineProperty(o, 'a', {});",
    "function send({ a }) { Reflect.deleteProperty(a, 'b'); } send(o);",
    "function send({ a }) { [a.b] = list; } send(o);",
    "o.a.b = 1;",
    "o.a();",
    "o();",
    "list[o];",
    "send({ [o]: 1 });",
    "return o;",
    "const p = o;",
    "Object.assign(o, {});",
    "lodash.merge(o, {});",
    "const { merge } = require('lodash'); merge(o, {});",
    "function send(x) { x.a = 1; } send(o);",
    "function send({ a }) { a.b = 1; } send(o);",
    "function send({ a = {} }) { delete a.b; } send(o);",
    "function send({ a }) { Object.assign(a, {}); } send(o);",
    "function send([a]) {} send(o);",
    "function send(...all) { all[0].a = 1; } send(o);",
  ])("is false of %s", (text) => {
    expect(isRead(text)).toBe(false);
  });
});

describe("mayChangeFirst", () => {
  /** Of the last call in a text. */
  function mayChange(text: string): boolean {
    const model = modelOf(text);
    const calls = model.nodes("CallExpression");
    return mayChangeFirst(model, present(calls.at(-1)).callee);
  }

  it.each([
    ["send(o);", false],
    ["function send() {} send(o);", false],
    ["const send = make; send(o);", false],
    ["const send = () => 1; send(o);", false],
    ["import send from 'send'; send(o);", true],
    ["import { send } from 'send'; send(o);", true],
    ["const send = require('send'); send(o);", true],
    ["const send = require('send').send; send(o);", true],
    ["const { send } = client; send(o);", true],
    ["client.send(o);", true],
    ["client[name](o);", true],
    ["client.post(o);", false],
    ["console.error(o);", false],
    ["Object.freeze(o);", false],
    ["Object.defineProperty(o);", true],
    ["JSON.parse(o);", true],
    ["const OAuth = require('oauth-1.0a'); const oauth = new OAuth({}); oauth.authorize(o);", false],
  ])("tells of %s: %s", (text, may) => {
    expect(mayChange(text)).toBe(may);
  });
});
