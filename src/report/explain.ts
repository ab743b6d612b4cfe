import { differences, followUps, generalSentence, reasons } from "../platform/remarks.ts";
import type { RemarkKind } from "../platform/remarks.ts";
import type { FileResult, Remark } from "../migrate/result.ts";
import type { Colors } from "./colors.ts";
import { wrap } from "./layout.ts";
import { printable, printableLine } from "../platform/printable.ts";
import { docsOf } from "./remark-docs.ts";

/** How explanations are printed. */
export interface ExplainStyle {
  readonly colors: Colors;
  /** Columns of a line. */
  readonly width: number;
}

/** What each table of remarks is about. */
const tables: readonly (readonly [title: string, table: Readonly<Record<string, RemarkKind>>])[] = [
  ["Why a function needs you", reasons],
  ["A change that your callers may notice", differences],
  ["Something to do before you deploy", followUps],
];

/** Every id that can be explained. */
export const explainedIds: readonly string[] = tables.flatMap(([, table]) => Object.keys(table));

/** The text about a kind of remark; undefined when there is none of that id. */
export function explainId(id: string, { colors, width }: ExplainStyle): string | undefined {
  for (const [title, table] of tables) {
    const [, kind] = Object.entries(table).find(([each]) => each === id) ?? [];
    if (kind === undefined) continue;
    return explanation(
      { id, title, paragraphs: [generalSentence(kind), kind.long], docs: docsOf(id) },
      { colors, width },
    );
  }
  return undefined;
}

/** What is explained: a word, what kind of word it is, and where all about it stands. */
export interface Explained {
  readonly id: string;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly docs: string;
}

/** The text that explains a word. */
export function explanation({ id, title, paragraphs, docs }: Explained, { colors, width }: ExplainStyle): string {
  return [
    `${colors.bold(id)}   ${colors.dim(title)}`,
    "",
    ...paragraphs.flatMap((each) => [...wrap(each, width), ""]),
    `Docs: ${colors.cyan(docs)}`,
    "",
  ].join("\n");
}

/** What is said about one line of a file, with the line itself; undefined when nothing is. */
export function explainLine(file: FileResult, source: string, line: number, style: ExplainStyle): string | undefined {
  const remarks = remarksOf(file).filter((remark) => remark.line === line);
  if (remarks.length === 0) return undefined;
  const code = printableLine(source.split("\n")[line - 1] ?? "").trimEnd();
  const told = remarks.flatMap((remark) => [
    ...wrap(`${String(remark.line)}:${String(remark.column)}  ${printable(remark.message)}`, style.width, 2),
    "",
    explainId(remark.id, style) ?? "",
  ]);
  return [`${style.colors.dim(`${String(line)} |`)} ${code}`, "", ...told].join("\n");
}

/** The lines about which something is said, in order. */
export function explainedLines(file: FileResult): number[] {
  return [...new Set(remarksOf(file).map(({ line }) => line))].sort((left, right) => left - right);
}

function remarksOf(file: FileResult): Remark[] {
  return [...file.reasons, ...file.differences, ...file.followUps];
}
