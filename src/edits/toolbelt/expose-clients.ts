import { readsOf } from "../../analysis/code/bindings.ts";
import type { Model } from "../../analysis/code/model.ts";
import { isInside, rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { isHiddenFrom } from "../../analysis/modules/import-names.ts";
import { findAssignedClients } from "../../analysis/toolbelt/assigned-clients.ts";
import { findGivenClient } from "../../analysis/toolbelt/given-clients.ts";
import { findHeldClients } from "../../analysis/toolbelt/held-clients.ts";
import type { HeldClient } from "../../analysis/toolbelt/held-clients.ts";
import { findTakenFactories } from "../../analysis/toolbelt/taken-factories.ts";
import type { EditList } from "../text/edit-list.ts";
import { indentAt, lineEndingOf, statementRange } from "../text/layout.ts";
import { removeArgument, removeParameter } from "../text/list-items.ts";
import { LiteralEditor } from "../text/literal.ts";
import { freeName } from "../text/names.ts";
import { removeParentheses } from "../text/parentheses.ts";
import { removeDeclared } from "../text/remove-declared.ts";
import { rangeWithComments, removeStatement } from "../text/remove-statements.ts";

/** Writes `Toolbelt.SecretClient()` where a pattern took the factory out. */
export function exposeFactories(model: Model, edits: EditList): void {
  for (const { pattern, toolbelt, callees } of findTakenFactories(model)) {
    for (const { factory, callee } of callees) {
      edits.replace(rangeOf(callee), `${toolbelt ?? "Toolbelt"}.${factory}`);
    }
    const above = model.parentOf(pattern);
    if (toolbelt === undefined && above?.type === "Property") {
      edits.replace(rangeOf(above), "Toolbelt");
    } else if (above !== null) {
      removeDeclared(model, edits, [above], (statement) => statementRange(model, statement));
    }
  }
}

/** Gives a client that a member of an object holds a constant of its own. */
export function exposeHeldClient(model: Model, edits: EditList): void {
  for (const held of findHeldClients(model)) {
    const name = held.constant?.name ?? freeName(model, plainName(model, held));
    if (held.reads.some((read) => isHiddenFrom(model, read, name, held.constant))) {
      continue;
    }
    for (const read of held.reads) {
      edits.replace(rangeOf(read), name);
    }
    if (held.creation !== undefined) {
      const [start] = rangeOf(held.statement);
      const lines = [...commentsOf(model, held), `const ${name} = ${model.textOf(held.creation)};`];
      const lineBreak = lineEndingOf(model.text) + indentAt(model.text, start);
      edits.insert(start, lines.map((line) => line + lineBreak).join(""));
    }
    removeHolder(model, edits, held);
    // Each round does one: what it inserts may stand where the next one is.
    return;
  }
}

/** Lets the constructor of a class create the client that each `new` gives it. */
export function exposeGivenClient(model: Model, edits: EditList): void {
  const given = findGivenClient(model);
  if (given === undefined) {
    return;
  }
  const { creation, constructor, index, read, sites } = given;
  edits.replace(rangeOf(read), model.textOf(creation));
  removeParameter(model, edits, constructor, index);
  for (const site of sites) {
    removeArgument(model, edits, site, index);
  }
}

/** The comments of a property that goes: those in front of it, and behind it on its line. */
function commentsOf(model: Model, { holder }: HeldClient): string[] {
  const literal = model.parentOf(holder);
  if (literal?.type !== "ObjectExpression") {
    return [];
  }
  const index = literal.properties.findIndex((property) => property === holder);
  const before = literal.properties[index - 1];
  const [start] = rangeOf(holder);
  const from = before === undefined ? rangeOf(literal)[0] : lineEnd(model.text, rangeOf(before)[1]);
  const to = lineEnd(model.text, rangeOf(holder)[1]);
  return model
    .commentsIn([Math.min(from, start), Math.min(to, rangeOf(literal)[1])])
    .map((comment) => model.text.slice(...rangeOf(comment)));
}

function lineEnd(text: string, offset: number): number {
  const length = /^[^\r\n]*/u.exec(text.slice(offset))?.[0].length ?? 0;
  return offset + length;
}

/** The name of the member where the file has no such variable, else that of the kind of client. */
function plainName(model: Model, { name, factory }: HeldClient): string {
  const plain = name.replace(/^#/u, "");
  const isWord = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(plain);
  return isWord && !model.isNameTaken(plain)
    ? plain
    : factory.replace(/^[A-Z]+(?=[A-Z])|^[A-Z]/u, (start) => start.toLowerCase());
}

function removeHolder(model: Model, edits: EditList, { holder, statement, reads }: HeldClient): void {
  const literal = model.parentOf(holder);
  if (holder.type === "Property" && literal?.type === "ObjectExpression") {
    const editor = new LiteralEditor(model, edits, literal);
    editor.remove(holder);
    const declarator = model.parentOf(literal);
    if (editor.becomesEmpty && declarator?.type === "VariableDeclarator" && isUnread(model, declarator.id, reads)) {
      removeDeclared(model, edits, [declarator], () => statementRange(model, statement));
    } else {
      editor.finish();
    }
  } else {
    removeStatement(model, edits, holder);
  }
}

/** True for an object of which nothing is read but that one member; another one may be asked for that it never had. */
function isUnread(model: Model, name: Node, reads: readonly Node[]): boolean {
  const variable = model.variableOf(name);
  return variable !== undefined && readsOf(variable).every((read) => reads.some((member) => isInside(read, member)));
}

/** Lets the one assignment of a client declare its variable, or the declaration create the client. */
export function exposeAssignedClient(model: Model, edits: EditList): void {
  const [found] = findAssignedClients(model);
  if (found === undefined) {
    return;
  }
  const { declarator, creation, assignment, statement, place } = found;
  const whole = (gone: Node): readonly [number, number] => rangeWithComments(model, gone);
  if (place === "here") {
    edits.insert(rangeOf(statement)[0], "const ");
    removeParentheses(model, edits, assignment);
    removeDeclared(model, edits, [declarator], whole);
    return;
  }
  const declaration = model.parentOf(declarator);
  if (declaration?.type === "VariableDeclaration" && declaration.declarations.length === 1) {
    const [start] = rangeOf(declaration);
    edits.replace([start, start + declaration.kind.length], "const");
  }
  edits.insert(rangeOf(declarator)[1], ` = ${model.textOf(creation.call)}`);
  removeStatement(model, edits, statement);
}
