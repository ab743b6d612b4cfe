import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { SecretLoop } from "../../analysis/secrets/loops.ts";
import type { SecretRun } from "../../analysis/secrets/runs.ts";
import type { ReadStatement } from "../../analysis/secrets/statements.ts";
import type { WriteRun } from "../../analysis/secrets/writes.ts";
import type { EditList } from "../text/edit-list.ts";
import { indentAt, indentUnitOf, lineEndingOf, reindentCode, statementRange } from "../text/layout.ts";
import { attachedComments, rangeWithComments } from "../text/remove-statements.ts";

const MAX_LINE = 120;

/** A statement that waits for one call. */
type Awaiting = Pick<ReadStatement, "statement" | "call">;

/** True when every comment from one call to the next is one that is written beside its statement again. */
export function canMoveComments(model: Model, last: Awaiting, between: readonly Node[], read: Awaiting): boolean {
  const start = rangeOf(last.statement)[0];
  const end = rangeOf(read.statement)[1];
  const known = [last.statement, ...between, read.statement].flatMap((statement) => {
    const { leading, trailing } = attachedComments(model, statement);
    return [...leading, ...(trailing === undefined ? [] : [trailing])].map(([from]) => from);
  });
  const kept: Node[] = [last.call, ...between, read.call];
  return model
    .commentsIn([start, end])
    .every((comment) => known.includes(rangeOf(comment)[0]) || kept.some((node) => isInside(comment, node)));
}

function isInside(comment: ESTree.Comment, node: Node): boolean {
  const [start, end] = rangeOf(comment);
  return start >= rangeOf(node)[0] && end <= rangeOf(node)[1];
}

/** Writes the reads of a run as one `Promise.all`, and what stood between them behind it. */
export function writeRun(model: Model, edits: EditList, { reads, between }: SecretRun): void {
  const { text } = model;
  const newline = lineEndingOf(text);
  const [first] = reads;
  const indent = indentAt(text, rangeOf(first.statement)[0]);
  const head = first.keyword === "" ? "" : `${first.keyword} `;
  const guard = first.keyword === "" && needsGuard(model, first.statement) ? ";" : "";
  const behind = between.map((statement) => newline + indent + text.slice(...rangeWithComments(model, statement)));
  const names = `${guard}${head}${namesText(model, reads, indent, newline)} = `;
  edits.replace(rangeOfAll(model, reads), names + promiseAllText(model, reads) + behind.join(""));
}

/** Writes writes that follow each other as one `Promise.all`. */
export function writeWrites(model: Model, edits: EditList, writes: WriteRun): void {
  edits.replace(rangeOfAll(model, writes), promiseAllText(model, writes));
}

type AtLeastOne<T> = readonly [T, ...T[]];

/** From the first statement to the comment behind the last one. */
function rangeOfAll(model: Model, calls: AtLeastOne<Awaiting>): Range {
  const ends = calls.map(({ statement }) => endWithComment(model, statement));
  return [rangeOf(calls[0].statement)[0], Math.max(...ends)];
}

/** `await Promise.all([…])` with a line for each call, and a semicolon where all statements have one. */
function promiseAllText(model: Model, calls: AtLeastOne<Awaiting>): string {
  const { text } = model;
  const newline = lineEndingOf(text);
  const indent = indentAt(text, rangeOf(calls[0].statement)[0]);
  const inner = indent + indentUnitOf(text);
  const isSemicolonUsed = calls.every(({ statement }) =>
    text.slice(...statementRange(text, rangeOf(statement))).endsWith(";"),
  );
  const elements = calls.map((call, index) => elementText(model, call, { isFirst: index === 0, inner, newline }));
  return `await Promise.all([${elements.join("")}${newline}${indent}])${isSemicolonUsed ? ";" : ""}`;
}

