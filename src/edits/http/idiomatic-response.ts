import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { RequestFacts } from "../../analysis/http/request.ts";
import type { HttpWriter } from "./writer.ts";
import { writeNative } from "./response.ts";
import type { Place } from "../../analysis/http/idiomatic-place.ts";
import type { NamedPlan } from "./idiomatic-requests.ts";
import { bodyRead, statusCheck } from "./idiomatic-texts.ts";
import { insertLinesBehind } from "../text/insert-lines.ts";
import { indentAt, indentUnitOf, lineEndingOf, reindentCode } from "../text/layout.ts";

/** Statements that end without a semicolon whatever the file's habit is. */
const COMPOUND = /^(?:If|Switch|ForOf|ForIn)Statement$/u;

/** A semicolon, unless the statement at the place does without one. */
function semicolonOf(writer: HttpWriter, statement: Node): string {
  const text = writer.model.textOf(statement);
  // A line that begins so would go on with the line before it.
  return COMPOUND.test(statement.type) || text.endsWith(";") || /^[([`+\-/]/u.test(text) ? ";" : "";
}

/** Writes what becomes of the answer of a request in the official form. The request itself is written already. */
export function writePlanned(writer: HttpWriter, facts: RequestFacts, plan: NamedPlan): void {
  if (plan.kind === "full") {
    writeNative(writer, facts, plan.native, plan.response);
  } else {
    writeBody(writer, facts, plan.place, plan.response);
  }
}

/**
 * Writes an awaited request, and what becomes of its answer, in statements of their own: the request, the check of the
 * status, the body.
 */
function writeBody(writer: HttpWriter, facts: RequestFacts, place: Place, response: string): void {
  const { model, edits } = writer;
  const { statement } = place;
  const { call, awaited } = facts.call;
  const { answer } = facts;
  const semicolon = semicolonOf(writer, statement);
  const indent = indentAt(model.text, rangeOf(statement)[0]);
  const lineBreak = lineEndingOf(model.text) + indent;
  const check = answer.isSimple ? statusCheck(response, indentUnitOf(model.text), semicolon) : [];
  const read = bodyRead(answer.format, response);
  const [start] = rangeOf(statement);
  const awaitedRange = rangeOf(awaited ?? call);
  if (place.kind === "declaration") {
    const target = model.text.slice(start, rangeOf(place.target)[1]);
    edits.replace([start, awaitedRange[0]], `const ${response} = `);
    const lines = [...check, `${target} = ${read}${semicolon}`];
    insertLinesBehind(model, edits, place.statement, lines);
  } else if (place.kind === "ignored") {
    if (answer.isSimple) {
      edits.insert(start, `const ${response} = `);
      insertLinesBehind(model, edits, statement, check);
    }
  } else {
    const text = edits.textOf(model.text, rangeOf(call));
    const request = reindentCode(text, indentAt(model.text, rangeOf(call)[0]), indent);
    edits.replaceWhole(awaitedRange, read);
    const lines = [`const ${response} = await ${request}${semicolon}`, ...check];
    edits.insert(start, lines.map((line) => line + lineBreak).join(""));
  }
}
