import eslint from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import eslintPlugin from "eslint-plugin-eslint-plugin";
import regexp from "eslint-plugin-regexp";
import tseslint from "typescript-eslint";
import { noOpenLookup } from "./scripts/eslint/no-open-lookup.js";
import { noOpenPattern } from "./scripts/eslint/no-open-pattern.js";

const compiledImport = {
  selector:
    ":matches(ImportDeclaration, ExportAllDeclaration, ExportNamedDeclaration)[source.value=/^\\.{1,2}\\u002F(?!.*\\b(?:bench|scripts|templates)\\u002F).*\\.js$/u]",
  message: "Import the source file: end the path in .ts.",
};
const defaultExport = {
  selector: "ExportDefaultDeclaration",
  message: "Export by name, so that a thing has one name everywhere.",
};
// ESLint runs rules in several threads, and a migration must not depend on the files before it.
const moduleState = {
  selector: ":matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind!='const']",
  message: "No mutable state at module level.",
};

/** What V2 has beyond the language, as far as the templates use it. */
const templateGlobals = ["AbortSignal", "Blob", "Buffer", "File", "FormData", "Headers", "URLSearchParams", "fetch"];

export default defineConfig(
  globalIgnores(["dist/", "coverage/", "fixtures/", ".faas-migrate/"]),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-exports": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-import-type-side-effects": "error",
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      eqeqeq: "error",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "no-restricted-syntax": ["error", compiledImport, defaultExport, moduleState],
    },
  },
  {
    // ESLint, jscodeshift and vitest ask for default exports.
    files: ["rules/*.ts", "transforms/*.ts", "src/plugin/index.ts", "*.config.{js,ts}"],
    rules: { "no-restricted-syntax": ["error", compiledImport, moduleState] },
  },
  {
    // What builds the package runs before anything is compiled.
    files: ["scripts/*.js"],
    rules: { "no-restricted-syntax": ["error", defaultExport, moduleState] },
  },
  {
    // What meets the texts of users. The simulated world is made of objects, as functions see them.
    files: ["src/**/*.ts", "rules/*.ts", "transforms/*.ts"],
    ignores: ["src/verify/**"],
    plugins: { house: { rules: { "no-open-lookup": noOpenLookup, "no-open-pattern": noOpenPattern } } },
    rules: {
      "house/no-open-lookup": "error",
      "house/no-open-pattern": "error",
      "no-eval": "error",
      "no-new-func": "error",
      "no-restricted-imports": ["error", { paths: ["node:vm", "vm"] }],
    },
  },
  {
    // What meets the texts of users takes time in proportion to them.
    files: ["src/**/*.ts", "rules/*.ts", "transforms/*.ts", "src/edits/templates/*.js"],
    plugins: { regexp },
    rules: {
      "regexp/no-super-linear-backtracking": ["error", { report: "potential" }],
      "regexp/no-super-linear-move": ["error", { report: "potential", ignorePartial: false }],
    },
  },
  {
    // Functions that are written into the files of users, who have no types.
    files: ["src/edits/templates/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: Object.fromEntries(templateGlobals.map((name) => [name, "readonly"])) },
    rules: {
      "@typescript-eslint/ban-ts-comment": "off",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "no-restricted-syntax": ["error", defaultExport, moduleState],
    },
  },
  {
    // The script of the page that the HTML report is; it runs in a browser.
    files: ["src/report/html/*.js"],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: { document: "readonly" } },
    rules: { "@typescript-eslint/ban-ts-comment": "off", "max-lines-per-function": "off" },
  },
  {
    // Generated from the files beside it.
    files: ["src/edits/templates/texts.ts"],
    rules: { "max-lines": "off" },
  },
  {
    files: ["rules/**/*.ts", "src/plugin/**/*.ts"],
    extends: [eslintPlugin.configs.recommended],
  },
  {
    // They declare modules by their names, and such a declaration can't import by a path.
    files: ["src/types/*-toolbelt.d.ts"],
    rules: { "@typescript-eslint/consistent-type-imports": "off" },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "max-lines": "off",
      "max-lines-per-function": "off",
      "no-restricted-syntax": ["error", compiledImport, defaultExport],
    },
  },
  {
    // What the compiler shall say of it is all that it is for.
    files: ["test/types/assertions/*.ts"],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { "@typescript-eslint/no-unused-vars": "off" },
  },
  {
    files: ["test/**/vitest.config.ts"],
    rules: { "no-restricted-syntax": ["error", compiledImport] },
  },
);
