import type * as ESTree from "estree";
import { rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { RequestFacts } from "../../analysis/http/request.ts";
import { LiteralEditor } from "../text/literal.ts";
import type { HttpWriter } from "./writer.ts";

/** A header that the migration adds. */
export interface AddedHeader {
  readonly name: string;
  readonly text: string;
  /** It counts even when the user's headers hold another value. */
  readonly wins: boolean;
}

export function headerText(header: AddedHeader): string {
  return `${header.name}: ${header.text}`;
}

function isHeader(member: ESTree.ObjectExpression["properties"][number], lowerName: string): boolean {
  return member.type === "Property" && staticName(member)?.toLowerCase() === lowerName;
}

/** True when the headers are a literal that names the header itself, not by spreading another object. */
export function hasOwnHeader(headers: Node, lowerName: string): boolean {
  return headers.type === "ObjectExpression" && headers.properties.some((member) => isHeader(member, lowerName));
}

/** The headers that the V1 client set for the other options of a request. */
export function addedHeaders(writer: HttpWriter, facts: RequestFacts, quote: (text: string) => string): AddedHeader[] {
  const { answer, headers, body, auth } = facts;
  const added: AddedHeader[] = [];
  const textOf = (node: Node): string => writer.edits.textOf(writer.model.text, rangeOf(node));
  if (answer.format === "json" && writer.style !== "idiomatic" && !headers.names.has("accept")) {
    added.push({ name: "Accept", text: quote("application/json"), wins: false });
  }
  const sendsType = body.kind === "json" && (body.isDefined || writer.style === "idiomatic");
  if (sendsType && !headers.names.has("content-type")) {
    added.push({ name: quote("Content-Type"), text: quote("application/json"), wins: false });
  }
  if (body.kind === "form" && body.value !== "unknown" && (body.replacedType || !headers.names.has("content-type"))) {
    const text = quote("application/x-www-form-urlencoded");
    added.push({ name: quote("Content-Type"), text, wins: true });
  }
  if (auth?.kind === "basic") {
    const values = [auth.user, ...(auth.password === undefined ? [] : [auth.password])].map((node) => textOf(node));
    const pair =
      [auth.user, auth.password]
        .flatMap((node) => (node === undefined ? [] : [inTemplate(node, textOf(node))]))
        .join(":") + (auth.password === undefined ? ":" : "");
    const text =
      auth.areTexts || writer.style === "idiomatic"
        ? `\`Basic \${Buffer.from(${pairText(pair, quote)}).toString(${quote("base64")})}\``
        : `${writer.helpers.use("basicAuth")}(${values.join(", ")})`;
    added.push({ name: "Authorization", text, wins: true });
  } else if (auth?.kind === "bearer") {
    const token = textOf(auth.token);
    const text =
      auth.areTexts || writer.style === "idiomatic"
        ? `\`Bearer ${auth.token.type === "TemplateLiteral" ? token.slice(1, -1) : `\${${token}}`}\``
        : `${writer.helpers.use("authHeader")}({ bearer: ${token} })`;
    added.push({ name: "Authorization", text, wins: true });
  }
  return added;
}

/** Without a part that is put in, a plain text. */
function pairText(pair: string, quote: (text: string) => string): string {
  return /["'$]/u.test(pair) ? `\`${pair}\`` : quote(pair);
}

/** The text of an expression as a part of a template literal. */
function inTemplate(node: Node, text: string): string {
  const isPlain = node.type === "Literal" && typeof node.value === "string" && /^[^`$\\]*$/u.test(node.value);
  return isPlain ? String(node.value) : `\${${text}}`;
}

/** Writes headers into the literal that the user wrote; those that V1 replaced give way. */
export function extendHeaders(
  writer: HttpWriter,
  facts: RequestFacts,
  literal: ESTree.ObjectExpression,
  added: readonly AddedHeader[],
): void {
  const editor = new LiteralEditor(writer.model, writer.edits, literal);
  // fetch writes the type of a multipart form, as V1 did whatever stood there.
  const replaced = literal.properties.flatMap((member) =>
    facts.body.kind === "multipart" && member.type === "Property" && isHeader(member, "content-type") ? [member] : [],
  );
  for (const header of [...facts.headers.dropped, ...replaced]) {
    editor.remove(header);
  }
  for (const header of added) {
    const lower = header.name.replaceAll(/["']/gu, "").toLowerCase();
    for (const member of literal.properties) {
      if (isHeader(member, lower)) {
        editor.remove(member);
      }
    }
    // With names that can't be known, the user's value must come behind ours to win over it.
    editor.add(`${header.name}: ${header.text}`, facts.headers.isOpen && !header.wins ? "first" : "last");
  }
  editor.finish();
}
