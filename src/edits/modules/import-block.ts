import type { Model } from "../../analysis/code/model.ts";
import { lineEndingOf } from "../text/layout.ts";

/** One import to write: `import X from "m";` or `import { a, b } from "m";`, with the comments that belong to it. */
export interface ImportLine {
  readonly source: string;
  /** Imports are sorted by rank, then stay in the order of the file. */
  readonly rank: number;
  readonly defaultName: string | undefined;
  readonly names: readonly string[];
  readonly leading: readonly string[];
  readonly trailing: string | undefined;
}

/** The import in the only spellings that the platform's command line leaves intact. */
function spell({ source, defaultName, names }: ImportLine): string[] {
  return [
    ...(defaultName === undefined ? [] : [`import ${defaultName} from "${source}";`]),
    ...(names.length === 0 ? [] : [`import { ${names.join(", ")} } from "${source}";`]),
  ];
}

/** The text of a block of imports, one a line, each line with its line break. */
export function importBlock(model: Model, lines: readonly ImportLine[]): string {
  const newline = lineEndingOf(model.text);
  return lines
    .toSorted((a, b) => a.rank - b.rank)
    .flatMap((line) => {
      const spelled = spell(line);
      const last = spelled.at(-1) ?? "";
      return [
        ...line.leading,
        ...spelled.slice(0, -1),
        line.trailing === undefined ? last : `${last} ${line.trailing}`,
      ];
    })
    .map((text) => text + newline)
    .join("");
}
