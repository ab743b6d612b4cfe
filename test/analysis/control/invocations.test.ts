import { describe, expect, it } from "vitest";
import { isRunByHandler } from "../../../src/analysis/control/invocations.ts";
import { modelOf, present } from "../support.ts";

function isHereRun(text: string): boolean {
  const model = modelOf(text);
  const here = present(model.nodes("CallExpression").find(({ callee }) => model.textOf(callee) === "here"));
  return isRunByHandler(model, here, (place) => model.textOf(place).includes("left out"));
}

describe("isRunByHandler", () => {
  it.each([
    ["the handler itself", "async function lambda(input) { here(); }"],
    ["a helper", "async function lambda(input) { load(); }\nfunction load() { here(); }"],
    ["a callback", "async function lambda(input) { input.list.map(() => here()); }"],
    ["a function that is written and called in place", "async function lambda() { (() => here())(); }"],
    ["a default of a parameter", "async function lambda(input, client = here()) { return client; }"],
    ["a method", "const shop = { load() { here(); } };\nasync function lambda() { shop.load(); }"],
    [
      "an accessor",
      "class S { get a() { return here(); } }\nconst s = new S();\nasync function lambda() { return s.a; }",
    ],
    ["a field", "class S { a = here(); }\nasync function lambda() { return new S().a; }"],
    ["a constructor", "class S { constructor() { this.a = here(); } }\nconst lambda = async () => new S().a;"],
    ["a field of a base class", "class B { a = here(); }\nclass S extends B {}\nconst lambda = async () => new S().a;"],
    ["a handler that a call gives", "const lambda = wrap(async (input) => { here(); return input; });"],
    ["a function that calls itself", "function a() { a(); here(); }\nasync function lambda() { a(); }"],
  ])("sees %s", (_, text) => {
    expect(isHereRun(text)).toBe(true);
  });

  it.each([
    ["the module", "const a = here();\nasync function lambda() { return a; }"],
    [
      "a function that the module calls",
      "const a = make();\nfunction make() { return here(); }\nasync function lambda() { return a; }",
    ],
    [
      "a field of an object of the module",
      "class S { a = here(); }\nconst s = new S();\nasync function lambda() { return s.a; }",
    ],
    ["a static field", "class S { static a = here(); }\nasync function lambda() { return new S(); }"],
    ["a function that nothing calls", "function load() { here(); }\nasync function lambda() { return 1; }"],
    ["what is left out on the way", 'async function lambda() { load("left out"); }\nfunction load() { here(); }'],
  ])("leaves out %s", (_, text) => {
    expect(isHereRun(text)).toBe(false);
  });
});
