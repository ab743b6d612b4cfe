import fc from "fast-check";
import { test } from "vitest";
import { programTexts } from "./arbitrary.ts";
import { checkProgram } from "./check.ts";
import { captureRejections } from "./contract.ts";
import { describeFault } from "./report.ts";
import { scenariosOf } from "./scenarios.ts";

/** Fixed, so that a run can be repeated; another one is tried by `SEED=42`, more programs by `RUNS=5000`. */
const SEED = Number(process.env["SEED"] ?? 20);
const RUNS = Number(process.env["RUNS"] ?? 400);

test("random programs of the same templates behave in V2 as in V1", async () => {
  const restore = captureRejections();
  try {
    const behavesTheSame = fc.asyncProperty(programTexts(), async (text) => {
      const finding = await checkProgram(text, scenariosOf(text).slice(0, 24));
      if (finding.difference !== undefined || finding.verdict === "unparsable") {
        throw new Error(`\n${describeFault(text, finding)}`);
      }
    });
    await fc.assert(behavesTheSame, { seed: SEED, numRuns: RUNS });
  } finally {
    restore();
  }
});
