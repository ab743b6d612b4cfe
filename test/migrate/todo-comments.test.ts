import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

import { tokenizer } from "acorn";
import { describe, expect, it } from "vitest";

import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { essenceOf } from "../../src/migrate/run-todos.ts";
import { todosIn, withTodos } from "../../src/migrate/todo-comments.ts";

const fixtures = resolve(import.meta.dirname, "../../fixtures/functions");

function reason(line: number, id = "http-option", message = "Look here.") {
  return { id, message, line, column: 1 };
}

const comment = "// TODO(faas-migrate:http-option): Look here.";

describe("a comment above a place", () => {
  it.each([
    ["the first line", "a();\n", 1, `${comment}\na();\n`],
    ["an indented line", "if (a) {\n\tb();\n}\n", 2, `if (a) {\n\t${comment}\n\tb();\n}\n`],
    ["CRLF", "a();\r\nb();\r\n", 2, `a();\r\n${comment}\r\nb();\r\n`],
    ["a byte order mark", "\uFEFFa();\n", 1, `\uFEFF${comment}\na();\n`],
    ["a shebang", "#!/usr/bin/env node\na();\n", 1, `#!/usr/bin/env node\n${comment}\na();\n`],
    ["a shebang and its next line", "#!/usr/bin/env node\na();\n", 2, `#!/usr/bin/env node\n${comment}\na();\n`],
    ["a directive", '"use strict";\na();\n', 1, `${comment}\n"use strict";\na();\n`],
    ["a line behind a directive", '"use strict";\na();', 2, `"use strict";\n${comment}\na();`],
    ["a template", "a(`x\n  ${b}\n\n`);\n", 4, `${comment}\na(\`x\n  \${b}\n\n\`);\n`],
    ["a long comment", "/* x\n   y */ a();\n", 2, `${comment}\n/* x\n   y */ a();\n`],
    [
      "a comment for the line",
      "b();\n// eslint-disable-next-line\na();\n",
      3,
      `b();\n${comment}\n// eslint-disable-next-line\na();\n`,
    ],
    ["a string over two lines", 'a("x\\\ny");\n', 2, `${comment}\na("x\\\ny");\n`],
    ["the middle of an expression", "return_(\n  a\n  + b);\n", 3, `return_(\n  a\n  ${comment}\n  + b);\n`],
    ["a line behind the end", "a();\n", 9, `${comment}\na();\n`],
  ])("stands at %s", (_, text, line, expected) => {
    expect(withTodos("index.js", text, text, [reason(line)])).toBe(expected);
  });

  it("is written once for what is said twice, never twice, and taken away when it is solved", () => {
    const text = "a();\nb();\n";
    const reasons = [reason(2), reason(2), reason(2, "proxy", "Two\nlines \u001B[31m")];
    const first = withTodos("index.js", text, text, reasons) ?? "";
    expect(first).toBe(`a();\n${comment}\n// TODO(faas-migrate:proxy): Two\\nlines \\u001b[31m\nb();\n`);
    const moved = reasons.map((each) => ({ ...each, line: 4 }));
    expect(withTodos("index.js", first, first, moved)).toBe(first);
    expect(withTodos("index.js", first, first, [])).toBe(text);
    expect(todosIn("index.js", first)).toEqual([
      { id: "http-option", message: "Look here.", line: 2, column: 1 },
      { id: "proxy", message: "Two\\nlines \\u001b[31m", line: 3, column: 1 },
    ]);
  });

  it("is none where the text does not parse, or the platform's command line would take it for an import", () => {
    expect(withTodos("index.js", "a(", "a(", [reason(1)])).toBeUndefined();
    const text = "a();\n";
    const told = reason(1, "x", 'Write import { a } from "b"; instead.');
    expect(withTodos("index.js", text, text, [told])).toBeUndefined();
  });

  it("is not what stands in a string or beside code", () => {
    const text = `a(\`\n${comment}\n\`); ${comment}\n`;
    expect(todosIn("index.js", text)).toEqual([]);
    expect(withTodos("index.js", text, text, [])).toBe(text);
  });
});

function tokens(text: string): string[] {
  const options = { ecmaVersion: "latest", sourceType: "script", allowHashBang: true } as const;
  return [...tokenizer(text.replace(/^\uFEFF/u, ""), options)].map(({ start, end }) =>
    text.replace(/^\uFEFF/u, "").slice(start, end),
  );
}

describe("comments in functions of users", () => {
  const refused = readdirSync(fixtures, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory()) return [];
    const { name } = entry;
    const text = readFileSync(join(fixtures, name, "index.js"), "utf8");
    const { verdict, reasons } = migrateSource("index.js", text, { style: "faithful" });
    return verdict === "refused" ? [{ name, text, reasons }] : [];
  });

  it("are many", () => {
    expect(refused.length).toBeGreaterThan(50);
  });

  it.each(refused)("leave $name with the same tokens and the same reasons", ({ text, reasons }) => {
    const result = withTodos("index.js", text, text, reasons);
    if (result === undefined) {
      expect(reasons.map(({ id }) => id).filter((id) => ["syntax-error", "too-deep"].includes(id))).not.toEqual([]);
      return;
    }
    expect(tokens(result)).toEqual(tokens(text));
    expect(todosIn("index.js", result).length).toBeGreaterThan(0);
    const again = migrateSource("index.js", result, { style: "faithful" });
    expect(again.verdict).toBe("refused");
    expect(essenceOf(again)).toBe(essenceOf({ verdict: "refused", reasons }));
    expect(withTodos("index.js", result, result, again.reasons)).toBe(result);
    expect(withTodos("index.js", result, result, [])).toBe(text);
  });
});
