import { ESLint } from "eslint";
import tseslint from "typescript-eslint";
import { describe, expect, it } from "vitest";
import { noOpenLookup } from "../../scripts/eslint/no-open-lookup.js";

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
      plugins: { house: { rules: { "no-open-lookup": noOpenLookup } } },
      rules: { "house/no-open-lookup": "error" },
    },
  ],
});

const LINES = [
  "declare const table: Readonly<Record<string, number>>; declare const name: string; declare const list: number[];",
  'declare const known: { a: 1; b: 2 }; declare const id: "a" | "b"; declare const key: `x-${string}`; declare const at: number;',
  "table[name];",
  "table[`x-${name}`];",
  "table[key];",
  "table[name.trim()] = 1;",
  "name in table;",
  "function of<K extends string>(asked: K): unknown { return table[asked]; }",
  "Object.hasOwn(table, name) ? table[name] : undefined;",
  "Object.hasOwn(table, name) && table[name];",
  "Object.hasOwn(known, name) ? table[name] : undefined;",
  'table["x"]; known[id]; list[at]; "x" in table; id in known;',
  "function among<K extends keyof typeof known>(asked: K): unknown { return known[asked]; }",
  "export { of, among };",
];

describe("house/no-open-lookup", () => {
  it("reports where any text may be the key of an object", { timeout: 60_000 }, async () => {
    const [result] = await eslint.lintText(LINES.join("\n"), { filePath: "lines.ts" });
    const found = result?.messages.map(({ line, messageId, message }) => `${String(line)} ${messageId ?? message}`);
    expect(found).toEqual(["3 lookup", "4 lookup", "5 lookup", "6 lookup", "7 membership", "8 lookup", "11 lookup"]);
  });
});
