import { afterAll, expect, it } from "vitest";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { SourceResult } from "../../src/migrate/result.ts";
import { plainJavaScript } from "../../src/typescript/plain.ts";
import { caseNames, faithfulOf, ownEnvironmentOf } from "../functions/cases.ts";
import { annotateAll } from "./annotate-all.ts";
import { enterLaw, someOf } from "./ledger.ts";

/** Where TypeScript says otherwise: octal numbers are wrong, and ES modules were compiled to CommonJS. */
const OTHERWISE = new Set(["functions/octal-literal", "adversarial/imported-v1-toolbelt"]);

/** The tokens of a text. A cast keeps a property from being written by its name alone, and types make lines longer. */
function tokensOf(text: string): string {
  const tokens = parseSource(text).reading?.tokens ?? [];
  const list = tokens.flatMap((start, index) => (index % 2 === 0 ? [text.slice(start, tokens[index + 1])] : []));
  return list
    .join(" ")
    .replaceAll(" error : error ", " error ")
    .replaceAll(/ , (?=[})])/gu, " ");
}

const toldOf = ({ reasons, differences, followUps }: SourceResult): string[] =>
  [...reasons, ...differences, ...followUps].map(({ id, line }) => `${String(line)} ${id}`);

const tried = someOf(caseNames, 12)
  .filter((name) => !OTHERWISE.has(name))
  .map(faithfulOf)
  .filter(({ result }) => !result.reasons.some(({ id }) => id === "syntax-error"));

it.each(tried)("types change nothing about the migration of fixtures/$name", ({ name, original, result }) => {
  const typed = annotateAll(original);
  const migrated = migrateSource("index.ts", typed, { style: "faithful", ownEnvironment: ownEnvironmentOf(name) });
  expect([migrated.verdict, toldOf(migrated)]).toEqual([result.verdict, toldOf(result)]);
  expect(tokensOf(plainJavaScript("index.ts", migrated.text, "v2"))).toEqual(tokensOf(result.text));
});

afterAll(() => {
  const law = "A function with types everywhere is migrated as it is without them.";
  enterLaw({ law, counts: { functions: tried.length } });
});
