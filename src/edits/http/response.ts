import type * as ESTree from "estree";
import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { AnswerFacts, RequestFacts } from "../../analysis/http/request.ts";
import type { ResponseUse } from "../../analysis/http/responses.ts";
import type { TemplateId } from "../templates/texts.ts";
import { writeNative } from "./native-response.ts";
import type { HttpWriter } from "./writer.ts";

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
