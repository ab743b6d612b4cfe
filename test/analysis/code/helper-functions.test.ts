import { describe, expect, it } from "vitest";

import { helperFunctionsOf } from "../../../src/analysis/code/helper-functions.ts";
import { createModel } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";

const helper = `function pick(items, id) {
  const found = items.find((item) => item.id === id);
  if (!found) throw new Error("none of " + id);
  return found;
}
`;
const indented = helper
  .replaceAll("\n  ", "\n\n      // Looks for it.\n      ")
  .replace("(items, id)", "( items , id )");
const v1 = `function lambda(input, callback) {
  callback(null, pick(input.payload.items, input.payload.id));
}
`;

function isSame(...texts: readonly string[]): boolean {
  const codes = texts.map((text) => helperFunctionsOf(createModel(parseSource(text))).map(({ code }) => code));
  return codes.every((each) => each.length > 0 && each.join(" ") === codes[0]?.join(" "));
}

describe("the code of a helper function", () => {
  it("is the same whatever its white space, comments and line breaks", () => {
    expect(isSame(helper, indented, helper.replaceAll("\n", "\r\n"), `${v1}${helper}`)).toBe(true);
    expect(isSame(`const f = ${helper}`, `var f = ${helper}`, `export const f=/* one */${helper}`)).toBe(true);
  });

  it.each([
    ["a name", helper.replace("pick", "take")],
    ["a text", helper.replace("none of ", "none of")],
    ["a parameter", helper.replace("items, id", "items, id, more")],
    ["a line break that ends a statement", helper.replace("return found", "return\nfound")],
    ["async", `async ${helper}`],
  ])("is another one with another %s", (_, other) => {
    expect(isSame(helper, other)).toBe(false);
  });

  it.each([
    ["the handler", `function lambda(input, callback) { const a = 1; log(a); callback(null, a); }`],
    [
      "the handler by another name",
      `const run = (input, callback) => { log(1); log(2); callback(null, 3); };\nexports.lambda = run;`,
    ],
    ["two statements", "function f(a) { const b = a; return b; }"],
    ["a function in another", "(() => { function f(a) { a(); a(); a(); } f(); })();"],
    ["a variable that changes", "let f = () => { a(); a(); a(); };\nf = 1;"],
  ])("is not asked of %s", (_, text) => {
    expect(helperFunctionsOf(createModel(parseSource(text)))).toEqual([]);
  });

  it("is found beside a token that touches it", () => {
    expect(isSame(`${v1};${helper}`, `${v1};/**/${helper};f()`, helper)).toBe(true);
    expect(isSame(`const f=${helper}`, `const f = ${helper};`)).toBe(true);
  });
});
