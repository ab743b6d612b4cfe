import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import { noOpenPattern } from "../../scripts/eslint/no-open-pattern.js";

const eslint = new ESLint({
  cwd: import.meta.dirname,
  overrideConfigFile: true,
  overrideConfig: [
    {
      files: ["**/*.ts"],
      languageOptions: {
        parser: tseslint.parser,
        parserOptions: { projectService: { allowDefaultProject: ["*.ts"] }, tsconfigRootDir: import.meta.dirname },
      },
      plugins: { house: { rules: { "no-open-pattern": noOpenPattern } } },
      rules: { "house/no-open-pattern": "error" },
    },
  ],
});

const LINES = [
  'import type { Literal } from "estree"; declare const text: string; declare const literal: Literal; declare const own: { match(name: string): void };',
  "const made = new RegExp(text);",
  'const called = RegExp("a" + text, "u");',
  "text.match(text);",
  "if (text.search(`a${text}`) > 0) { /* there */ }",
  "if (literal.value instanceof RegExp) literal.value.test(text);",
  "if (literal.value instanceof RegExp) text.replace(literal.value, text);",
  "/a/u.test(text); text.match(/a/gu); own.match(text); const held: RegExp = /a/u; text.search(held); held.value = 1;",
  "export { made, called };",
];

describe("house/no-open-pattern", () => {
  it("reports where a pattern may come from a user", { timeout: 60_000 }, async () => {
    const [result] = await eslint.lintText(LINES.join("\n"), { filePath: "lines.ts" });
    const found = result?.messages.map(({ line, messageId, message }) => `${String(line)} ${messageId ?? message}`);
    expect(found).toEqual(["2 made", "3 made", "4 search", "5 search", "6 value", "7 value"]);
  });
});
