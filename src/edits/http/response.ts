import type * as ESTree from "estree";
import { rangeOf, staticName } from "../../analysis/code/tree.ts";
import { cookieListAt } from "../../analysis/http/response-headers.ts";
import { nativeMembers } from "../../analysis/http/responses.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { NativeResponse, ResponseUse } from "../../analysis/http/responses.ts";
import type { AnswerFacts, RequestFacts } from "../../analysis/http/request.ts";
import type { HttpWriter } from "./writer.ts";
import { statusErrorUseOf } from "../../analysis/errors/status-fields.ts";
import { bodyRead, checkLines, errorWithFields, statusCheck } from "./idiomatic-texts.ts";
import { gapEnd } from "../text/gaps.ts";
import { removeParentheses } from "../text/parentheses.ts";
import { insertLinesBehind } from "../text/insert-lines.ts";
import { commentTexts } from "../text/comments.ts";
import { indentAt, lineEndingOf, statementRange, unitOf } from "../text/layout.ts";
import type { ResponsePart } from "../../analysis/http/status-error.ts";
import type { TemplateId } from "../templates/texts.ts";

const BODY_READERS = { text: "readText", json: "readJson", buffer: "readBuffer" } as const;
const RESPONSE_READERS = { text: "readResponse", json: "readJsonResponse", buffer: "readBufferResponse" } as const;
const OK_RESPONSE_READERS = {
  text: "readOkResponse",
  json: "readOkJsonResponse",
  buffer: "readOkBufferResponse",
} as const;

