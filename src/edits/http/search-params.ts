import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { BodyFacts } from "../../analysis/http/body.ts";
import type { RequestFacts } from "../../analysis/http/request.ts";
import type { HttpWriter } from "./writer.ts";

type FormFacts = Extract<BodyFacts, { readonly kind: "form" }>;

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

/** True for a form that URLSearchParams writes. */
function isSearchForm({ style }: HttpWriter, { search }: FormFacts): boolean {
  return style === "idiomatic" || search !== "other";
}

/** What a form is put into, up to the parenthesis; empty for one that is written out as a text. */
export function formOpening(writer: HttpWriter, body: FormFacts): string {
  if (body.value === "string") {
    return "";
  }
  const helper = body.value === "object" ? "encodeForm" : "formBody";
  return isSearchForm(writer, body) ? "new URLSearchParams(" : `${writer.helpers.use(helper)}(`;
}

/** Writes numbers and booleans of a query or a form as the texts that they are sent as: URLSearchParams is typed so. */
export function writeAsTexts(
  writer: HttpWriter,
  { call, query, body }: RequestFacts,
  quote: (text: string) => string,
): void {
  // What a variable holds may be read elsewhere too.
  const isOwn = writer.style === "idiomatic" && call.options?.reference === undefined;
  const inQuery = isOwn ? query?.value : undefined;
  const inForm = body.kind === "form" && isSearchForm(writer, body) ? body.property.value : undefined;
  for (const values of [inQuery, inForm]) {
    for (const property of values?.type === "ObjectExpression" ? values.properties : []) {
      const value = property.type === "Property" && property.value.type === "Literal" ? property.value : undefined;
      if (value !== undefined && (typeof value.value === "number" || typeof value.value === "boolean")) {
        writer.edits.replace(rangeOf(value), quote(String(value.value)));
      }
    }
  }
}
