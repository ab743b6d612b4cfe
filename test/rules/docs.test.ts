import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { allRules } from "./all-rules.ts";
import { lint } from "./lint.ts";

const folder = resolve(import.meta.dirname, "../../docs/rules");
const SECTIONS = ["Why", "Incorrect", "Correct", "How it decides", "When not to use it"];

interface Block {
  readonly code: string;
  readonly filename: string;
}

function page(id: string): string {
  const path = join(folder, `${id}.md`);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function headingsOf(text: string): string[] {
  return [...text.matchAll(/^## (?<heading>.+)$/gmu)].map(({ groups }) => groups?.["heading"] ?? "");
}

/** The blocks of code of one section. */
function blocksOf(text: string, heading: string): Block[] {
  const section = text.split(`\n## ${heading}\n`)[1]?.split(/^## /mu)[0] ?? "";
  return [...section.matchAll(/^```(?<language>js|ts|json)\n(?<code>[^]*?)^```$/gmu)].map(({ groups = {} }) => ({
    code: groups["code"] ?? "",
    filename:
      groups["language"] === "json"
        ? "functions/sample/config.json"
        : `functions/sample/index.${groups["language"] ?? ""}`,
  }));
}

describe.each(allRules)("the page of $id", ({ id, rule }) => {
  const text = page(id);
  const hasOptions = !Array.isArray(rule.meta.schema) || rule.meta.schema.length > 0;

  it("has the sections that readers look for, in order", () => {
    expect(text.startsWith(`# ${id}\n`)).toBe(true);
    const wanted = hasOptions ? SECTIONS.toSpliced(4, 0, "Options") : SECTIONS;
    expect(headingsOf(text)).toEqual(wanted);
  });

  it("names every option", () => {
    const [, options = ""] = text.split("\n## Options\n");
    const names = Object.keys((rule.meta.defaultOptions?.[0] as object | undefined) ?? {});
    expect(names.filter((name) => !options.includes(`\`${name}\``))).toEqual([]);
  });

  it("has examples of both kinds", () => {
    expect(blocksOf(text, "Incorrect").length).toBeGreaterThan(0);
    expect(blocksOf(text, "Correct").length).toBeGreaterThan(0);
  });

  it.each(blocksOf(text, "Incorrect"))("reports what it calls incorrect: $code", ({ code, filename }) => {
    expect(lint(id, code, { filename })).not.toEqual([]);
  });

  it.each(blocksOf(text, "Correct"))("says nothing about what it calls correct: $code", ({ code, filename }) => {
    expect(lint(id, code, { filename })).toEqual([]);
  });
});

it("are there for no other rule", () => {
  expect(readdirSync(folder).sort()).toEqual(allRules.map(({ id }) => `${id}.md`));
});
