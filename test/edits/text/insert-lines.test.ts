import { describe, expect, it } from "vitest";
import { commentTexts, inFrontOf, isAlone } from "../../../src/edits/text/comments.ts";
import { EditList } from "../../../src/edits/text/edit-list.ts";
import { insertLinesBehind } from "../../../src/edits/text/insert-lines.ts";
import { closedLine, statementRange } from "../../../src/edits/text/layout.ts";
import { modelOf, present } from "../../analysis/support.ts";

describe("insertLinesBehind", () => {
  it.each([
    ["  a();\n  b();\n", "  a();\n  x();\n  y();\n  b();\n"],
    ["  a(); // b\n  b();\n", "  a(); // b\n  x();\n  y();\n  b();\n"],
    ["a(); /* b */ b();", "a();\nx();\ny();\n/* b */ b();"],
    ["{ a(); }", "{ a();\nx();\ny();\n}"],
    ["a()\n;[b].map(c)", "a()\nx();\ny();\n;[b].map(c)"],
    ["a();", "a();\nx();\ny();"],
  ])("%j → %j", (text, expected) => {
    const model = modelOf(text);
    const edits = new EditList();
    const [first] = model.nodes("ExpressionStatement");
    insertLinesBehind(model, edits, present(first), []);
    expect(edits.isEmpty).toBe(true);
    insertLinesBehind(model, edits, present(first), ["x();", "y();"]);
    expect(edits.applyTo(text).text).toBe(expected);
  });
});

describe("the range of a statement", () => {
  it.each([
    ["a()\n;[b]", "a()"],
    ["a() // c\n  ;(b)", "a()"],
    ["a()\n;b()", "a()\n;"],
    ["a()\n;\n[b]", "a()\n;"],
    ["a() /* c */;[b]", "a() /* c */;"],
    ["a();", "a();"],
    ["a()", "a()"],
  ])("in %j is %j", (text, expected) => {
    const model = modelOf(text);
    expect(text.slice(...statementRange(model, present(model.program.body[0])))).toBe(expected);
  });

  it("is found behind thousands of empty lines", () => {
    const text = `a()${"\n".repeat(3_000)}${" ".repeat(100_000)};[b]`;
    const model = modelOf(text);
    expect(statementRange(model, present(model.program.body[0]))).toEqual([0, 3]);
  });
});

describe("a line comment", () => {
  it.each([
    ["a(); // b", " c();", true],
    ["a(); // b", " \n", false],
    ["a(); // b", "", false],
    ["a('https://b')", ";", false],
    ['a("\\"//")', ";", false],
    ["// a\nb()", ";", false],
    // The line may begin inside of a template, so that its quotes can't be told.
    ["it's` // b", ";", true],
  ])("at the end of %j in front of %j gets a line break: %j", (code, rest, isClosed) => {
    expect(closedLine(code, rest, "\n  ")).toBe(isClosed ? `${code}\n  ` : code);
  });

  it("keeps its line to itself in front of code", () => {
    const text = "f(/* a */ b, // c\n  d // e\n);\n// f\n";
    const model = modelOf(text);
    const comments = commentTexts(model, [0, text.length]);
    expect(comments).toEqual(["/* a */", "// c", "// e", "// f"]);
    expect(inFrontOf(comments, "\n")).toBe("/* a */ // c\n// e\n// f\n");
    expect(model.comments.map((comment) => isAlone(model, comment))).toEqual([false, false, false, true]);
  });
});
