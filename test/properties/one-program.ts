import { existsSync, readFileSync } from "node:fs";
import { test } from "vitest";
import { checkProgram } from "./check.ts";
import { captureRejections, compile, observe } from "./contract.ts";
import { allPrograms } from "./generator.ts";
import { describeFault, describeObservation } from "./report.ts";
import { scenariosOf } from "./scenarios.ts";

const wanted = process.env["PROGRAM"];

function programText(wantedProgram: string): string {
  if (existsSync(wantedProgram)) {
    return readFileSync(wantedProgram, "utf8");
  }
  const index = Number(wantedProgram);
  for (const program of allPrograms()) {
    if (program.index === index) {
      return program.text;
    }
  }
  throw new Error(`There is no program ${wantedProgram}; give the number of one, or the path of a file.`);
}

/**
 * `PROGRAM=1234 npm run test:exhaustive` shows one program in all its scenarios. A path instead of the number shows a
 * file that uses the same operations: `PROGRAM=fixtures/chains/15-pyramid/input.js`.
 */
test("one program by its number or path", async () => {
  const text = programText(wanted ?? "");
  const restore = captureRejections();
  const finding = await checkProgram(text);
  const told = [describeFault(text, finding)];
  if (finding.verdict === "idiomatic" || finding.verdict === "mechanical") {
    const legacy = compile("v1", text);
    const modern = compile("v2", finding.text);
    for (const scenario of scenariosOf(text)) {
      const before = describeObservation(await observe(legacy, scenario));
      const after = describeObservation(await observe(modern, scenario));
      told.push(
        `# ${scenario.name || "all well"}\nV1 ${before}${before === after ? "\nV2 the same" : `\nV2 ${after}`}`,
      );
    }
  }
  restore();
  console.info(told.join("\n"));
});
