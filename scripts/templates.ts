/** A file of `src/edits/templates`. */
export interface TemplateFile {
  readonly name: string;
  readonly text: string;
}

/** The files with functions, in the order in which these are written to the end of a user's file. */
export const templateFiles = [
  "request.js",
  "answers.js",
  "options.js",
  "bodies.js",
  "clients.js",
  "errors.js",
] as const;

function union(names: readonly string[]): string {
  return names.map((name) => `\n  | "${name}"`).join("");
}

function literal(text: string): string {
  return `\`${text.replaceAll(/[`\\]|\$(?=\{)/gu, "\\$&")}\``;
}

/**
 * The module that holds the templates as texts, so that no migration reads them from the disk.
 *
 * @param files in the order of `templateFiles`
 * @param facts the text of `has.js`
 */
export function templatesModule(files: readonly TemplateFile[], facts: string): string {
  const ids = files.flatMap(({ text }) =>
    [...text.matchAll(/^export (?:async )?function (?<id>\w+)/gmu)].map(({ groups }) => groups?.["id"] ?? ""),
  );
  const names = [...facts.matchAll(/^ {2}(?<name>\w+): true,$/gmu)].map(({ groups }) => groups?.["name"] ?? "");
  return `// Written by \`npm run update\` from the files beside it.

/** A function of the files beside. */
export type TemplateId =${union(ids)};

/** Something that a file can need of a function: see has.js. */
export type Fact =${union(names)};

/** The files, in the order in which their functions are written to the end of a user's file. */
export const templateTexts: readonly string[] = [
${files.map(({ text }) => `  ${literal(text)},\n`).join("")}];
`;
}
