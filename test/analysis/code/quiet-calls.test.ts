import { describe, expect, it } from "vitest";
import { isQuietCall } from "../../../src/analysis/code/quiet-calls.ts";
import { modelOf, present } from "../support.ts";

function isQuiet(text: string): boolean {
  const model = modelOf(text);
  const calls = [...model.nodes("CallExpression"), ...model.nodes("NewExpression")];
  const outermost = calls.toSorted((a, b) => model.textOf(b).length - model.textOf(a).length)[0];
  return isQuietCall(model, present(outermost));
}

describe("isQuietCall", () => {
  it.each([
    ["a log", 'console.info("read", { name })'],
    ["a function of the language", "JSON.parse(text)"],
    ["a class of the language", "new Map()"],
    ["a method of texts", 'const text = "a,b"; text.split(",")'],
    ["a method of lists", "const list = []; list.push(1)"],
    [
      "a function of the file",
      "const shorten = (text) => text.trim(); shorten(input.payload.aVeryLongNameToBeTheLongestCall)",
    ],
  ])("holds for %s", (_, text) => {
    expect(isQuiet(text)).toBe(true);
  });

  it.each([
    ["a request", "fetch(url)"],
    ["a global that is not known", "use(value)"],
    ["a package", 'import axios from "axios"; axios.get(url)'],
    ["a function of the file that fails", "function check(v) { throw v; } check(input.payload)"],
    ["a function of the file that waits", "const load = async (v) => v; load(input.payload)"],
    ["a function that calls itself", "function again(n) { again(n - 1); } again(input.payload.count)"],
    ["a method with another name", "client.connect(host)"],
  ])("does not hold for %s", (_, text) => {
    expect(isQuiet(text)).toBe(false);
  });
});
