import { afterAll, describe, expect, it } from "vitest";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { SourceResult } from "../../src/migrate/result.ts";
import { lintAll } from "../rules/lint.ts";
import { shapes } from "./deep.ts";
import { enterLaw, isWhole } from "./ledger.ts";

const HEAD = `const { Toolbelt } = require("lp-faas-toolbelt");
const httpClient = Toolbelt.HTTPClient();
async function lambda(input, callback) {
  let x = () => 1, a = input.payload, p = async () => 1;
  const answer = await httpClient("https://shop.example.com", { json: true });
  `;

function functionWith(body: string): string {
  return `${HEAD}${body}\n  callback(null, answer);\n}\n`;
}

function migrate(body: string): SourceResult {
  return migrateSource("index.js", functionWith(body), { style: "faithful" });
}

/**
 * ESLint's own parser comes near the end of the stack with more, and there V8 may end the process: it can't compile a
 * regular expression that it meets.
 */
const MOST_FOR_ESLINT = 320;

const counts = { shapes: Object.keys(shapes).length, functions: 0 };

describe.each(Object.entries(shapes))("%s", (_, shape) => {
  it.each(isWhole ? [600, 3000, 20_000] : [3000])("are refused with their place when there are %i", (count) => {
    counts.functions += 1;
    const { verdict, reasons } = migrate(shape(count));
    expect({ verdict, ids: reasons.map(({ id }) => id) }).toEqual({ verdict: "refused", ids: ["too-deep"] });
    expect(reasons[0]?.line).toBe(6);
  });

  it.each(isWhole ? [20, 80, 160, 240, 320, 480] : [40])(
    "neither break the migration nor a rule when there are %i",
    (count) => {
      counts.functions += 1;
      const { verdict, reasons } = migrate(shape(count));
      expect(verdict === "failed" ? reasons : []).toEqual([]);
      if (count > MOST_FOR_ESLINT) return;
      // What a rule throws ends the test.
      expect(lintAll(functionWith(shape(count))).filter(({ fatal }) => fatal)).toEqual([]);
    },
  );
});

describe("a rule", () => {
  // ESLint itself has the stack for these.
  it.each(["else if", "members", "additions", "conjunctions", "ifs"])(
    "says once that it can't look at 1,500 %s",
    (name) => {
      const body = shapes[name]?.(1500) ?? "";
      expect(lintAll(functionWith("x();")).length).toBeGreaterThan(0);
      expect(lintAll(functionWith(body)).map(({ messageId }) => messageId)).toEqual(["parse"]);
    },
  );
});

describe("a config.json of nested arrays", () => {
  it("is passed over by the rules", () => {
    const text = `{ "environmentVariables": ${"[".repeat(1500)}${"]".repeat(1500)} }`;
    expect(lintAll(text, "functions/sample/config.json")).toEqual([]);
  });
});

afterAll(() => {
  enterLaw({ law: "Code is migrated or refused, however deeply it is nested", counts });
});
