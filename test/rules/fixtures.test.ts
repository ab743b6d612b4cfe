import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { expectFile } from "../expected.ts";
import { allRules } from "./all-rules.ts";
import { fixturesOf } from "./fixtures.ts";
import { someOf } from "../laws/ledger.ts";
import { applyFixes, applySuggestion, findingsText, lint, sourceTypeOf, strictOptions } from "./lint.ts";
import { asExpectedError, assertionOptions, asTypedCase, isTypeScript, ruleTester, typedTester } from "./tester.ts";

const SMALLEST = 4;

/** The testers have namespaces of their own for the rule, and comments of the fixtures speak of `faas`. */
function forTester(id: string, code: string, namespace = "rule-to-test"): string {
  return code.replaceAll(`faas/${id}`, `${namespace}/${id}`);
}

const TYPED = "@rule-tester";
const TYPESCRIPT = "functions/sample/index.ts";

/** What is said, and where. What a repair writes may differ: of a file with types the command proves nothing. */
function saidIn(messages: readonly Linter.LintMessage[]): string[] {
  return messages.map(({ line, column, endLine, endColumn, message }) =>
    [line, column, endLine, endColumn, message].join(" "),
  );
}

describe.each(allRules)("$id", ({ id, rule }) => {
  const fixtures = fixturesOf(id);

  const scripts = fixtures.filter(({ name }) => name.endsWith(".js"));
  const sourceTypes = [...new Set(scripts.map(({ code }) => sourceTypeOf(code)))];

  describe.each(sourceTypes)("with ESLint's own tester, %s", (sourceType) => {
    const cases = scripts.filter(({ code }) => sourceTypeOf(code) === sourceType);
    const options = [...strictOptions(id)];
    ruleTester({ sourceType }).run(id, rule, {
      assertionOptions,
      valid: cases
        .filter(({ isValid }) => isValid)
        .map(({ name, code }) => ({ name, code: forTester(id, code), options })),
      invalid: cases
        .filter(({ isValid }) => !isValid)
        .map(({ name, code, filename }) => {
          const messages = lint(id, code, { filename });
          const output = applyFixes(code, messages);
          const errors = messages.map((message) => asExpectedError(code, message));
          return {
            name,
            code: forTester(id, code),
            options,
            output: output === code ? null : forTester(id, output),
            errors,
          };
        }),
    });
  });

  describe("with the tester and the parser of typescript-eslint", () => {
    const options = [...strictOptions(id)];
    const cases = someOf(
      fixtures.filter(({ code, filename }) => !filename.endsWith(".json") && isTypeScript(code)),
      2,
    ).map((fixture) => ({ ...fixture, messages: lint(id, fixture.code, { filename: TYPESCRIPT }) }));

    it("finds in JavaScript what it finds as JavaScript", () => {
      for (const { name, code, messages } of cases.filter((each) => each.filename.endsWith(".js"))) {
        expect(saidIn(messages), name).toEqual(saidIn(lint(id, code)));
      }
    });

    typedTester().run(id, rule as never, {
      valid: cases
        .filter(({ messages }) => messages.length === 0)
        .map(({ name, code }) => ({ name, code: forTester(id, code, TYPED), options })),
      invalid: cases
        .filter(({ messages }) => messages.length > 0)
        .map(({ name, code, messages }) =>
          asTypedCase({
            name,
            code,
            messages,
            options,
            forTester: (text) => forTester(id, text, TYPED),
            lintAgain: (text) => lint(id, text, { filename: TYPESCRIPT }),
          }),
        ),
    });
  });

  it("has cases of both kinds, almost half of them without findings", () => {
    const valid = fixtures.filter(({ isValid }) => isValid).length;
    expect(valid).toBeGreaterThanOrEqual(SMALLEST);
    expect(fixtures.length - valid).toBeGreaterThanOrEqual(SMALLEST);
    expect(valid / fixtures.length).toBeGreaterThanOrEqual(0.4);
  });

  it.each(fixtures.filter(({ isValid }) => isValid))("$name is left alone", async ({ code, filename, findings }) => {
    expect(lint(id, code, { filename })).toEqual([]);
    await expectFile(findings, undefined);
  });

  describe.each(fixtures.filter(({ isValid }) => !isValid))("$name", ({ code, filename, findings }) => {
    const messages = lint(id, code, { filename });

    it("has the findings beside it", async () => {
      expect(messages).not.toEqual([]);
      await expectFile(findings, findingsText(code, messages));
    });

    it("says where and what, in full", () => {
      for (const { message, endLine, endColumn, line, column } of messages) {
        expect(message).not.toMatch(/\{\{|\}\}|\bundefined is\b/u);
        expect([line, column, endLine, endColumn]).not.toContain(undefined);
      }
      const places = messages.map(({ messageId, line, column, endLine, endColumn }) =>
        [messageId, line, column, endLine, endColumn].join(" "),
      );
      expect(new Set(places).size).toBe(places.length);
    });

    it("suggests and fixes to texts that parse and lack the finding", () => {
      for (const { messageId, suggestions = [], fix } of messages) {
        for (const suggestion of [...suggestions, ...(fix === undefined ? [] : [{ desc: "fix", fix }])]) {
          const output = applySuggestion(code, suggestion);
          expect(output).not.toBe(code);
          if (filename.endsWith(".js")) {
            expect(() => parseSource(output)).not.toThrow();
          }
          const left = lint(id, output, { filename }).filter((message) => message.messageId === messageId);
          const before = messages.filter((message) => message.messageId === messageId);
          expect(left.length, output).toBeLessThan(before.length);
        }
      }
    });
  });
});

it("belong to rules that exist", () => {
  const folders = readdirSync(resolve(import.meta.dirname, "../../fixtures/rules"));
  expect(folders.sort()).toEqual(allRules.map(({ id }) => id));
});
