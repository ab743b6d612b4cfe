import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { RequestFacts } from "../../analysis/http/request.ts";
import type { HttpWriter } from "./writer.ts";
import type { Model } from "../../analysis/code/model.ts";
import { statusErrorUseOf } from "../../analysis/errors/status-fields.ts";
import type { Helpers } from "../templates/helpers.ts";
import { faithfulRead, statusFailure } from "./faithful-texts.ts";
import { writeNative } from "./native-response.ts";
import { chainGap } from "./response.ts";
import type { NamedPlan } from "./idiomatic-requests.ts";
import { bodyRead, checkLines, statusCheck } from "./idiomatic-texts.ts";
import { operandRange } from "../text/awaited.ts";
import { insertLinesBehind } from "../text/insert-lines.ts";
import { indentAt, lineEndingOf, reindentCode, unitOf } from "../text/layout.ts";

/** Statements that end without a semicolon whatever the file's habit is. */
const COMPOUND = /^(?:If|Switch|ForOf|ForIn)Statement$/u;

/** A semicolon, unless the statement at the place does without one. */
export function semicolonOf(model: Model, statement: Node): string {
  const text = model.textOf(statement);
  // A line that begins so would go on with the line before it.
  return COMPOUND.test(statement.type) || text.endsWith(";") || /^[([`+\-/]/u.test(text) ? ";" : "";
}

/** Writes what becomes of the answer of a request in the official form. The request itself is written already. */
export function writePlanned(writer: HttpWriter, facts: RequestFacts, plan: NamedPlan): void {
  if (plan.kind === "full") {
    writeNative(writer, facts, plan.native, plan.response);
  } else if (plan.kind === "then") {
    writeThen(writer, facts, plan);
  } else {
    writeBody(writer, facts, plan);
  }
}

/** Reads the body in a function given to `then`, behind the check of the status. */
function writeThen(writer: HttpWriter, facts: RequestFacts, plan: NamedPlan): void {
  const { model, edits } = writer;
  const { call } = facts.call;
  const [start, end] = rangeOf(call);
  const gap = chainGap(model, call);
  const semicolon = model.text.includes(";") ? ";" : "";
  const response = "response";
  const { lines, body } = idiomaticReading(writer, facts, { ...plan, response }, semicolon);
  const read = body.replace(/^await (?=response\.)/u, "");
  if (lines.length === 0 && read !== body) {
    edits.insert(end, `${gap}.then((${response}) => ${read})`);
    return;
  }
  const unit = unitOf(model);
  const lineBreak = lineEndingOf(model.text) + (gap.split(/[\n\r]/u).at(-1) ?? "");
  const outer = gap.includes("\n") ? lineBreak : lineEndingOf(model.text) + indentAt(model.text, start);
  const code = [...lines, `return ${read}${semicolon}`].map((line) => outer + unit + line).join("");
  edits.insert(end, `${gap}.then(${read === body ? "async " : ""}(${response}) => {${code}${outer}})`);
}

/** What stands behind a request: lines that check the status, and the expression that gives the body. */
interface Reading {
  /** In front of the place where the body is used. */
  readonly lines: readonly string[];
  readonly body: string;
}

/** The check of the status, then the body at its place. */
function idiomaticReading(
  writer: HttpWriter,
  { answer }: RequestFacts,
  { response }: NamedPlan,
  semicolon: string,
): Reading {
  const { model } = writer;
  const { fields } = statusErrorUseOf(model);
  return {
    lines: answer.isSimple ? statusCheck(response, unitOf(model), semicolon, fields) : [],
    body: bodyRead(answer.format, response),
  };
}

/** The body first: the error of V1 holds it. */
function faithfulReading(
  writer: HttpWriter,
  { answer }: RequestFacts,
  { response }: NamedPlan,
  semicolon: string,
  own?: { readonly name: string; readonly declaration: string },
): Reading {
  const { model, helpers } = writer;
  const { name: body, declaration } = own ?? nameOfBody(helpers, response);
  const failure = statusFailure(writer, { responseName: response, body, semicolon });
  return {
    lines: [
      `${declaration} = ${faithfulRead(writer, answer.format, response)}${semicolon}`,
      ...checkLines(response, failure, unitOf(model)),
    ],
    body,
  };
}

function nameOfBody(helpers: Helpers, response: string): { readonly name: string; readonly declaration: string } {
  const name = helpers.freeName(helpers.isTaken("body") ? `${response}Body` : "body");
  return { name, declaration: `const ${name}` };
}

/** Nobody uses the body: it is in the text of the error only. */
function ignoredLines(writer: HttpWriter, facts: RequestFacts, plan: NamedPlan, semicolon: string): readonly string[] {
  const { model } = writer;
  if (plan.style === "idiomatic") {
    return idiomaticReading(writer, facts, plan, semicolon).lines;
  }
  if (!isErrorInPlace(model, facts)) {
    return faithfulReading(writer, facts, plan, semicolon).lines;
  }
  const read = bodyRead("text", plan.response);
  const text = facts.answer.format === "json" ? read : `JSON.stringify(${read})`;
  const failure = `throw new Error(\`\${${plan.response}.status} - \${${text}}\`)${semicolon}`;
  return checkLines(plan.response, [failure], unitOf(model));
}

/** True where the body of an answer that nobody uses can be read in the text of the error itself. */
function isErrorInPlace(model: Model, { answer }: RequestFacts): boolean {
  const { fields, readsText } = statusErrorUseOf(model);
  return fields.size === 0 && answer.format !== "buffer" && !(readsText && answer.format === "json");
}

/** True where the text of an error holds the answer as it came: people read it, and the code does not. */
export function hasPlainErrorText(model: Model, facts: RequestFacts, plan: NamedPlan): boolean {
  const isIgnored = plan.kind === "body" && plan.place.kind === "ignored";
  return plan.style === "faithful" && isIgnored && facts.answer.format === "json" && isErrorInPlace(model, facts);
}

/**
 * Writes an awaited request, and what becomes of its answer, in statements of their own: the request, the check of the
 * status, the body.
 */
function writeBody(writer: HttpWriter, facts: RequestFacts, plan: NamedPlan & { readonly kind: "body" }): void {
  const { model, edits } = writer;
  const { place, response, style } = plan;
  const { statement } = place;
  const { call, awaited } = facts.call;
  const semicolon = semicolonOf(model, statement);
  const indent = indentAt(model.text, rangeOf(statement)[0]);
  const lineBreak = lineEndingOf(model.text) + indent;
  const [start] = rangeOf(statement);
  const awaitedRange = rangeOf(awaited ?? call);
  if (place.kind === "declaration") {
    const [, targetEnd] = rangeOf(place.target);
    const target = model.text.slice(start, targetEnd);
    // Parentheses around the request stay: their ends stand behind it.
    const opening = model.text.slice(targetEnd, awaitedRange[0]).replace(/^\s*=\s*/u, "");
    const own = place.name === undefined ? undefined : { name: place.name, declaration: target };
    edits.replace([start, awaitedRange[0]], `const ${response} = ${opening}`);
    if (style === "idiomatic") {
      const { lines, body } = idiomaticReading(writer, facts, plan, semicolon);
      insertLinesBehind(model, edits, place.statement, [...lines, `${target} = ${body}${semicolon}`]);
    } else {
      const { lines, body } = faithfulReading(writer, facts, plan, semicolon, own);
      const taken = own === undefined ? [`${target} = ${body}${semicolon}`] : [];
      insertLinesBehind(model, edits, place.statement, [...lines, ...taken]);
    }
  } else if (place.kind === "ignored") {
    if (facts.answer.isSimple) {
      edits.insert(start, `const ${response} = `);
      insertLinesBehind(model, edits, statement, ignoredLines(writer, facts, plan, semicolon));
    }
  } else {
    const { lines, body } =
      style === "idiomatic"
        ? idiomaticReading(writer, facts, plan, semicolon)
        : faithfulReading(writer, facts, plan, semicolon);
    const text = edits.textOf(model.text, rangeOf(call));
    const request = reindentCode(text, indentAt(model.text, rangeOf(call)[0]), indent);
    edits.replaceWhole(style === "idiomatic" ? awaitedRange : operandRange(model, awaited ?? call), body);
    const all = [`const ${response} = await ${request}${semicolon}`, ...lines];
    edits.insert(start, all.map((line) => line + lineBreak).join(""));
  }
}
