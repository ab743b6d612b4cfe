import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createModel } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { steps } from "../../src/migrate/steps.ts";
import type { Step, StepOptions, StepRemark } from "../../src/edits/step/step.ts";

const ROOT = fileURLToPath(new URL("../../fixtures/transforms/", import.meta.url));

/** The steps whose fixtures have this form: http-client-to-fetch removes comments with the lines that go, and has a runner of its own. */
export const tested = steps.filter(({ id }) => id !== "http-client-to-fetch");

/** A chain in a handler of a chain …: no case nests deeper. */
const MAX_ROUNDS = 30;

/** What a step made of one text. */
export interface StepRun {
  /** The text with all edits; the original one when the step refused. */
  readonly text: string;
  /** Why it refused, as `line id: message`. */
  readonly refusals: readonly string[];
  /** All else that it told, as `line id`. */
  readonly remarks: readonly string[];
}

/** One folder of `fixtures/transforms/<step>`. */
export interface FixtureCase {
  readonly name: string;
  readonly folder: string;
  readonly input: string;
  /** The file that says what must come out. */
  readonly outcome: "expected.js" | "refused.json" | "unchanged";
  /** The content of `options.json`. */
  readonly options: CaseOptions;
}

/** What the user chose; empty for most cases. */
export type CaseOptions = Partial<Pick<StepOptions, "packages" | "style">>;

function optionsIn(folder: string): CaseOptions {
  const path = join(folder, "options.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as CaseOptions) : {};
}

/** The cases of a step, each with exactly one file that says what must come out. */
export function casesOf(stepId: string): FixtureCase[] {
  return readdirSync(join(ROOT, stepId)).map((name) => {
    const folder = join(ROOT, stepId, name);
    const outcomes = (["expected.js", "refused.json", "unchanged"] as const).filter((file) =>
      existsSync(join(folder, file)),
    );
    const [outcome, ...others] = outcomes;
    if (outcome === undefined || others.length > 0) {
      throw new Error(
        `${folder} needs one of expected.js, refused.json and unchanged; it has ${String(outcomes.length)}.`,
      );
    }
    const input = readFileSync(join(folder, "input.js"), "utf8");
    return { name, folder, input, outcome, options: optionsIn(folder) };
  });
}

/** Applies a step once, as the pipeline does. */
export function runStep(step: Step, text: string, options: CaseOptions = {}): StepRun {
  const model = createModel(parseSource(text));
  const result = step(model, { style: "faithful", ...options });
  const at = ({ offset, id }: StepRemark): string => `${String(model.placeOf(offset).line)} ${id}`;
  return {
    text: result.edits.applyTo(text).text,
    refusals: result.refusals.map((remark) => `${at(remark)}: ${remark.message}`),
    remarks: [...result.notices, ...result.differences, ...result.followUps].map(at),
  };
}

/** Applies a step that does one thing at a time until it finds nothing more. */
export function runToTheEnd(step: Step, text: string, options: CaseOptions = {}): StepRun {
  let run = runStep(step, text, options);
  const remarks = [...run.remarks];
  for (let round = 0, before = text; run.text !== before; round += 1) {
    if (round === MAX_ROUNDS) {
      throw new Error(`The step does not come to an end:\n${run.text}`);
    }
    before = run.text;
    run = runStep(step, before, options);
    remarks.push(...run.remarks);
  }
  return { ...run, remarks };
}
