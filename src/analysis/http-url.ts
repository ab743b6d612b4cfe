import type { Node } from "./ast.ts";
import { followConstant, stringOf } from "./http-values.ts";
import type { Model } from "./model.ts";

/** The URL as far as the file writes it out: up to the first value that is put in. */
function urlHead(model: Model, url: Node): string {
  const value = followConstant(model, url);
  if (value.type === "TemplateLiteral") {
    return value.quasis[0]?.value.cooked ?? "";
  }
  return value.type === "BinaryExpression" ? urlHead(model, value.left) : (stringOf(model, value) ?? "");
}

/** True for `https://user:secret@host`, whether the parts are written out or put in. */
export function hasCredentials(model: Model, url: Node): boolean {
  const value = followConstant(model, url);
  const text =
    value.type === "TemplateLiteral"
      ? value.quasis.map((quasi) => quasi.value.cooked ?? "").join("x")
      : stringOf(model, value);
  return /^[a-z]+:\/\/[^/?#]*@/iu.test(text ?? "");
}

const WITHOUT_SCHEME = /^(?:\/|(?:[a-z0-9-]+\.)+[a-z0-9-]+(?::\d+)?(?:[/?#]|$))/iu;

/** The beginning of a URL that surely lacks a scheme, as far as it is written in the file. */
export function schemelessHead(model: Model, url: Node): string | undefined {
  const head = urlHead(model, url);
  return WITHOUT_SCHEME.test(head) ? head : undefined;
}
