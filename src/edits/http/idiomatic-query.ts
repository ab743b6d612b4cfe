import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { RequestFacts } from "../../analysis/http/request.ts";
import type { EditList } from "../text/edit-list.ts";

/** The text of a URL with a query behind it; both are given as source text. */
export function withSearchParams(url: Node, text: string, values: string): string {
  const query = `?\${new URLSearchParams(${values})}`;
  if (url.type === "TemplateLiteral") {
    return `${text.slice(0, -1)}${query}\``;
  }
  if (url.type === "Literal") {
    return `\`${String(url.value).replaceAll(/[`\\]|\$(?=\{)/gu, "\\$&")}${query}\``;
  }
  return `\`\${${text}}${query}\``;
}

/** Writes numbers and booleans of a query or a form as the texts that they are sent as: URLSearchParams is typed so. */
export function writeAsTexts(
  edits: EditList,
  { call, query, body }: RequestFacts,
  quote: (text: string) => string,
): void {
  // What a variable holds may be read elsewhere too.
  const inQuery = call.options?.reference === undefined ? query?.value : undefined;
  const inForm = body.kind === "form" ? body.property.value : undefined;
  for (const values of [inQuery, inForm]) {
    for (const property of values?.type === "ObjectExpression" ? values.properties : []) {
      const value = property.type === "Property" && property.value.type === "Literal" ? property.value : undefined;
      if (value !== undefined && (typeof value.value === "number" || typeof value.value === "boolean")) {
        edits.replace(rangeOf(value), quote(String(value.value)));
      }
    }
  }
}
