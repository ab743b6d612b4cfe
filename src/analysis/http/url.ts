import type { Node } from "../code/tree.ts";
import { followConstant, stringOf } from "../values/constants.ts";
import { valuesOf } from "../values/values-of.ts";
import type { Model } from "../code/model.ts";

/** The URL as far as the file writes it out: up to the first value that is put in and can't be known. */
function urlHead(model: Model, url: Node): string {
  const [value, ...others] = valuesOf(model, url);
  const [head] = value?.kind === "text" && others.length === 0 ? value.parts : [];
  return typeof head === "string" ? head : "";
}

/** The URL as the file writes it, with `x` for each value that is put in. */
function writtenUrl(model: Model, url: Node): string {
  const value = followConstant(model, url);
  if (value.type === "TemplateLiteral") {
    return value.quasis.map((quasi) => quasi.value.cooked ?? "").join("x");
  }
  if (value.type === "BinaryExpression" && value.operator === "+") {
    return writtenUrl(model, value.left) + writtenUrl(model, value.right);
  }
  return stringOf(model, value) ?? "x";
}

/** True for `https://user:secret@host`, whether the parts are written out or put in. */
export function hasCredentials(model: Model, url: Node): boolean {
  return /^[a-z]+:\/\/[^/?#]*@/iu.test(writtenUrl(model, url));
}

/**
 * True for `?filter[state]=open`: beside `qs`, request read such names as objects and lists, and rewrote them.
 * `ids[]` is written as V1 did.
 */
export function hasNestedQuery(model: Model, url: Node): boolean {
  const [target = ""] = writtenUrl(model, url).split("#");
  const at = target.indexOf("?");
  return at >= 0 && /(?:\[|%5B)(?!\]|%5D)/iu.test(target.slice(at));
}

/** Why such a query is refused beside `qs`. */
export const nestedQuery = "stands beside a query with names in brackets, which V1 merged; write all of them in `qs`";

const WITHOUT_SCHEME = /^(?:\.{0,2}\/|localhost(?::\d+)?(?:[/?#]|$)|(?:[a-z0-9-]+\.)+[a-z0-9-]+(?::\d+)?(?:[/?#]|$))/iu;

/** True for a text that is no URL for want of a scheme: it begins with a path, or with a host. */
export function lacksScheme(text: string): boolean {
  return WITHOUT_SCHEME.test(text);
}

/** The beginning of a URL that surely lacks a scheme, as far as it is written in the file. */
export function schemelessHead(model: Model, url: Node): string | undefined {
  const head = urlHead(model, url);
  return lacksScheme(head) ? head : undefined;
}

/** The host of a URL with its port, as far as it is written out; undefined where it is not, or holds credentials. */
export function hostOf(model: Model, url: Node): string | undefined {
  const value = followConstant(model, url);
  const isWhole = value.type === "Literal";
  const ended = isWhole ? /^https?:\/\/(?<host>[^/?#@]+)/iu : /^https?:\/\/(?<host>[^/?#@]+)[/?#]/iu;
  return ended.exec(urlHead(model, url))?.groups?.["host"];
}
