import { describe, expect, it } from "vitest";
import { differences } from "../../src/platform/remarks.ts";
import { combinations } from "./combinations.ts";
import { explanations, judge } from "./explain.ts";
import type { Pair } from "./explain.ts";
import { runMatrix } from "./matrix.ts";
import { differentOf, headlineOf, tablesOf } from "./report.ts";

/** Every so manieth combination; `npm run test:http-matrix` runs all of them. */
const STEP = 23;

describe.each(["faithful", "idiomatic"] as const)("--style %s", (style) => {
  it("does what it did, or the run says what differs", async () => {
    const some = combinations().filter((_, index) => index % STEP === 0);
    const results = await runMatrix(some, style);
    expect(differentOf(results)).toEqual([]);
    expect(headlineOf(results)).toMatch(/^combinations \d+, different 0, refused [1-9]\d* \(/u);
    expect(tablesOf(results)).toContain("| transport ");
  });
});

describe("the comparison", () => {
  const request = { method: "POST", url: "/json-200", body: "", headers: { accept: "text/csv" } };
  const same: Pair = { legacy: { value: 1, requests: [request] }, modern: { value: 1, requests: [request] } };

  it("knows only differences that a run can declare", () => {
    expect(Object.keys(explanations).filter((id) => !Object.hasOwn(differences, id))).toEqual([]);
  });

  it.each<readonly [string, Pair]>([
    ["another value", { ...same, modern: { value: 2, requests: [request] } }],
    ["an error for a value", { ...same, modern: { error: { name: "Error", message: "" }, requests: [request] } }],
    ["another path", { ...same, modern: { value: 1, requests: [{ ...request, url: "/json-404" }] } }],
    ["a lost header", { ...same, modern: { value: 1, requests: [{ ...request, headers: {} }] } }],
    ["another body", { ...same, modern: { value: 1, requests: [{ ...request, body: "YQ==" }] } }],
    ["a request more", { ...same, modern: { value: 1, requests: [request, request] } }],
    [
      "another class of error",
      {
        legacy: { error: { name: "RequestError", message: "Error: a" }, requests: [] },
        modern: { error: { name: "TypeError", message: "b" }, requests: [] },
      },
    ],
  ])("sees %s, whatever is declared", (_name, pair) => {
    expect(judge(pair, Object.keys(differences)).left).toBeDefined();
    expect(judge(same, [])).toEqual({ left: undefined, explained: [] });
  });
});
