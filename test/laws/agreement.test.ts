import { afterAll, describe, expect, it } from "vitest";
import { samplePrograms } from "../properties/generator.ts";
import { allRules } from "../rules/all-rules.ts";
import { fixturesOf } from "../rules/fixtures.ts";
import { compare, comparedRules, legacyModelOf } from "./agreement.ts";
import type { Disagreement } from "./agreement.ts";
import { agreementExceptions } from "./agreement-exceptions.ts";
import { fixtures } from "./fixtures.ts";
import { enterLaw, isWhole, someOf } from "./ledger.ts";

/** Prime, so that no hole of the templates keeps one filling throughout. */
const STRIDE = isWhole ? 97 : 14_983;

const ofRules = allRules.flatMap(({ id }) =>
  fixturesOf(id)
    // Options of a rule say what no transform is told.
    .filter(({ filename, code }) => filename.endsWith(".js") && !code.includes("eslint faas/"))
    .map(({ name, code }) => ({ name: `${id}/${name}`, text: code })),
);
const generated = [...samplePrograms(STRIDE)].map(({ index, text }) => ({ name: `program ${String(index)}`, text }));
const texts = [...someOf([...fixtures, ...ofRules], 16), ...generated].flatMap(({ name, text }) => {
  const model = legacyModelOf(text);
  return model === undefined ? [] : [{ name, model }];
});

const counts = { functions: 0, "reported places": 0, "edits and refusals": 0, "known exceptions": 0 };
const needed = new Set<object>();

function isExpected({ id, text }: Disagreement): boolean {
  const exception = agreementExceptions.find((known) => known.id === id && known.text.test(text));
  if (exception !== undefined) needed.add(exception);
  return exception !== undefined;
}

describe("rules and their transforms", () => {
  it("are compared", () => {
    expect(comparedRules.length).toBeGreaterThanOrEqual(7);
  });

  it.each(texts)("speak of the same places in $name", ({ model }) => {
    const { reports, acts, disagreements } = compare(model);
    const found = disagreements.filter((disagreement) => !isExpected(disagreement));
    counts.functions += 1;
    counts["reported places"] += reports;
    counts["edits and refusals"] += acts;
    counts["known exceptions"] += disagreements.length - found.length;
    expect(found, model.text).toEqual([]);
  });

  it.each(isWhole ? agreementExceptions : [])("need the exception of $id for $text", (exception) => {
    expect(needed).toContain(exception);
  });
});

afterAll(() => {
  enterLaw({ law: "A rule reports where its transform edits or refuses, and nowhere else", counts });
});
