import { describe, expect, it } from "vitest";
import { EditList } from "../../../src/edits/text/edit-list.ts";

const SOURCE = "abcdefghij";

describe("EditList", () => {
  it("is empty until an edit is made", () => {
    const edits = new EditList();
    expect(edits.isEmpty).toBe(true);
    expect(edits.applyTo(SOURCE).text).toBe(SOURCE);
    edits.insert(0, "x");
    expect(edits.isEmpty).toBe(false);
  });

  it("applies edits by their place, whatever the order in which they were made", () => {
    const edits = new EditList();
    edits.replace([6, 8], "X");
    edits.remove([0, 2]);
    edits.insert(10, "!");
    edits.insert(4, "-");
    expect(edits.applyTo(SOURCE).text).toBe("cd-efXij!");
  });

  it("keeps the order of insertions at one place, in front of a replacement that begins there", () => {
    const edits = new EditList();
    edits.replace([3, 5], "X");
    edits.insert(3, "1");
    edits.insert(3, "2");
    edits.insert(5, "3");
    expect(edits.applyTo(SOURCE).text).toBe("abc12X3fghij");
  });

  it("puts what belongs to the code in front of a place before all else that is inserted there", () => {
    const edits = new EditList();
    edits.insert(5, "next");
    edits.insertBehind(5, "behind");
    expect(edits.applyTo(SOURCE).text).toBe("abcdebehindnextfghij");
  });

  it("does not accept edits that overlap", () => {
    const edits = new EditList();
    edits.replace([2, 5], "X");
    edits.insert(4, "Y");
    expect(() => edits.applyTo(SOURCE)).toThrow('Two edits overlap at offset 4: "Y".');
  });

  it("finds the way back from offsets of the new text", () => {
    const edits = new EditList();
    edits.remove([0, 2]);
    edits.insert(4, "--");
    edits.replace([6, 8], "XYZ");
    const edited = edits.applyTo(SOURCE);
    const { text } = edited;
    expect(text).toBe("cd--efXYZij");
    const back = text.split("").map((character, offset) => `${character}${String(edited.originalOffset(offset))}`);
    expect(back.join(" ")).toBe("c2 d3 -4 -4 e4 f5 X6 Y6 Z6 i8 j9");
    expect(edited.originalOffset(text.length)).toBe(SOURCE.length);
  });

  it("inserts into what its edits wrote, and tells it from what they kept", () => {
    const edits = new EditList();
    edits.replace([4, 7], "fetch(fetch)");
    edits.insert(0, "fetch ");
    const edited = edits.applyTo("a = get;");
    expect(edited.text).toBe("fetch a = fetch(fetch);");
    expect([0, 6, 10, 16, 22].map((offset) => edited.keptOffset(offset))).toEqual([
      undefined,
      0,
      undefined,
      undefined,
      7,
    ]);
    edits.insertIntoNew("a = get;", [0, 16, 10, 6], "own.");
    expect(edits.applyTo("a = get;").text).toBe("own.fetch a = own.fetch(own.fetch);");
  });

  it("indents the lines of a range, and what edits wrote in it, but for empty lines and lines of data", () => {
    const source = "a {\n b;\n\n d`\n e`;\nf;\n g; }";
    const edits = new EditList();
    edits.insert(source.indexOf(" d"), " c;\r\n\r\n");
    const isDataLine = (offset: number): boolean => offset === source.indexOf(" e");
    edits.indent(source, [3, source.indexOf(" g")], { kept: " ", indent: "  " }, isDataLine);
    expect(edits.applyTo(source).text).toBe("a {\n   b;\n\n c;\r\n\r\n   d`\n e`;\nf;\n g; }");
  });

  it("gives the text of a range with the edits inside it", () => {
    const edits = new EditList();
    edits.replace([3, 5], "X");
    edits.insert(8, "!");
    expect(edits.textOf(SOURCE, [2, 7])).toBe("cXfg");
    expect(edits.textOf(SOURCE, [2, 8])).toBe("cXfgh!");
  });

  it("replaces a range together with the edits inside it", () => {
    const edits = new EditList();
    edits.replace([3, 5], "X");
    edits.insert(9, "!");
    edits.replaceWhole([2, 7], `(${edits.textOf(SOURCE, [2, 7])})`);
    expect(edits.applyTo(SOURCE).text).toBe("ab(cXfg)hi!j");
  });

  it("replaces ranges in any order, each with the edits inside it alone", () => {
    const edits = new EditList();
    edits.replace([5, 6], "F");
    edits.replaceInside([8, 9], "I");
    edits.replaceInside([1, 2], "B");
    edits.replaceWhole([0, 1], "A");
    edits.insert(3, "!");
    edits.replaceInside([3, 5], "X");
    edits.replaceInside([5, 7], "Y");
    edits.insertBehind(9, "?");
    edits.replaceWhole([9, 10], "J");
    expect(edits.applyTo(SOURCE).text).toBe("ABc!XYhIJ");
  });

  it("finds the edits inside lines that were moved", () => {
    const edits = new EditList();
    const source = "a {\n  b\n  c\n}";
    edits.outdent(source, [2, 13], { kept: "", indent: "  " }, () => false);
    edits.replaceWhole([2, 13], "d");
    expect(edits.applyTo(source).text).toBe("a d");
  });

  it("still removes what was removed across an end of a range that is replaced", () => {
    const edits = new EditList();
    edits.remove([1, 3]);
    edits.remove([6, 9]);
    edits.replaceWhole([2, 7], "X");
    expect(edits.applyTo(SOURCE).text).toBe("aXj");
  });
});
