import { describe, expect, it } from "vitest";
import { environmentNames, variablesOfConfig } from "../../../src/analysis/runtime/config-variables.ts";

function config(variables: string): string {
  return `\uFEFF{ "environmentVariables": ${variables} }`;
}

describe("environmentNames", () => {
  it.each([
    ['[{ "key": "A", "value": "1" }, { "key": "", "value": "" }, 7, null]', ["A"]],
    ['{ "A": "1", "B": "2" }', ["A", "B"]],
    ["null", []],
    ['"A"', []],
    ["{", []],
  ])("reads both forms, and nothing from what can't be read: %s", (variables, names) => {
    expect([...environmentNames(config(variables))]).toEqual(names);
  });

  it("finds none where there are none", () => {
    expect([...environmentNames("{}")]).toEqual([]);
    expect([...environmentNames("[]")]).toEqual([]);
  });
});

describe("variablesOfConfig", () => {
  it("gives the last value of a name", () => {
    const environmentVariables = ["1", "2"].map((value) => ({ key: "A", value }));
    expect([...variablesOfConfig({ environmentVariables })]).toEqual([["A", "2"]]);
  });
});