/** The helper that gives V1's result for a fetch Response; undefined where fetch's own methods do. */
function readerFor(answer: AnswerFacts): TemplateId | undefined {
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
  const native = use?.native;
  // What has no body gives none; elsewhere V1 failed where the body could not be read to its end.
  const isRead = native?.readsBody === true || (facts.method.name === "HEAD" && !facts.answer.isSimple);
  if (native !== undefined && isRead && (native.headers ?? "named") === "named") {
    writeNative(writer, facts, native);
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

/** What stands in front of the next member of a chain: one that is written line by line goes on so. */
export function chainGap(model: Model, call: Node): string {
  const parent = model.parentOf(call);
  const [, end] = rangeOf(call);
  return parent?.type === "MemberExpression"
    ? (/^\s*(?=\.)/u.exec(model.text.slice(end, rangeOf(parent.property)[0]))?.[0] ?? "")
    : "";
}

function writePromise(writer: HttpWriter, facts: RequestFacts): void {
  const { edits, helpers, model } = writer;
  const { call } = facts.call;
  const [, end] = rangeOf(call);
  const reader = readerFor(facts.answer);
  const gap = chainGap(model, call);
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

/** A name for the body that says whose it is: `body`, or `ticketBody` for a response called `ticket`; so for headers. */
function partName(writer: HttpWriter, native: NativeResponse, part: "body" | "headers"): string {
  const taken = readPattern(native.pattern).find(({ member }) => member === part);
  if (taken !== undefined) {
    return taken.local;
  }
  const own = `${native.name ?? "response"}${part === "body" ? "Body" : "Headers"}`;
  return writer.helpers.freeName(writer.helpers.isTaken(part) ? own : part);
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
  const responseName = native.name ?? response ?? helpers.freeName("response");
  const semicolon = text[statementRange(model, native.declaration)[1] - 1] === ";" ? ";" : "";
  const body = native.readsBody ? partName(writer, native, "body") : "";
  const headers = native.headers === undefined ? "" : partName(writer, native, "headers");
  const form = { responseName, body, semicolon };
  const lines = writer.style === "idiomatic" ? idiomaticLines(writer, facts, form) : faithfulLines(writer, facts, form);
  const constants = readPattern(native.pattern)
    .filter((part) => part.member !== "body" && part.member !== "headers")
    .map((part) => `const ${part.local} = ${responseName}.${nativeMembers.get(part.member) ?? ""}${semicolon}`);
  if (headers !== "") {
    lines.push(`const ${headers} = Object.fromEntries(${responseName}.headers)${semicolon}`);
  }

  if (native.patternDeclaration === undefined) {
    lines.push(...constants);
    if (native.pattern !== undefined) {
      edits.replace(rangeOf(native.pattern), responseName);
    }
  } else {
    replaceDeclaration(writer, native.patternDeclaration, constants);
  }
  insertLinesBehind(model, edits, native.declaration, lines);

  for (const member of native.members) {
    const name = staticName(member) ?? "";
    const cookies = name === "headers" ? cookieListAt(model, member) : undefined;
    if (cookies !== undefined) {
      // Behind the call, where no line break ends a statement.
      const lineBreak = lineEndingOf(model.text) + indentAt(model.text, rangeOf(cookies)[0]);
      const comments = commentTexts(model, rangeOf(cookies)).map((comment) =>
        comment.startsWith("//") ? ` ${comment}${lineBreak}` : ` ${comment}`,
      );
      edits.replaceWhole(rangeOf(cookies), `${responseName}.headers.getSetCookie()${comments.join("")}`);
      removeParentheses(model, edits, cookies);
    } else if (name === "body" || name === "headers") {
      replaceByName(writer, member, name === "body" ? body : headers);
    } else {
      replaceMember(writer, member, nativeMembers.get(name) ?? "");
    }
  }
}

/** Puts a name in the place of a member: `{ body: response.body }` becomes `{ body }`. */
function replaceByName({ edits, model }: HttpWriter, member: ESTree.MemberExpression, name: string): void {
  const parent = model.parentOf(member);
  const isNamed =
    parent?.type === "Property" && parent.value === member && !parent.computed && staticName(parent) === name;
  const isWhole = isNamed && model.commentsIn(rangeOf(parent)).length === 0;
  edits.replace(rangeOf(isWhole ? parent : member), name);
}

/** Gives a member another name; one in brackets is written with a dot. */
function replaceMember({ edits, model }: HttpWriter, member: ESTree.MemberExpression, name: string): void {
  if (!member.computed) {
    edits.replace(rangeOf(member.property), name);
    return;
  }
  let bracket = gapEnd(model, rangeOf(member.object)[1]);
  while (model.text[bracket] === ")") {
    bracket = gapEnd(model, bracket + 1);
  }
  edits.replace([bracket, rangeOf(member)[1]], member.optional ? `?.${name}` : `.${name}`);
}

export interface NativeForm {
  readonly responseName: string;
  /** The name of the body; empty when it is not read. */
  readonly body: string;
  readonly semicolon: string;
}

/** What is thrown for a status outside 2xx: an Error with V1's text, and what the file reads of it. */
export function statusFailure({ helpers, model }: HttpWriter, form: NativeForm): string[] {
  const { responseName, body, semicolon } = form;
  const { fields, responseParts } = statusErrorUseOf(model);
  const error = `new Error(\`\${${responseName}.status} - \${JSON.stringify(${body})}\`)`;
  if (fields.size === 0) {
    return [`throw ${error}${semicolon}`];
  }
  if (fields.has("response") && responseParts === undefined) {
    return [`throw ${helpers.use("statusError")}(${responseName}, ${body})${semicolon}`];
  }
  const kept = [
    ...(fields.has("name") ? ['name: "StatusCodeError"'] : []),
    ...(fields.has("statusCode") ? [`statusCode: ${responseName}.status`] : []),
    ...(fields.has("error") ? [`error: ${body}`] : []),
    ...(fields.has("response") ? [`response: { ${responseText(responseName, body, responseParts)} }`] : []),
  ];
  const [first = "", ...others] = errorWithFields(error, kept, unitOf(model));
  return [`throw ${first}`, ...others.slice(0, -1), `${others.at(-1) ?? ""}${semicolon}`];
}

/** The parts of the response that an error holds: those that the file reads, or its status where it only asks for one. */
function responseText(responseName: string, body: string, parts: ReadonlySet<ResponsePart> | undefined): string {
  const kept = [
    ...(parts?.has("headers") === true ? [`headers: Object.fromEntries(${responseName}.headers)`] : []),
    ...(parts?.has("body") === true ? [body === "body" ? body : `body: ${body}`] : []),
  ];
  const isAsked = kept.length === 0 || parts?.has("statusCode") === true;
  return [...(isAsked ? [`statusCode: ${responseName}.status`] : []), ...kept].join(", ");
}

/** The expression that reads a body as V1 gave it. */
export function faithfulRead({ helpers }: HttpWriter, format: AnswerFacts["format"], responseName: string): string {
  const read = bodyRead(format === "json" ? "text" : format, responseName);
  return format === "json" ? `${helpers.use("parseJson")}(${read})` : read;
}

/** The body first: the error of V1 holds it. */
function faithfulLines(writer: HttpWriter, { answer }: RequestFacts, form: NativeForm): string[] {
  const { responseName, body, semicolon } = form;
  const { model } = writer;
  const lines = body === "" ? [] : [`const ${body} = ${faithfulRead(writer, answer.format, responseName)}${semicolon}`];
  if (answer.isSimple) {
    lines.push(...checkLines(responseName, statusFailure(writer, form), unitOf(model)));
  }
  return lines;
}

function idiomaticLines(writer: HttpWriter, { answer }: RequestFacts, form: NativeForm): string[] {
  const { responseName, body, semicolon } = form;
  const unit = unitOf(writer.model);
  return [
    ...(answer.isSimple ? statusCheck(responseName, unit, semicolon, statusErrorUseOf(writer.model).fields) : []),
    ...(body === "" ? [] : [`const ${body} = ${bodyRead(answer.format, responseName)}${semicolon}`]),
  ];
}

/** Puts constants in the place of a declaration, or takes it out with its line when there are none. */
function replaceDeclaration(
  writer: HttpWriter,
  declaration: ESTree.VariableDeclaration,
  constants: readonly string[],
): void {
  const { edits, model } = writer;
  const range = statementRange(model, declaration);
  if (constants.length === 0) {
    writer.removals.push(declaration);
    return;
  }
  edits.replace(range, constants.join(lineEndingOf(model.text) + indentAt(model.text, range[0])));
}
