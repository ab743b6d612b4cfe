import { describe, expect, it } from "vitest";
import {
  functionGivenBy,
  argumentFor,
  callSiteOf,
  parameterIndexOf,
  parameterOf,
  resolveFunction,
  returnsOf,
} from "../../../src/analysis/code/functions.ts";
import { argumentOf, modelOf, present } from "../support.ts";

/** What `look` gets: the text of the function that it is, with the arguments that it is bound to, or why not. */
function heldBy(text: string): string {
  const model = modelOf(text);
  const answer = resolveFunction(model, argumentOf(model, "look"));
  if (answer.kind !== "local") {
    return answer.kind === "foreign" ? "foreign" : answer.why;
  }
  const bound = answer.bound.map((node) => model.textOf(node));
  const [result] = returnsOf(model, answer.node);
  return [result === undefined ? "nothing" : model.textOf(result), ...bound].join(" ");
}

describe("resolveFunction", () => {
  it.each([
    ["look(() => one);", "one"],
    ["look(function () { return one; });", "one"],
    ["function run() { return one; } look(run);", "one"],
    ["const run = () => one; look(run);", "one"],
    ["const run = () => one; const again = run; const third = again; look(third);", "one"],
    ["const run = function again() { return look(again); };", "look(again)"],
    ["look((0, () => one));", "one"],
    ["let held; look(held = () => one);", "one"],
  ])("finds what is named: %s", (text, found) => {
    expect(heldBy(text)).toBe(found);
  });

  it.each([
    ["const api = { run() { return one; } }; look(api.run);", "one"],
    ["const api = { run: () => one }; look(api?.run);", "one"],
    ['const api = { "run": () => one }; look(api["run"]);', "one"],
    ["const run = () => one; const api = { run }; look(api.run);", "one"],
    ["const api = { run: () => one }; const { run } = api; look(run);", "one"],
    ["const api = { run: () => one }; const { run: again } = api; look(again);", "one"],
    ["const api = { users: { run: () => one } }; look(api.users.run);", "one"],
    ["const api = Object.freeze({ run: () => one }); look(api.run);", "one"],
    ["const api = { run: () => one, go() { return look(this.run); } };", "one"],
    ["const api = { run: () => one }; console.log(api); Object.keys(api); look(api.run);", "one"],
    ["const api = { run: () => one }; const again = api; look(again.run);", "one"],
    ["const api = { run: () => one, run: () => two }; look(api.run);", "two"],
  ])("finds members of constant objects: %s", (text, found) => {
    expect(heldBy(text)).toBe(found);
  });

  it.each([
    ["const api = { run: () => one }; api.run = two; look(api.run);", "member"],
    ["const api = { run: () => one }; const again = api; again.run = two; look(api.run);", "member"],
    ["const api = { run: () => one }; api[key] = two; look(api.run);", "member"],
    ["const api = { run: () => one }; delete api.run; look(api.run);", "member"],
    ["const api = { run: () => one }; Object.assign(api, { run: two }); look(api.run);", "member"],
    ["const api = { run: () => one }; Object.assign(api, more); look(api.run);", "member"],
    ["const api = { run: () => one }; patch(api); look(api.run);", "member"],
    ["const api = { users: { run: () => one } }; patch(api.users); look(api.users.run);", "member"],
    ["const api = { users: { run: () => one } }; const { users } = api; look(api.users.run);", "member"],
    ["const api = { run: () => one, ...more }; look(api.run);", "member"],
    ["const api = { run: () => one, [key]: two }; look(api.run);", "member"],
    ["const api = { get run() { return one; } }; look(api.run);", "member"],
    ["let api = { run: () => one }; api = other; look(api.run);", "member"],
    ["const api = { run: () => one }; look(api[name]);", "member"],
    ["const api = { run: () => one }; look(api.go);", "member"],
    ["function f() { return look(this.run); }", "member"],
  ])("does not trust objects that change: %s", (text, why) => {
    expect(heldBy(text)).toBe(why);
  });

  it.each([
    ["class Api { run() { return one; } go() { return look(this.run); } }", "one"],
    ["class Api { #run() { return one; } go() { return look(this.#run); } }", "one"],
    ["class Api { run = () => one; go() { return look(this.run); } }", "one"],
    ["class Api { run() { return one; } go() { return list.map(() => look(this.run)); } }", "one"],
    ["class Api { run() { return one; } } look(new Api().run);", "one"],
    ["class Api { run() { return one; } } const api = new Api(); look(api.run);", "one"],
    ["class Api { static run() { return one; } } look(Api.run);", "one"],
    ["class Api { static run() { return one; } static { look(this.run); } }", "one"],
    ["const Api = class { static run() { return one; } }; look(Api.run);", "one"],
    ["class Base { run() { return one; } } class Api extends Base {} look(new Api().run);", "one"],
    [
      "class Base { run() { return two; } } class Api extends Base { run() { return one; } } look(new Api().run);",
      "one",
    ],
    ["class Api { run() { return one; } go = () => look(this.run); }", "one"],
  ])("finds methods of classes: %s", (text, found) => {
    expect(heldBy(text)).toBe(found);
  });

  it.each([
    ["class Base { run() { return one; } go() { look(this.run); } } class Api extends Base { run() {} }", "member"],
    ["class Api { run() { return one; } } const api = new Api(); api.run = two; look(api.run);", "member"],
    ["class Api { run() { return one; } } Api.prototype.run = two; look(new Api().run);", "member"],
    ["class Api { run() { return one; } [name]() {} } look(new Api().run);", "member"],
    ["class Api { get run() { return one; } } look(new Api().run);", "member"],
    ["class Api { static run() { return one; } } look(new Api().run);", "member"],
    ["class Api { run() { return one; } } look(Api.run);", "member"],
    ["class Api extends Outer {} look(new Api().run);", "member"],
    ["class A extends B {} class B extends A {} look(new A().run);", "member"],
    ["class Api { go() { function inner() { look(this.run); } } run() { return one; } }", "member"],
  ])("does not trust methods that may be others: %s", (text, why) => {
    expect(heldBy(text)).toBe(why);
  });

  it.each([
    ["const run = (a, b) => one; look(run.bind(null, first));", "one first"],
    [
      "const run = (a, b) => one; const bound = run.bind(null, first); look(bound.bind(null, second));",
      "one first second",
    ],
    ["const api = { run: () => one }; look(api.run.bind(api));", "one"],
    ["const run = () => one; look(run.bind(null, ...list));", "bound"],
    ["function f(input) { look(input.run.bind(input)); }", "member"],
  ])("finds bound functions: %s", (text, found) => {
    expect(heldBy(text)).toBe(found);
  });

  it.each([
    ["look(fetch);", "foreign"],
    ["look(Object.assign);", "foreign"],
    ['const { merge } = require("lodash"); look(merge);', "foreign"],
    ['const merge = require("lodash/merge"); look(merge);', "foreign"],
    ['const _ = require("lodash"); look(_.merge);', "foreign"],
    ['import { merge } from "lodash"; look(merge);', "foreign"],
  ])("tells code of others: %s", (text, kind) => {
    expect(heldBy(text)).toBe(kind);
  });

  it.each([
    ["let run = () => one; run = two; look(run);", "changing"],
    ["function run() {} function run() {} look(run);", "changing"],
    ["function f(run) { look(run); }", "parameter"],
    ["function f(run = () => one) { look(run); }", "parameter"],
    ["function f(input) { look(input.run); }", "member"],
    ["look(make());", "result"],
    ["look(await make());", "result"],
    ["look(flag ? run : other);", "choice"],
    ["look(run ?? other);", "choice"],
    ["look(held ||= run);", "choice"],
    ["look({});", "no-function"],
    ["let run; look(run);", "no-function"],
    ["class Api {} look(Api);", "no-function"],
    ["const a = b, b = a; look(a);", "result"],
    ["const { run } = run; look(run);", "member"],
    ["const a = { run: a.run }; look(a.run);", "result"],
  ])("says why it can't tell: %s", (text, why) => {
    expect(heldBy(text.includes("await") ? `export const x = 1; ${text}` : text)).toBe(why);
  });
});

