import { describe, expect, it } from "vitest";
import type * as ESTree from "estree";
import { staticName } from "../../../src/analysis/code/tree.ts";
import { LiteralEditor } from "../../../src/edits/text/literal.ts";
import { EditList } from "../../../src/edits/text/edit-list.ts";
import { modelOf, present } from "../../analysis/support.ts";

/** The literal without its properties `gone…`, and with `added` behind a property or at the end. */
function edited(text: string, added?: string, behind?: string): string {
  const model = modelOf(`(${text})`);
  const edits = new EditList();
  const literal = present(model.nodes("ObjectExpression")[0]);
  const properties = literal.properties as ESTree.Property[];
  const editor = new LiteralEditor(model, edits, literal);
  for (const property of properties.filter((each) => staticName(each)?.startsWith("gone"))) {
    editor.remove(property);
  }
  if (added !== undefined) {
    editor.add(added, properties.find((each) => staticName(each) === behind) ?? "last");
  }
  editor.finish();
  const result = edits.applyTo(model.text).text;
  expect(() => modelOf(result)).not.toThrow();
  return result.slice(1, -1);
}

describe("LiteralEditor", () => {
  it.each([
    ["{ gone: 1, a: 2 }", "{ a: 2 }"],
    ["{ a: 2, gone: 1 }", "{ a: 2 }"],
    ["{\n  a: 2,\n  gone: 1,\n}", "{\n  a: 2,\n}"],
    ["{\n  gone: 1, // why\n  a: 2\n}", "{\n  a: 2\n}"],
    // A comment in front of what goes does not take in what comes next.
    ["{ // create\n  gone: false, a: 2 }", "{ // create\n  a: 2 }"],
    ["{ // create\n  gone: false,\n  gone2: 1, a: 2 }", "{ // create\n  a: 2 }"],
    ["{ // create\n  gone: false }", "{ // create\n}"],
    ["{ a: 1, // first\n  gone: 1, b: 2 }", "{ a: 1, // first\n  b: 2 }"],
    ["{ a: 1, // first\n  gone: 1 /* x */, b: 2 }", "{ a: 1, // first\n  b: 2 }"],
    ["{ gone: 1,\n  // about b\n  b: 2 }", "{\n  // about b\n  b: 2 }"],
    ["{ a: 1,\n  // alone\n  gone: 1, b: 2 }", "{ a: 1,\n  // alone\n  b: 2 }"],
    ["{ a /* , */ : 1, gone: 1 }", "{ a /* , */ : 1 }"],
    ["{gone:1,a}", "{a}"],
  ])("%j → %j", (text, expected) => {
    expect(edited(text)).toBe(expected);
  });

  it.each([
    ["{ a: 1 }", undefined, "{ a: 1, b: 2 }"],
    ["{ a: 1 // one\n}", undefined, "{ a: 1, // one\n  b: 2\n}"],
    ["{ a: 1, // one\n c: 3 }", "a", "{ a: 1, // one\n b: 2,\n c: 3 }"],
    ["{ a: 1, gone: 2, // two\n c: 3 }", "gone", "{ a: 1,\n b: 2,\n c: 3 }"],
    ["{ // none\n}", undefined, "{ // none\n  b: 2\n}"],
    ["{}", undefined, "{ b: 2 }"],
    ["{ // one\n  gone: 1, c: 3 }", "gone", "{ // one\n  b: 2,\n  c: 3 }"],
  ])("adds to %j behind %j: %j", (text, behind, expected) => {
    expect(edited(text, "b: 2", behind)).toBe(expected);
  });
});
