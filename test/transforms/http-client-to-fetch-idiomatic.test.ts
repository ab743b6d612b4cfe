import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import { step } from "../../transforms/http-client-to-fetch.ts";
import { expectFile } from "../expected.ts";
import { commentsOf } from "../functions/comments.ts";
import { someOf } from "../laws/ledger.ts";
import { formatDifference, verify } from "../oracle/index.ts";
import { casesOf, runStep } from "./fixtures.ts";

const IDIOMATIC = { style: "idiomatic" } as const;
const cases = casesOf("http-client-to-fetch-idiomatic");

const SCENARIOS = {
  input: { headers: [], payload: { id: 7, name: "a b", text: "x", subject: "s", deep: true, kind: 1, method: "GET" } },
  scenarios: [{ name: "little is given", input: { headers: [], payload: { kind: 2 } } }],
};

describe.each(cases)("$name", ({ folder, input, outcome }) => {
  const result = runStep(step, input, IDIOMATIC);

  it("is what it should be", async () => {
    expect(result.refusals.length > 0).toBe(outcome === "refused.json");
    if (outcome === "refused.json") {
      await expectFile(join(folder, outcome), `${JSON.stringify(result.refusals, null, 2)}\n`);
    } else if (outcome === "expected.js") {
      expect(result.text).not.toBe(input);
      await expectFile(join(folder, outcome), result.text);
      await expectFile(join(folder, "remarks.txt"), `${result.remarks.join("\n")}\n`);
    } else {
      expect(result.text).toBe(input);
    }
  });

  it("parses, keeps its comments and line endings, and is left alone by a second run", () => {
    expect(() => parseSource(result.text)).not.toThrow();
    expect(commentsOf(input).filter((comment) => !commentsOf(result.text).includes(comment))).toEqual([]);
    expect(/[^\r]\n/u.test(result.text)).toBe(/[^\r]\n/u.test(input));
    if (outcome !== "refused.json") {
      expect(runStep(step, result.text, IDIOMATIC).text).toBe(result.text);
    }
  });
});

const changed = cases.filter(({ outcome }) => outcome === "expected.js");

it.each(someOf(changed, 4))(
  "$name behaves as before but for what it declares, with the other steps",
  async ({ input }) => {
    const { verdict, text, differences } = migrateSource("index.js", input, { style: "idiomatic" });
    expect(verdict).toBe("migrated");
    const report = await verify({
      original: input,
      migrated: text,
      scenarios: SCENARIOS,
      declared: differences.map(({ id }) => id),
      limits: { idleMs: 60 },
    });
    expect(report.differences.map(formatDifference)).toEqual([]);
  },
);
