import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Linter } from "eslint";
import { expect, it } from "vitest";
import plugin from "../../src/plugin/index.ts";
import { expectFile } from "../expected.ts";
import { sourceTypeOf } from "./lint.ts";

/*
 * Whole functions under a whole config, as users see them: those of V2 as models of good code, with one fault, and those
 * of V1 that use most of the platform, for what they do wrong.
 */
const root = resolve(import.meta.dirname, "../../fixtures");
const modern = readdirSync(join(root, "modern"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `modern/${name}`)
  .sort();
const legacy = [
  "functions/oauth1-signed-post",
  "functions/oauth2-client-credentials",
  "functions/env-variables-switch",
  "functions/http-template-switch",
  "functions/context-service-checkout",
  "functions/conversation-lookup",
  "functions/url-without-scheme",
];

function findingsOf(names: readonly string[], config: "recommended" | "legacy"): string {
  const linter = new Linter();
  const lines = names.flatMap((name) => {
    const code = readFileSync(join(root, name, "index.js"), "utf8");
    const base: Linter.Config = { languageOptions: { sourceType: sourceTypeOf(code) } };
    const messages = linter.verify(code, [base, plugin.configs[config]], { filename: "index.js" });
    return messages.map(({ line, ruleId, messageId, message }) =>
      [`${name}:${String(line)}`, ruleId, messageId ?? message].join(" "),
    );
  });
  return lines.map((line) => `${line}\n`).join("");
}

it("functions of V2 are clean but for one response that nobody checks", async () => {
  expect(modern.length).toBeGreaterThanOrEqual(5);
  await expectFile(join(root, "modern/findings.txt"), findingsOf(modern, "recommended"));
});

it("functions of V1 are reported for what they do wrong", async () => {
  await expectFile(join(root, "functions/findings.txt"), findingsOf(legacy, "legacy"));
});
