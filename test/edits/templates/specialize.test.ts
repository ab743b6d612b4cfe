import { describe, expect, it } from "vitest";
import { specialize } from "../../../src/edits/templates/specialize.ts";
import { templatesIn } from "../../../src/edits/templates/templates.ts";
import type { Fact } from "../../../src/edits/templates/texts.ts";
import { present } from "../../analysis/support.ts";

const HEAD = `import { has } from "./has.js";\nimport { other } from "./other.js";\n\n`;

/** The function of a text as a file needs it that needs these facts. */
function written(code: string, facts: readonly Fact[] = []): string {
  const template = present(templatesIn(HEAD + code)[0]);
  return specialize(template, new Set(facts), (id) => `${id}2`);
}

describe("specialize", () => {
  it("gives the function with its comment, and other functions under their names", () => {
    const code = `// Two lines\n// of comment.\nexport async function f(a) {\n  const { other: b } = a;\n  return { b, other, own: f, ...other(a.other) };\n}`;
    expect(written(code)).toBe(
      `// Two lines\n// of comment.\nasync function f2(a) {\n  const { other: b } = a;\n  return { b, other: other2, own: f2, ...other2(a.other) };\n}`,
    );
  });

  it.each<[string, string, readonly Fact[], string]>([
    ["a choice that is made", "  return has.json ? a : b;", ["json"], "  return a;"],
    ["a choice that is not made", "  return has.json ? a : b;", [], "  return b;"],
    ["a choice in a choice", "  return has.json ? (has.form ? a : b) : c;", ["json"], "  return b;"],
    ["a choice of several facts", "  return !has.json && has.form ? a : b;", ["form"], "  return a;"],
    ["a choice that is left", "  return a ? has.json ? b : c : d;", ["json"], "  return a ? b : d;"],
    [
      "a choice over several lines",
      "  return has.json\n    ? a(\n        b,\n      )\n    : c;",
      ["json"],
      "  return a( b, );",
    ],
    ["a statement", "  if (has.json) {\n    a();\n  }\n  return b;", ["json"], "  a();\n  return b;"],
    ["a statement that goes", "  if (has.json) {\n    a();\n  }\n  return b;", [], "  return b;"],
    ["the other branch", "  if (has.json) {\n    a();\n  } else {\n    b();\n  }", [], "  b();"],
    [
      "a statement with lines of its own",
      "  if (has.json) {\n    if (a) {\n      b();\n    }\n  }",
      ["json"],
      "  if (a) {\n    b();\n  }",
    ],
    ["code behind a return", "  if (has.json) {\n    return a;\n  }\n  return b;", ["json"], "  return a;"],
    ["code behind a throw", "  if (!has.json) {\n    throw a;\n  }\n  return b;", [], "  throw a;"],
    [
      "a block inside",
      "  if (a) {\n    if (has.json) {\n      b();\n    }\n    c();\n  }",
      [],
      "  if (a) {\n    c();\n  }",
    ],
    ["properties", "  a({ b, ...(has.json && { c: 1 }), ...(has.form && { d }) });", ["json"], "  a({ b, c: 1 });"],
    [
      "properties in lines",
      "  a({\n    b,\n    ...(has.json && { c: 1 }),\n    ...(has.form && { d }),\n  });",
      ["form"],
      "  a({\n    b,\n    d,\n  });",
    ],
    ["a literal that holds nothing", "  a(b, {\n    ...(has.json && { c }),\n  });", [], "  a(b);"],
    ["a literal that held nothing", "  a(b, {});", [], "  a(b, {});"],
    ["an argument", "  new A(has.json ? b : undefined);", [], "  new A();"],
    ["a handler", "  a().catch(has.json ? b : undefined);", [], "  a();"],
    ["a handler that stays", "  a().catch(has.json ? b : undefined);", ["json"], "  a().catch(b);"],
    ["another name", "  const x = has.json ? a(b) : c;\n  return x + x;", [], "  return c + c;"],
    ["a name of a member", "  const x = has.json ? a(b) : c.d;\n  return x + x;", [], "  return c.d + c.d;"],
    [
      "a name of a name",
      "  const x = has.json ? a : b;\n  const y = has.form ? a : x;\n  return y;",
      [],
      "  return b;",
    ],
    ["a value", "  const x = has.json ? a(b) : c;\n  return x + x;", ["json"], "  const x = a(b);\n  return x + x;"],
    ["a name that nobody reads", "  const x = a();\n  return has.json ? x : b;", [], "  return b;"],
    [
      "names of a pattern",
      "  const { x, y } = a();\n  return has.json ? x : y;",
      [],
      "  const { y } = a();\n  return y;",
    ],
    ["a pattern that nobody reads", "  const { x } = a();\n  return has.json ? x : b;", [], "  return b;"],
    [
      "names that only such names read",
      "  const x = a();\n  const y = b(x);\n  return has.json ? y : c;",
      [],
      "  return c;",
    ],
  ])("decides %s", (_, body, facts, expected) => {
    expect(written(`export function f() {\n${body}\n}`, facts)).toBe(`function f2() {\n${expected}\n}`);
  });

  it("takes out parameters that nobody reads", () => {
    const code = "export function f(a, { b, c, d = 1 }, e) {\n  return has.json ? a + b + d : c + e;\n}";
    expect(written(code, ["json"])).toBe("function f2(a, { b, d = 1 }) {\n  return a + b + d;\n}");
    expect(written(code)).toBe("function f2({ c }, e) {\n  return c + e;\n}");
  });
});
