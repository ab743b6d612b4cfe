import { describe, expect, it } from "vitest";
import { allCallsOf, callsOf } from "../../../src/analysis/code/calls.ts";
import type { FunctionNode } from "../../../src/analysis/code/tree.ts";
import type { Model } from "../../../src/analysis/code/model.ts";
import { modelOf, present } from "../support.ts";

/** The function whose first parameter is called `it`. */
function theFunction(model: Model): FunctionNode {
  const functions = [
    ...model.nodes("FunctionDeclaration"),
    ...model.nodes("FunctionExpression"),
    ...model.nodes("ArrowFunctionExpression"),
  ];
  return present(functions.find(({ params: [first] }) => first?.type === "Identifier" && first.name === "it"));
}

/** What the calls give for the first parameter, and why some can't be seen. */
function givenTo(text: string): string {
  const model = modelOf(text);
  const calls = callsOf(model, theFunction(model));
  const given = calls.sites.map((site) => (site.given[0] === undefined ? "-" : model.textOf(site.given[0])));
  return [...given, calls.kind === "all" ? "all" : calls.why].join(" ");
}

describe("callsOf", () => {
  it.each([
    ["function run(it) {} run(1); run(2);", "1 2 all"],
    ["const run = (it) => it; run(1);", "1 all"],
    ["function run(it) { if (it) { run(it - 1); } } run(1);", "it - 1 1 all"],
    ["const run = function again(it) { again(2); }; run(1);", "2 1 all"],
    ["(function (it) {})(1);", "1 all"],
    ["function run(it) {} const again = run; again(1); run(2);", "1 2 all"],
    ["function run(it) {} run?.(1);", "1 all"],
    ["function run(it) {} run.call(null, 1);", "1 all"],
    ["function run(it) {} const bound = run.bind(null, 1); bound(2);", "1 all"],
    ["function run(it) {} new run(1);", "1 all"],
    ['function run(it) {} if (run && typeof run === "function") { run(1); }', "1 all"],
    ["function run(it) {} run(1); look(run.length);", "1 all"],
    ["const api = { run(it) {} }; api.run(1); api?.run(2);", "1 2 all"],
    ["const api = { run(it) {}, go() { this.run(1); } };", "1 all"],
    ["const run = (it) => it; const api = { run }; api.run(1); run(2);", "1 2 all"],
    ["const api = { run(it) {} }; const { run } = api; run(1);", "1 all"],
    ["const api = { run(it) {} }; other.run(2); api.run(1);", "1 all"],
    ["class Api { run(it) {} } new Api().run(1); const api = new Api(); api.run(2);", "1 2 all"],
    ["class Api { run(it) {} go() { this.run(1); } } class Other { run() {} } new Other().run(2);", "1 all"],
    ["class Api { static run(it) {} } Api.run(1);", "1 all"],
    ["class Api { run = (it) => it; go() { this.run(1); } }", "1 all"],
  ])("finds them all: %s", (text, given) => {
    expect(givenTo(text)).toBe(given);
  });

  it.each([
    ["function lambda(it) {} lambda(1);", "1 handler"],
    ["const lambda = (it) => it;", "handler"],
    ["export function run(it) {} run(1);", "1 exported"],
    ["export const run = (it) => it;", "exported"],
    ["function run(it) {} export { run };", "exported"],
    ["function run(it) {} module.exports = run; run(1);", "1 handed-on"],
    ["function run(it) {} list.map(run); run(1);", "1 handed-on"],
    ["list.map((it) => it);", "handed-on"],
    ["let run = (it) => it; run = other; run(1);", "1 changing"],
    ["function run(it) {}", "never"],
    ["function run(it) {} run.apply(null, list);", "handed-on"],
    ["function run(it) {} run[name](1);", "handed-on"],
    ["function run(it) {} const held = flag ? run : other; held(1);", "handed-on"],
    ["function outer() { function run(it) {} return run; }", "handed-on"],
    ["const api = { run(it) {} }; api.run(1); register(api);", "handed-on"],
    ["register({ run(it) {} });", "handed-on"],
    ["const api = { [name](it) {} }; api.run(1);", "handed-on"],
    ["class Api { run(it) {} } new Api().run(1); other.run(2);", "1 handed-on"],
    ["class Api { run(it) {} } new Api().run(1); const { run } = other;", "1 handed-on"],
  ])("says why it misses some: %s", (text, given) => {
    expect(givenTo(text)).toBe(given);
  });

  it("gives the calls only where it has them all", () => {
    const model = modelOf("function run(it) {} run(1);");
    expect(allCallsOf(model, theFunction(model))).toHaveLength(1);
    const other = modelOf("function run(it) {} run(1); list.map(run);");
    expect(allCallsOf(other, theFunction(other))).toBeUndefined();
  });

  it("tells which calls get it as an argument", () => {
    const model = modelOf("function run(it) {} const again = run; first(run); second(0, again.bind(null, 1)); run(2);");
    const { callbacks, isOpen } = callsOf(model, theFunction(model));
    expect(isOpen).toBe(false);
    const shown = callbacks.map(({ call, bound }) => [model.textOf(call.callee), bound.length]);
    expect(shown).toEqual([
      ["second", 1],
      ["first", 0],
    ]);
  });

  it("holds for a nested function that has the handler's name", () => {
    expect(givenTo("function outer() { function lambda(it) {} lambda(1); }")).toBe("1 all");
  });
});
