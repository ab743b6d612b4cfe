import { expect, it } from "vitest";
import { combinations } from "./combinations.ts";
import { runMatrix } from "./matrix.ts";
import { differentOf, headlineOf, tablesOf } from "./report.ts";

const all = combinations();

it.each(["faithful", "idiomatic"] as const)(
  "%s: a request does what it did, or the run says what differs",
  async (style) => {
    const results = await runMatrix(all, style);
    const different = differentOf(results);
    process.stdout.write(`\n--style ${style}\n\n${tablesOf(results)}\n\n${headlineOf(results)}\n`);
    expect(results.length).toBeGreaterThanOrEqual(450);
    expect(different.slice(0, 10)).toEqual([]);
  },
);
