import { expect, it } from "vitest";
import { countedIn } from "./functions.ts";
import type { Counted } from "./functions.ts";
import { limits } from "./limits.ts";
import type { Figures } from "./limits.ts";

function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
}

function figuresOf(counted: readonly Counted[]): Figures {
  const withRequests = counted.filter(({ counts }) => counts.requests > 0).map(({ counts }) => counts);
  const helperLines = withRequests.map((counts) => counts.helperLines);
  const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
  const listed = (key: "uselessCatches" | "needlessNames" | "longLines"): number =>
    sum(counted.map(({ counts }) => counts[key].length));
  const requests = sum(withRequests.map((counts) => counts.requests));
  return {
    medianHelperLines: quantile(helperLines, 0.5),
    manyHelperLines: quantile(helperLines, 0.9),
    uselessCatches: listed("uselessCatches"),
    needlessNamesPerHundredFiles: Math.ceil((100 * listed("needlessNames")) / counted.length),
    longLinesPerHundredFiles: Math.ceil((100 * listed("longLines")) / counted.length),
    percentWithHelper: Math.ceil(
      (100 * (requests - sum(withRequests.map((counts) => counts.plainRequests)))) / requests,
    ),
  };
}

function places(counted: readonly Counted[], key: "uselessCatches" | "needlessNames" | "longLines"): string[] {
  return counted
    .filter(({ counts }) => counts[key].length > 0)
    .map(
      ({ name, counts }) => `    ${name}: ${key === "longLines" ? String(counts[key].length) : counts[key].join(", ")}`,
    );
}

it.each(["faithful", "idiomatic"] as const)("reads as the platform's examples do, in style %s", (style) => {
  const counted = countedIn(style);
  const figures = figuresOf(counted);
  const requests = counted.reduce((sum, { counts }) => sum + counts.requests, 0);
  console.info(
    [
      `--style ${style}: ${String(counted.length)} files, ${String(requests)} requests`,
      `  helper lines in files with requests: median ${String(figures.medianHelperLines)}, 90th percentile ${String(figures.manyHelperLines)}`,
      `  requests with a helper: ${String(figures.percentWithHelper)} %`,
      `  useless catches: ${String(figures.uselessCatches)}`,
      ...places(counted, "uselessCatches"),
      `  needless names per hundred files: ${String(figures.needlessNamesPerHundredFiles)}`,
      ...places(counted, "needlessNames"),
      `  lines over 120 per hundred files: ${String(figures.longLinesPerHundredFiles)}`,
      ...places(counted, "longLines"),
    ].join("\n"),
  );
  const limit = limits[style];
  for (const [name, figure] of Object.entries(figures)) {
    expect.soft(figure, `${name} of --style ${style}`).toBeLessThanOrEqual(limit[name as keyof Figures]);
  }
});
