import { describe, expect, it } from "vitest";
import { isInList } from "../../../src/analysis/code/lists.ts";
import { createModel } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";

describe("isInList", () => {
  it.each([
    ["here();", true],
    ["{ here(); }", true],
    ["switch (a) { case 1: here(); }", true],
    ["class A { static { here(); } }", true],
    ["if (a) here();", false],
    ["if (a) { a(); } else here();", false],
    ["for (;;) here();", false],
    ["name: here();", false],
  ])("%s %s", (text, expected) => {
    const model = createModel(parseSource(text));
    const statement = model.nodes("ExpressionStatement").find((node) => model.textOf(node) === "here();");
    expect(statement && isInList(model, statement)).toBe(expected);
  });

  it("tells members of a class too", () => {
    const model = createModel(parseSource("class A { field = 1; }"));
    expect(model.nodes("PropertyDefinition").map((field) => isInList(model, field))).toEqual([true]);
  });
});
