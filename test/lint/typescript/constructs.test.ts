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

/** A function with a finding of each main rule, in types; nothing calls it, so that rules which ask for a call are left out. */
const FAULTS = `
import { Toolbelt as Tools } from "core-functions-toolbelt";
const ownSecrets = Tools.SecretClient();
const ownApiKey = "dpf43f3p2l4k5l03nnch";
async function withFaults(): Promise<unknown> {
  const first = await ownSecrets.readSecret("first");
  const second = await ownSecrets.readSecret("second");
  console.table([first, second, ownApiKey, process.env.DB_PASS]);
  fetch("/relative");
  const response = await fetch("https://shop.example.com/", { json: true } as RequestInit);
  const body = (await response.json()) as { id?: string };
  await ownSecrets.readsecret("third");
  if (!body) throw "no body" satisfies string;
  try {
    await ownSecrets.readSecret("fourth");
  } catch (error) {
    console.error("failed " + (error as Error).message);
    throw error;
  }
  return body!.id;
}
`;
const MAIN_RULES = [
  ...["absolute-url", "check-response-ok", "no-env-secrets", "no-hardcoded-secrets", "no-unsupported-console"],
  ...["parallel-secrets", "require-error-handling", "structured-error-logging", "throw-error-object"],
  ...["valid-fetch-call", "valid-toolbelt-call"],
];

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

  it.each([
    ["with a finding", reported],
    ["without one", clean],
  ])("leaves the main rules on, in the text %s", (_, code) => {
    const start = code.split("\n").length;
    const found = findingsIn(code + FAULTS).filter((finding) => Number(finding.split(" ")[0]) >= start);
    const ids = new Set(found.map(ruleOf));
    expect(MAIN_RULES.filter((id) => !ids.has(id))).toEqual([]);
  });

  it("makes no finding", () => {
    const others = findingsIn(reported).filter((finding) => !ids.has(ruleOf(finding)));
    expect(findingsIn(clean).map(ruleOf)).toEqual(others.map(ruleOf));
  });
});
