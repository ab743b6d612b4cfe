import type { Model } from "../../analysis/code/model.ts";
import { isInside, rangeOf } from "../../analysis/code/tree.ts";
import { findOnceGuards } from "../../analysis/contract/once-guards.ts";
import type { OnceGuard } from "../../analysis/contract/once-guards.ts";
import { inFrontOf } from "../text/comments.ts";
import type { EditList } from "../text/edit-list.ts";
import { closedLine, indentAt, lineEndingOf, reindentCode, statementRange } from "../text/layout.ts";
import { removeDeclared } from "../text/remove-declared.ts";
import { removeStatement } from "../text/remove-statements.ts";
import type { ExposeContext } from "./expose-context.ts";

/** Takes `if (done) return; done = true;` away: a second call of the callback has no effect anyway. */
export function dropOnceGuard({ model, owner, settling, report }: ExposeContext): boolean {
  const [guard] = findOnceGuards(model, owner, settling);
  if (guard === undefined) {
    return false;
  }
  removeDeclared(model, report.edits, [guard.declarator], (statement) => statementRange(model, statement));
  for (const test of guard.tests) {
    openTest(model, report.edits, guard, test);
  }
  for (const statement of guard.statements) {
    if (!guard.tests.some((test) => isInside(statement, test.statement))) {
      removeStatement(model, report.edits, statement);
    }
  }
  return true;
}

/** Writes what the block of a test holds in the place of the test, with the comments in both. */
function openTest(
  model: Model,
  edits: EditList,
  guard: OnceGuard,
  { statement, block }: OnceGuard["tests"][number],
): void {
  const kept = block.body.filter((each) => !guard.statements.includes(each));
  const range = statementRange(model, statement);
  const indent = indentAt(model.text, range[0]);
  const lineBreak = lineEndingOf(model.text) + indent;
  const stranded = model
    .commentsIn(range)
    .filter((comment) => !kept.some((each) => isInRange(rangeOf(comment), statementRange(model, each))))
    .map((comment) => model.text.slice(...rangeOf(comment)));
  const texts = kept.map((each) => {
    const own = statementRange(model, each);
    return reindentCode(model.text.slice(...own), indentAt(model.text, own[0]), indent);
  });
  const written = inFrontOf(stranded, lineBreak) + texts.join(lineBreak);
  const isAlone = model.parentOf(statement)?.type !== "BlockStatement";
  edits.replace(range, isAlone ? `{ ${written} }` : closedLine(written, model.text.slice(range[1]), lineBreak));
}

function isInRange([start, end]: readonly [number, number], [from, to]: readonly [number, number]): boolean {
  return start >= from && end <= to;
}
