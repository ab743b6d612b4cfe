import { describe, expect, it } from "vitest";
import { joinedPromises } from "../../../src/analysis/code/joined-promises.ts";
import { argumentOf, modelOf } from "../support.ts";

/** The elements that come out of the argument of `show`, as text; null for a hole. */
function joined(text: string): (string | null)[] {
  const model = modelOf(text);
  return joinedPromises(model, argumentOf(model, "show")).map((element) =>
    element === null ? null : model.textOf(element),
  );
}

describe("joinedPromises", () => {
  it.each<[string, (string | null)[]]>([
    ["show(Promise.all([a, b()]));", ["a", "b()"]],
    ['show(Promise["all"]([a]));', ["a"]],
    ["show(globalThis.Promise.all([a]));", ["a"]],
    ["show(Promise.all([a, , b]));", ["a", null, "b"]],
    ["show(Promise.all([a, ...b, c]));", ["a"]],
    ["show(Promise.all([]));", []],
  ])("gives the elements of %s", (text, elements) => {
    expect(joined(text)).toEqual(elements);
  });

  it.each([
    "show(Promise.allSettled([a]));",
    "show(Promise.any([a]));",
    "show(Promise.race([a]));",
    "show(together([a]));",
    "show(q.all([a]));",
    "show(Promise.all(list));",
    "show(Promise.all());",
    "show([a]);",
    "const Promise = require('bluebird'); show(Promise.all([a]));",
  ])("gives none of %s", (text) => {
    expect(joined(text)).toEqual([]);
  });
});
