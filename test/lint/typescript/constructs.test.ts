import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { lintAll } from "../../rules/lint.ts";

/** Each construct has a text with a finding, which a comment marks, and one without. */
const SECTION = /^## (?<name>.+)\n\n```ts\n(?<reported>[^]*?)^```\n\n```ts\n(?<clean>[^]*?)^```$/gmu;
const page = readFileSync(resolve(import.meta.dirname, "constructs.md"), "utf8");
const constructs = [...page.matchAll(SECTION)].map(({ groups = {} }) => ({
  name: groups["name"] ?? "",
  reported: groups["reported"] ?? "",
  clean: groups["clean"] ?? "",
}));

function findingsIn(code: string): string[] {
  const messages = lintAll(code, "functions/sample/index.ts");
  return messages.map(({ line, ruleId, message }) => `${String(line)} ${ruleId?.replace("faas/", "") ?? message}`);
}

function markedIn(code: string): string[] {
  return code.split("\n").flatMap((line, index) => {
    const ids = /\/\/ reported: (?<ids>[\w, -]+)$/u.exec(line)?.groups?.["ids"]?.split(", ") ?? [];
    return ids.map((id) => `${String(index + 1)} ${id}`);
  });
}

it("are all there", () => {
  expect(constructs.length).toBe(page.match(/^## /gmu)?.length);
  expect(constructs.length).toBeGreaterThanOrEqual(50);
});

function ruleOf(finding: string): string {
  return finding.split(" ")[1] ?? "";
}

describe.each(constructs)("$name", ({ reported, clean }) => {
  const marked = markedIn(reported);
  const ids = new Set(marked.map(ruleOf));

  it("hides no finding", () => {
    expect(marked).not.toEqual([]);
    expect(
      findingsIn(reported)
        .filter((finding) => ids.has(ruleOf(finding)))
        .sort(),
    ).toEqual([...marked].sort());
  });

  it("makes no finding", () => {
    const others = findingsIn(reported).filter((finding) => !ids.has(ruleOf(finding)));
    expect(findingsIn(clean).map(ruleOf)).toEqual(others.map(ruleOf));
  });
});
