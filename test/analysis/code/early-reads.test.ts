import { describe, expect, it } from "vitest";
import { mayReadEarly, mayReadUnset } from "../../../src/analysis/code/early-reads.ts";
import { modelOf, present } from "../support.ts";

/** Whether the argument of `use(…)` may be read before it is there. */
function isEarly(text: string, mayRead = mayReadEarly): boolean {
  const model = modelOf(text);
  const call = model.nodes("CallExpression").find(({ callee }) => model.isGlobal(callee, "use"));
  return mayRead(model, present(call?.arguments[0]));
}

describe("mayReadEarly", () => {
  it.each([
    "use(a); const a = 1;",
    "function f() { use(a); let a = 1; }",
    "use(A); class A {}",
    "const a = use(a);",
    "for (;;) { use(a); const a = 1; }",
    "function f() { g(); const a = 1; function g() { use(a); } }",
    "function f() { g(); const a = 1; function g() { h(); } function h() { use(a); } }",
    "function f() { const g = () => use(a); g(); const a = 1; }",
    "function f() { load().then(() => use(a)); const a = 1; }",
    "function f() { [1].map(g); const a = 1; function g() { use(a); } }",
    "switch (x) { case 1: let a = 1; break; case 2: use(a); }",
    "const { a, b = use(a) } = x;",
  ])("is true for %s", (text) => {
    expect(isEarly(text)).toBe(true);
  });

  it.each([
    "const a = 1; use(a);",
    "use(a); var a = 1;",
    "use(a); function a() {}",
    "use(a);",
    "function f(a) { use(a); }",
    "import { a } from 'm'; use(a);",
    "const lambda = () => use(a); const a = 1;",
    "function lambda() { help(); } function help() { use(a); } const a = 1;",
    "function f() { const a = 1; g(); function g() { use(a); } }",
    "function f() { const g = () => use(a); const a = 1; g(); }",
    "function f() { const a = 1; return () => () => use(a); }",
    "function f() { function g() { if (x) g(); use(a); } const a = 1; g(); }",
    "switch (x) { case 1: { let a = 1; use(a); } }",
    "switch (x) { case 1: let a = 1; use(a); }",
    "let a; switch (x) { case 1: use(a); }",
  ])("is false for %s", (text) => {
    expect(isEarly(text)).toBe(false);
  });
});

describe("mayReadUnset", () => {
  it.each(["use(a); var a = 1;", "f(); var a = 1; function f() { use(a); }", "use(a); const a = 1;"])(
    "is true for %s",
    (text) => {
      expect(isEarly(text, mayReadUnset)).toBe(true);
    },
  );

  it.each([
    "var a = 1; use(a);",
    "function f() { use(a); } var a = 1; f();",
    "function lambda() { use(a); } const a = 1;",
    "use(a); function a() {}",
    "use(a);",
  ])("is false for %s", (text) => {
    expect(isEarly(text, mayReadUnset)).toBe(false);
  });
});
