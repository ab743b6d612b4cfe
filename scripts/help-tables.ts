import type { Command } from "commander";

import type { Meaning } from "../src/cli/help-texts.ts";
import { markdownTable } from "./markdown-table.ts";

/** The options of a command as a table. */
export function optionsTable(command: Command): string {
  const rows = command.options.map(({ flags, description }): Meaning => [flags, description]);
  return meaningsTable("Option", [...rows, ["-h, --help", "print this"]]);
}

/** Words with what they mean as a table. */
export function meaningsTable(title: string, meanings: readonly Meaning[]): string {
  return markdownTable(
    [title, "Meaning"],
    meanings.map(([word, meaning]) => [`\`${word}\``, meaning]),
  );
}
