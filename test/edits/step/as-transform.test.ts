import { describe, expect, it } from "vitest";
import { asTransform } from "../../../src/edits/step/as-transform.ts";
import { StepReport } from "../../../src/edits/step/step.ts";
import type { Step } from "../../../src/edits/step/step.ts";

/** Renames `a` to `b`, and tells the style and whatever else there is to tell. */
const step: Step = (model, { style }) => {
  const report = new StepReport();
  for (const identifier of model.nodes("Identifier")) {
    if (identifier.name === "a") {
      report.edits.replace(identifier.range ?? [0, 0], style === "idiomatic" ? "c" : "b");
      report.notice("undeclared-name", identifier, { name: "a" });
      report.followUp("allowed-domains", identifier);
      report.declare("never-settles", identifier);
    }
    if (identifier.name === "refuse") {
      report.refuse("commonjs-exports", identifier, { name: "refuse" });
    }
  }
  return report.finish();
};

function run(source: string, options: Record<string, unknown> = {}): { text: string | undefined; told: string[] } {
  const told: string[] = [];
  const text = asTransform(step)({ path: "x.js", source }, { report: (message) => told.push(message) }, options);
  return { text, told };
}

describe("asTransform", () => {
  it("gives the new text and reports remarks with their places", () => {
    const { text, told } = run("x;\n  a;");
    expect(text).toBe("x;\n  b;");
    expect(told.map((message) => message.slice(0, message.indexOf(": ")))).toEqual([
      "x.js:2:3 undeclared-name",
      "x.js:2:3 never-settles",
      "x.js:2:3 allowed-domains",
    ]);
  });

  it("counts remarks by their kinds, where the runner does", () => {
    const counted: string[] = [];
    const api = { report: () => undefined, stats: (name: string) => void counted.push(name) };
    asTransform(step)({ path: "x.js", source: "a; a;" }, api, {});
    expect(counted).toEqual([
      "undeclared-name",
      "undeclared-name",
      "never-settles",
      "never-settles",
      "allowed-domains",
      "allowed-domains",
    ]);
  });

  it("hands the style on", () => {
    expect(run("a;", { style: "idiomatic" }).text).toBe("c;");
    expect(run("a;", { style: "anything" }).text).toBe("b;");
  });

  it("gives nothing when there is nothing to do, or when the step refuses", () => {
    expect(run("x;")).toEqual({ text: undefined, told: [] });
    const { text, told } = run("a; refuse;");
    expect(text).toBeUndefined();
    expect(told[0]).toMatch(/^x\.js:1:4 commonjs-exports: `refuse` belongs to CommonJS/u);
  });

  it("asks for every value that a sentence needs", () => {
    const forgetful: Step = (model) => {
      const report = new StepReport();
      report.refuse("commonjs-exports", model.program);
      return report.finish();
    };
    const transform = asTransform(forgetful);
    expect(() => transform({ path: "x.js", source: "a;" }, { report: () => undefined }, {})).toThrow(
      /needs a value for name\.$/u,
    );
  });
});
