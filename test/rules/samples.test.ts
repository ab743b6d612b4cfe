import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import plugin from "../../src/plugin/index.ts";
import { sourceTypeOf } from "./lint.ts";

/*
 * The platform's own samples are not ours to ship. Where copies of those pages lie beside the project, or in the folder
 * that SAMPLES names, their functions are linted: the V2 samples as the model of good code, those of V1 for what they do
 * wrong. What must be found is kept here and reviewed as a diff; `npx vitest run test/rules/samples.test.ts -u`.
 */
const folder = process.env["SAMPLES"] ?? resolve(import.meta.dirname, "../../../shared/seeds");
const read = (name: string): string | undefined => {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, "utf8") : undefined;
};

const modernPage = read("examples-v2.md");
const legacyPage = read("best-practices-v1.md");

/** The end of the function that begins at an offset: its braces are balanced, those in templates too. */
function endOfFunction(text: string, start: number): number {
  let depth = 0;
  for (let at = text.indexOf("{", start); at < text.length; at += 1) {
    depth += text[at] === "{" ? 1 : text[at] === "}" ? -1 : 0;
    if (depth === 0) {
      return at + 1;
    }
  }
  return text.length;
}

/** The V2 page is plain text: a sample goes from its first import to the end of its handler. */
function modernSamples(page: string): string[] {
  const samples: string[] = [];
  for (let start = page.search(/^import /mu); start !== -1;) {
    const end = endOfFunction(page, page.indexOf("async function lambda", start));
    samples.push(`${page.slice(start, end)}\n`);
    const next = page.slice(end).search(/^import /mu);
    start = next === -1 ? -1 : end + next;
  }
  return samples;
}

/** Samples with `...` for something left out get a value there, so that they parse. */
function legacySamples(page: string): string[] {
  const blocks = [...page.matchAll(/^```javascript\n(?<code>[\s\S]*?)^```$/gmu)].map(
    ({ groups }) => groups?.["code"] ?? "",
  );
  return blocks
    .filter((code) => code.includes("lambda("))
    .map((code) => code.replaceAll(/: \.\.\.,$/gmu, ": null,").replaceAll(/^\s*\.\.\.$/gmu, ""));
}

function findingsOf(samples: readonly string[], config: "recommended" | "legacy"): string {
  const linter = new Linter();
  const lines = samples.flatMap((code, index) => {
    const base: Linter.Config = { languageOptions: { sourceType: sourceTypeOf(code) } };
    const messages = linter.verify(code, [base, plugin.configs[config]], { filename: "index.js" });
    return messages.map(({ line, ruleId, messageId, message }) =>
      [`sample ${String(index + 1)}`, `line ${String(line)}`, ruleId, messageId ?? message].join(" "),
    );
  });
  return lines.map((line) => `${line}\n`).join("");
}

describe("the platform's own samples", () => {
  it.skipIf(modernPage === undefined)("of V2 are clean but for one response that nobody checks", async () => {
    const samples = modernSamples(modernPage ?? "");
    expect(samples.length).toBeGreaterThanOrEqual(5);
    await expect(findingsOf(samples, "recommended")).toMatchFileSnapshot("samples-v2.txt");
  });

  it.skipIf(legacyPage === undefined)("of V1 are reported for what they do wrong", async () => {
    const samples = legacySamples(legacyPage ?? "");
    expect(samples.length).toBeGreaterThanOrEqual(5);
    await expect(findingsOf(samples, "legacy")).toMatchFileSnapshot("samples-v1.txt");
  });
});
