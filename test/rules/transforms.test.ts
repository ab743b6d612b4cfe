import { describe, expect, it } from "vitest";
import { steps } from "../../src/migrate/steps.ts";
import { reportsMore } from "../laws/agreement-exceptions.ts";
import { someOf } from "../laws/ledger.ts";
import { allRules } from "./all-rules.ts";
import { fixturesOf } from "./fixtures.ts";
import { functionTexts, modelOf } from "./functions.ts";
import { lint } from "./lint.ts";

/*
 * What a transform leaves behind is clean for the rules that name it. At which places the two speak is a law of its own.
 */

const functions = functionTexts("index.js");
/** What the migration made of them; another test keeps these files up to date. */
const migrated = functionTexts("expected.js");

const repairing = allRules.flatMap(({ id, docs }) => {
  const step = steps.find((each) => each.id === docs.transform);
  return step === undefined ? [] : [{ id, step }];
});

/** Findings that the rule is sure of, and that the transform would repair. */
function repairable(id: string, code: string): string[] {
  return lint(id, code)
    .filter(({ messageId = "" }) => !messageId.startsWith("possible"))
    .filter(({ suggestions = [] }) => !reportsMore.has(id) || suggestions.length > 0)
    .map(({ messageId }) => String(messageId));
}

describe.each(repairing)("$id and its transform $step.id", ({ id, step }) => {
  const texts = [
    ...someOf(functions, 6),
    ...fixturesOf(id)
      // Options of a rule say what no transform is told.
      .filter(({ filename, code }) => filename.endsWith(".js") && !code.includes("eslint faas/"))
      .map(({ name, code }) => ({ name, code })),
  ];

  it("agree: what the transform writes is clean", () => {
    for (const { name, code } of texts) {
      const model = modelOf(code);
      const result = model === undefined ? undefined : step.run(model, { style: "faithful" });
      if (result !== undefined && !result.edits.isEmpty && step.prepares === undefined) {
        const { text } = result.edits.applyTo(code);
        expect(repairable(id, text), `${name}\n${text}`).toEqual([]);
      }
    }
  });

  it("agree: a migrated function is clean", () => {
    for (const { name, code } of someOf(migrated, 6)) {
      expect(repairable(id, code), `${name}\n${code}`).toEqual([]);
    }
  });
});
