import { describe, expect, it } from "vitest";
import { EditList } from "../../../src/edits/text/edit-list.ts";
import {
  indentAt,
  indentUnitOf,
  lineEndingOf,
  lineRangeOf,
  reindent,
  reindentCode,
} from "../../../src/edits/text/layout.ts";
import { freeName } from "../../../src/edits/text/names.ts";
import { attachedComments, rangeWithComments, removeLines } from "../../../src/edits/text/remove-statements.ts";
import { textStart } from "../../../src/edits/text/white-space.ts";
import { modelOf, present } from "../../analysis/support.ts";

describe("the layout of a file", () => {
  it.each([
    ["a\nb\r\n", "\n"],
    ["a\r\nb\n", "\r\n"],
    ["a", "\n"],
    ["\na\r\n", "\n"],
  ])("%j has the line ending %j", (text, expected) => {
    expect(lineEndingOf(text)).toBe(expected);
  });

  it.each([
    ["a\n", "  "],
    ["{\n    a;\n  b;\n}", "  "],
    ["{\n    a;\n}", "    "],
    ["{\n  a;\n\tb;\n}", "\t"],
    ["/*\n * a\n */\n{\n   b;\n}", "   "],
  ])("%j is indented by %j", (text, expected) => {
    expect(indentUnitOf(text)).toBe(expected);
  });

  it("begins behind the byte order mark", () => {
    expect([textStart("\uFEFFa"), textStart("a"), textStart("")]).toEqual([1, 0, 0]);
    expect(indentAt("\uFEFF  a", 3)).toBe("  ");
    expect(lineRangeOf("\uFEFFa\nb", [1, 2])).toEqual([1, 3]);
  });

  it.each([
    ["a\n\t b c", 5, "\t "],
    ["a\n\t b c", 7, "\t "],
    ["  a", 0, ""],
    ["a", 0, ""],
  ])("%j at %i has the indentation %j", (text, offset, expected) => {
    expect(indentAt(text, offset)).toBe(expected);
  });

  it.each([
    ["a\n  bb;\nc", "  bb;\n"],
    ["a\r\n  bb;\t\r\nc", "  bb;\t\r\n"],
    ["a\n  bb;", "  bb;"],
    ["a; bb;\nc", "bb;"],
    ["a\nbb; c", "bb;"],
    ["a\nbb; // c\n", "bb;"],
  ])("the line of bb in %j is %j", (text, expected) => {
    const start = text.indexOf("bb;");
    expect(text.slice(...lineRangeOf(text, [start, start + 3]))).toBe(expected);
  });

  it("shifts all lines but the first, and no lines of data", () => {
    const piece = "if (a) {\r\n    b;\r\n  }\n\n c";
    expect(reindent(piece, "  ", "\t", () => false)).toBe("if (a) {\r\n\t  b;\r\n\t}\n\n c");
    expect(reindent(piece, "  ", "  ", () => false)).toBe(piece);
    expect(reindent(piece, "  ", "", (offset) => offset < 12)).toBe("if (a) {\r\n    b;\r\n}\n\n c");
  });

  it.each([
    ["f(`a\n  b${\n  c\n}d`,\n  e);", "f(`a\n  b${\n    c\n}d`,\n    e);"],
    ["f(`a\n`,\n  `\n${b}\n`);", "f(`a\n`,\n    `\n${b}\n`);"],
    ["({\n  a,\n  })", "({\n    a,\n    })"],
    ["if (a)\n  continue;", "if (a)\n    continue;"],
    ["} no `co\n  de` {\n  a", "} no `co\n  de` {\n  a"],
    ["} a short `code` {\n  a", "} a short `code` {\n    a"],
    ["f(`a ${b} $c`,\n  d);", "f(`a ${b} $c`,\n    d);"],
    ['f("`" + `a\n  b` + "`",\n  c);', 'f("`" + `a\n  b` + "`",\n    c);'],
    ["f(/`/, `a\n  b`, /`/,\n  c);", "f(/`/, `a\n  b`, /`/,\n    c);"],
    ["f(/* ` */ `a\n  b`, /* ` */\n  c);", "f(/* ` */ `a\n  b`, /* ` */\n    c);"],
    ["f(`a ${`b\n  c`} d`,\n  e);", "f(`a ${`b\n  c`} d`,\n    e);"],
    ["f(`\\``, `a\n  b`,\n  c);", "f(`\\``, `a\n  b`,\n    c);"],
    ["} no template {\n  a", "} no template {\n    a"],
  ])("shifts the code %j, but not the text in its template literals", (code, expected) => {
    expect(reindentCode(code, "  ", "    ")).toBe(expected);
    expect(reindentCode(code, "  ", "  ")).toBe(code);
  });
});

