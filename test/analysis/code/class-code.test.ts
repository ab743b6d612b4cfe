import { expect, it } from "vitest";
import { isClassCode, isInClassCode } from "../../../src/analysis/code/class-code.ts";
import { argumentOf, modelOf, present } from "../support.ts";

it.each([
  ["class A { static { f(a); } }", true],
  ["class A { b = f(a); }", true],
  ["class A { static b = g(f(a)); }", true],
  ["class A { [f(a)] = 1; }", false],
  ["class A { b() { f(a); } }", false],
  ["class A { b = () => f(a); }", false],
  ["class A extends f(a) {}", false],
  ["function b() { f(a); }", false],
  ["f(a);", false],
])("%s → in class code: %j", (text, expected) => {
  const model = modelOf(text);
  expect(isInClassCode(model, argumentOf(model, "f"))).toBe(expected);
});

it("is the static block or the value of the field itself", () => {
  const model = modelOf("class A { static { a; } b = 1; }");
  expect(isClassCode(model, present(model.nodes("StaticBlock")[0]))).toBe(true);
  const field = present(model.nodes("PropertyDefinition")[0]);
  expect([present(field.value), field.key, field].map((node) => isClassCode(model, node))).toEqual([
    true,
    false,
    false,
  ]);
});