/** A statement that begins with a bracket goes on with the one before it, if that has no semicolon. */
function needsGuard(model: Model, statement: Node): boolean {
  const block = model.parentOf(statement);
  const list: readonly Node[] =
    block?.type === "BlockStatement" ? block.body : block?.type === "SwitchCase" ? block.consequent : [];
  const previous = list[list.indexOf(statement) - 1];
  return (
    previous !== undefined &&
    !model.textOf(previous).endsWith(";") &&
    !/(?:If|For|While|Try|Block|Switch|ForOf|ForIn)Statement|FunctionDeclaration/u.test(previous.type)
  );
}

function endWithComment(model: Model, statement: Node): number {
  return attachedComments(model, statement).trailing?.[1] ?? statementRange(model.text, rangeOf(statement))[1];
}

interface ElementLayout {
  readonly isFirst: boolean;
  readonly inner: string;
  readonly newline: string;
}

/** One call as an element of the array, with its comments; those above the first stay above the whole. */
function elementText(model: Model, { call, statement }: Awaiting, layout: ElementLayout): string {
  const { leading, trailing } = attachedComments(model, statement);
  const lineStart = layout.newline + layout.inner;
  const textOf = (range: Range): string => model.text.slice(...range);
  const above = layout.isFirst ? [] : leading.map((range) => lineStart + textOf(range));
  const behind = trailing === undefined ? "" : ` ${textOf(trailing)}`;
  const element = reindentCode(model.textOf(call), indentAt(model.text, rangeOf(call)[0]), layout.inner);
  return `${above.join("")}${lineStart}${element},${behind}`;
}

function namesText(model: Model, reads: readonly ReadStatement[], indent: string, newline: string): string {
  const names = reads.map((read) => patternText(model, read));
  const line = `[${names.join(", ")}]`;
  if (indent.length + line.length + "const  = await Promise.all([".length <= MAX_LINE) {
    return line;
  }
  const inner = newline + indent + indentUnitOf(model.text);
  return `[${names.map((name) => `${inner}${name},`).join("")}${newline}${indent}]`;
}

function patternText(model: Model, { target, member }: ReadStatement): string {
  const name = model.textOf(target);
  return member === undefined ? name : member === name ? `{ ${name} }` : `{ ${member}: ${name} }`;
}

/** True when no comment stands in what becomes one expression: there it would have nowhere to go. */
export function isFreeOfComments(model: Model, { declaration, loop }: SecretLoop): boolean {
  return model.commentsIn([rangeOf(declaration)[0], rangeOf(loop)[1]]).length === 0;
}

/** Writes a loop over names, with the declaration in front of it, as one declaration. */
export function writeLoop(model: Model, edits: EditList, found: SecretLoop): void {
  const { declaration, holder, into, loop, names, name, read, member } = found;
  const { text } = model;
  const [start] = rangeOf(declaration);
  const isSemicolonUsed = model.textOf(declaration).endsWith(";");
  const call = model.textOf(read.call);
  const value = member === undefined ? `await ${call}` : `(await ${call}).${member}`;
  const list = `${model.textOf(names)}.map`;
  const item = model.textOf(name);
  const isObject = into === "object";
  const kept = isObject ? `[${item}, ${value}]` : member === undefined ? call : value;
  const turn = `${isObject || member !== undefined ? "async " : ""}(${item}) => ${kept}`;
  const all = `await Promise.all(${list}(${turn}))`;
  const head = `${declaration.kind} ${model.textOf(holder)} = `;
  const indent = indentAt(text, start);
  const line = isObject ? `${head}Object.fromEntries(${all})` : head + all;
  const lineBreak = lineEndingOf(text) + indent;
  const wrapped = isObject
    ? `${head}Object.fromEntries(${lineBreak}${indentUnitOf(text)}${all},${lineBreak})`
    : `${head}await Promise.all(${lineBreak}${indentUnitOf(text)}${list}(${turn}),${lineBreak})`;
  const isShort = indent.length + line.length < MAX_LINE;
  edits.replace([start, rangeOf(loop)[1]], (isShort ? line : wrapped) + (isSemicolonUsed ? ";" : ""));
}
