import { test } from "vitest";
import { checkProgram } from "./check.ts";
import { captureRejections, compile, observe } from "./contract.ts";
import { allPrograms } from "./generator.ts";
import { describeFault, describeObservation } from "./report.ts";
import { scenariosOf } from "./scenarios.ts";

const wanted = process.env["PROGRAM"];

function programText(index: number): string {
  for (const program of allPrograms()) {
    if (program.index === index) {
      return program.text;
    }
  }
  throw new Error(`There is no program ${String(index)}.`);
}

/** `PROGRAM=1234 npx vitest run test/properties/one-program.test.ts` shows one program in all its scenarios. */
test.runIf(wanted !== undefined)("one program by its number", async () => {
  const text = programText(Number(wanted));
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
