import type { Model } from "../code/model.ts";
import { rangeOf } from "../code/tree.ts";
import type { Node, Range } from "../code/tree.ts";
import { findHttpCalls } from "./calls.ts";
import type { HttpCall } from "./calls.ts";
import { readHeaders } from "./headers.ts";

/** User and password that are written out in the URL of a request: `https://user:password@host`. */
export interface UrlCredentials {
  readonly request: HttpCall;
  /** The literal or template that holds them. */
  readonly url: Node;
  /** Where they stand, `@` included. */
  readonly range: Range;
  readonly user: string;
  readonly password: string;
}

const CREDENTIALS = /^(?<scheme>https?:\/\/)(?<user>[^/?#@:\\]*)(?::(?<password>[^/?#@\\]*))?@/iu;

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function credentialsOf(model: Model, request: HttpCall): UrlCredentials | undefined {
  const properties = request.options?.properties;
  const url: Node | undefined = request.urlArgument ?? (properties?.get("uri") ?? properties?.get("url"))?.value;
  const isText = (url?.type === "Literal" && typeof url.value === "string") || url?.type === "TemplateLiteral";
  if (!isText || properties?.has("auth") === true || request.options?.reference !== undefined) {
    return undefined;
  }
  const start = rangeOf(url)[0] + 1;
  const end =
    url.type === "TemplateLiteral" && url.quasis[0] !== undefined ? rangeOf(url.quasis[0])[1] : rangeOf(url)[1] - 1;
  const found = CREDENTIALS.exec(model.text.slice(start, end));
  const { scheme = "", user = "", password = "" } = found?.groups ?? {};
  const parts = [decoded(user), decoded(password)] as const;
  if (found === null || parts[0] === undefined || parts[1] === undefined) {
    return undefined;
  }
  const headers = readHeaders(model, properties?.get("headers")?.value);
  if (headers.isOpen || headers.names.has("authorization")) {
    return undefined;
  }
  const range: Range = [start + scheme.length, start + found[0].length];
  return { request, url, range, user: parts[0], password: parts[1] };
}

/** Finds the requests whose URLs hold credentials that the file writes out, and that send no others. */
export function findUrlCredentials(model: Model): UrlCredentials[] {
  return findHttpCalls(model).calls.flatMap((request) => credentialsOf(model, request) ?? []);
}
