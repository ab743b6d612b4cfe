import type { Command } from "commander";

/** Options that keep a run from writing, or say how much of it is shown. */
const ofShowing: ReadonlySet<string> = new Set(["--dry-run", "--check", "--diff", "--verbose", "--strict", "--report"]);

/** The command that does what a dry run has shown, as a shell takes it. */
export function writingCommand(parsed: Command): string {
  const options = parsed.options.flatMap((option) => {
    const name = option.long ?? "";
    const value = parsed.getOptionValue(option.attributeName()) as boolean | string | readonly string[] | undefined;
    // An option such as --no-cache is set to true where it is absent.
    if (ofShowing.has(name) || value === undefined || value === option.negate) return [];
    return typeof value === "boolean" ? [name] : [value].flat().flatMap((each) => [name, each]);
  });
  // As a path, what begins as an option does.
  const paths = parsed.args.map((path) => (path.startsWith("-") ? `./${path}` : path));
  return ["npx faas-migrate", ...[...options, ...paths].map(quoted)].join(" ");
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
