import { markdownTable } from "./markdown-table.ts";

/** The options of `--help` as a table. */
export function optionsTable(help: string): string {
  return markdownTable(["Option", "Meaning"], entriesOf(help, "Options:").map(asRow));
}

/** The verdicts of `--help` as a table. */
export function verdictsTable(help: string): string {
  return markdownTable(["Verdict", "Meaning"], entriesOf(help, "Verdicts:").map(asRow));
}

/** The exit codes of `--help` as a table. */
export function exitCodesTable(help: string): string {
  return markdownTable(["Exit code", "Meaning"], entriesOf(help, "Exit codes").map(asRow));
}

interface Entry {
  readonly name: string;
  readonly meaning: string;
}

function asRow({ name, meaning }: Entry): readonly string[] {
  return [`\`${name}\``, meaning];
}

/** The entries of one paragraph of the help; a line that begins further to the right continues the one above. */
function entriesOf(help: string, title: string): Entry[] {
  const [, ...lines] =
    help
      .split("\n\n")
      .find((paragraph) => paragraph.startsWith(title))
      ?.split("\n") ?? [];
  const entries: Entry[] = [];
  for (const line of lines.filter((each) => each.trim() !== "")) {
    const [, name, meaning] = /^ {2}(?<name>\S.*?) {2,}(?<meaning>\S.*)$/u.exec(line) ?? [];
    const last = entries.pop();
    if (name !== undefined && meaning !== undefined) {
      entries.push(...(last === undefined ? [] : [last]), { name, meaning });
    } else if (last === undefined) {
      throw new Error(`The line “${line}” of the help belongs to no entry.`);
    } else {
      entries.push({ name: last.name, meaning: `${last.meaning}; ${line.trim()}` });
    }
  }
  if (entries.length === 0) {
    throw new Error(`The help has no paragraph “${title}”.`);
  }
  return entries;
}
