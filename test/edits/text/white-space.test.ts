import { describe, expect, it } from "vitest";
import { gapEnd, gapStart } from "../../../src/edits/text/gaps.ts";
import {
  blanksEnd,
  blanksStart,
  endsLine,
  lineBreakLength,
  lineBreakLengthBefore,
  lineAt,
  lineStart,
  spaceEnd,
  spaceStart,
  startsLine,
  textStart,
} from "../../../src/edits/text/white-space.ts";
import { modelOf } from "../../analysis/support.ts";

describe("white space", () => {
  const text = "\uFEFFa \t\r\n\n  b\u00A0\u2028";

  it("ends the line that an offset stands on", () => {
    expect([0, 3, 4, 6].map((offset) => lineAt("a b \n  c", offset))).toEqual(["a b", "a b", "a b", "  c"]);
  });

  it("ends and begins at its neighbours", () => {
    expect([blanksEnd(text, 2), blanksStart(text, 4), blanksEnd(text, 1), blanksStart(text, 2)]).toEqual([4, 2, 1, 2]);
    expect([spaceEnd(text, 2), spaceStart(text, 9)]).toEqual([9, 2]);
    expect([spaceEnd(text, 10), spaceStart(text, text.length)]).toEqual([text.length, 10]);
  });

  it("holds the line breaks of both kinds", () => {
    expect([4, 6, 5].map((offset) => lineBreakLength(text, offset))).toEqual([2, 1, 1]);
    expect([6, 7, 1, 0].map((offset) => lineBreakLengthBefore(text, offset))).toEqual([2, 1, 0, 0]);
  });

  it("tells where lines begin and end", () => {
    expect([lineStart(text, 0), lineStart(text, 3), lineStart(text, 9)]).toEqual([1, 1, 7]);
    expect([startsLine(text, 9), startsLine(text, 1), startsLine(text, 2)]).toEqual([true, true, false]);
    expect([endsLine(text, 2), endsLine(text, 1), endsLine("a ", 1)]).toEqual([true, false, true]);
  });

  it("does not begin with the byte order mark", () => {
    expect([textStart(text), textStart("a"), textStart("")]).toEqual([1, 0, 0]);
    expect([spaceStart("\uFEFF  a", 3), startsLine("\uFEFF  a", 3)]).toEqual([1, true]);
  });
});

describe("a gap", () => {
  const text = "a /* 1 */\n// 2\n  (/* 3 */ b) // 4";
  const model = modelOf(text);

  it("holds white space and comments", () => {
    expect([gapEnd(model, 1), gapStart(model, 17)]).toEqual([17, 1]);
    expect(text.slice(gapEnd(model, 18)).charAt(0)).toBe("b");
    expect(gapStart(model, text.indexOf("b"))).toBe(18);
    expect(gapEnd(model, text.indexOf("// 4"))).toBe(text.length);
    expect(gapStart(model, 0)).toBe(0);
  });

  it("may be as long as the file", () => {
    const blanks = " ".repeat(100_000) + "\n".repeat(3_000);
    const wide = `${blanks}a;${blanks}/* 1 */${blanks}b;${blanks}`;
    const start = wide.indexOf("a;");
    expect(gapEnd(modelOf(wide), start + 2)).toBe(wide.indexOf("b;"));
    expect(gapStart(modelOf(wide), wide.indexOf("b;"))).toBe(start + 2);
  });
});
