import { isInside, rangeOf } from "../analysis/code/tree.ts";
import type { Node, Range } from "../analysis/code/tree.ts";
import { EditList } from "../edits/text/edit-list.ts";
import type { EditedText } from "../edits/text/edit-list.ts";
import { importOffset } from "../edits/text/import-offset.ts";
import { CONTINUING, lineEndingOf } from "../edits/text/layout.ts";
import { rangeWithComments, removeLines } from "../edits/text/remove-statements.ts";
import {
  blanksEnd,
  blanksStart,
  endsLine,
  lineBreakLength,
  lineBreakLengthBefore,
  lineStart,
  spaceEnd,
  startsLine,
  textStart,
} from "../edits/text/white-space.ts";
import type { SharedImport } from "./link.ts";
import type { SourceModule } from "./modules.ts";
import { exportParts, goneWith, isDeclared } from "./needed.ts";
import type { Plan } from "./needed.ts";
import { writeExports, writeObject } from "./write-exports.ts";

/** The code of a file as a part of the whole. */
export interface WrittenModule {
  readonly module: SourceModule;
  /** With the files that it loads first, without blank lines around it. */
  readonly text: string;
  readonly edited: EditedText;
  /** Where the text begins in the edited one. */
  readonly start: number;
}

/** Writes all files as one, each in the place where it is loaded first. The function's own file is the last of the list. */
export function writeWhole(plan: Plan): readonly WrittenModule[] {
  const written: WrittenModule[] = [];
  const seen = new Set<SourceModule>();
  const write = (module: SourceModule): WrittenModule => {
    seen.add(module);
    const edited = editsOf(plan, module, (target) => (seen.has(target) ? "" : write(target).text)).applyTo(
      module.model.text,
    );
    const whole = edited.text;
    const [start, end] = module.isEntry ? [0, whole.length] : filledRange(whole);
    const result = { module, text: whole.slice(start, end), edited, start };
    written.push(result);
    return result;
  };
  plan.linked.modules.filter(({ isEntry }) => isEntry).forEach(write);
  return written;
}

/** A text without blanks and line breaks around it; rarer white space may stand for something. */
function filledRange(text: string): Range {
  const isBlank = (offset: number): boolean => " \t\r\n".includes(text.charAt(offset));
  let [start, end] = [0, text.length];
  while (start < end && isBlank(start)) start += 1;
  while (end > start && isBlank(end - 1)) end -= 1;
  return [start, end];
}

function editsOf(plan: Plan, module: SourceModule, textOf: (target: SourceModule) => string): EditList {
  const { linked, names } = plan;
  const { model } = module;
  const edits = new EditList();
  const lineBreak = lineEndingOf(model.text);
  const removed = removedNodes(plan, module);
  const codes = model.program.body.flatMap((statement) => {
    const texts = module.requires
      .filter(({ call }) => isInside(call, statement))
      .map(({ target }) => textOf(target))
      .filter((text) => text !== "");
    return texts.length === 0 ? [] : [{ statement, code: texts.join(lineBreak + lineBreak) }];
  });
  const filled = codes.flatMap(({ statement }): Node[] => (removed.has(statement) ? [statement] : []));
  const head = module.isEntry ? importOffset(model) : 0;
  const isAlone = (node: Node): boolean =>
    !filled.includes(node) && ![...removed].some((other) => other !== node && isInside(node, other));
  const ranges = [...removed].filter(isAlone).map((node) => rangeWithComments(model, node, head));
  const gaps = gapsOf(model.text, ranges, filled.map(rangeOf));
  for (const code of codes) putCode(module, edits, { ...code, isGone: removed.has(code.statement), gaps });
  const unwritten = [...removed, ...leftProperties(plan, module)];
  const isRemoved = (node: Node): boolean => unwritten.some((each) => isInside(node, each));
  for (const { node, entity } of linked.places.get(module) ?? []) {
    if (!isRemoved(node)) writeName(module, edits, node, names.get(entity));
  }
  for (const shared of linked.shared.get(module) ?? []) {
    if (shared.left.length > 0 && !isRemoved(shared.declaration)) writeLeft(module, edits, shared, plan);
  }
  nameClasses(plan, module, edits, isRemoved);
  if (linked.exported.has(module)) writeExports(plan, module, edits);
  else if (!module.isEntry) writeObject(plan, module, edits);
  if (!module.isEntry) closeLast(plan, module, edits, removed);
  removeLines(model, edits, ranges);
  return edits;
}

/** Statements that are not written: gone with the border between files, or not needed. */
function removedNodes({ linked, needed, isStrict }: Plan, module: SourceModule): ReadonlySet<Node> {
  const removed = new Set(goneWith(linked, module));
  const { body } = module.model.program;
  if (module.isEntry) {
    for (const statement of isStrict ? [] : body) if ("directive" in statement) removed.add(statement);
    return removed;
  }
  const exports = exportParts(linked, module);
  for (const statement of body) {
    const own = exports.filter((found) => found.statement === statement);
    const isKept =
      own.length === 0 ? needed.nodes.has(statement) : own.some(({ value }) => isDeclared(linked, needed, value));
    if (!isKept) removed.add(statement);
  }
  return removed;
}

/** Exports in a literal that are not written: the literal goes, and what is written of it stands alone. */
function leftProperties({ linked, needed }: Plan, module: SourceModule): Node[] {
  return exportParts(linked, module).flatMap(({ property, value }) =>
    property === undefined || isDeclared(linked, needed, value) ? [] : [property],
  );
}

