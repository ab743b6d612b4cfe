import { generalSentence } from "../src/platform/remarks.ts";
import type { RemarkKind } from "../src/platform/remarks.ts";

type Table = Readonly<Record<string, RemarkKind>>;

/** The tables of remarks; see `src/platform/remarks.ts`. */
export interface RemarkTables {
  readonly reasons: Table;
  readonly differences: Table;
  readonly followUps: Table;
}

const head = `# Reasons, differences and follow-ups

Whatever \`faas-migrate\` says about a function has one of these ids. A sentence has \`…\` or an
example where places differ. This page is generated from \`src/platform/remarks.ts\` by \`npm run update\`.
`;

/** The text of docs/reasons.md. */
export function reasonsPage({ reasons, differences, followUps }: RemarkTables): string {
  return [
    head,
    chapter("Reasons", "Why a person must look at a file. A refused file stays as it is.", reasons),
    chapter(
      "Differences",
      "Where V2 behaves otherwise than V1, on purpose. Each run lists those that it makes.",
      differences,
    ),
    chapter("Follow-ups", "What must be done outside the code.", followUps),
  ].join("\n");
}

function chapter(title: string, introduction: string, table: Table): string {
  return [`## ${title}\n`, `${introduction}\n`, ...Object.entries(table).map(entry)].join("\n");
}

function entry([id, kind]: readonly [string, RemarkKind]): string {
  return `### ${id}\n\n> ${generalSentence(kind)}\n\n${kind.long}\n`;
}
