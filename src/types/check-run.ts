import { linesBefore } from "../migrate/line-map.ts";
import type { Remark } from "../migrate/result.ts";
import type { Migrated, Unit } from "../migrate/run-outcome.ts";
import type { Change } from "../migrate/run-result.ts";
import { fillSentence, reasons } from "../platform/remarks.ts";
import { readStrictness } from "./strictness.ts";
import { TypeChecker, isUntold } from "./type-errors.ts";
import type { CheckedText, TypeError } from "./type-errors.ts";

export { BadConfiguration } from "./strictness.ts";

/**
 * Checks the types of every function that a run is about to write, and reports errors that its original has not. The
 * units stay what they were besides.
 *
 * @param cwd absolute path of the folder whose tsconfig.json says how strict to be
 * @throws {BadConfiguration} where that can't be read
 */
export function checkUnits(units: readonly Unit[], cwd: string): Unit[] {
  const functions = units.flatMap((unit) => unit.flatMap(changeOf));
  const errors = newErrors(functions, new TypeChecker(readStrictness(cwd)));
  const remarks = new Map(functions.map(({ path, change }, index) => [path, remarksOf(change, errors[index] ?? [])]));
  return units.map((unit) => unit.map((member) => withReasons(member, remarks.get(member.source.absolute) ?? [])));
}

/**
 * The errors of each result that its original has not, or not as often.
 *
 * @param functions texts before and after, each with the path that it has, or will have
 */
export function newErrors(
  functions: readonly { readonly path: string; readonly change: Change }[],
  checker: TypeChecker,
): (readonly TypeError[])[] {
  const textsOf = (side: keyof Change): CheckedText[] =>
    functions.map(({ path, change }) => ({ path, text: change[side] }));
  const after = checker.check(textsOf("after"));
  // Most results have no errors, and then nobody needs to know of those before.
  const doubtful = functions.flatMap(({ path, change }, index) =>
    after[index]?.length === 0 ? [] : [{ index, path, text: change.before }],
  );
  const before = new Map(checker.check(doubtful).map((errors, at) => [doubtful[at]?.index, errors] as const));
  // What says nothing of types is not strict, whatever the project says; nor has it lost a type that it never had.
  const untold = functions.filter((_, index) => before.get(index)?.some(isUntold));
  const lenient = new Map(untold.length === 0 ? [] : lenientErrors(untold, checker));
  return after.map((errors, index) => {
    const change = functions[index]?.change;
    const found = (change && lenient.get(change)) ?? withoutKnown(errors, before.get(index) ?? []);
    return found.filter((error) => !isUntold(error) || change?.before.includes(error.excerpt));
  });
}

/** The same where nothing is checked strictly. */
function lenientErrors(
  functions: readonly { readonly path: string; readonly change: Change }[],
  checker: TypeChecker,
): [Change, readonly TypeError[]][] {
  const [before, after] = (["before", "after"] as const).map((side) =>
    checker.check(
      functions.map(({ path, change }) => ({ path, text: change[side] })),
      false,
    ),
  );
  return functions.map(({ change }, index) => [change, withoutKnown(after?.[index] ?? [], before?.[index] ?? [])]);
}

function withoutKnown(errors: readonly TypeError[], known: readonly TypeError[]): readonly TypeError[] {
  const left = known.map(keyOf);
  return errors.filter((error) => {
    const at = left.indexOf(keyOf(error));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

/** A guess at what was meant depends on the other names of the file. */
function keyOf({ message }: TypeError): string {
  return message.replace(/ Did you mean .+\?$/u, "");
}

function changeOf({ source, outcome }: Migrated): { path: string; change: Change }[] {
  const change = outcome.kind === "result" ? outcome.change : undefined;
  return change === undefined || source.path.endsWith(".json") ? [] : [{ path: source.absolute, change }];
}

function withReasons(member: Migrated, remarks: readonly Remark[]): Migrated {
  if (member.outcome.kind !== "result" || remarks.length === 0) return member;
  const { file } = member.outcome;
  return { ...member, outcome: { ...member.outcome, file: { ...file, reasons: [...file.reasons, ...remarks] } } };
}

function remarksOf({ before, after }: Change, errors: readonly TypeError[]): Remark[] {
  if (errors.length === 0) return [];
  const lineBefore = linesBefore(before, after);
  return errors.map(({ message, excerpt, line }) => ({
    id: "type-error",
    message: fillSentence(reasons["type-error"].short, { excerpt, message }),
    line: lineBefore(line),
    column: 1,
  }));
}
