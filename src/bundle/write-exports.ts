import { rangeOf } from "../analysis/code/tree.ts";
import type { Node } from "../analysis/code/tree.ts";
import type { Model } from "../analysis/code/model.ts";
import { commentTexts } from "../edits/text/comments.ts";
import type { EditList } from "../edits/text/edit-list.ts";
import { dataLinesOf, indentAt, lineEndingOf } from "../edits/text/layout.ts";
import type { NamedExport } from "./exports-form.ts";
import type { SourceModule } from "./modules.ts";
import { exportParts, isDeclared } from "./needed.ts";
import type { Plan } from "./needed.ts";

/** Writes exports as declarations: `exports.get = value` as `const get = value`. */
export function writeExports({ linked, needed, names }: Plan, module: SourceModule, edits: EditList): void {
  const { model } = module;
  const lineBreak = lineEndingOf(model.text);
  const written = exportParts(linked, module).filter(({ value }) => isDeclared(linked, needed, value));
  for (const statement of new Set(written.map((found) => found.statement))) {
    const own = written.filter((found) => found.statement === statement);
    const [start, end] = rangeOf(statement);
    let from = start;
    for (const found of own) {
      const entity = linked.exported.get(module)?.get(found.name);
      const name = entity === undefined ? undefined : names.get(entity);
      if (name === undefined) continue;
      const { opening, at, closing } = declarationOf(model, found, name);
      const comments = commentTexts(model, [from, rangeOf(found.property ?? found.value)[0]]);
      const gap = from === start ? "" : lineBreak + lineBreak;
      edits.replace([from, at], gap + [...comments, opening].join(lineBreak));
      dedent(model, edits, found);
      from = rangeOf(found.value)[1];
      edits.insert(from, closing);
    }
    const rest = commentTexts(model, [from, end]);
    edits.replace([from, end], rest.map((comment) => ` ${comment}`).join(""));
  }
}

interface Declaration {
  readonly opening: string;
  /** Where the code of the value goes on behind it. */
  readonly at: number;
  readonly closing: string;
}

function declarationOf({ text }: Model, { value, property }: NamedExport, name: string): Declaration {
  const [start] = rangeOf(value);
  if (value.type !== "FunctionExpression" || (value.id && value.id.name !== name)) {
    const [open, close] = value.type === "SequenceExpression" ? ["(", ")"] : ["", ""];
    return { opening: `const ${name} = ${open}`, at: start, closing: `${close};` };
  }
  const word = `${value.async === true ? "async " : ""}function${value.generator === true ? "*" : ""} ${name}`;
  // A method begins with its parameters.
  const at = property?.method === true ? start : text.indexOf("(", value.id ? rangeOf(value.id)[1] : start);
  return { opening: word, at, closing: "" };
}

/** Takes the indentation away that the literal around an export gave it. */
function dedent(model: Model, edits: EditList, { value, property, statement }: NamedExport): void {
  if (property === undefined) return;
  const { text } = model;
  const kept = indentAt(text, rangeOf(statement)[0]);
  const indent = indentAt(text, rangeOf(property)[0]).slice(kept.length);
  if (indent !== "") edits.outdent(text, rangeOf(value), { kept, indent }, dataLinesOf(model));
}

/** Whether an expression is a declaration as well, of the name that is wanted. */
function isDeclaration(value: Node, name: string): boolean {
  return (value.type === "FunctionExpression" || value.type === "ClassExpression") && value.id?.name === name;
}

/** Writes the object that stands for the exports: `module.exports = value` as `const lib = value`. */
export function writeObject({ linked, needed, names }: Plan, module: SourceModule, edits: EditList): void {
  const object = linked.objects.get(module);
  const name = object === undefined ? undefined : names.get(object);
  const form = linked.forms.get(module);
  if (object === undefined || name === undefined || form === undefined || !needed.entities.has(object)) return;
  const { whole } = form;
  if (whole !== undefined && isDeclaration(whole.value, name)) {
    const [start, end] = rangeOf(whole.value);
    edits.replace([rangeOf(whole.statement)[0], start], "");
    edits.replace([end, rangeOf(whole.statement)[1]], "");
    return;
  }
  if (whole !== undefined) {
    const { text } = module.model;
    const [start] = rangeOf(whole.statement);
    // Parentheses around the value stay.
    edits.replace([start, text.indexOf("=", rangeOf(whole.target)[1]) + 1], `const ${name} =`);
    return;
  }
  const [first]: Node[] = module.model.program.body;
  const at = first === undefined ? 0 : rangeOf(first)[0];
  edits.insertBehind(at, `const ${name} = {};${lineEndingOf(module.model.text)}${lineEndingOf(module.model.text)}`);
}
