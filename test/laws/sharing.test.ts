import { readFileSync } from "node:fs";
import { globSync } from "tinyglobby";
import { expect, it } from "vitest";
import { functionText } from "../../bench/functions.js";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { Style } from "../../src/migrate/migrate-source.ts";
import { sharing } from "../../src/migrate/sharing.ts";
import { ROOT } from "../functions/cases.ts";
import { samplePrograms } from "../properties/generator.ts";
import { isWhole } from "./ledger.ts";

/** Lets each step that writes have a model of its own. */
function withOwnModels<T>(run: () => T): T {
  const table = sharing as Map<string, unknown>;
  const entries = [...table];
  table.clear();
  const result = run();
  for (const [id, entry] of entries) table.set(id, entry);
  return result;
}

/** What comes out, without places: a step that sees the code of the user knows them better than one behind others. */
function outcome(text: string, style: Style): unknown {
  const { verdict, text: written, transforms, ...told } = migrateSource("index.js", text, { style });
  const remarks = [told.differences, told.reasons, told.followUps].map((list) =>
    [...new Set(list.map(({ id, message }) => `${id} ${message}`))].toSorted(),
  );
  return { verdict, written, transforms, remarks };
}

const STRIDE = isWhole ? 1 : 16;

it.each(["functions/**/*.js", "adversarial/**/*.js", "pitfalls/**/*.js", "transforms/**/input.js"])(
  "migrates %s the same where each step has a model of its own",
  (pattern) => {
    const paths = globSync(pattern, { cwd: ROOT }).toSorted();
    expect(paths.length).toBeGreaterThan(STRIDE);
    for (const path of paths.filter((_, index) => index % STRIDE === 0)) {
      const text = readFileSync(`${ROOT}${path}`, "utf8");
      for (const style of ["faithful", "idiomatic"] as const) {
        const own = withOwnModels(() => outcome(text, style));
        expect(outcome(text, style), path).toEqual(own);
      }
    }
  },
);

it("migrates made-up functions and generated programs the same where each step has a model of its own", () => {
  const head = `const { Toolbelt } = require("lp-faas-toolbelt");\nconst secrets = Toolbelt.SecretClient();\n`;
  const texts = [
    ...Array.from({ length: 160 / STRIDE }, (_, index) => functionText(index)),
    ...[...samplePrograms(isWhole ? 211 : 2_111)].map(({ text }) => `${head}\n${text}`),
  ];
  for (const text of texts) {
    const own = withOwnModels(() => outcome(text, "faithful"));
    expect(outcome(text, "faithful"), text).toEqual(own);
  }
});
