import type { Node } from "../../analysis/code/tree.ts";
import type { ImplicitGlobal } from "../../analysis/modules/implicit-globals.ts";
import type { Model } from "../../analysis/code/model.ts";
import { findRequires } from "../../analysis/modules/uses.ts";
import type { EditList } from "../text/edit-list.ts";
import { importOffset } from "../text/import-offset.ts";
import { indentAt, lineEndingOf } from "../text/layout.ts";
import { removeParentheses, withParentheses } from "../text/parentheses.ts";
import { rangeWithComments } from "../text/remove-statements.ts";
import { spaceStart } from "../text/white-space.ts";

/** Writes the declarations of implicit globals, each at the place that was planned for it. */
export function declarationEdits(model: Model, globals: readonly ImplicitGlobal[], edits: EditList): void {
  const ofModule: string[] = [];
  // All that go in front of one statement, in the order of the text.
  const before = new Map<Node, string[]>();
  for (const { name, plan } of globals) {
    if ("why" in plan) {
      continue;
    }
    const { place } = plan;
    if (place.kind === "module") {
      ofModule.push(name);
    } else if (place.kind === "before") {
      before.set(place.statement, [...(before.get(place.statement) ?? []), name]);
    }
  }
  writeModuleDeclarations(model, ofModule, edits);
  for (const [statement, names] of before) {
    insertAbove(model, statement, names, edits);
  }
  for (const { plan } of globals) {
    if ("place" in plan && plan.place.kind === "in-place") {
      const { target, keyword } = plan.place;
      const assignment = target.type === "ExpressionStatement" ? target.expression : target;
      edits.insert(withParentheses(model, assignment)[0], `${keyword} `);
      removeParentheses(model, edits, assignment);
    }
  }
}

/** In front of a statement and the comments that speak of it. */
function insertAbove(model: Model, statement: Node, names: readonly string[], edits: EditList): void {
  const { text } = model;
  const start = rangeWithComments(model, statement)[0];
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const isFirst = /^[\t \uFEFF]*$/u.test(text.slice(lineStart, start));
  const lineBreak = isFirst ? lineEndingOf(text) + indentAt(text, start) : " ";
  edits.insert(start, names.map((name) => `let ${name};${lineBreak}`).join(""));
}

/** Behind the packages that the file requires: requiring them runs nothing of the file. */
function writeModuleDeclarations(model: Model, names: readonly string[], edits: EditList): void {
  if (names.length === 0) {
    return;
  }
  const requires = findRequires(model);
  const statement = model.program.body.find((each) => {
    const isRequire =
      each.type === "VariableDeclaration" &&
      each.declarations.every(({ init }) => requires.some((call) => init === call));
    return !("directive" in each) && !isRequire;
  });
  if (statement === undefined) {
    return;
  }
  const newline = lineEndingOf(model.text);
  const floor = importOffset(model);
  const start = Math.max(rangeWithComments(model, statement, floor)[0], floor);
  const lineBreaks = model.text.slice(spaceStart(model.text, start), start).split("\n").length - 1;
  const isLoose = statement.type === "FunctionDeclaration" || lineBreaks > 1;
  edits.insert(start, names.map((name) => `let ${name};${newline}`).join("") + (isLoose ? newline : ""));
}
