import { describe, expect, it } from "vitest";
import { EditList } from "../../../src/edits/text/edit-list.ts";
import { removeArgument, removeItems, removeParameter } from "../../../src/edits/text/list-items.ts";
import { removeDeclared } from "../../../src/edits/text/remove-declared.ts";
import { rangeOf } from "../../../src/analysis/code/tree.ts";
import type { Node } from "../../../src/analysis/code/tree.ts";
import type { Model } from "../../../src/analysis/code/model.ts";
import { modelOf, present } from "../../analysis/support.ts";

function edited(text: string, edit: (model: Model, edits: EditList) => void): string {
  const model = modelOf(text);
  const edits = new EditList();
  edit(model, edits);
  const result = edits.applyTo(text).text;
  expect(() => modelOf(result)).not.toThrow();
  return result;
}

/** Takes all elements called `gone` out of the array that the text begins with. */
function withoutGone(text: string): string {
  return edited(text, (model, edits) => {
    const items = present(model.nodes("ArrayExpression")[0]).elements.map(present);
    const gone = items.flatMap((item, index) => (model.textOf(item).startsWith("gone") ? [index] : []));
    removeItems(model, edits, items.map(rangeOf), new Set(gone));
  });
}

describe("removeItems", () => {
  it.each([
    ["[gone, a]", "[a]"],
    ["[a, gone]", "[a]"],
    ["[a, gone,]", "[a,]"],
    ["[a,gone,b]", "[a,b]"],
    ["[gone1, gone2, a, gone3, gone4]", "[a]"],
    ["[gone]", "[]"],
    ["[ /* b */ gone, ]", "[ /* b */ ]"],
    ["[\n  a,\n  gone,\n  b,\n]", "[\n  a,\n  b,\n]"],
    // A line comment keeps its line to itself.
    ["[ // list\n  gone, a]", "[ // list\n  a]"],
    ["[a, // first\n  gone]", "[a // first\n]"],
    ["[a // first\n  , gone // last\n]", "[a // first\n  // last\n]"],
    ["[gone // first\n  , a]", "[// first\n  a]"],
    ["[a, // first\n  gone, // second\n  b]", "[a, // first\n  // second\n  b]"],
    ["[a, // first\n  gone,\n]", "[a, // first\n]"],
    ["[a, /* b */ gone, c]", "[a, /* b */ c]"],
    ["[a, gone /* b */, c]", "[a, /* b */ c]"],
    ["[a, /* b */ gone]", "[a /* b */]"],
    ["[a /* , */, gone]", "[a /* , */]"],
  ])("%j → %j", (text, expected) => {
    expect(withoutGone(text)).toBe(expected);
  });
});

describe("removeParameter and removeArgument", () => {
  it.each([
    ["gone => 1", "() => 1"],
    ["(gone) => 1", "() => 1"],
    ["(gone /* ) */) => 1", "(/* ) */) => 1"],
    ["(a, gone) => 1", "(a) => 1"],
    ["function f(a // b\n, gone) {}", "function f(a // b\n) {}"],
    ["function f(a, // b\n gone) {}", "function f(a // b\n) {}"],
  ])("takes a parameter out of %j", (text, expected) => {
    const result = edited(text, (model, edits) => {
      const owner = present([...model.nodes("ArrowFunctionExpression"), ...model.nodes("FunctionDeclaration")][0]);
      removeParameter(model, edits, owner, owner.params.length - 1);
    });
    expect(result).toBe(expected);
  });

  it.each([
    ["f(a, ((gone)), b)", "f(a, b)"],
    ["(f)(/* ( */ a, gone)", "(f)(/* ( */ a)"],
    ["f(a, // b\n  gone // c\n)", "f(a // b\n  // c\n)"],
  ])("takes an argument out of %j", (text, expected) => {
    const result = edited(text, (model, edits) => {
      const call = present(model.nodes("CallExpression")[0]);
      const index = call.arguments.findIndex((argument) => model.textOf(argument) === "gone");
      removeArgument(model, edits, call, index);
    });
    expect(result).toBe(expected);
  });
});

describe("removeDeclared", () => {
  it.each([
    ["const gone = 1, a = 2;", "const a = 2;"],
    ["let{gone}=b,n=1;", "let n=1;"],
    ["const { gone, a } = b;", "const { a } = b;"],
    ["x();\nconst { gone } = b, gone2 = 1;\ny();", "x();\ny();"],
    ["x(); const { gone } = b, gone2 = 1; y();", "x(); y();"],
    ["const { gone } = b, a = 1;", "const a = 1;"],
    ["x()\nvar gone = 1\n;[a].map(x)", "x()\n;[a].map(x)"],
    ["x()\nvar gone = 1;\n[a].map(x)", "x()\n;[a].map(x)"],
    ["if (a) var gone = 1;", "if (a) {}"],
    ["import { gone, a } from 'b';", "import { a } from 'b';"],
    ["import { gone } from 'b';\na();", "a();"],
    ["import gone, { a } from 'b';", "import gone, { a } from 'b';"],
    ["const gone = 1, // first\n  a = 2;", "const // first\n  a = 2;"],
  ])("%j → %j", (text, expected) => {
    const result = edited(text, (model, edits) => {
      const isGone = (node: Node): boolean => model.textOf(node).startsWith("gone");
      const items = [
        ...model.nodes("VariableDeclarator").filter(({ id }) => id.type === "Identifier" && isGone(id)),
        ...model.nodes("Property").filter(isGone),
        ...[...model.nodes("ImportSpecifier"), ...model.nodes("ImportDefaultSpecifier")].filter(isGone),
      ];
      removeDeclared(model, edits, items, rangeOf);
    });
    expect(result).toBe(expected);
  });
});