describe("freeName", () => {
  it.each([
    ["a;", "x", "x"],
    ["const x = 1;", "x", "x2"],
    ["f((x) => x2);", "x", "x3"],
    ["a.x;", "x", "x"],
  ])("%s leaves %s free as %s", (text, wanted, expected) => {
    expect(freeName(modelOf(text), wanted)).toBe(expected);
  });
});

/** The comments of the statement `here();`, and its range with them. */
function around(text: string): { leading: string[]; trailing: string | undefined; whole: string } {
  const model = modelOf(text);
  const here = present(model.nodes("ExpressionStatement").find((statement) => model.textOf(statement) === "here();"));
  const { leading, trailing } = attachedComments(model, here);
  return {
    leading: leading.map((range) => text.slice(...range)),
    trailing: trailing && text.slice(...trailing),
    whole: text.slice(...rangeWithComments(model, here)),
  };
}

describe("attachedComments", () => {
  it.each([
    ["// a\nhere(); // b", ["// a"], "// b"],
    ["/* a */\r\n/* b */\r\nhere(); /* c */\r\n", ["/* a */", "/* b */"], "/* c */"],
    ["\uFEFF// a\nhere();", ["// a"], undefined],
    ["// a\n\nhere();\n// b", [], undefined],
    ["// a\n\n// b\nhere();", ["// b"], undefined],
    ["a(); // b\nhere();", [], undefined],
    ["/* a */ here();", ["/* a */"], undefined],
    ["here(); /* a */ b();", [], undefined],
    ["here(/* a */);", [], undefined],
    ["{ here(); } // a", [], undefined],
  ])("%j", (text, leading, trailing) => {
    if (!text.includes("here();")) {
      expect(modelOf(text).comments).toHaveLength(1);
      return;
    }
    expect(around(text)).toMatchObject({ leading, trailing });
  });

  it("belong to the range of the statement", () => {
    expect(around("a();\n// a\nhere(); // b\nc();").whole).toBe("// a\nhere(); // b");
    expect(around("a();\nhere();\nc();").whole).toBe("here();");
  });
});

describe("removeLines", () => {
  it.each([
    ["a();\ngone();\nb();\n", "a();\nb();\n"],
    ["a();\n\ngone();\n\nb();\n", "a();\n\nb();\n"],
    ["gone();\n\nb();\n", "b();\n"],
    ["\uFEFFgone();\r\n\r\nb();\r\n", "\uFEFFb();\r\n"],
    ["{\n  gone();\n\n  b();\n}\n", "{\n  b();\n}\n"],
    ["a();\n\ngone();\n\ngone();\n\nb();\n", "a();\n\nb();\n"],
    ["a();\ngone(); gone();\nb();\n", "a();\nb();\n"],
    ["a(); gone();\nb();\n", "a();\nb();\n"],
    ["a();\n\ngone();\n", "a();\n"],
    ["a();\r\ngone();\r\n", "a();\r\n"],
    // The file did not end with a line break, and does not get one.
    ["a();\ngone();", "a();"],
  ])("%j → %j", (text, expected) => {
    const model = modelOf(text);
    const edits = new EditList();
    const ranges = model
      .nodes("ExpressionStatement")
      .filter((statement) => model.textOf(statement) === "gone();")
      .map((statement) => rangeWithComments(model, statement));
    removeLines(model, edits, ranges);
    expect(edits.applyTo(text).text).toBe(expected);
  });
});
