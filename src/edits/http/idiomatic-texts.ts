import type { AnswerFacts } from "../../analysis/http/request.ts";

/** The lines that let a status outside 2xx fail, as the documentation of V2 writes them. */
export function statusCheck(response: string, indentUnit: string, semicolon: string): string[] {
  const failure = `throw new Error(\`Request failed with status \${${response}.status}\`)${semicolon}`;
  return [`if (!${response}.ok) {`, indentUnit + failure, "}"];
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
