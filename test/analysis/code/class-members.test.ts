import { describe, expect, it } from "vitest";
import { declaredMember, mayDeclare, nameOfKey } from "../../../src/analysis/code/class-members.ts";
import { modelOf, present } from "../support.ts";

/** The classes of a text, the last one first: each extends the one in front of it. */
function lineageIn(text: string) {
  const model = modelOf(text);
  return { model, lineage: model.nodes("ClassDeclaration").toReversed() };
}

it("names the members of a class", () => {
  const { lineage } = lineageIn("class A { a() {} #b = 1; 'c d' = 2; 5 = 3; [e] = 4; }");
  const items = present(lineage[0]).body.body.flatMap((item) => (item.type === "StaticBlock" ? [] : [item]));
  expect(items.map(nameOfKey)).toEqual(["a", "#b", "c d", "5", undefined]);
});

it("may have any member where the name of one is made up", () => {
  const { lineage } = lineageIn("class A { [name]() {} static b() {} }");
  const node = present(lineage[0]);
  expect(mayDeclare(node, "instance", "a")).toBe(true);
  expect(mayDeclare(node, "static", "b")).toBe(true);
  expect(mayDeclare(node, "static", "a")).toBe(false);
});

describe("the member of a class and all that it extends", () => {
  it.each([
    ["class A { b() {} }", "() {}"],
    ["class A { b() {} } class B extends A { b = 1; }", "1"],
    ["class A { b = 1; } class B extends A { b() {} }", "1"],
    ["class A { b = 1; } class B extends A {}", "1"],
    ["class A { static b = 1; }", undefined],
    ["class A { b; }", undefined],
    ["class A { get b() { return 1; } }", undefined],
    ["class A { b() {} b() {} }", undefined],
    ["class A { b() {} [name]() {} }", undefined],
    ["class A {}", undefined],
  ])("%s → %s", (text, expected) => {
    const { model, lineage } = lineageIn(text);
    const found = declaredMember(lineage, "instance", "b");
    expect(found && model.textOf(found)).toBe(expected);
  });
});
