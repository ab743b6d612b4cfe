import type { AnswerFacts } from "../../analysis/http/request.ts";
import type { ResponsePart } from "../../analysis/http/status-error.ts";
import { statusErrorUseOf } from "../../analysis/errors/status-fields.ts";
import { unitOf } from "../text/layout.ts";
import { bodyRead, errorWithFields } from "./idiomatic-texts.ts";
import type { HttpWriter } from "./writer.ts";

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
