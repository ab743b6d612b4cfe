import { basename } from "node:path";

import type { Seams } from "../migrate/run.ts";
import type { Migrated, Unit } from "../migrate/run-outcome.ts";
import { skipped } from "../migrate/run-outcome.ts";
import { printable } from "../platform/printable.ts";
import { colorsFor } from "../report/colors.ts";
import { renderChoice } from "../report/choice.ts";
import type { CliContext } from "./context.ts";
import { EditorFailed, editCopy } from "./editor.ts";
import type { LineReader } from "./line-reader.ts";
import { createLineReader } from "./line-reader.ts";

/** What the conversation needs beside the terminal. */
export interface Conversation {
  readonly context: CliContext;
  /** Whether only some of the transforms ran. */
  readonly isPart: boolean;
  /** What is wrong with a text that a person wrote in place of a result, as a sentence. */
  readonly problemOf: (source: Migrated["source"], text: string) => string | undefined;
  /** Runs what a person wrote; left out where no proof was asked for. */
  readonly prove?: Seams["prove"];
}

/** Shows each function that would change, and lets a person decide. */
export function askAbout(conversation: Conversation): NonNullable<Seams["choose"]> {
  return async (units) => {
    const { stdin = process.stdin, stdout } = conversation.context;
    const reader = createLineReader({ stdin, stdout });
    try {
      return await chooseAll(units, reader, conversation);
    } finally {
      reader.close();
    }
  };
}

async function chooseAll(units: readonly Unit[], reader: LineReader, conversation: Conversation): Promise<Unit[]> {
  const { stdout } = conversation.context;
  const total = units.filter(isChanged).length;
  const chosen: Unit[] = [];
  let [asked, hasQuit] = [0, false];
  for (const unit of units) {
    if (!isChanged(unit)) {
      chosen.push(unit);
      continue;
    }
    asked += 1;
    if (!hasQuit) stdout.write(`\n${String(asked)} of ${String(total)}\n`);
    const decision = hasQuit ? "quit" : await decide(unit, reader, conversation);
    if (decision === "quit") hasQuit = true;
    chosen.push(typeof decision === "string" ? skipped(unit) : decision);
  }
  stdout.write("\n");
  return chosen;
}

const question = "accept, skip, edit or quit? [a/s/e/q] ";
const help = `a  accept: write this function
s  skip: leave this function as it is
e  edit: change the result in your editor, then decide
q  quit: write what you have accepted, leave this function and all others as they are
`;

async function decide(unit: Unit, reader: LineReader, conversation: Conversation): Promise<Unit | "skip" | "quit"> {
  const { stdout } = conversation.context;
  let [current, draft] = [unit, textOf(unit)];
  show(current, conversation);
  for (;;) {
    const answer = await reader.ask(question);
    switch (answer?.trim().toLowerCase()) {
      case "a":
      case "accept":
        return current;
      case "s":
      case "skip":
        return "skip";
      case undefined:
      case "q":
      case "quit":
        return "quit";
      case "e":
      case "edit":
        ({ current, draft } = await edit({ current, draft }, reader, conversation));
        break;
      default:
        stdout.write(help);
    }
  }
}

interface Editing {
  /** What would be written. */
  readonly current: Unit;
  /** What the editor is opened with: also a text that could not be taken. */
  readonly draft: string | undefined;
}

async function edit(before: Editing, reader: LineReader, conversation: Conversation): Promise<Editing> {
  const { context, problemOf, prove } = conversation;
  const say = (sentence: string): void => {
    context.stdout.write(`${printable(sentence)}\n`);
  };
  const handler = before.current.find(isCode);
  if (handler === undefined || before.draft === undefined) {
    say("Only code can be edited here.");
    return before;
  }
  const given = before.draft;
  let draft: string;
  try {
    draft = await reader.lend(() => editCopy(basename(handler.source.path), given, context.env));
  } catch (error) {
    if (!(error instanceof EditorFailed)) throw error;
    say(`Nothing was changed: ${error.message}.`);
    return before;
  }
  if (draft === given) {
    say("Nothing was changed.");
    return before;
  }
  const problem = problemOf(handler.source, draft);
  if (problem !== undefined) {
    say(`Your text can't be used: ${problem} Edit it again, accept the result as it was, or skip.`);
    return { current: before.current, draft };
  }
  const edited = before.current.map((each) => (each === handler ? withText(each, draft) : each));
  const [current = edited] = (await prove?.([edited])) ?? [];
  show(current, conversation);
  return { current, draft };
}

function show(unit: Unit, { context: { stdout, env }, isPart }: Conversation): void {
  const colors = colorsFor(stdout.isTTY === true, env);
  stdout.write(renderChoice(unit, { colors, columns: stdout.columns, isPart }));
}

function isChanged(unit: Unit): boolean {
  return unit.some(({ outcome }) => outcome.kind === "result" && outcome.change !== undefined);
}

/** Whether a file holds code that would change. */
function isCode({ source, outcome }: Migrated): boolean {
  return outcome.kind === "result" && outcome.change !== undefined && !source.path.endsWith(".json");
}

function textOf(unit: Unit): string | undefined {
  const outcome = unit.find(isCode)?.outcome;
  return outcome?.kind === "result" ? outcome.change?.after : undefined;
}

function withText(migrated: Migrated, after: string): Migrated {
  const { source, outcome } = migrated;
  if (outcome.kind !== "result" || outcome.change === undefined) return migrated;
  return { source, outcome: { ...outcome, change: { ...outcome.change, after } } };
}
