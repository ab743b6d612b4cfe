import { describe, expect, it } from "vitest";
import { createModel } from "../../../src/analysis/code/model.ts";
import type { Model } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";
import type { Node } from "../../../src/analysis/code/tree.ts";
import { EditList } from "../../../src/edits/text/edit-list.ts";
import { removeParentheses, withParentheses } from "../../../src/edits/text/parentheses.ts";

function find(text: string): { readonly model: Model; readonly node: Node } {
  const model = createModel(parseSource(text));
  const node = model.nodes("Identifier").find(({ name }) => name === "x");
  if (node === undefined) throw new Error(`no x in ${text}`);
  return { model, node };
}

function widest(text: string): string {
  const { model, node } = find(text);
  return text.slice(...withParentheses(model, node));
}

describe("the parentheses of an expression", () => {
  it.each([
    ["f(x)", "x"],
    ["f((x))", "(x)"],
    ["f(((x)), y)", "((x))"],
    ["f((x),)", "(x)"],
    ["f(y, (x))", "(x)"],
    ["(x)(y)", "(x)"],
    ["new f((x))", "(x)"],
    ["new (x)", "(x)"],
    ["import(x)", "x"],
    ["import((x))", "(x)"],
    ["if ((x)) { }", "(x)"],
    ["if (x) (y);", "x"],
    ["while (x) { }", "x"],
    ["do { } while (((x)))", "((x))"],
    ["switch (x) { }", "x"],
    ["for (const y of (x)) { }", "(x)"],
    ["for ((x); ; ) { }", "(x)"],
    ["const f = () => (x)", "(x)"],
    ["const f = { y: (x) }", "(x)"],
    ["const f = ( /* one */ (x) /* two */ )", "( /* one */ (x) /* two */ )"],
    ["(x).y", "(x)"],
    ["((x) + y)", "(x)"],
  ])("of %s are those of %s", (text, expected) => {
    expect(widest(text)).toBe(expected);
  });

  it.each([
    ["f(((x)), y)", "f(x, y)"],
    ["( /* one */ (x) /* two */ );", " /* one */ x /* two */ ;"],
    ["if ((x)) { }", "if (x) { }"],
    ["f(x)", "f(x)"],
  ])("are taken away: %s", (text, expected) => {
    const { model, node } = find(text);
    const edits = new EditList();
    removeParentheses(model, edits, node);
    expect(edits.applyTo(text).text).toBe(expected);
  });
});
