import { describe, expect, it } from "vitest";
import { loopAround, pathFromHandler } from "../../../src/analysis/control/call-path.ts";
import type { Node } from "../../../src/analysis/code/tree.ts";
import type { Model } from "../../../src/analysis/code/model.ts";
import { modelOf, present } from "../support.ts";

/** The call of `here`. */
function placeIn(model: Model): Node {
  return present(model.nodes("CallExpression").find(({ callee }) => model.textOf(callee) === "here"));
}

function pathIn(text: string): readonly string[] | undefined {
  const model = modelOf(text);
  return pathFromHandler(model, placeIn(model));
}

describe("pathFromHandler", () => {
  it.each([
    ["the handler itself", "async function lambda(input) { here(); }", ["lambda"]],
    ["a function without a name", "async function lambda(input) { input.list.map(() => here()); }", ["lambda"]],
    ["a helper", "async function lambda(input) { load(); }\nfunction load() { here(); }", ["lambda", "load"]],
    [
      "a constant, and one between",
      "const load = () => here();\nconst all = () => load();\nasync function lambda(input) { all(); }",
      ["lambda", "all", "load"],
    ],
    [
      "a helper that calls itself",
      "function load() { load(); here(); }\nasync function lambda(input) { load(); }",
      ["lambda", "load"],
    ],
    [
      "a helper that an unused function calls first",
      "function load() { here(); }\nfunction unused() { load(); }\nasync function lambda(input) { load(); }",
      ["lambda", "load"],
    ],
  ])("leads to %s", (_, text, path) => {
    expect(pathIn(text)).toEqual(path);
  });

  it.each([
    ["of the module", "here();\nasync function lambda(input) {}"],
    ["of a function that nobody calls", "function load() { here(); }\nasync function lambda(input) {}"],
    ["of a function in a member", "input.load = () => here();\nasync function lambda(input) { input.load(); }"],
    [
      "of a function that is exchanged",
      "let load = () => here();\nload = 1;\nasync function lambda(input) { load(); }",
    ],
    ["of a function in a pattern", "const { load = () => here() } = {};\nasync function lambda(input) { load(); }"],
  ])("does not lead to code %s", (_, text) => {
    expect(pathIn(text)).toBeUndefined();
  });
});

describe("loopAround", () => {
  it.each([
    ["for (const a of b) here();", "ForOfStatement"],
    ["for (const a in b) { here(); }", "ForInStatement"],
    ["for (;;) { if (a) here(); }", "ForStatement"],
    ["while (a) here();", "WhileStatement"],
    ["do { here(); } while (a);", "DoWhileStatement"],
    ["while (a) { f(() => here()); }", undefined],
    ["here();", undefined],
  ])("gives of %s %s", (text, type) => {
    const model = modelOf(text);
    expect(loopAround(model, placeIn(model))?.type).toBe(type);
  });
});