describe("callSiteOf", () => {
  function givenIn(text: string): string | undefined {
    const model = modelOf(text);
    const call = present(model.nodes("CallExpression").at(-1));
    return callSiteOf(model, call)
      ?.given.map((node) => model.textOf(node))
      .join(", ");
  }

  it.each([
    ["const run = (a, b) => a; run(one, two);", "one, two"],
    ["const run = (a, b) => a; run?.(one);", "one"],
    ["const run = (a, b) => a; run.call(self, one, two);", "one, two"],
    ["const run = (a, b) => a; const bound = run.bind(self, one); bound(two);", "one, two"],
    ["class Api { run(a) {} } new Api().run(one);", "one"],
    ["(function (a) {})(one);", "one"],
    ["fetch(one);", undefined],
    ["const run = (a) => a; run.apply(self, list);", undefined],
    ["const run = (a) => a; run.call(...list);", undefined],
  ])("puts the arguments where the parameters get them: %s", (text, given) => {
    expect(givenIn(text)).toBe(given);
  });

  it("matches arguments and parameters", () => {
    const model = modelOf("const run = (a, b, c) => a; run(one, ...list, two);");
    const site = present(callSiteOf(model, present(model.nodes("CallExpression")[0])));
    expect([0, 1, 2].map((index) => argumentFor(site, index).kind)).toEqual(["given", "unknown", "unknown"]);
    expect(argumentFor({ given: [] }, 0).kind).toBe("missing");
    expect(site.given.map((node) => parameterIndexOf(site, node))).toEqual([0, 1, undefined]);
    expect(parameterIndexOf(site, model.program)).toBeUndefined();
  });

  it("finds the parameter of a variable, in a pattern too", () => {
    const model = modelOf("const run = (a, { b: [c] = [] }, d = 1) => { let e; };");
    const [run] = model.nodes("ArrowFunctionExpression");
    const indexes = ["a", "c", "d", "e"].map((name) => {
      const scope = model.scopeManager.scopes.find(({ set }) => set.has(name));
      return parameterOf(present(run), present(scope?.set.get(name)))?.index;
    });
    expect(indexes).toEqual([0, 1, 2, undefined]);
  });
});

describe("returnsOf", () => {
  it("leaves nested functions and empty returns out", () => {
    const model = modelOf(
      "function run() { if (a) { return 1; } list.map(() => { return 2; }); if (b) { return; } return 3; }",
    );
    const [run] = model.nodes("FunctionDeclaration");
    expect(returnsOf(model, present(run)).map((node) => model.textOf(node))).toEqual(["1", "3"]);
  });
});

it.each([
  ["function a() {} look(a);", true],
  ["function a() {} look(a.bind(null, 1));", true],
  ["look(a);", false],
])("%s → a function of the file, bound or not: %j", (text, expected) => {
  const model = modelOf(text);
  expect(functionGivenBy(model, argumentOf(model, "look")) !== undefined).toBe(expected);
});
