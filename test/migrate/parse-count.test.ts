import { Parser } from "acorn";
import { Referencer } from "eslint-scope";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { functionText, isLegacy } from "../../bench/functions.js";
import { growingInputs } from "../../bench/growing-inputs.js";
import { migrateFiles, migrateSource } from "../../src/migrate/index.ts";
import { tempFolder } from "../cli/support.ts";

const parse = vi.spyOn(Parser.prototype, "parse");
const analyze = vi.spyOn(Referencer.prototype, "Program");
const legacy = Array.from({ length: 60 }, (_, index) => index).filter(isLegacy);

interface Cost {
  readonly verdict: string;
  readonly parses: number;
  readonly scopes: number;
}

function costOf(text: string): Cost {
  parse.mockClear();
  analyze.mockClear();
  const { verdict } = migrateSource("index.js", text, { style: "faithful" });
  return { verdict, parses: parse.mock.calls.length, scopes: analyze.mock.calls.length };
}

beforeAll(() => {
  // The functions that a migration may write into a file are parsed once for all files.
  legacy.forEach((index) => costOf(functionText(index)));
});

afterAll(() => {
  parse.mockRestore();
  analyze.mockRestore();
});

it("parses a V1 function no more often than agreed", () => {
  const costs = legacy.map((index) => costOf(functionText(index)));
  expect(new Set(costs.map(({ verdict }) => verdict))).toEqual(new Set(["migrated"]));
  expect(Math.max(...costs.map(({ parses }) => parses))).toBeLessThanOrEqual(5);
  expect(Math.max(...costs.map(({ scopes }) => scopes))).toBeLessThanOrEqual(5);
});

it.each(["promise chains", "callback aliases", "conditional calls"])("takes a hundred %s in one round", (what) => {
  const textOf = (count: number): string => growingInputs[what]?.(count) ?? "";
  expect(costOf(textOf(100))).toEqual(costOf(textOf(10)));
  const { verdict, parses } = costOf(textOf(100));
  expect(verdict).toBe("migrated");
  expect(parses).toBeLessThanOrEqual(4);
});

it("parses once what has nothing to migrate", () => {
  const modern = Array.from({ length: 10 }, (_, index) => functionText(5 * index + 4));
  expect(modern.map(costOf)).toEqual(modern.map(() => ({ verdict: "unchanged", parses: 1, scopes: 1 })));
});

it("parses a script twice that is no module, and each further text of it once", () => {
  expect(costOf("with (a) b();\nmodule.exports = lambda;\n")).toMatchObject({ parses: 2, scopes: 1 });
  expect(costOf("function lambda(input, callback) { with (input) callback(null, a); }")).toEqual({
    verdict: "refused",
    parses: 3,
    scopes: 2,
  });
});

it("parses none of the functions beside it, in a run over one", async () => {
  const numbers = legacy.filter((index) => functionText(index).includes('require("lp-faas-toolbelt")')).slice(0, 10);
  const folder = tempFolder(
    Object.fromEntries(numbers.map((index) => [`f${String(index)}/index.js`, functionText(index)])),
  );
  parse.mockClear();
  const { summary } = await migrateFiles([`f${String(numbers[0])}`], { cwd: folder, dryRun: true });
  expect(summary).toMatchObject({ migrated: 1 });
  expect(parse.mock.calls.length).toBeLessThanOrEqual(5);
});