/** Ends the last statement of a file with a semicolon: other code follows than the end of the file. */
function closeLast({ linked }: Plan, module: SourceModule, edits: EditList, removed: ReadonlySet<Node>): void {
  const { model } = module;
  const last = model.program.body.findLast((statement) => !removed.has(statement));
  const isExport = exportParts(linked, module).some(({ statement }) => statement === last);
  if (last === undefined || isExport || model.textOf(last).endsWith(";")) return;
  const isOpen = last.type === "VariableDeclaration" || last.type === "ExpressionStatement";
  if (isOpen || !model.textOf(last).endsWith("}")) edits.insertBehind(rangeOf(last)[1], ";");
}

/** Puts the code of other files in front of a statement, or in its place. */
function putCode(module: SourceModule, edits: EditList, { statement, code, isGone, gaps }: Put): void {
  const { model } = module;
  const { text } = model;
  const lineBreak = lineEndingOf(text);
  const [start, end] = isGone ? rangeOf(statement) : rangeWithComments(model, statement, importOffset(model));
  const opening = CONTINUING.test(withoutComments(code)) ? ";" : "";
  const before = startsLine(text, start) ? gaps.above(start) : lineBreak + lineBreak;
  if (!isGone) {
    edits.insert(start, before + opening + code + lineBreak + lineBreak);
    return;
  }
  const after = endsLine(text, end) ? gaps.below(end) : lineBreak + lineBreak;
  edits.replaceWhole([start, end], before + opening + code + after);
}

/** A text from its first code on. */
function withoutComments(code: string): string {
  for (let start = 0; ; start = spaceEnd(code, start)) {
    const isBlock = code.startsWith("/*", start);
    if (!isBlock && !code.startsWith("//", start)) return code.slice(start);
    const end = code.indexOf(isBlock ? "*/" : "\n", start);
    if (end < 0) return "";
    start = end + (isBlock ? 2 : 0);
  }
}

/** Code of other files, and the statement that loads them. */
interface Put {
  readonly statement: Node;
  readonly code: string;
  /** Whether the code stands in the place of the statement. */
  readonly isGone: boolean;
  readonly gaps: Gaps;
}

/** What is missing for a blank line above and below a place, with what is taken away left out of account. */
interface Gaps {
  readonly above: (offset: number) => string;
  readonly below: (offset: number) => string;
}

function gapsOf(text: string, gone: readonly Range[], filled: readonly Range[]): Gaps {
  const lineBreak = lineEndingOf(text);
  const at = (ranges: readonly Range[], offset: number): Range | undefined =>
    ranges.find(([start, end]) => offset >= start && offset < end);
  return {
    above: (offset) => {
      let line = lineStart(text, offset);
      for (;;) {
        const end = line - lineBreakLengthBefore(text, line);
        const last = blanksStart(text, end);
        const range = last > 0 ? at(gone, last - 1) : undefined;
        if (range === undefined) {
          const isBlank = last === 0 || text[last - 1] === "\n" || last === textStart(text);
          return line === 0 || isBlank || at(filled, last - 1) !== undefined ? "" : lineBreak;
        }
        line = lineStart(text, range[0]);
        if (line === 0) return "";
      }
    },
    below: (offset) => {
      let end = blanksEnd(text, offset);
      for (;;) {
        const next = blanksEnd(text, end + lineBreakLength(text, end));
        const range = at(gone, next);
        if (range === undefined) {
          return next >= text.length || lineBreakLength(text, next) > 0 ? "" : lineBreak;
        }
        end = blanksEnd(text, range[1]);
      }
    },
  };
}

function writeName({ model }: SourceModule, edits: EditList, node: Node, name: string | undefined): void {
  if (name === undefined) return;
  if (node.type !== "Identifier") {
    edits.replaceWhole(rangeOf(node), name);
    return;
  }
  if (node.name === name || isClassName(node, model.parentOf(node))) return;
  const parent = model.parentOf(node);
  // `{ name = 1 }` as well.
  const holder = parent?.type === "AssignmentPattern" && parent.left === node ? model.parentOf(parent) : parent;
  const isShorthand = holder?.type === "Property" && holder.shorthand;
  edits.replace(rangeOf(node), isShorthand ? `${node.name}: ${name}` : name);
}

function isClassName(node: Node, parent: Node | null): boolean {
  return parent?.type === "ClassDeclaration" && parent.id === node;
}

/** A class keeps the name that its instances show, also where its variable gets another one. */
function nameClasses(
  { linked, names }: Plan,
  { model }: SourceModule,
  edits: EditList,
  isRemoved: (node: Node) => boolean,
): void {
  for (const node of model.nodes("ClassDeclaration")) {
    const variable = model.scopeManager.getDeclaredVariables(node)[0];
    const entity = variable === undefined ? undefined : linked.variables.get(variable);
    const name = entity === undefined ? undefined : names.get(entity);
    if (name === undefined || name === variable?.name || isRemoved(node)) continue;
    edits.insert(rangeOf(node)[0], `const ${name} = `);
    edits.insertBehind(rangeOf(node)[1], ";");
  }
}

/** What a file alone takes from a package of which other files take something too. */
function writeLeft(
  { model }: SourceModule,
  edits: EditList,
  { use, left }: SharedImport,
  { linked, names }: Plan,
): void {
  const [pattern] = use.declarator === undefined ? [] : [use.declarator.id];
  if (pattern?.type !== "ObjectPattern") return;
  const kept = (use.names ?? []).flatMap(({ imported, local }) => {
    const variable = model.variableOf(local);
    const entity = variable === undefined ? undefined : linked.variables.get(variable);
    const name = entity === undefined ? local.name : (names.get(entity) ?? local.name);
    return left.includes(local.name) ? [name === imported ? name : `${imported}: ${name}`] : [];
  });
  edits.replaceWhole(rangeOf(pattern), `{ ${kept.join(", ")} }`);
}
