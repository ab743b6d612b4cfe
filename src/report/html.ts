import type { FileResult } from "../migrate/result.ts";
import type { ReportedRun } from "./reported-run.ts";
import type { FunctionView } from "./functions.ts";
import { otherStyles, viewOf, viewOfOther } from "./functions.ts";
import { pageScript, pageStyle } from "./html/assets.ts";
import { docsOf, withDocs } from "./remark-docs.ts";
import { placesOf } from "./repeated.ts";
import { sideBySide } from "./side-by-side.ts";
import { followUpChecklist, isChanged } from "./summary.ts";
import { wordsOf } from "./words.ts";

/**
 * The result as one page that needs nothing else: no network, no other file. All texts of users come as data, which the
 * page's script writes as text, never as markup.
 */
export function renderHtml(run: ReportedRun): string {
  const data = JSON.stringify(pageData(run)).replaceAll("<", String.raw`\u003c`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Migration report</title>
<style>
${pageStyle}</style>
</head>
<body>
<noscript><p>This page builds its content with a script that it holds itself. Please allow scripts for it.</p></noscript>
<script type="application/json" id="data">${data}</script>
<script>
${pageScript}</script>
</body>
</html>
`;
}

/** What the page's script gets. */
function pageData({ result, changes }: ReportedRun) {
  const { functions, others } = viewOf(result.files);
  const words = wordsOf(result.dryRun, false);
  const pageFunction = ({ name, path, verdict, needsPerson, isAccepted, files }: FunctionView) => ({
    name,
    path,
    status: needsPerson ? "needs you" : isAccepted ? "accepted" : verdict === "unchanged" ? "unchanged" : "ready",
    verdict: words.verdicts[verdict],
    files: files.map((file) => pageFile(file, changes)),
  });
  return {
    version: result.version,
    style: result.style + otherStyles(functions),
    dryRun: result.dryRun,
    errors: result.errors,
    checklist: followUpChecklist(result.files).map(({ id, message, places }) => ({
      id,
      message,
      places,
      docs: docsOf(id),
    })),
    repeated: (result.repeated ?? []).map((helper) => ({ name: helper.name, places: placesOf(helper) })),
    functions: functions.map(pageFunction),
    around: others.map((file) => pageFunction(viewOfOther(file))),
  };
}

function pageFile(file: FileResult, changes: ReportedRun["changes"]) {
  const change = changes.get(file.path);
  return {
    path: file.path,
    reasons: file.reasons.map(withDocs),
    differences: file.differences.map(withDocs),
    followUps: file.followUps.map(withDocs),
    ...(file.proof && { proof: { kind: file.proof.kind, text: file.proof.text } }),
    // The JSON report of a run holds no code.
    ...(change ? { hunks: sideBySide(change) ?? null } : isChanged(file) ? { isUnseen: true } : {}),
  };
}
