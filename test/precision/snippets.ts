import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { PrecisionFacts } from "../../scripts/rules.ts";

/**
 * What a reader says of a snippet, and what the rule makes of it: TP is wrong and reported, FN is wrong and not reported,
 * TN is right and not reported, FP is right and reported all the same.
 */
export type Verdict = "TP" | "FP" | "TN" | "FN";

/** A labelled snippet of `test/precision/<rule>.md`. */
export interface Snippet {
  readonly verdict: Verdict;
  readonly title: string;
  readonly code: string;
  readonly filename: string;
}

const SNIPPET =
  /^## (?<verdict>TP|FP|TN|FN): (?<title>.+)\n\n(?:(?:(?!```).+\n)+\n)?```(?<language>js|ts|json)\n(?<code>[^]*?)^```$/gmu;

/** The labelled snippets of a rule, as people write functions; they are linted with the options of `strict`. */
export function snippetsOf(id: string): Snippet[] {
  return snippetsIn(`${id}.md`);
}

/**
 * The labelled variants of a rule, none for many: the same few faults in all the ways of writing them. They are linted
 * with the options that the rule has where most projects meet it: those of `recommended`, or of `legacy`.
 */
export function variantsOf(id: string): Snippet[] {
  return snippetsIn(`variants/${id}.md`);
}

function snippetsIn(name: string): Snippet[] {
  const path = resolve(import.meta.dirname, name);
  const page = existsSync(path) ? readFileSync(path, "utf8") : "";
  const snippets = [...page.matchAll(SNIPPET)].map(({ groups = {} }) => ({
    verdict: groups["verdict"] as Verdict,
    title: groups["title"] ?? "",
    code: groups["code"] ?? "",
    filename:
      groups["language"] === "json"
        ? "functions/sample/config.json"
        : `functions/sample/index.${groups["language"] ?? "js"}`,
  }));
  const headings = page.match(/^## /gmu)?.length ?? 0;
  if (headings !== snippets.length) {
    throw new Error(
      `${path} has ${String(headings)} headings, but ${String(snippets.length)} snippets: each needs “## TP: title”, a blank line and a block of js, ts or json.`,
    );
  }
  return snippets;
}

/** How often the rule is right. */
export function precisionOf(snippets: readonly Snippet[]): PrecisionFacts {
  const count = (verdict: Verdict): number => snippets.filter((snippet) => snippet.verdict === verdict).length;
  return {
    truePositives: count("TP"),
    falsePositives: count("FP"),
    falseNegatives: count("FN"),
    trueNegatives: count("TN"),
  };
}
