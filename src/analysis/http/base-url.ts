import type * as ESTree from "estree";
import type { Node } from "../code/tree.ts";
import { isCallOf } from "../code/names.ts";
import { stringOf } from "../values/constants.ts";
import type { OptionReader } from "./option-reader.ts";
import { hasCredentials } from "./url.ts";

/** The option `baseUrl`, where its value and the path behind it are written out. */
export interface BaseFacts {
  readonly property: ESTree.Property;
  /** What stands in front of the path, without a slash at its end; with the name of a constant, as in a template. */
  readonly text: string;
  readonly isNamed: boolean;
}

const BASE = /^https?:\/\/[\w.:/%~-]+$/u;

/** The parts of a path that are written out; undefined where another part may hold anything. */
function writtenParts(reader: OptionReader, path: Node): string[] | undefined {
  if (path.type === "Literal" && typeof path.value === "string") {
    return [path.value];
  }
  const isEncoded =
    path.type === "TemplateLiteral" &&
    path.expressions.every((part) => isCallOf(reader.model, part, "encodeURIComponent"));
  return isEncoded ? path.quasis.map(({ value }) => value.raw) : undefined;
}

/** True for a path that V1 joined with a base; it rejected whole addresses. Source: request.js, `baseUrl`. */
function isPath(parts: readonly string[]): boolean {
  const [head = ""] = parts;
  const text = parts.join("");
  return head !== "" && !head.startsWith("//") && !text.includes("://") && !/[`$\\]/u.test(text);
}

/** Reads the option `baseUrl`; what is not written out is refused. */
export function readBase(reader: OptionReader, path: Node | undefined, isPlain: boolean): BaseFacts | undefined {
  const property = reader.properties.get("baseUrl");
  if (property === undefined || path === undefined) {
    return undefined;
  }
  const { value } = property;
  const text = stringOf(reader.model, value) ?? "";
  const isNamed = value.type === "Identifier" && !text.endsWith("/");
  const isWritten = (value.type === "Literal" || isNamed) && BASE.test(text) && !hasCredentials(reader.model, value);
  const parts = writtenParts(reader, path);
  if (!isPlain || !isWritten || parts === undefined || !isPath(parts) || reader.properties.has("qs")) {
    reader.refuse("baseUrl", "is joined with the URL by a function of its own");
    return undefined;
  }
  return { property, text: isNamed ? `\${${value.name}}` : text.replace(/\/$/u, ""), isNamed };
}
