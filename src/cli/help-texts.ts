/** A word with what it means. */
export type Meaning = readonly [word: string, meaning: string];

export const verdictMeanings: readonly Meaning[] = [
  ["migrated", "V2 code in the platform's own style"],
  ["mechanical", "V2 code that runs the same with the V1 callback kept inside; you may simplify it"],
  ["refused", "left as it was; the reasons say why"],
  ["unchanged", "nothing to migrate"],
  ["failed", "left as it was because of a fault of this tool"],
];

export const exitCodeMeanings: readonly Meaning[] = [
  ["0", "done, nothing is left for a person"],
  ["1", "done, and a file needs a person (it was refused, has reasons, is not proved), or --check found work"],
  [
    "2",
    "wrong usage or a path that is not there, and nothing was written; or a file that could not be read or written",
  ],
  ["3", "internal error in one or more files; the others are done"],
];

/** A paragraph of the help. */
export function listMeanings(title: string, meanings: readonly Meaning[]): string {
  const width = Math.max(...meanings.map(([word]) => word.length));
  return ["", title, ...meanings.map(([word, meaning]) => `  ${word.padEnd(width)}  ${meaning}`)].join("\n");
}
