import { afterAll, describe, expect, test } from "vitest";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { caseNames, readText, ROOT } from "../functions/cases.ts";
import { checkProgram } from "../properties/check.ts";
import type { Finding } from "../properties/check.ts";
import { captureRejections } from "../properties/contract.ts";
import { samplePrograms } from "../properties/generator.ts";
import { describeFault } from "../properties/report.ts";
import { scenariosOf } from "../properties/scenarios.ts";
import { variations } from "../properties/variants.ts";
import { enterLaw, isWhole } from "./ledger.ts";

/** Prime, so that no hole of the templates keeps one filling throughout. */
const STRIDE = isWhole ? 599 : 29_989;

function isParsable(text: string): boolean {
  try {
    parseSource(text);
    return true;
  } catch {
    return false;
  }
}

const functions = caseNames
  .map((name) => ({ name, text: readText(`${ROOT}${name}/index.js`) ?? "" }))
  .filter(({ text }) => isParsable(text));
const programs = [...samplePrograms(STRIDE)].map(({ text, index }) => ({
  text,
  index,
  scenarios: scenariosOf(text).slice(0, 12),
}));
const counts = { programs: 0, functions: 0 };

/** The verdict on each text as it is, which all variations of it must get as well. */
const verdicts = new Map<string, string>();

function verdictOf(text: string): string {
  return migrateSource("index.js", text, { style: "faithful" }).verdict;
}

function plainVerdictOf(text: string): string {
  const verdict = verdicts.get(text) ?? verdictOf(text);
  verdicts.set(text, verdict);
  return verdict;
}

const findings = new Map<number, Finding>();

async function plainFindingOf({ text, index, scenarios }: (typeof programs)[number]): Promise<Finding> {
  const finding = findings.get(index) ?? (await checkProgram(text, scenarios));
  findings.set(index, finding);
  return finding;
}

describe.each(variations.map((variation, number) => ({ ...variation, number })))(
  "$name",
  ({ vary, isForGenerated = false, number }) => {
    test("changes neither verdict nor behaviour of generated programs", async () => {
      const restore = captureRejections();
      const changed: string[] = [];
      for (const program of programs) {
        const varied = vary(program.text);
        const before = await plainFindingOf(program);
        const after = await checkProgram(varied, program.scenarios);
        counts.programs += 1;
        if (
          before.verdict !== after.verdict ||
          (before.difference === undefined) !== (after.difference === undefined)
        ) {
          changed.push(
            `program ${String(program.index)}: ${before.verdict} became ${after.verdict}\n${describeFault(varied, after)}`,
          );
        }
      }
      restore();
      expect(changed.slice(0, 3).join("\n\n"), `${String(changed.length)} programs changed`).toBe("");
    });

    // A sample varies each function in one way.
    const varied = functions.filter((_, index) => isWhole || index % (3 * variations.length) === number);

    test.each(isForGenerated ? [] : varied)("keeps the verdict of $name", ({ text }) => {
      counts.functions += 1;
      expect(verdictOf(vary(text))).toBe(plainVerdictOf(text));
    });
  },
);

afterAll(() => {
  enterLaw({ law: "The same program in other words gets the same verdict and behaviour", counts });
});
