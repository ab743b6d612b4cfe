import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { format } from "prettier";
import { describe, expect, it } from "vitest";

import { markdownTable } from "../../scripts/markdown-table.ts";
import { versionOf } from "../comparison/convert-to-async.ts";
import {
  inputs,
  otherPart,
  ourPart,
  sectionOf,
  titleOf,
  typescriptPart,
  typescriptVersion,
} from "../comparison/page.ts";
import type { Part } from "../comparison/page.ts";
import { fixedByTypescriptEslint } from "../comparison/typescript-eslint.ts";

const repository = resolve(import.meta.dirname, "../..");
const path = join(repository, "docs/side-by-side.md");

const introduction = (version: string): string => `# Ten functions side by side

What becomes of ten V1 functions in three tools that are on the npm registry, and what that does when it runs:

- **TypeScript ${typescriptVersion}**, its code fix “Convert to async function” (80006), applied as often as an editor offers it. It
  knows the types of V1's toolbelt here; without them it offers nothing.
- **typescript-eslint ${version}**, the fixes of all its rules, with types. It has no migration of programs; its fixes stand
  for one. A function that gets an \`async\` alone is counted as changed.
- **faas-migrate**, in the faithful style.

Each output runs beside its original in the simulated world of this project's tests: with an answer, and with each request
and each secret that fails in another way. All code below is laid out by Prettier. \`npm run test:types\` runs all of it
and fails when this page says something else.

The Node.js project's own change from axios to fetch, \`@nodejs/axios-to-whatwg-fetch\`, is not on the npm registry, so no
test runs it. Run once with Codemod 1.18.3: it leaves out \`params\`, \`auth\`, \`baseURL\`, \`responseType\` and options in a
variable, and turns every failure into \`null\` (\`.catch(() => null)\`), so that no \`catch\` of the user's sees a status any
more. It knows axios, not V1's client: none of the ten functions would change.
`;

describe("docs/side-by-side.md", () => {
  it("shows what becomes of ten functions, and what that does", async () => {
    const version = versionOf("typescript-eslint");
    const fixed = await fixedByTypescriptEslint(inputs);
    const head = ["", `TypeScript ${typescriptVersion}`, `typescript-eslint ${version}`, "faas-migrate"];
    const rows: string[][] = [];
    const sections: string[] = [];
    for (const [name, input] of inputs) {
      const parts: Part[] = [
        await typescriptPart(input),
        await otherPart("typescript-eslint", input, fixed.get(name) ?? input),
        await ourPart(input),
      ];
      rows.push([titleOf(name), ...parts.map(({ short }) => short)]);
      sections.push(sectionOf(name, input, parts));
    }
    // As docs/comparison.md says.
    const changed = rows.filter(([, theirs = ""]) => theirs !== "left as it is");
    expect([changed.length, changed.filter(([, theirs = ""]) => theirs.includes("broken")).length]).toEqual([6, 4]);
    const page = [introduction(version), markdownTable(head, rows), ...sections].join("\n\n");
    await expect(await format(page, { parser: "markdown", printWidth: 120 })).toMatchFileSnapshot(path);
  });

  it.each([...inputs])("is true of %s", async (_name, input) => {
    const page = readFileSync(path, "utf8");
    const [theirs, ours] = [await typescriptPart(input), await ourPart(input)];
    expect(ours.text).toMatch(/On V2 it does the same in (?<count>\d+) of \k<count> scenarios/u);
    expect(page).toContain(ours.text);
    expect(page).toContain(theirs.text);
  });
});
