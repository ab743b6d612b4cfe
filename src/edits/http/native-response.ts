import type * as ESTree from "estree";
import type { Model } from "../../analysis/code/model.ts";
import { rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { statusErrorUseOf } from "../../analysis/errors/status-fields.ts";
import { bodyPlaceOf } from "../../analysis/http/body-place.ts";
import type { BodyPlace } from "../../analysis/http/body-place.ts";
import type { RequestFacts } from "../../analysis/http/request.ts";
import { cookieListAt, headerReadAt } from "../../analysis/http/response-headers.ts";
import { nativeMembers } from "../../analysis/http/responses.ts";
import type { NativeResponse } from "../../analysis/http/responses.ts";
import { commentTexts } from "../text/comments.ts";
import { gapEnd } from "../text/gaps.ts";
import { insertLinesBehind } from "../text/insert-lines.ts";
import { indentAt, lineEndingOf, statementRange, unitOf } from "../text/layout.ts";
import { removeParentheses } from "../text/parentheses.ts";
import { rangeWithComments } from "../text/remove-statements.ts";
import { faithfulRead, statusFailure } from "./faithful-texts.ts";
import { quoterFor } from "./quotes.ts";
import { bodyRead, checkLines, statusCheck } from "./idiomatic-texts.ts";
import type { HttpWriter } from "./writer.ts";

/** So many headers are asked for one by one; more are read from an object. */
const MOST_ASKED = 3;

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

/** What the parts of a response are called, and where its body is read. */
interface NativeParts {
  readonly responseName: string;
  /** What stands for the body where it is used: a name, or the reading itself; empty when it is not used. */
  readonly body: string;
  /** The statement that reads the body, and its place. */
  readonly reading: { readonly line: string; readonly place: Exclude<BodyPlace, { kind: "inline" }> } | undefined;
  /** The name of the object with the headers; empty where each is asked for by its name. */
  readonly headers: string;
  readonly semicolon: string;
}

function partsOf(writer: HttpWriter, facts: RequestFacts, native: NativeResponse, response?: string): NativeParts {
  const { helpers, model, style } = writer;
  const { format } = facts.answer;
  const responseName = native.name ?? response ?? helpers.freeName("response");
  const semicolon = model.text[statementRange(model, native.declaration)[1] - 1] === ";" ? ";" : "";
  const isAsked = native.headers === undefined || asksByName(model, native);
  const place =
    style === "idiomatic" ? bodyPlaceOf(model, native) : ({ kind: "behind", statement: native.declaration } as const);
  if (!native.readsBody || place.kind === "inline") {
    const body = native.readsBody ? bodyRead(format, responseName) : "";
    const headers = isAsked ? "" : partName(writer, native, "headers");
    return { responseName, body, reading: undefined, headers, semicolon };
  }
  const body = partName(writer, native, "body");
  const read = style === "idiomatic" ? bodyRead(format, responseName) : faithfulRead(writer, format, responseName);
  const headers = isAsked ? "" : partName(writer, native, "headers");
  return { responseName, body, reading: { line: `const ${body} = ${read}${semicolon}`, place }, headers, semicolon };
}

/** True when `response.headers.get("etag")` can stand for every use of the headers. */
function asksByName(model: Model, { members, pattern }: NativeResponse): boolean {
  const isTaken = readPattern(pattern).some(({ member }) => member === "headers");
  const reads = members.filter(
    (member) => staticName(member) === "headers" && cookieListAt(model, member) === undefined,
  );
  return !isTaken && reads.length <= MOST_ASKED && reads.every((member) => headerReadAt(model, member) !== undefined);
}

/**
 * Lets the function work with fetch's own Response: `statusCode` becomes `status`, a pattern becomes one constant for
 * each name, and the body is read behind the request, in the official form behind the checks of the status.
 *
 * @param response the name of the Response where the function has none; a free one when left out
 */
export function writeNative(writer: HttpWriter, facts: RequestFacts, native: NativeResponse, response?: string): void {
  const { edits, model } = writer;
  const parts = partsOf(writer, facts, native, response);
  const { responseName, reading, headers, semicolon } = parts;
  const readAtOnce = reading?.place.statement === native.declaration ? [reading.line] : [];
  const lines =
    writer.style === "idiomatic"
      ? [...idiomaticCheck(writer, facts, parts), ...readAtOnce]
      : [...readAtOnce, ...faithfulCheck(writer, facts, parts)];
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
  if (reading !== undefined && readAtOnce.length === 0) {
    writeLater(writer, reading.line, reading.place);
  }
  for (const member of native.members) {
    writeMember(writer, member, parts);
  }
}

/** Writes the statement that reads the body where it is first used. */
function writeLater(
  { edits, model }: HttpWriter,
  line: string,
  { kind, statement }: BodyPlace & { statement: Node },
): void {
  if (kind === "behind") {
    insertLinesBehind(model, edits, statement, [line]);
  } else {
    const [start] = rangeWithComments(model, statement);
    edits.insert(start, line + lineEndingOf(model.text) + indentAt(model.text, rangeOf(statement)[0]));
  }
}

/** Writes a member of V1's response as a part of fetch's own. */
function writeMember(writer: HttpWriter, member: ESTree.MemberExpression, parts: NativeParts): void {
  const { edits, model } = writer;
  const { responseName, body, headers } = parts;
  const name = staticName(member) ?? "";
  const cookies = name === "headers" ? cookieListAt(model, member) : undefined;
  const asked = name === "headers" && headers === "" ? headerReadAt(model, member) : undefined;
  if (cookies !== undefined) {
    // Behind the call, where no line break ends a statement.
    const lineBreak = lineEndingOf(model.text) + indentAt(model.text, rangeOf(cookies)[0]);
    const comments = commentTexts(model, rangeOf(cookies)).map((comment) =>
      comment.startsWith("//") ? ` ${comment}${lineBreak}` : ` ${comment}`,
    );
    edits.replaceWhole(rangeOf(cookies), `${responseName}.headers.getSetCookie()${comments.join("")}`);
    removeParentheses(model, edits, cookies);
  } else if (asked !== undefined) {
    const get = `${responseName}.headers.get(${quoterFor(model, member)(asked.name)})`;
    edits.replace(rangeOf(asked.member), asked.tellsNull ? `${get} ?? undefined` : get);
  } else if (name === "body" || name === "headers") {
    replaceByName(writer, member, name === "body" ? body : headers);
  } else {
    replaceMember(writer, member, nativeMembers.get(name) ?? "");
  }
}

function faithfulCheck(writer: HttpWriter, { answer }: RequestFacts, parts: NativeParts): string[] {
  return answer.isSimple ? checkLines(parts.responseName, statusFailure(writer, parts), unitOf(writer.model)) : [];
}

function idiomaticCheck({ model }: HttpWriter, { answer }: RequestFacts, parts: NativeParts): string[] {
  const { responseName, semicolon } = parts;
  return answer.isSimple ? statusCheck(responseName, unitOf(model), semicolon, statusErrorUseOf(model).fields) : [];
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
