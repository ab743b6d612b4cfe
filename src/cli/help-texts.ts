import type { Command } from "commander";

/** A word with what it means. */
export type Meaning = readonly [word: string, meaning: string];

export const verdictMeanings: readonly Meaning[] = [
  ["migrated", "V2 code in the platform's own style"],
  ["mechanical", "V2 code that runs the same with the V1 callback kept inside; you may simplify it"],
  ["refused", "left as it was; the reasons say why"],
  ["unchanged", "nothing to migrate"],
  ["failed", "left as it was because this tool has a fault"],
];

export const exitCodeMeanings: readonly Meaning[] = [
  ["0", "done, nothing is left for a person"],
  ["1", "done; a file needs a person (refused, with reasons, not proved), or --check found work"],
  ["2", "wrong usage or a missing path: nothing was written; or a file could not be read or written"],
  ["3", "internal error in one or more files; all others are done"],
];

/** A paragraph of a command's help, as wide as the rest of it. */
export function listMeanings(title: string, meanings: readonly Meaning[], command: Command): string {
  const help = command.createHelp();
  const width = Math.max(...meanings.map(([word]) => word.length));
  return [
    "",
    help.boxWrap(title, help.helpWidth ?? Infinity),
    ...meanings.map(([word, meaning]) => help.formatItem(word, width, meaning, help)),
  ].join("\n");
}
