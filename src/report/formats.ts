import { basename } from "node:path";

import type { ReportedRun } from "./reported-run.ts";

export type ReportFormat = (run: ReportedRun) => Promise<string>;

/** The formats by the ending of a file, the longer endings first; each is loaded when it is asked for. */
const formats: ReadonlyMap<string, ReportFormat> = new Map<string, ReportFormat>([
  [".codequality.json", async ({ result }) => (await import("./annotations.ts")).renderGitlab(result)],
  [".json", async ({ result }) => (await import("./json.ts")).renderJson(result)],
  [".sarif", async ({ result }) => (await import("./sarif.ts")).renderSarif(result)],
  [".md", async ({ result }) => (await import("./markdown.ts")).renderMarkdown(result)],
  [".html", async (run) => (await import("./html.ts")).renderHtml(run)],
]);

/** The name that GitLab's documentation gives its report. */
const gitlabName = "gl-code-quality-report.json";

/** The endings, for help and messages. */
export const reportEndings: readonly string[] = [...formats.keys()];

/** The format that a report's file asks for by its ending; undefined for an unknown one. */
export function formatOf(file: string): ReportFormat | undefined {
  const name = basename(file).toLowerCase();
  if (name === gitlabName) return formats.get(".codequality.json");
  for (const [ending, format] of formats) {
    if (name.endsWith(ending) && name.length > ending.length) return format;
  }
  return undefined;
}
