import { describe, expect, it } from "vitest";
import { mayLeave, withoutBreak } from "../../../src/analysis/control/leaving.ts";
import type { Node } from "../../../src/analysis/code/tree.ts";
import { modelOf, present } from "../support.ts";

/** The first statement in the body of the function `lambda`, within a loop so that `break` is allowed. */
function statementOf(text: string): Node {
  const model = modelOf(`async function lambda(input) { outer: while (input) { ${text} } }`);
  const [loop] = model.nodes("WhileStatement");
  const body = present(loop).body;
  return present(body.type === "BlockStatement" ? body.body[0] : undefined);
}

describe("mayLeave", () => {
  it.each([
    ["a return", "if (input.a) { return; }", true],
    ["a throw", "throw input;", true],
    ["a break of the loop around it", "if (input.a) break;", true],
    ["a continue of the loop around it", "{ continue; }", true],
    ["a break of a loop in it", "for (const each of input.list) { break; }", false],
    ["a continue of a loop in it", "do { continue; } while (input.a);", false],
    ["a break of a switch in it", "switch (input.a) { case 1: break; }", false],
    ["a continue behind a switch in it", "switch (input.a) { case 1: continue; }", true],
    ["a break by a label", "for (;;) { break outer; }", true],
    ["a return of a function in it", "input.list.map(() => { return 1; });", false],
    ["nothing of that kind", "input.a();", false],
  ])("%s", (_title, text, expected) => {
    expect(mayLeave(statementOf(text))).toBe(expected);
  });
});

describe("withoutBreak", () => {
  it.each([
    ["case 1: input.a(); break;", 1],
    ["case 1: { input.a(); break; }", 1],
    ["case 1: break outer;", 1],
    ["case 1: input.a(); input.b();", 2],
    ["case 1:", 0],
  ])("of %s", (text, expected) => {
    const statement = statementOf(`switch (input.a) { ${text} }`);
    const cases = statement.type === "SwitchStatement" ? statement.cases : [];
    expect(withoutBreak(present(cases[0]).consequent)).toHaveLength(expected);
  });
});
