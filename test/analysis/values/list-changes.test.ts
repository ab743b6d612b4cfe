import { describe, expect, it } from "vitest";
import { changesOfList } from "../../../src/analysis/values/list-changes.ts";
import { modelOf, present } from "../support.ts";

/** What is done to the first list literal of a text: what it gets, then whether it moves or is lost. */
function changes(text: string): string {
  const model = modelOf(text);
  const { isChanged, added, isLost } = changesOfList(model, present(model.nodes("ArrayExpression")[0]));
  const given = added.map((node) => model.textOf(node));
  return [...given, isLost ? "lost" : isChanged ? "changed" : "same"].join(" ");
}

describe("changesOfList", () => {
  it.each([
    ["const a = [1]; a.push(2, 3);", "2 3 changed"],
    ["const a = [1]; a.unshift(2);", "2 changed"],
    ["const a = [1]; a.splice(0, 1, 2);", "2 changed"],
    ["const a = [1]; a.fill(2);", "2 changed"],
    ["const a = [1]; a[0] = 2;", "2 changed"],
    ["const a = [1]; a.length = 0;", "changed"],
    ["const a = [1]; a.sort();", "changed"],
    ["const a = [1]; a.pop();", "changed"],
    ["const a = [1]; const b = a; b.push(2);", "2 changed"],
    ["function add(list) { list.push(2); } add([1]);", "2 changed"],
    ["const box = { list: [1] }; box.list.push(2);", "2 changed"],
    ["const a = [1]; a.push(...more);", "lost"],
    ["const a = [1]; a[0]++;", "lost"],
    ["const a = [1]; a.append(2);", "lost"],
    ["const a = [1]; fill(a);", "lost"],
    ["const a = [1]; Object.assign(a, other);", "lost"],
    ["module.exports = [1];", "lost"],
    [
      "function f() { const a = [1]; a.map(g); a.length; a[0].b = 1; console.log(a); [...a].push(2); return a; }",
      "same",
    ],
    ["const a = [1]; a.concat(2).push(3); [0].concat(a).push(4);", "same"],
  ])("of %s", (text, expected) => {
    expect(changes(text)).toBe(expected);
  });
});
