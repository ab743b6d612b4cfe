import type * as ESTree from "estree";
import { rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { nativeMembers } from "../../analysis/http/responses.ts";
import type { NativeResponse, ResponseUse } from "../../analysis/http/responses.ts";
import type { AnswerFacts, RequestFacts } from "../../analysis/http/request.ts";
import type { HttpWriter } from "./writer.ts";
import { bodyRead, statusCheck } from "./idiomatic-texts.ts";
import { indentAt, indentUnitOf, lineEndingOf } from "../text/layout.ts";
import type { HelperId } from "./helper.ts";

const BODY_READERS = { text: "readText", json: "readJson", buffer: "readBuffer" } as const;
const RESPONSE_READERS = { text: "readResponse", json: "readJsonResponse", buffer: "readBufferResponse" } as const;
const OK_RESPONSE_READERS = {
  text: "readOkResponse",
  json: "readOkJsonResponse",
  buffer: "readOkBufferResponse",
} as const;

/** The helper that gives V1's result for a fetch Response; undefined where fetch's own methods do. */
function readerFor(answer: AnswerFacts): HelperId | undefined {
  if (answer.isFull) {
    return (answer.isSimple ? OK_RESPONSE_READERS : RESPONSE_READERS)[answer.format];
  }
  if (answer.isSimple) {
    return BODY_READERS[answer.format];
  }
  return answer.format === "buffer" ? "readAnyBuffer" : undefined;
}

/**
 * Lets the function work with the Response of fetch where it can, and turns it into the result of V1 everywhere else.
 *
 * @param use how the full response is used, when the request gives one
 */
export function writeResult(writer: HttpWriter, facts: RequestFacts, use: ResponseUse | undefined): void {
  if (use?.native?.readsBody === true) {
    writeNative(writer, facts, use.native);
  } else {
    writeAnswer(writer, facts);
  }
}

/** Writes around a request what turns fetch's Response into the result that V1 gave. */
function writeAnswer(writer: HttpWriter, facts: RequestFacts): void {
  if (facts.call.awaited === undefined) {
    writePromise(writer, facts);
  } else {
    writeAwaited(writer, facts, facts.call.awaited);
  }
}

function writeAwaited(writer: HttpWriter, facts: RequestFacts, awaited: ESTree.AwaitExpression): void {
  const { edits, helpers, model } = writer;
  const [start, end] = rangeOf(facts.call.call);
  const reader = readerFor(facts.answer);
  if (reader !== undefined) {
    edits.insert(start, `${helpers.use(reader)}(await `);
    edits.insert(end, ")");
    return;
  }
  const isUsed = model.parentOf(awaited)?.type !== "ExpressionStatement";
  const isParsed = facts.answer.format === "json" && isUsed;
  if (isParsed) {
    edits.insert(rangeOf(awaited)[0], `${helpers.use("parseJson")}(`);
  }
  edits.insert(start, "(await ");
  edits.insert(end, ").text()");
  if (isParsed) {
    edits.insert(rangeOf(awaited)[1], ")");
  }
}

function writePromise(writer: HttpWriter, facts: RequestFacts): void {
  const { edits, helpers, model } = writer;
  const { call } = facts.call;
  const [, end] = rangeOf(call);
  const reader = readerFor(facts.answer);
  const parent = model.parentOf(call);
  // A chain that is written line by line goes on so.
  const gap =
    parent?.type === "MemberExpression"
      ? (/^\s*(?=\.)/u.exec(model.text.slice(end, rangeOf(parent.property)[0]))?.[0] ?? "")
      : "";
  const steps =
    reader === undefined
      ? [`(response) => response.text()`, ...(facts.answer.format === "json" ? [helpers.use("parseJson")] : [])]
      : [helpers.use(reader)];
  edits.insert(end, steps.map((step) => `${gap}.then(${step})`).join(""));
}

/** The properties of a pattern: which member goes into which name. */
function readPattern(pattern: ESTree.ObjectPattern | undefined): { member: string; local: string }[] {
  return (pattern?.properties ?? []).flatMap((property) =>
    property.type === "Property" && property.value.type === "Identifier"
      ? [{ member: staticName(property) ?? "", local: property.value.name }]
      : [],
  );
}

/** A name for the body that says whose it is: `body`, or `ticketBody` for a response called `ticket`. */
function bodyName(writer: HttpWriter, native: NativeResponse): string {
  const taken = readPattern(native.pattern).find((part) => part.member === "body");
  if (taken !== undefined) {
    return taken.local;
  }
  return writer.helpers.freeName(writer.helpers.isTaken("body") ? `${native.name ?? "response"}Body` : "body");
}

/**
 * Lets the function work with fetch's own Response: the body is read right behind the request, `statusCode` becomes
 * `status`, and a pattern becomes one constant for each name.
 *
 * @param response the name of the Response where the function has none; a free one when left out
 */
export function writeNative(writer: HttpWriter, facts: RequestFacts, native: NativeResponse, response?: string): void {
  const { edits, helpers, model } = writer;
  const { text } = model;
  const lineEnding = lineEndingOf(text);
  const indent = indentAt(text, rangeOf(native.declaration)[0]);
  const responseName = native.name ?? response ?? helpers.freeName("response");
  const semicolon = text[endOf(writer, native.declaration) - 1] === ";" ? ";" : "";
  const body = native.readsBody ? bodyName(writer, native) : "";
  const form = { responseName, body, semicolon };
  const lines = writer.style === "idiomatic" ? idiomaticLines(writer, facts, form) : faithfulLines(writer, facts, form);
  const constants = readPattern(native.pattern)
    .filter((part) => part.member !== "body")
    .map((part) => `const ${part.local} = ${responseName}.${nativeMembers.get(part.member) ?? ""}${semicolon}`);

  if (native.patternDeclaration === undefined) {
    lines.push(...constants);
    if (native.pattern !== undefined) {
      edits.replace(rangeOf(native.pattern), responseName);
    }
  } else {
    replaceDeclaration(writer, native.patternDeclaration, constants);
  }
  insertBehind(writer, native.declaration, lines.map((line) => lineEnding + indent + line).join(""));

  for (const member of native.members) {
    const name = staticName(member) ?? "";
    if (name === "body") {
      edits.replace(rangeOf(member), body);
    } else {
      edits.replace(
        [rangeOf(member.object)[1], rangeOf(member)[1]],
        `${member.optional ? "?." : "."}${nativeMembers.get(name) ?? ""}`,
      );
    }
  }
}

interface NativeForm {
  readonly responseName: string;
  /** The name of the body; empty when it is not read. */
  readonly body: string;
  readonly semicolon: string;
}

/** The body first: the error of V1 holds it. */
function faithfulLines(writer: HttpWriter, { answer }: RequestFacts, form: NativeForm): string[] {
  const { responseName, body, semicolon } = form;
  const { helpers, model } = writer;
  const read = bodyRead(answer.format === "json" ? "text" : answer.format, responseName);
  const lines = [
    `const ${body} = ${answer.format === "json" ? `${helpers.use("parseJson")}(${read})` : read}${semicolon}`,
  ];
  if (answer.isSimple) {
    const failure = `throw ${helpers.use("statusError")}(${responseName}, ${body})${semicolon}`;
    lines.push(`if (!${responseName}.ok) {`, `${indentUnitOf(model.text)}${failure}`, "}");
  }
  return lines;
}

function idiomaticLines(writer: HttpWriter, { answer }: RequestFacts, form: NativeForm): string[] {
  const { responseName, body, semicolon } = form;
  const unit = indentUnitOf(writer.model.text);
  return [
    ...(answer.isSimple ? statusCheck(responseName, unit, semicolon) : []),
    ...(body === "" ? [] : [`const ${body} = ${bodyRead(answer.format, responseName)}${semicolon}`]),
  ];
}

/** The end of a statement; a semicolon that opens the next line belongs to that line. */
function endOf(writer: HttpWriter, statement: Node): number {
  const last =
    (statement.type === "VariableDeclaration" ? statement.declarations.at(-1) : undefined) ??
    (statement.type === "ExpressionStatement" ? statement.expression : statement);
  const [, end] = rangeOf(statement);
  return writer.model.text.slice(rangeOf(last)[1], end).includes("\n") ? rangeOf(last)[1] : end;
}

/** Inserts lines behind a statement, and behind the comment that ends its line. */
export function insertBehind(writer: HttpWriter, statement: Node, lines: string): void {
  const { edits, model } = writer;
  const end = endOf(writer, statement);
  const rest = /^[^\r\n]*/u.exec(model.text.slice(end))?.[0] ?? "";
  const isOnlyComment = /^[\t ]*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/[\t ]*)$/u.test(rest);
  if (isOnlyComment || rest.trim() === "") {
    edits.insert(end + (isOnlyComment ? rest.trimEnd().length : 0), lines);
    return;
  }
  const gap = rest.length - rest.trimStart().length;
  edits.replace([end, end + gap], lines + lineEndingOf(model.text) + indentAt(model.text, rangeOf(statement)[0]));
}

/** Puts constants in the place of a declaration, or takes it out with its line when there are none. */
function replaceDeclaration(
  writer: HttpWriter,
  declaration: ESTree.VariableDeclaration,
  constants: readonly string[],
): void {
  const { edits, model } = writer;
  const range = rangeOf(declaration);
  if (constants.length === 0) {
    writer.removals.push(range);
    return;
  }
  edits.replace(range, constants.join(lineEndingOf(model.text) + indentAt(model.text, range[0])));
}
