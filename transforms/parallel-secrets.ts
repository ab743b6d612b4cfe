import type * as ESTree from "estree";
import { isFunction, rangeOf, walk } from "../src/analysis/ast.ts";
import type { Node, Range } from "../src/analysis/ast.ts";
import { isPure } from "../src/analysis/effects.ts";
import type { Model } from "../src/analysis/model.ts";
import { findSecretReads } from "../src/analysis/secrets.ts";
import type { SecretRead } from "../src/analysis/secrets.ts";
import { asTransform } from "../src/edits/as-transform.ts";
import { indentAt, indentUnitOf, lineEndingOf, reindentCode, statementRange } from "../src/edits/layout.ts";
import { attachedComments } from "../src/edits/remove-statements.ts";
import { StepReport } from "../src/edits/step.ts";
import type { Step } from "../src/edits/step.ts";

const MAX_LINE = 120;

/** A read that makes up a whole declaration: `const key = await client.readSecret("key");`. */
interface ReadStatement {
  readonly call: ESTree.SimpleCallExpression;
  readonly pattern: ESTree.Pattern;
  readonly declaration: ESTree.VariableDeclaration;
}

/** Joins runs of independent secret reads into one `Promise.all`. */
export const step: Step = (model) => {
  const report = new StepReport();
  const reads = findSecretReads(model).flatMap((read) => readStatementOf(model, read) ?? []);
  for (const run of runsOf(model, reads)) {
    const [first] = run;
    if (run.length > 1 && first !== undefined) {
      report.declare("secrets-parallel", first.declaration);
      writeRun(model, run, first, report);
    }
  }
  return report.finish();
};

export default asTransform(step);

function readStatementOf(model: Model, { call, declarator }: SecretRead): ReadStatement | undefined {
  const declaration = declarator === undefined ? null : model.parentOf(declarator);
  const isAlone =
    declaration?.type === "VariableDeclaration" &&
    declaration.declarations.length === 1 &&
    model.parentOf(declaration)?.type === "BlockStatement";
  if (!isAlone || declarator === undefined) {
    return undefined;
  }
  const isPlain =
    call.arguments.every((argument) => isPure(model, argument)) &&
    call.callee.type === "MemberExpression" &&
    call.callee.object.type === "Identifier" &&
    !hasDefaultValue(declarator.id) &&
    !(declaration.kind === "var" && isInTry(model, declaration));
  return isPlain ? { call, pattern: declarator.id, declaration } : undefined;
}

/** What a `var` holds when a later read fails can be seen in the handler. */
function isInTry(model: Model, declaration: Node): boolean {
  let node: Node | null = declaration;
  while (node !== null && node.type !== "TryStatement" && !isFunction(node)) {
    node = model.parentOf(node);
  }
  return node?.type === "TryStatement";
}

function hasDefaultValue(pattern: Node): boolean {
  let found = false;
  walk(pattern, (node) => {
    found ||= node.type === "AssignmentPattern" || node.type === "MemberExpression";
    return true;
  });
  return found;
}

/** Groups reads that follow each other directly in one block and don't need each other's result. */
function runsOf(model: Model, reads: readonly ReadStatement[]): ReadStatement[][] {
  const runs: ReadStatement[][] = [];
  for (const read of reads) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const joins =
      run !== undefined &&
      last?.declaration.kind === read.declaration.kind &&
      isNext(model, last.declaration, read.declaration) &&
      !run.some((earlier) => dependsOn(model, read, earlier)) &&
      commentsCanMove(model, last, read);
    if (joins) {
      run.push(read);
    } else {
      runs.push([read]);
    }
  }
  return runs;
}

function isNext(model: Model, first: Node, second: Node): boolean {
  const block = model.parentOf(first);
  const list: readonly Node[] = block?.type === "BlockStatement" ? block.body : [];
  return list.includes(second) && list.indexOf(second) === list.indexOf(first) + 1;
}

function dependsOn(model: Model, read: ReadStatement, earlier: ReadStatement): boolean {
  const declared = new Set(model.scopeManager.getDeclaredVariables(earlier.declaration));
  let depends = false;
  walk(read.call, (node) => {
    const variable = node.type === "Identifier" ? model.variableOf(node) : undefined;
    depends ||= variable !== undefined && declared.has(variable);
    return true;
  });
  return depends;
}

/** Every comment between two reads must be one that is written above or behind its read again. */
function commentsCanMove(model: Model, first: ReadStatement, second: ReadStatement): boolean {
  const start = rangeOf(first.declaration)[0];
  const end = rangeOf(second.declaration)[1];
  const known = [first, second].flatMap(({ declaration }) => {
    const { leading, trailing } = attachedComments(model, declaration);
    return [...leading, ...(trailing === undefined ? [] : [trailing])].map(([from]) => from);
  });
  return model
    .commentsIn([start, end])
    .every(
      (comment) =>
        known.includes(rangeOf(comment)[0]) || isInside(comment, second.call) || isInside(comment, first.call),
    );
}

function isInside(comment: ESTree.Comment, node: Node): boolean {
  const [start, end] = rangeOf(comment);
  return start >= rangeOf(node)[0] && end <= rangeOf(node)[1];
}

function writeRun(model: Model, run: readonly ReadStatement[], first: ReadStatement, report: StepReport): void {
  const { text } = model;
  const newline = lineEndingOf(text);
  const [start] = rangeOf(first.declaration);
  const indent = indentAt(text, start);
  const inner = indent + indentUnitOf(text);
  const isSemicolonUsed = run.every(({ declaration }) =>
    text.slice(...statementRange(text, rangeOf(declaration))).endsWith(";"),
  );
  const elements = run.map((read, index) => elementText(model, read, { isFirst: index === 0, inner, newline }));
  const end = run.map(({ declaration }) => endWithComment(model, declaration)).at(-1) ?? start;
  report.edits.replace(
    [start, end],
    `${first.declaration.kind} ${namesText(model, run, indent, newline)} = await Promise.all([` +
      `${elements.join("")}${newline}${indent}])${isSemicolonUsed ? ";" : ""}`,
  );
}

function endWithComment(model: Model, declaration: Node): number {
  return attachedComments(model, declaration).trailing?.[1] ?? statementRange(model.text, rangeOf(declaration))[1];
}

interface ElementLayout {
  readonly isFirst: boolean;
  readonly inner: string;
  readonly newline: string;
}

/** One read as an element of the array, with its comments; those above the first read stay above the whole. */
function elementText(model: Model, { call, declaration }: ReadStatement, layout: ElementLayout): string {
  const { leading, trailing } = attachedComments(model, declaration);
  const lineStart = layout.newline + layout.inner;
  const textOf = (range: Range): string => model.text.slice(...range);
  const above = layout.isFirst ? [] : leading.map((range) => lineStart + textOf(range));
  const behind = trailing === undefined ? "" : ` ${textOf(trailing)}`;
  const read = reindentCode(model.textOf(call), indentAt(model.text, rangeOf(call)[0]), layout.inner);
  return `${above.join("")}${lineStart}${read},${behind}`;
}

function namesText(model: Model, run: readonly ReadStatement[], indent: string, newline: string): string {
  const names = run.map(({ pattern }) => model.textOf(pattern));
  const line = `[${names.join(", ")}]`;
  if (indent.length + line.length + "const  = await Promise.all([".length <= MAX_LINE) {
    return line;
  }
  const inner = newline + indent + indentUnitOf(model.text);
  return `[${names.map((name) => `${inner}${name},`).join("")}${newline}${indent}]`;
}
