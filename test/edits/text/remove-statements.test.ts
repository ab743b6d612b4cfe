import { describe, expect, it } from "vitest";
import { createModel } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";
import { EditList } from "../../../src/edits/text/edit-list.ts";
import { removeStatement } from "../../../src/edits/text/remove-statements.ts";

/** What is left of a text without the statement `gone()`. */
function without(text: string): string {
  const model = createModel(parseSource(text));
  const edits = new EditList();
  for (const statement of model.nodes("ExpressionStatement")) {
    if (model.textOf(statement).includes("gone(")) removeStatement(model, edits, statement);
  }
  return edits.applyTo(text).text;
}

describe("removeStatement", () => {
  it.each([
    ["a();\ngone();\nb();\n", "a();\nb();\n"],
    ["a();\ngone(/* why */);\nb();\n", "a();\n/* why */\nb();\n"],
    ["if (a) gone(); else b();\n", "if (a) {} else b();\n"],
    ["if (a) gone(// why\n); else b();\n", "if (a) // why\n{} else b();\n"],
    ["switch (a) { case 1: gone(); b(); }\n", "switch (a) { case 1: b(); }\n"],
    ["class A { static { gone(); } }\n", "class A { static { } }\n"],
    ["for (;;) gone();\n", "for (;;) {}\n"],
  ])("%j becomes %j", (text, expected) => {
    expect(without(text)).toBe(expected);
  });
});
