import type * as ESTree from "estree";
import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Range } from "../../analysis/code/tree.ts";
import type { ImportPlan, PlannedImport } from "../../analysis/modules/import-plan.ts";
import type { EditList } from "../text/edit-list.ts";
import { importOffset } from "../text/import-offset.ts";
import { indentAt, lineEndingOf } from "../text/layout.ts";
import { removeItems } from "../text/list-items.ts";
import { attachedComments, rangeWithComments, removeLines } from "../text/remove-statements.ts";
import { importBlock } from "./import-block.ts";
import type { ImportLine } from "./import-block.ts";

/** The comments of the declarations that go. */
interface Comments {
  readonly leading: string[];
  trailing: string | undefined;
}

/** Writes the imports, and takes away the declarations that they replace. */
export function writeImports(model: Model, plan: ImportPlan, edits: EditList): void {
  const { text } = model;
  const offset = importOffset(model);
  for (const { node, text: renamed } of plan.renamings) {
    edits.replace(rangeOf(node), renamed);
  }
  const comments = removeDeclarations(model, plan.imports, offset, edits);
  const lines = plan.imports.map((planned): ImportLine => ({
    source: planned.form.modern,
    rank: planned.form.rank,
    defaultName: planned.defaultName,
    names: [...planned.names],
    leading: comments.get(planned)?.leading ?? [],
    trailing: comments.get(planned)?.trailing,
  }));
  const block = importBlock(
    model,
    lines.filter((line) => line.defaultName !== undefined || line.names.length > 0),
  );
  const rest = edits.textOf(text, [offset, text.length]);
  // Behind a directive or a comment on the line of the first statement.
  edits.insert(offset, /(?:^\uFEFF?|\n)$/u.test(text.slice(0, offset)) ? "" : lineEndingOf(text));
  edits.insert(offset, /^\s*(?:\n|$)/u.test(rest) ? block : block + (block.endsWith("\r\n") ? "\r\n" : "\n"));
}

/** Takes the declarations away; gives the comments that come along to the import in whose place each one stood. */
function removeDeclarations(
  model: Model,
  imports: readonly PlannedImport[],
  offset: number,
  edits: EditList,
): ReadonlyMap<PlannedImport, Comments> {
  const removed = new Map(
    imports.flatMap((planned) => planned.declarators.map((declarator) => [declarator, planned] as const)),
  );
  const inOrder = [...removed.keys()].toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0]);
  const comments = new Map<PlannedImport, Comments>();
  const whole: Range[] = [];
  for (const statement of new Set(inOrder.map((declarator) => model.parentOf(declarator)))) {
    if (statement?.type !== "VariableDeclaration") {
      continue;
    }
    const { declarations } = statement;
    const planned = declarations[0] === undefined ? undefined : removed.get(declarations[0]);
    if (planned !== undefined && declarations.every((declarator) => removed.has(declarator))) {
      const taken = comments.get(planned) ?? { leading: [], trailing: undefined };
      takeComments(model, statement, offset, taken);
      comments.set(planned, taken);
      whole.push(rangeWithComments(model, statement, offset));
    } else {
      const indexes = declarations.flatMap((declarator, index) => (removed.has(declarator) ? [index] : []));
      removeItems(model, edits, declarations.map(rangeOf), new Set(indexes));
    }
  }
  removeLines(model, edits, whole);
  return comments;
}

function takeComments(model: Model, statement: ESTree.VariableDeclaration, offset: number, comments: Comments): void {
  const { leading, trailing } = attachedComments(model, statement, offset);
  const indent = indentAt(model.text, rangeOf(statement)[0]);
  const textOf = (range: Range): string => model.text.slice(...range).replaceAll(`\n${indent}`, "\n");
  comments.leading.push(...leading.map(textOf));
  if (trailing !== undefined && comments.trailing === undefined) {
    comments.trailing = textOf(trailing);
  } else if (trailing !== undefined) {
    comments.leading.push(textOf(trailing));
  }
}
