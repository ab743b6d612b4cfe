import { describe, expect, it } from "vitest";
import { childrenOf, isNullish, rangeOf, staticName, walk } from "../../../src/analysis/code/tree.ts";
import { chainOf, isInlinable } from "../../../src/analysis/control/chains.ts";
import { parseSource, SourceSyntaxError } from "../../../src/analysis/code/parse.ts";
import { modelOf, present } from "../support.ts";

describe("parseSource", () => {
  it.each([
    ["import a from 'b';", "module"],
    ["export const a = 1;", "module"],
    ["  export default 1;", "module"],
    ["const a = require('a');", "script"],
    ["return 1;", "script"],
    ["const a = `\nimport b from 'c';\n`; with (a) {}", "script"],
    ["const a = 1; import b from 'c';", "module"],
  ])("%s is a %s", (text, sourceType) => {
    expect(parseSource(text).program.sourceType).toBe(sourceType);
  });

  it("says where a text is no JavaScript", () => {
    const parse = (): unknown => parseSource("const a = 1;\nconst a = 2;\n");
    expect(parse).toThrow(SourceSyntaxError);
    expect(parse).toThrow("Identifier 'a' has already been declared");
    try {
      parse();
    } catch (error) {
      expect(error).toMatchObject({ line: 2, column: 7 });
    }
  });

  it("keeps comments with their places", () => {
    const text = "// a\nb; /* c */";
    expect(parseSource(text).comments.map((comment) => text.slice(...rangeOf(comment)))).toEqual(["// a", "/* c */"]);
  });
});

describe("createModel", () => {
  const text =
    "const a = function f(b) {\r\n  // c\r\n  return () => { a; b; console; };\u2028};\nif (a) { label: for (;;) ; }";
  const model = modelOf(text);

  it("gives places that count from one, with all line breaks of the language", () => {
    expect(
      [0, 10, 27, text.indexOf("return"), text.indexOf("};\n"), text.length].map((offset) => model.placeOf(offset)),
    ).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 11 },
      { line: 2, column: 1 },
      { line: 3, column: 3 },
      { line: 4, column: 1 },
      { line: 5, column: 29 },
    ]);
  });

  it("knows what stands around a node", () => {
    const [inner] = model.nodes("ArrowFunctionExpression");
    const outer = model.nodes("FunctionExpression").at(0);
    expect(model.functionOf(present(inner))).toBe(outer);
    expect(model.functionOf(present(outer))).toBeNull();
    expect(model.functionOf(model.program)).toBeNull();
    expect(model.parentOf(model.program)).toBeNull();
    expect(model.statementOf(present(inner)).type).toBe("ReturnStatement");
    expect(model.statementOf(model.program)).toBe(model.program);
    expect(model.commentsIn(rangeOf(present(outer)))).toHaveLength(1);
    expect(model.commentsIn(rangeOf(present(inner)))).toHaveLength(0);
  });

  it("gives a named function expression the scope of its body", () => {
    const outer = present(model.nodes("FunctionExpression").at(0));
    expect([...model.scopeAt(outer).set.keys()]).toEqual(["arguments", "b"]);
    expect(model.scopeAt(present(model.nodes("LabeledStatement").at(0))).type).toBe("block");
  });

  it("knows names and globals", () => {
    const console = present(model.nodes("Identifier").find(({ name }) => name === "console"));
    expect([model.isGlobal(console, "console"), model.isGlobal(console, "log")]).toEqual([true, false]);
    expect(["a", "b", "console", "f", "arguments", "c"].map((name) => model.isNameTaken(name))).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(model.referenceOf(console)?.isRead()).toBe(true);
  });
});

describe("the tree", () => {
  it("needs ranges", () => {
    expect(() => rangeOf({ type: "EmptyStatement" })).toThrow("The EmptyStatement node has no range");
  });

  it("has children in source order, and none of a node that nobody knows", () => {
    const model = modelOf("for (let i = [, 1]; i; i++) f(i);");
    const [statement] = model.program.body;
    expect(childrenOf(present(statement)).map((child) => model.textOf(child))).toEqual(
      ["let i = [, 1];", "i", "i++", "f(i);"].map((child) => child.replace("[, 1];", "[, 1]")),
    );
    expect(childrenOf(JSON.parse('{ "type": "Unknown" }') as never)).toEqual([]);
  });

  it("is walked from the top, without what is left out", () => {
    const seen: string[] = [];
    walk(modelOf("a(() => b); c;").program, (node) => {
      if (node.type === "Identifier") {
        seen.push(node.name);
      }
      return node.type !== "ArrowFunctionExpression";
    });
    expect(seen).toEqual(["a", "c"]);
  });

  it.each([
    ["null", true],
    ["undefined", true],
    ["void 0", true],
    ["void f()", false],
    ["typeof 0", false],
    ["/null/", false],
    ["'null'", false],
    ["0", false],
  ])("takes %s for no error: %s", (text, expected) => {
    const model = modelOf(`[${text}];`);
    const [element] = present(model.nodes("ArrayExpression").at(0)).elements;
    expect(isNullish(present(element))).toBe(expected);
  });

  it.each([
    ["a.b", "b"],
    ["a['b']", "b"],
    ["a[b]", undefined],
    ["a[0]", undefined],
    ["a.#b", "#b"],
  ])("reads the name of %s as %s", (text, expected) => {
    const model = modelOf(`class C { #b; m(a, b) { return ${text}; } }`);
    expect(staticName(present(model.nodes("MemberExpression").at(0)))).toBe(expected);
  });
});

describe("chainOf", () => {
  it.each([
    ["a().then(b);", "floating a() then"],
    ["await a.catch(b).finally(c);", "awaited a catch,finally"],
    ["return a().then(b, c);", "returned a() then"],
    ["return await a().then(b);", "awaited a() then"],
    ["return;", undefined],
    ["a();", undefined],
    ["a.b();", undefined],
    ["const x = a().then(b);", undefined],
    ["a?.then(b);", undefined],
    ["a.then?.(b);", undefined],
    ["a['then'](b);", undefined],
    ["a[b](c);", undefined],
    ["super.then(b);", undefined],
  ])("%s → %s", (statement, expected) => {
    const model = modelOf(`class C extends D { async m(a, b, c) { ${statement} } }`);
    const body = present(model.nodes("FunctionExpression").at(0)).body;
    const chain = chainOf(present(body.body.at(0)));
    const text = chain && `${chain.mode} ${model.textOf(chain.base)} ${chain.links.map(({ method }) => method).join()}`;
    expect(text).toBe(expected);
  });
});

describe("isInlinable", () => {
  it.each([
    ["() => a", true],
    ["(a) => { b(); }", true],
    ["({ a }) => a", true],
    ["function ([a]) { return a; }", true],
    ["() => function () { return this; }", true],
    ["(a, b) => a", false],
    ["(a = 1) => a", false],
    ["(...a) => a", false],
    ["function* () {}", false],
    ["function () { return this; }", false],
    ["function () { return () => arguments; }", false],
  ])("%s: %s", (text, expected) => {
    const model = modelOf(`f(${text});`);
    const [node] = present(model.nodes("CallExpression").at(0)).arguments;
    expect(isInlinable(model, node as never)).toBe(expected);
  });
});
