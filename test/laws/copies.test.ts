import { describe, expect, it } from "vitest";

import { sourcesIn } from "../package/sources.ts";
import { copiedFunctions, copiedTables } from "./copies.ts";

const analyses = ["rules", "src/analysis", "src/edits", "src/lint"].flatMap(sourcesIn);

describe("the analyses, and what edits by them,", () => {
  it("have no table of names twice", () => {
    expect(copiedTables([...analyses, ...sourcesIn("src/platform")])).toEqual(new Map());
  });

  it("have no function twice", () => {
    expect(copiedFunctions(analyses)).toEqual(new Map());
  });
});
