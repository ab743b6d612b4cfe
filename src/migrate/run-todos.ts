import { readSource } from "./files.ts";
import { linesBefore } from "./line-map.ts";
import type { FileResult } from "./result.ts";
import type { Migrated, Unit } from "./run-outcome.ts";
import type { StandingTodo } from "./run-result.ts";
import type { SourceFile } from "./discover.ts";
import { mayHoldTodo, todosIn, withTodos } from "./todo-comments.ts";

/** The comments that stand in some files; what can't be read has none. */
export function standingTodos(files: readonly SourceFile[]): StandingTodo[] {
  return files.flatMap(({ path, absolute }) => {
    const text = textOf(absolute);
    return text === undefined || !mayHoldTodo(text) ? [] : todosIn(path, text).map((todo) => ({ path, ...todo }));
  });
}

/**
 * Writes a comment above each place that needs a person, and takes away those that are solved. A V2 function is left as it
 * is: whether its comments are solved only a person knows.
 *
 * @param isSame whether the migration says the same of two texts of a file
 */
export function insertTodos(units: readonly Unit[], isSame: IsSame): readonly Unit[] {
  return units.map((unit) => unit.map((member) => withComments(member, isSame)));
}

/** Compares what the migration makes of two texts of a file. */
export type IsSame = (source: SourceFile, before: string, after: string) => boolean;

function withComments(member: Migrated, isSame: IsSame): Migrated {
  const { source, outcome } = member;
  if (outcome.kind !== "result" || source.path.endsWith(".json")) return member;
  const { file, change } = outcome;
  if (file.verdict === "failed" || (change === undefined && file.verdict !== "refused")) return member;
  const before = change?.before ?? textOf(source.absolute);
  if (before === undefined) return member;
  const text = change?.after ?? before;
  const open = file.reasons.filter(({ accepted }) => accepted === undefined);
  if (open.length === 0 && !mayHoldTodo(text)) return member;
  const after = withTodos(source.path, text, before, open);
  if (after === undefined || after === text || !isSame(source, text, after)) return member;
  return {
    source,
    outcome: { ...outcome, file: change === undefined ? moved(file, before, after) : file, change: { before, after } },
  };
}

/** Of a file that stays V1, the lines are those under which a person finds the places now. */
function moved(file: FileResult, before: string, after: string): FileResult {
  const lineIn = linesBefore(after, before);
  return { ...file, reasons: file.reasons.map((each) => ({ ...each, line: lineIn(each.line) })) };
}

/** What of a migration must not depend on comments: all but the lines. */
export function essenceOf({ verdict, reasons }: Pick<FileResult, "verdict" | "reasons">): string {
  return JSON.stringify([
    verdict,
    ...reasons.map(({ id, message }) => `${id} ${message.replaceAll(/\bline \d+/gu, "line")}`).toSorted(),
  ]);
}

function textOf(absolute: string): string | undefined {
  try {
    const content = readSource(absolute);
    return content.kind === "text" ? content.text : undefined;
  } catch {
    return undefined;
  }
}
