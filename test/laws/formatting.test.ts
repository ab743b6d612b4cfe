import { afterAll, describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { Remark, SourceResult } from "../../src/migrate/result.ts";
import { fixtures } from "./fixtures.ts";
import type { Fixture } from "./fixtures.ts";
import { enterLaw, isWhole } from "./ledger.ts";
import { seedOf } from "./random.ts";
import { fingerprint } from "./programs.ts";
import { layouts, shuffled } from "./reprint.ts";

/*
 * Formatting does not matter: a function that is laid out in another way, with comments wherever they may stand, becomes
 * the same program. Where a comment that must stay forces another form, it behaves as the original does all the same.
 */

/** How often each function is laid out at random; and in a sample, which function takes part. */
const SHUFFLES = isWhole ? 4 : 1;
const STRIDE = isWhole ? 1 : 50;

interface Variant {
  readonly name: string;
  readonly text: string;
}

/** The other layouts of a text that mean the same and are no copies of each other. */
function variantsOf({ name: fixture, text }: Fixture): Variant[] {
  const plain = programOf(text);
  const found = new Map<string, string>();
  for (const { name, reprint } of layouts) {
    found.set(reprint(text), name);
  }
  for (let count = 1; count <= SHUFFLES; count += 1) {
    found.set(shuffled(text, seedOf(fixture) + count), `shuffled ${String(count)}`);
  }
  found.delete(text);
  const variants = [...found].map(([variant, name]): Variant => ({ name, text: variant }));
  for (const variant of variants) {
    expect(programOf(variant.text), `the layout “${variant.name}” is another program`).toBe(plain);
  }
  return variants;
}

/** Undefined for what does not parse. */
function programOf(text: string): string | undefined {
  try {
    return fingerprint(text);
  } catch {
    return undefined;
  }
}

function migrate(text: string, { ownEnvironment }: Fixture): SourceResult {
  return migrateSource("index.js", text, { style: "faithful", ownEnvironment });
}

/** What must be the same besides the program; the platform's command line looks at the layout of imports. */
function verdictOf({ verdict, transforms, reasons, differences, followUps }: SourceResult): unknown {
  const ids = (remarks: readonly Remark[]): string[] =>
    remarks.flatMap(({ id }) => (id === "import-like-text" ? [] : id)).toSorted();
  return { verdict, transforms, reasons: ids(reasons), differences: ids(differences), followUps: ids(followUps) };
}

const counts = { functions: 0, variants: 0, otherForm: 0, keptComments: 0 };
const chosen = fixtures.filter(({ text }, index) => index % STRIDE === 0 && programOf(text) !== undefined);

describe("formatting does not matter", () => {
  it.each(chosen)("$name", async (fixture) => {
    const plain = migrate(fixture.text, fixture);
    const program = programOf(plain.text);
    counts.functions += 1;
    for (const { name, text } of variantsOf(fixture)) {
      const result = migrate(text, fixture);
      counts.variants += 1;
      const place = `${fixture.name}, ${name}:\n${text}\n--- became ---\n${result.text}`;
      expect(verdictOf(result), place).toEqual(verdictOf(plain));
      if (programOf(result.text) !== program) {
        // A `catch` that would only throw its error on stays where a comment explains it.
        counts[/comments|shuffled/u.test(name) ? "keptComments" : "otherForm"] += 1;
        expect(await fixture.differences(text, result), place).toEqual([]);
      }
    }
  });

  it("is tried in many ways, of which hardly any gets another form", () => {
    expect(counts.variants).toBeGreaterThanOrEqual(isWhole ? 3000 : 50);
    expect(counts.otherForm / counts.variants).toBeLessThan(0.01);
  });

  afterAll(() => {
    const { functions, variants: layouts, otherForm, keptComments } = counts;
    enterLaw({
      law: "A function in another layout becomes the same program",
      counts: {
        functions,
        layouts,
        "in another form that behaves the same": otherForm,
        "in another form for their comments, that behaves the same": keptComments,
      },
    });
  });
});
