import { describe, expect, it } from "vitest";
import { createModel } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { StepReport } from "../../src/edits/step/step.ts";
import type { StepResult } from "../../src/edits/step/step.ts";
import { advance, runSteps, startOf } from "../../src/migrate/pipeline.ts";

function resultOf(fill: (report: StepReport) => void): StepResult {
  const report = new StepReport();
  fill(report);
  return report.finish();
}

describe("advance", () => {
  const original = createModel(parseSource("a;\nb;\nc;\n"));
  const start = startOf(original);

  /** Line 1 goes, and a line comes in front of `c`. */
  const first = advance(
    start,
    original,
    "one",
    resultOf(({ edits }) => {
      edits.remove([0, 3]);
      edits.insert(6, "n;\n");
    }),
  );

  it("applies the edits", () => {
    expect(first.model.text).toBe("b;\nn;\nc;\n");
    expect(first.transforms).toEqual(["one"]);
  });

  it("finds the place in the user's text through all steps", () => {
    const second = advance(
      first,
      original,
      "two",
      resultOf(({ edits }) => {
        edits.insert(0, "x;\ny;\n");
      }),
    );
    const third = advance(
      second,
      original,
      "three",
      resultOf((report) => {
        for (const name of ["b;", "c;", "n;"]) {
          report.refuseAt("commonjs-exports", second.model.text.indexOf(name), { name });
        }
      }),
    );
    expect(third.refusals.map(({ line, message }) => `${String(line)} ${message.slice(0, 6)}`)).toEqual([
      "2 `b;` b",
      "3 `c;` b",
      "3 `n;` b",
    ]);
    expect(third.model).toBe(second.model);
    expect(third.transforms).toEqual(["one", "two"]);
  });

  it("tells the same of the same place once, and names a step once", () => {
    const say = (report: StepReport): void => {
      report.edits.insert(0, "z;\n");
      report.notice("commonjs-exports", report.edits.isEmpty ? original.program : original.program, { name: "a" });
    };
    const once = advance(start, original, "one", resultOf(say));
    const twice = advance(once, original, "one", resultOf(say));
    expect(twice.notices).toHaveLength(1);
    expect(twice.transforms).toEqual(["one"]);
    expect(twice.model.text).toBe("z;\nz;\na;\nb;\nc;\n");
  });

  it("leaves what came before as it was, so that the pipeline can go back", () => {
    advance(
      start,
      original,
      "two",
      resultOf((report) => {
        report.keepContract(original.program, "So");
      }),
    );
    expect(start).toMatchObject({ transforms: [], notices: [], isMechanical: false });
    const kept = advance(
      start,
      original,
      "two",
      resultOf((report) => {
        report.keepContract(original.program, "So");
      }),
    );
    expect(kept).toMatchObject({
      isMechanical: true,
      transforms: [],
      notices: [{ id: "callback-contract-kept", line: 1, column: 1 }],
    });
  });
});

describe("runSteps", () => {
  it("goes on after a step that refuses, so that all reasons are told", () => {
    const text = "const a = require('a');\nfunction lambda(input, ...rest) {}\n";
    const progress = runSteps(startOf(createModel(parseSource(text))), { style: "faithful" });
    expect(progress.refusals.map(({ id }) => id)).toEqual(["handler-shape", "unknown-package"]);
    expect(progress.model.text).toBe(text);
  });

  // More of each than a file needs to be migrated as a whole.
  it.each([
    ["chains", (index: number) => `load(${String(index)}).then((x) => callback(null, x)).catch(callback);`],
    ["aliases", (index: number) => `const done${String(index)} = callback; done${String(index)}(null, 1);`],
    ["conditions", (index: number) => `input.a ? callback(null, ${String(index)}) : callback(input.b);`],
  ])("counts no %s beside each other as depth", (_, codeOf) => {
    const cases = Array.from({ length: 40 }, (__, index) => `case ${String(index)}: { ${codeOf(index)} break; }`);
    const text = `const load = async (x) => x;\nfunction lambda(input, callback) {\n  switch (input.kind) {\n${cases.join("\n")}\n  }\n}\n`;
    const progress = runSteps(startOf(createModel(parseSource(text))), { style: "faithful" });
    expect(progress.model.text).not.toContain("callback");
    expect(progress.isMechanical).toBe(false);
  });

  it("comes to an end however deep chains are nested", () => {
    const depth = 6;
    const body = Array.from({ length: depth }).reduce<string>(
      (inner, _, index) => `return load(${String(index)}).then((x${String(index)}) => { ${inner} });`,
      "callback(null, 1);",
    );
    const text = `const load = async (x) => x;\nfunction lambda(input, callback) {\n  ${body}\n}\n`;
    const progress = runSteps(startOf(createModel(parseSource(text))), { style: "faithful" });
    expect(progress.model.text).not.toContain(".then");
    expect(progress.isMechanical).toBe(false);
  });
});
