import type { Command } from "commander";

import type { CliContext, CliSeams } from "./context.ts";

/** One command: a file in `commands`, loaded when it is called. */
export interface CommandModule {
  /** What it takes. Must load nothing: `--help` asks for it. */
  readonly define: () => Command;
  /**
   * Does it.
   *
   * @param parsed what `define` gave, with the user's arguments read into it
   * @returns the exit code
   * @throws {Misuse} for arguments that fit the definition and are wrong all the same; nothing may be written before
   */
  readonly run: (parsed: Command, context: CliContext, seams: CliSeams) => Promise<number>;
}

interface Entry {
  /** What it does, in one line of the help. */
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

/** The commands by name, in the order of the help. Such a word is never a path: that is written `./verify`. */
export const commandTable: ReadonlyMap<string, Entry> = new Map(
  Object.entries({
    demo: {
      summary: "show what a run does, on three sample functions",
      load: () => import("./commands/demo.ts"),
    },
    undo: {
      summary: "undo what the last run has changed",
      load: () => import("./commands/undo.ts"),
    },
    report: {
      summary: "show the last run again, on the terminal or in files",
      load: () => import("./commands/report.ts"),
    },
    "merge-reports": {
      summary: "combine the JSON reports of runs with --shard",
      load: () => import("./commands/merge-reports.ts"),
    },
    explain: {
      summary: "explain a word of the overview, or what is said about a line",
      load: () => import("./commands/explain.ts"),
    },
    todo: {
      summary: "list the TODO comments that --insert-todos has written",
      load: () => import("./commands/todo.ts"),
    },
    accept: {
      summary: "accept a known reason, so that --check passes",
      load: () => import("./commands/accept.ts"),
    },
    verify: {
      summary: "compare V1 functions with V2 ones by running both",
      load: () => import("./commands/verify.ts"),
    },
    types: {
      summary: "tell editors and tsc about the toolbelts",
      load: () => import("./commands/types.ts"),
    },
  }),
);
