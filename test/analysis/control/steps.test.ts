import { describe, expect, it } from "vitest";
import { handlerFunctionOf } from "../../../src/analysis/code/handler.ts";
import { leavesFunction, stepsOf } from "../../../src/analysis/control/steps.ts";
import { modelOf, present } from "../support.ts";

/** The calls of `one`, `two` … as an invocation comes to them, each behind the kinds of choices on the way. */
function courseOf(text: string): string[] | undefined {
  const model = modelOf(text);
  const wanted = model
    .nodes("CallExpression")
    .filter(({ callee }) => /^(?:one|two|three|four)$/u.test(model.textOf(callee)));
  const steps = stepsOf(model, present(handlerFunctionOf(model)), new Set(wanted));
  return steps?.map(({ node, choices, waits }) => {
    const [name] = model.textOf(node).split("(");
    return [...choices.map(({ at }) => at.type), `${name ?? ""} ${String(waits)}`].join(" ");
  });
}

describe("stepsOf", () => {
  it.each([
    ["statements", "async function lambda() { one(); await two(); three(); }", ["one 0", "two 0", "three 1"]],
    [
      "a helper, as often as it is called",
      "const a = () => one();\nfunction lambda() { a(); two(); a(); }",
      ["one 0", "two 0", "one 0"],
    ],
    [
      "a method",
      "class S { run() { one(); } }\nconst s = new S();\nfunction lambda() { s.run(); two(); }",
      ["one 0", "two 0"],
    ],
    [
      "arms",
      "function lambda(i) { if (i) one(); else two(); three(); }",
      ["IfStatement one 0", "IfStatement two 0", "three 0"],
    ],
    [
      "what is behind a return",
      "function lambda(i) { if (i) { one(); return; } two(); }",
      ["IfStatement one 0", "IfStatement two 0"],
    ],
    [
      "a try",
      "function lambda() { try { one(); } catch { two(); } finally { three(); } }",
      ["TryStatement one 0", "TryStatement two 0", "three 0"],
    ],
    [
      "rounds",
      "function lambda(i) { i.forEach((e) => one(e)); for (const e of i) two(e); }",
      ["CallExpression one 0", "ForOfStatement two 0"],
    ],
    [
      "cases",
      "function lambda(i) { switch (i) { case 1: one(); break; default: two(); } }",
      ["SwitchStatement one 0", "SwitchStatement two 0"],
    ],
    [
      "a value before it is used",
      "function lambda(i) { i.a = one(); i ? two() : three(); i && four(); }",
      ["one 0", "ConditionalExpression two 0", "ConditionalExpression three 0", "LogicalExpression four 0"],
    ],
    ["a chain", "function lambda(i) { i.then(() => one()).catch(() => two()); }", ["one 1", "CallExpression two 2"]],
    ["a timer", "function lambda() { setTimeout(() => one(), 1); }", ["one 1"]],
    ["a function that calls itself", "function a() { one(); a(); }\nfunction lambda() { a(); }", ["one 0"]],
    [
      "loops",
      "function lambda(i) { for (let a = one(); a < i; a += two()) three(); while (i) four(); }",
      ["one 0", "ForStatement three 0", "ForStatement two 0", "WhileStatement four 0"],
    ],
    [
      "functions that are only made",
      "function lambda() { const a = () => one(); class B { c() { two(); } } return [a, B]; }",
      [],
    ],
  ])("follows %s", (_, text, course) => {
    expect(courseOf(text)).toEqual(course);
  });

  it("gives up where functions call each other without number", () => {
    const functions = Array.from(
      { length: 12 },
      (_, at) => `function f${String(at)}() { f${String(at + 1)}(); f${String(at + 1)}(); }`,
    );
    expect(courseOf(`${functions.join("\n")}\nfunction f12() { one(); }\nfunction lambda() { f0(); }`)).toBeUndefined();
  });
});

describe("leavesFunction", () => {
  it.each([
    ["return;", true],
    ["throw i;", true],
    ["{ i(); return; }", true],
    ["if (i) return; else throw i;", true],
    ["if (i) return;", false],
    ["try { return; } catch { throw i; }", true],
    ["try { return; } catch { }", false],
    ["try { i(); } finally { return; }", true],
    ["for (;;) { return; }", false],
  ])("looks at %s", (statement, isLeft) => {
    const model = modelOf(`function lambda(i) { ${statement} }`);
    const [body] = model.nodes("BlockStatement");
    expect(leavesFunction(present(body?.body[0]))).toBe(isLeft);
  });
});
