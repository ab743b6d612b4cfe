import { rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { RequestFacts } from "../../analysis/http/request.ts";
import { withParentheses } from "../text/parentheses.ts";
import { quoterFor } from "./quotes.ts";
import { withSearchParams } from "./search-params.ts";
import type { HttpWriter } from "./writer.ts";

/** Writes the URL of a request, with its query, as the first argument of its call. */
export function writeTarget(writer: HttpWriter, facts: RequestFacts): void {
  const { call, url, urlProperty, query } = facts;
  const { options } = call;
  const href = facts.isUrlParsed ? ".href" : "";
  if (query !== undefined) {
    const values = options?.reference === undefined ? textOf(writer, query.value) : `${options.reference.name}.qs`;
    if (call.urlArgument !== undefined) {
      writer.edits.replaceWhole(rangeOf(url), withQuery(writer, facts, textOf(writer, url) + href, values));
    } else {
      insertUrl(writer, facts, withQuery(writer, facts, urlText(writer, facts) + href, values));
    }
  } else if (urlProperty !== undefined) {
    insertUrl(writer, facts, urlText(writer, facts) + href);
  } else if (facts.base !== undefined) {
    writer.edits.replaceWhole(rangeOf(url), withBase(facts, textOf(writer, url)));
  } else {
    writer.edits.insert(withParentheses(writer.model, url)[1], href);
  }
}

function textOf({ edits, model }: HttpWriter, node: Node): string {
  return edits.textOf(model.text, rangeOf(node));
}

function withQuery(writer: HttpWriter, facts: RequestFacts, text: string, values: string): string {
  const { call, url, queryForm } = facts;
  if (queryForm === "querystring") {
    return `${writer.helpers.use("withQuerystring")}(${text}, ${values})`;
  }
  if (queryForm !== "indices") {
    const format = quoterFor(writer.model, call.call)(queryForm);
    return `${writer.helpers.use("withQuery")}(${text}, ${values}, ${format})`;
  }
  if (writer.style !== "idiomatic") {
    return `${writer.helpers.use("withQuery")}(${text}, ${values})`;
  }
  const isInPlace = call.options?.reference === undefined || call.urlArgument !== undefined;
  return isInPlace ? withSearchParams(url, text, values) : `\`\${${text}}?\${new URLSearchParams(${values})}\``;
}

/** The text of a path, behind its base where it has one. */
function withBase({ base }: RequestFacts, path: string): string {
  if (base === undefined) {
    return path;
  }
  const quote = base.isNamed ? "`" : path.charAt(0);
  return `${quote}${base.text}/${path.slice(1, -1).replace(/^\//u, "")}${quote}`;
}

function urlText(writer: HttpWriter, facts: RequestFacts): string {
  const { urlProperty, call, url } = facts;
  const { options } = call;
  const name = urlProperty === undefined ? undefined : staticName(urlProperty);
  return options?.reference === undefined
    ? withBase(facts, textOf(writer, url))
    : `${options.reference.name}.${name ?? ""}`;
}

function insertUrl({ edits, model }: HttpWriter, { call }: RequestFacts, text: string): void {
  const [argument] = call.call.arguments;
  if (argument !== undefined) {
    edits.insert(withParentheses(model, argument)[0], `${text}, `);
  }
}
