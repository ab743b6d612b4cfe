import type { StatusField } from "../../analysis/http/status-error.ts";
import type { AnswerFacts } from "../../analysis/http/request.ts";

/** `if (!response.ok) { … }` in lines. */
export function checkLines(response: string, failure: readonly string[], indentUnit: string): string[] {
  return [`if (!${response}.ok) {`, ...failure.map((line) => indentUnit + line), "}"];
}

/** What an error of a status has besides its message, as `Object.assign` takes it: one property a line. */
export function errorWithFields(message: string, fields: readonly string[], indentUnit: string): string[] {
  return [`Object.assign(${message}, {`, ...fields.map((field) => `${indentUnit}${field},`), "})"];
}

/** The lines that let a status outside 2xx fail, as the documentation of V2 writes them. */
export function statusCheck(
  response: string,
  indentUnit: string,
  semicolon: string,
  fields: ReadonlySet<StatusField>,
): string[] {
  const error = `new Error(\`Request failed with status \${${response}.status}\`)`;
  const kept = [
    ...(fields.has("name") ? ['name: "StatusCodeError"'] : []),
    ...(fields.has("statusCode") ? [`statusCode: ${response}.status`] : []),
  ];
  const thrown = kept.length === 0 ? error : `Object.assign(${error}, { ${kept.join(", ")} })`;
  return checkLines(response, [`throw ${thrown}${semicolon}`], indentUnit);
}

/** The expression that reads the body of a Response. */
export function bodyRead(format: AnswerFacts["format"], response: string): string {
  switch (format) {
    case "json":
      return `await ${response}.json()`;
    case "text":
      return `await ${response}.text()`;
    case "buffer":
      return `Buffer.from(await ${response}.arrayBuffer())`;
  }
}
