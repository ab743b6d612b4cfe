import { describe, expect, it } from "vitest";
import { createModel } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { StepReport } from "../../src/edits/step/step.ts";
import { missedByOutput } from "../../src/migrate/check-output.ts";
import { advance, startOf } from "../../src/migrate/pipeline.ts";

const ORIGINAL = `// The total.
const rates = { a: 1 };
async function lambda(input, callback) {
  const total = input.payload.a * rates.a; // in cents
  for (const rate of input.payload.list) {
    total.add(rate, limit);
  }
  return total;
}
`;

type Replacement = readonly [part: string, text: string];

/** What is said of a text in which parts of the original are replaced by others. */
function missedAfter(...replacements: readonly Replacement[]): string | undefined {
  return missedIn(ORIGINAL, [["(input, callback)", "(input)"], ...replacements]);
}

function missedIn(before: string, replacements: readonly Replacement[]): string | undefined {
  const original = createModel(parseSource(before));
  const report = new StepReport();
  for (const [part, text] of replacements) {
    const start = before.indexOf(part);
    report.edits.replace([start, start + part.length], text);
  }
  return missedByOutput(original, advance(startOf(original), original, "test", report.finish()));
}

describe("a result", () => {
  it("may be the original with edits", () => {
    expect(missedAfter()).toBeUndefined();
    expect(missedAfter(["rates.a;", "rates.a + 1;"], ["// The total.\n", ""])).toBeUndefined();
    expect(missedAfter(["// in cents", "// in cents // The total."])).toBeUndefined();
    expect(missedAfter(["// The total.", "/*\n * The total.\n */"])).toBeUndefined();
  });

  it("holds no comment that was none", () => {
    expect(missedAfter(["    total.add", "// total.add"])).toBe(
      "the comment `// total.add(rate, limit);` is not one of the original",
    );
    expect(missedAfter(["return total", "return total //\n"])).toBe("the comment `//` is not one of the original");
    expect(missedAfter(["rates.a;", "rates.a /* new */;"])).toBe("the comment `/* new */` is not one of the original");
  });

  it("holds no token that melted together", () => {
    expect(missedAfter([" rates.a;", "* 2;"])).toBe("`**` is not part of the original, and no step wrote it");
  });

  it("uses no name that nothing declares", () => {
    expect(missedAfter(["const rates = { a: 1 };", ""])).toBe(
      "the result uses `rates`, which nothing declares any more",
    );
  });

  it("uses no name that means another variable", () => {
    expect(missedAfter(["{ a: 1 };", "{ a: 1 }; const limit = 4;"])).toBe(
      "`limit` means another variable in the result",
    );
    expect(
      missedAfter(["input.payload.a *", "(function (rates) { return rates; })(1);\n  const rates = { a: 2 };\n  1 *"]),
    ).toBe("`rates` means another variable in the result");
  });

  it.each([
    ["Toolbelt.SecretClient()", undefined],
    ['Toolbelt.ContextServiceClient({ apiKey: "a", accountId: "b" })', undefined],
    ["Toolbelt.ContextServiceClient(next())", "`client` means another variable in the result"],
    ["counter()", "`client` means another variable in the result"],
    ["new Map()", "`client` means another variable in the result"],
  ])("has one constant instead of two for clients alone: %s", (creation, missed) => {
    const second = `const client = ${creation}; // 2`;
    const text = `import { Toolbelt } from "core-functions-toolbelt";
const client = ${creation}; // 1
async function lambda() { ${second}
  return client.load();
}
`;
    expect(missedIn(text, [[second, "// 2"]])).toBe(missed);
  });
});
