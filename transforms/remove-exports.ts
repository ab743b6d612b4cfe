import type * as ESTree from "estree";
import { findHandler } from "../src/analysis/code/handler.ts";
import type { Handler } from "../src/analysis/code/handler.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { isInside, rangeOf, staticName } from "../src/analysis/code/tree.ts";
import type { Node } from "../src/analysis/code/tree.ts";
import { findExports } from "../src/analysis/modules/exports.ts";
import { isHiddenFrom } from "../src/analysis/modules/import-names.ts";
import { neededCommonJsUses } from "../src/analysis/modules/strictness.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { importOffset } from "../src/edits/text/import-offset.ts";
import { parametersStart } from "../src/edits/text/list-items.ts";
import { removeParentheses } from "../src/edits/text/parentheses.ts";
import { rangeWithComments, removeLines } from "../src/edits/text/remove-statements.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";
import { commentTexts } from "../src/edits/text/comments.ts";
import { indentAt, lineEndingOf, reindentCode } from "../src/edits/text/layout.ts";

/** Takes exports away, and gives the handler its name: that of an export, or the one that a second name stands for. */
export const step: Step = (model) => {
  const report = new StepReport();
  const { unused, constants, object } = findExports(model);
  const handler = findHandler(model);
  // A file without a handler is a helper of other files: they need its exports.
  if (handler === undefined) {
    return report.finish();
  }
  for (const { name, node } of neededCommonJsUses(model)) {
    report.refuse("commonjs-exports", node, { name });
  }
  const { alias, exported, node } = handler;
  const removed = alias === undefined ? unused : [...unused, alias];
  if (exported?.value === node && exported.assignment.right !== node) {
    declareProperty(model, report, handler);
  } else if (exported?.value === node) {
    declareExport(model, report, exported.assignment, handler.name);
  } else if (alias !== undefined || exported !== undefined) {
    renameHandler(model, handler, removed, report);
  }
  for (const { name: constant, assignment, reads } of constants) {
    declareExport(model, report, assignment, constant);
    for (const read of reads) {
      report.edits.replace(rangeOf(read), constant);
    }
  }
  if (object !== undefined) {
    report.edits.replace(rangeOf(object), "{}");
  }
  const head = importOffset(model);
  removeLines(
    model,
    report.edits,
    removed.map((statement) => rangeWithComments(model, statement, head)),
  );
  const kept = [...constants.map(({ assignment }) => assignment), ...(object === undefined ? [] : [object])];
  const [first] = [...unused, ...kept, ...(exported === undefined ? [] : [exported.assignment])].toSorted(
    (a, b) => rangeOf(a)[0] - rangeOf(b)[0],
  );
  if (first !== undefined) {
    report.followUp("exports-removed", first);
  }
  return report.finish();
};

/** `exports.name = …` becomes `const name = …`. */
function declareExport(
  model: Model,
  { edits }: StepReport,
  assignment: ESTree.AssignmentExpression,
  name: string,
): void {
  edits.replace(rangeOf(assignment.left), `const ${name}`);
  removeParentheses(model, edits, assignment);
}

/** `module.exports = { lambda(input, callback) { … }, helper }` becomes `function lambda(input, callback) { … }`. */
function declareProperty(model: Model, { edits }: StepReport, { name, node, declaration }: Handler): void {
  const { text } = model;
  const range = rangeOf(declaration);
  const property = rangeOf(model.parentOf(node) ?? node);
  const [start, end] = rangeOf(node);
  const isWhole = node.type === "ArrowFunctionExpression" || Boolean(node.id);
  const kept = isWhole ? start : parametersStart(model, node);
  const code = isWhole
    ? `const ${name} = ${text.slice(kept, end)};`
    : `${node.async === true ? "async " : ""}function ${name}${text.slice(kept, end)}`;
  const comments = [...commentTexts(model, [range[0], kept]), ...commentTexts(model, [end, range[1]])];
  const indent = indentAt(text, range[0]);
  const moved = reindentCode(code, indentAt(text, property[0]), indent);
  edits.replaceWhole(range, [...comments, moved].join(lineEndingOf(text) + indent));
}

/** The function behind `const lambda = run` becomes `lambda` itself, wherever the file speaks of it. */
function renameHandler(model: Model, { name, id }: Handler, removed: readonly Node[], report: StepReport): void {
  const variable = model.variableOf(id);
  const places = [
    ...(variable?.identifiers ?? []),
    ...(variable?.references ?? []).map(({ identifier }) => identifier),
  ];
  const kept = [...new Set(places as Node[])].filter(
    (place) => !removed.some((statement) => isInside(place, statement)),
  );
  const hindrance = kept.find((place) => isHiddenFrom(model, place, name) || isNameRead(model, place));
  if (variable === undefined || hindrance !== undefined) {
    const what = `can't be called \`${name}\` alone, because of line ${String(model.placeOf(rangeOf(hindrance ?? id)[0]).line)}`;
    report.refuse("handler-shape", id, { what });
    return;
  }
  for (const place of kept) {
    const parent = model.parentOf(place);
    const isShorthand = parent?.type === "Property" && parent.shorthand;
    report.edits.replace(rangeOf(place), isShorthand ? `${variable.name}: ${name}` : name);
  }
}

/** `run.name`: the text changes with the name. */
function isNameRead(model: Model, place: Node): boolean {
  const parent = model.parentOf(place);
  return parent?.type === "MemberExpression" && parent.object === place && staticName(parent) === "name";
}

export { parser } from "../src/edits/step/as-transform.ts";
export default asTransform(step);
