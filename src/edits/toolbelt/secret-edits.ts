import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { SecretLoop } from "../../analysis/secrets/loops.ts";
import type { SecretRun } from "../../analysis/secrets/runs.ts";
import type { ReadStatement } from "../../analysis/secrets/statements.ts";
import type { WriteRun } from "../../analysis/secrets/writes.ts";
import type { EditList } from "../text/edit-list.ts";
import { closedLine, indentAt, lineEndingOf, reindentCode, statementRange, unitOf } from "../text/layout.ts";
import { attachedComments } from "../text/remove-statements.ts";
import { endsLine } from "../text/white-space.ts";

const MAX_LINE = 120;

/** A statement that waits for one call. */
type Awaiting = Pick<ReadStatement, "statement" | "call">;

/** The comments of a statement that becomes a part of another one. */
interface Beside {
  readonly above: readonly string[];
  readonly behind: string | undefined;
}

/**
 * Gives each comment between the start of the first statement and the end of the last one to a statement: to the one
 * whose line it ends, else to the one which it stands in or above. What is inside of `kept` goes along by itself.
 *
 * @param statements in source order
 */
function commentsBeside(model: Model, statements: readonly Node[], kept: readonly Node[]): Map<Node, Beside> {
  const beside = new Map<Node, Beside>();
  let [from] = statements.map((statement) => rangeOf(statement)[0]);
  for (const statement of statements) {
    const [, end] = statementRange(model, statement);
    const { trailing } = attachedComments(model, statement);
    const above = model
      .commentsIn([from ?? end, end])
      .filter((comment) => !kept.some((node) => isInside(comment, node)))
      .map((comment) => model.text.slice(...rangeOf(comment)));
    beside.set(statement, { above, behind: trailing && model.text.slice(...trailing) });
    from = trailing?.[1] ?? end;
  }
  return beside;
}

function isInside(comment: ESTree.Comment, node: Node): boolean {
  const [start, end] = rangeOf(comment);
  return start >= rangeOf(node)[0] && end <= rangeOf(node)[1];
}

/** Writes the reads of a run as one `Promise.all`, and what stood between them behind it. */
export function writeRun(model: Model, edits: EditList, { reads, between }: SecretRun): void {
  const { text } = model;
  const [first] = reads;
  const indent = indentAt(text, rangeOf(first.statement)[0]);
  const lineBreak = lineEndingOf(text) + indent;
  const head = first.keyword === "" ? "" : `${first.keyword} `;
  const guard = first.keyword === "" && needsGuard(model, first.statement) ? ";" : "";
  const statements = [...reads.map(({ statement }) => statement), ...between].toSorted(
    (a, b) => rangeOf(a)[0] - rangeOf(b)[0],
  );
  const kept = [...between, ...reads.flatMap(({ call, target }) => [call, target])];
  const beside = commentsBeside(model, statements, kept);
  const behind = between.flatMap((statement) => {
    const comments = beside.get(statement);
    const code = text.slice(...statementRange(model, statement));
    return [...(comments?.above ?? []), comments?.behind === undefined ? code : `${code} ${comments.behind}`];
  });
  const names = `${guard}${head}${namesText(model, reads, indent)} = `;
  const all = [names + promiseAllText(model, reads, beside), ...behind].join(lineBreak);
  const range = rangeOfAll(model, statements);
  edits.replace(range, closedLine(ended(text, range, all), text.slice(range[1]), lineBreak));
}

/** Writes writes that follow each other as one `Promise.all`. */
export function writeWrites(model: Model, edits: EditList, writes: WriteRun): void {
  const statements = writes.map(({ statement }) => statement);
  const beside = commentsBeside(
    model,
    statements,
    writes.map(({ call }) => call),
  );
  const range = rangeOfAll(model, statements);
  edits.replace(range, ended(model.text, range, promiseAllText(model, writes, beside)));
}

/** The semicolon of the last statement stays where it parts that from what stands behind it on its line. */
function ended(text: string, [start, end]: Range, code: string): string {
  const isParted = text.slice(start, end).endsWith(";") && !endsLine(text, end);
  return isParted && !code.endsWith(";") ? `${code};` : code;
}

type AtLeastOne<T> = readonly [T, ...T[]];

/** From the first statement to the comment behind the last one. */
function rangeOfAll(model: Model, statements: readonly Node[]): Range {
  const starts = statements.map((statement) => rangeOf(statement)[0]);
  const ends = statements.map(
    (statement) => attachedComments(model, statement).trailing?.[1] ?? statementRange(model, statement)[1],
  );
  return [Math.min(...starts), Math.max(...ends)];
}

/** `await Promise.all([…])` with a line for each call, and a semicolon where all statements have one. */
function promiseAllText(model: Model, calls: AtLeastOne<Awaiting>, beside: ReadonlyMap<Node, Beside>): string {
  const { text } = model;
  const newline = lineEndingOf(text);
  const indent = indentAt(text, rangeOf(calls[0].statement)[0]);
  const inner = indent + unitOf(model);
  const isSemicolonUsed = calls.every(({ statement }) => text.slice(...statementRange(model, statement)).endsWith(";"));
  const elements = calls.map((call) => elementText(model, call, beside.get(call.statement), newline + inner));
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

/** One call as an element of the array, with its comments; those above the first stay above the whole. */
function elementText(model: Model, { call }: Awaiting, beside: Beside | undefined, lineStart: string): string {
  const { above = [], behind } = beside ?? {};
  const indent = lineStart.slice(lineStart.lastIndexOf("\n") + 1);
  const element = reindentCode(model.textOf(call), indentAt(model.text, rangeOf(call)[0]), indent);
  return [...above.map((comment) => lineStart + comment), lineStart, element, ",", behind && ` ${behind}`].join("");
}

function namesText(model: Model, reads: readonly ReadStatement[], indent: string): string {
  const newline = lineEndingOf(model.text);
  const names = reads.map((read) => patternText(model, read));
  const line = `[${names.join(", ")}]`;
  if (indent.length + line.length + "const  = await Promise.all([".length <= MAX_LINE) {
    return line;
  }
  const inner = newline + indent + unitOf(model);
  return `[${names.map((name) => `${inner}${name},`).join("")}${newline}${indent}]`;
}

function patternText(model: Model, { target, member }: ReadStatement): string {
  const name = model.textOf(target);
  return member === undefined ? name : member === name ? `{ ${name} }` : `{ ${member}: ${name} }`;
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
    ? `${head}Object.fromEntries(${lineBreak}${unitOf(model)}${all},${lineBreak})`
    : `${head}await Promise.all(${lineBreak}${unitOf(model)}${list}(${turn}),${lineBreak})`;
  const isShort = indent.length + line.length < MAX_LINE;
  const moved = [names, name, holder, read.call];
  const comments = model
    .commentsIn([start, rangeOf(loop)[1]])
    .filter((comment) => !moved.some((node) => isInside(comment, node)))
    .map((comment) => text.slice(...rangeOf(comment)) + lineBreak);
  const written = (isShort ? line : wrapped) + (isSemicolonUsed ? ";" : "");
  edits.replace([start, rangeOf(loop)[1]], comments.join("") + written);
}
