import { describe, expect, it } from "vitest";
import { isFoundIn, spelledOut } from "../../../src/analysis/errors/patterns.ts";

const TEXT = "There is no Secret example-1";

/** Patterns whose meaning is told by their form. */
const PATTERNS: readonly RegExp[] = [
  /no Secret/,
  /no secret/,
  /NO SECRET/i,
  /^There/,
  /^is/,
  /-1$/,
  /There$/,
  /^$/,
  /^There is no Secret \S+$/,
  /^There is no Secret \s+$/,
  /is (?:a|no) [A-Z]\w+ .*-\d/,
  /(There|Here) is [^n]/,
  /(?<what>There|Here) is [^a]/,
  /\bno\b/,
  /\bo\b/,
  /\Bo\b/,
  /e{2}/,
  /(?:e|r){3}/,
  /(?:e|r){4,}/,
  /(?:e?){900}T/,
  /(?:x*)*T/,
  /(?:\b)*T/,
  /T?here/,
  /^T{0,1}here/,
  /^There(?: \w+)+? example\W1$/,
  /^(?:[a-z]+ )*example/i,
  /is\D+?1/,
  /example-[2-9]/,
  /example-[0-9]/,
  /[^\d]-[\d]/,
  /no [S-]/y,
  /There/y,
  // eslint-disable-next-line no-empty-character-class -- users write it
  /There[]/,
  /There[^]/,
  /T(?:)h/,
  /T(?:|x)h/,
  /\u0054here/u,
  /./s,
];

describe("isFoundIn", () => {
  it.each(PATTERNS)("finds %s where the language does", (pattern) => {
    pattern.lastIndex = 0;
    expect(isFoundIn(pattern, TEXT)).toBe(pattern.test(TEXT));
  });

  it.each([
    ["(?=T)", ""],
    ["(?<=T)h", ""],
    [String.raw`(T)\1`, ""],
    [String.raw`\p{L}`, "u"],
    [String.raw`[\p{L}--[a-z]]`, "v"],
    ["[[a-z]&&[t]]", "v"],
    ["(?i:t)", ""],
  ])("does not tell of %s", (source, flags) => {
    expect(isFoundIn({ source, flags }, TEXT)).toBeUndefined();
  });

  it("does not tell of what is too long, or no pattern", () => {
    expect(isFoundIn({ source: "a".repeat(501), flags: "" }, TEXT)).toBeUndefined();
    expect(isFoundIn({ source: "(".repeat(250) + ")".repeat(250), flags: "" }, TEXT)).toBe(true);
    expect(isFoundIn({ source: "(", flags: "" }, TEXT)).toBeUndefined();
  });

  it.each([
    [String.raw`^[a-zA-Z]+((['\,\.\- ][a-zA-Z ])?[a-zA-Z]*)*$`, `${"a".repeat(120)}!`],
    ["(a+)+$", `${"a".repeat(120)}!`],
    ["(a|aa)+$", `${"a".repeat(120)}!`],
    ["(((((a*)*)*)*)*)*b", "a".repeat(120)],
    ["(.*){1,1000000}b", "a".repeat(120)],
  ])("takes no time with %s", (source, text) => {
    expect(isFoundIn({ source, flags: "" }, text)).toBe(false);
  });
});

describe("spelledOut", () => {
  it.each([
    [/no Secret/, ["no Secret"]],
    [/NO Secret/i, ["no secret"]],
    [/^There is|no \w+ for (this account|you)$/, ["There is", "no ", " for ", "this account", "you"]],
    [/a+b[cd]e/, ["b", "e"]],
    [/\d*/, []],
  ])("gives the texts of %s", (pattern, expected) => {
    expect(spelledOut(pattern)).toEqual(expected);
  });
});
