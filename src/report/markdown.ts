import type { FileResult, Remark } from "../migrate/result.ts";
import type { RepeatedHelper, RunResult } from "../migrate/run-result.ts";
import type { FunctionView } from "./functions.ts";
import { otherStyles, viewOf } from "./functions.ts";
import { printable } from "../platform/printable.ts";
import { docsOf } from "./remark-docs.ts";
import { placesOf } from "./repeated.ts";
import { followUpChecklist, groupRemarks, openReasons } from "./summary.ts";
import { plural, wordsOf } from "./words.ts";

/** The result as a page of Markdown that a team works through: boxes to tick, and a column for who does it. */
export function renderMarkdown(result: RunResult): string {
  const { functions, others } = viewOf(result.files);
  const words = wordsOf(result.dryRun, false);
  const waiting = functions.filter((each) => each.needsPerson);
  const checklist = followUpChecklist(result.files);
  const needs = waiting.flatMap((each) => each.files.flatMap((file) => needRows(each, file)));
  const sections = [
    "# Migration report",
    `${plural(functions.length, "function")}: ${countsOf(functions, words.done)}. ` +
      `faas-migrate ${result.version}, style \`${result.style}\`${otherStyles(functions)}.${result.dryRun ? " Nothing was written." : ""}`,
    ...(needs.length > 0
      ? [
          `## Needs you (${String(waiting.length)})`,
          table(["Done", "Function", "Place", "What", "Why", "Owner"], needs),
        ]
      : []),
    ...(checklist.length > 0
      ? [
          `## Before you deploy (${String(checklist.length)})`,
          table(
            ["Done", "What", "Why", "Where", "Owner"],
            checklist.map(({ id, message, places }) => [
              "[ ]",
              text(message),
              link(id),
              places.map(code).join(" "),
              "",
            ]),
          ),
        ]
      : []),
    ...changes(functions),
    ...acceptedReasons(result.files),
    ...repeatedHelpers(result.repeated ?? []),
    `## Functions (${String(functions.length)})`,
    table(
      ["Function", "Result", "Proof"],
      [...functions.map((each) => functionRow(each, words.verdicts[each.verdict])), ...others.map(otherRow)],
    ),
  ];
  return `${sections.join("\n\n")}\n`;
}

function countsOf(functions: readonly FunctionView[], done: string): string {
  const need = functions.filter((each) => each.needsPerson).length;
  const accepted = functions.filter(({ isAccepted }) => isAccepted).length;
  const isDone = ({ verdict }: FunctionView): boolean => verdict === "migrated" || verdict === "mechanical";
  const migrated = functions.filter((each) => !each.needsPerson && isDone(each)).length;
  return `${String(migrated)} ${done}, ${String(need)} ${need === 1 ? "needs" : "need"} you, ${String(functions.length - migrated - need - accepted)} unchanged${accepted > 0 ? `, ${String(accepted)} accepted` : ""}`;
}

function needRows(view: FunctionView, file: FileResult): string[][] {
  const rows = openReasons(file).map((remark) => [
    "[ ]",
    text(view.name),
    place(file, remark),
    text(remark.message),
    link(remark.id),
    "",
  ]);
  const isProved = file.proof === undefined || file.proof.kind === "same";
  return isProved ? rows : [...rows, ["[ ]", text(view.name), code(file.path), text(file.proof.text), "", ""]];
}

function changes(functions: readonly FunctionView[]): string[] {
  const groups = groupRemarks(
    functions.flatMap(({ files }) => files),
    (file) => file.differences,
  );
  if (groups.length === 0) return [];
  const rows = groups.map(({ id, message, places }) => [link(id), text(message), places.map(code).join(" ")]);
  return [`## Changes that your callers may notice (${String(rows.length)})`, table(["Kind", "What", "Where"], rows)];
}

function acceptedReasons(files: readonly FileResult[]): string[] {
  const rows = files.flatMap((file) =>
    file.reasons
      .filter(({ accepted }) => accepted !== undefined)
      .map((remark) => [place(file, remark), text(remark.message), link(remark.id), text(remark.accepted ?? "")]),
  );
  if (rows.length === 0) return [];
  return [`## Accepted (${String(rows.length)})`, table(["Place", "What", "Kind", "Because"], rows)];
}

function repeatedHelpers(repeated: readonly RepeatedHelper[]): string[] {
  if (repeated.length === 0) return [];
  const rows = repeated.map((helper) => [code(helper.name), placesOf(helper).map(code).join(" ")]);
  return [`## Same code in several files (${String(rows.length)})`, "Only a hint.", table(["Helper", "Where"], rows)];
}

function functionRow({ name, files }: FunctionView, verdict: string): string[] {
  return [
    text(name),
    verdict,
    text(
      files
        .map(({ proof }) => proof?.text ?? "")
        .join(" ")
        .trim(),
    ),
  ];
}

function otherRow({ path, verdict }: FileResult): string[] {
  return [code(path), verdict, ""];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

function place({ path }: FileResult, { line, column }: Remark): string {
  return code(`${path}:${String(line)}:${String(column)}`);
}

function link(id: string): string {
  return `[${id}](${docsOf(id)})`;
}

/** Texts of files must neither end a cell nor act as HTML or as Markdown; code spans of our sentences stay. */
function text(value: string): string {
  return printable(value)
    .split("`")
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/[\\<>[\]*_]/gu, String.raw`\$&`)))
    .join("`")
    .replaceAll("|", String.raw`\|`);
}

function code(value: string): string {
  return `\`${printable(value)
    .replaceAll("`", "'")
    .replaceAll("|", String.raw`\|`)}\``;
}
