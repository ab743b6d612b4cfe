import type * as ESTree from "estree";
import { readAuth } from "./auth.ts";
import type { AuthFacts } from "./auth.ts";
import { readBase } from "./base-url.ts";
import type { BaseFacts } from "./base-url.ts";
import { httpOptions, sentMethods, unfollowedMethods } from "../../platform/http-options.ts";
import type { HttpOption } from "../../platform/http-options.ts";
import type { Node } from "../code/tree.ts";
import { readBody } from "./body.ts";
import type { BodyFacts } from "./body.ts";
import type { HttpCall } from "./calls.ts";
import { readHeaders } from "./headers.ts";
import type { HeaderFacts } from "./headers.ts";
import { findReordered } from "./option-order.ts";
import { OptionReader } from "./option-reader.ts";
import { isFrozen, isSetRightBefore } from "./place.ts";
import { readQueryForm } from "./query-form.ts";
import type { QueryForm } from "./query-form.ts";
import { textsOf } from "../values/texts.ts";
import { hasCredentials, hasNestedQuery, hostOf, nestedQuery, schemelessHead } from "./url.ts";
import { addressKind, addressOfParts, addressText, queryBesideUrl } from "./url-objects.ts";
import type { AddressKind } from "./url-objects.ts";
import { booleanOf, followConstant, stringOf } from "../values/constants.ts";
import type { Model } from "../code/model.ts";
import type { Problem } from "../code/problem.ts";

/** The method of a request. */
export interface MethodFacts {
  /** In upper case; undefined when it is known at run time only. */
  readonly name: string | undefined;
  readonly property: ESTree.Property | undefined;
  /** Written in lower case, or in a way that can't be known, where V1 saw a difference. */
  readonly isLowerCase: boolean;
  /** One of several methods, all in upper case and treated alike: the user's expression stays. */
  readonly isOneOf: boolean;
  /** HEAD, for which V1 gave the headers, is among the methods that the file writes, or may come from outside. */
  readonly head: "written" | "unknown" | "never";
}

/** What the result of a request is. */
export interface AnswerFacts {
  readonly format: "text" | "json" | "buffer";
  /** A status outside 2xx rejects. */
  readonly isSimple: boolean;
  /** The result is the response, not its body. */
  readonly isFull: boolean;
}

/** Everything that decides how one request is written with fetch. */
export interface RequestFacts {
  readonly call: HttpCall;
  readonly url: Node;
  readonly urlProperty: ESTree.Property | undefined;
  /** What stands in front of the URL. */
  readonly base: BaseFacts | undefined;
  /** It is what `url.parse` gave. */
  readonly isUrlParsed: boolean;
  /** The URL as text as far as it is written in the file, when it lacks a scheme. */
  readonly urlWithoutScheme: string | undefined;
  readonly query: ESTree.Property | undefined;
  readonly queryForm: QueryForm;
  readonly method: MethodFacts;
  readonly isFollowed: boolean;
  /** It fails at the first redirect. */
  readonly isRedirectError: boolean;
  /** Options for redirects that fetch follows in a way of its own. */
  readonly redirectLimit: ESTree.Property | undefined;
  readonly followAll: ESTree.Property | undefined;
  readonly headers: HeaderFacts;
  readonly body: BodyFacts;
  readonly auth: AuthFacts | undefined;
  readonly timeout: ESTree.Property | undefined;
  readonly answer: AnswerFacts;
  /** Options that did nothing, and go. */
  readonly switchedOff: readonly ESTree.Property[];
}

function checkNames(reader: OptionReader, known: ReadonlyMap<string, HttpOption>): void {
  for (const name of reader.properties.keys()) {
    const option = known.get(name);
    if (option === undefined) {
      reader.refuse(name, "is not known to this tool");
    } else if (option.handling === "refuse") {
      reader.refuse(name, option.why);
    }
  }
}

function readMethod(reader: OptionReader, verb: string | undefined): MethodFacts {
  const property = reader.properties.get("method");
  if (verb !== undefined || property === undefined) {
    const name = verb ?? "GET";
    return { name, property, isLowerCase: false, isOneOf: false, head: headOf([name]) };
  }
  const text = stringOf(reader.model, property.value);
  if (text === undefined) {
    const texts = textsOf(reader.model, property.value);
    const name = commonMethod(texts);
    return { name, property, isLowerCase: name === undefined, isOneOf: name !== undefined, head: headOf(texts) };
  }
  const name = text.toUpperCase();
  if (!sentMethods.has(name)) {
    reader.refuse("method", `is \`${text}\`, which this tool does not know`);
  }
  const isLowerCase = text !== name && unfollowedMethods.has(name) && !unfollowedMethods.has(text);
  return { name, property, isLowerCase, isOneOf: false, head: headOf([name]) };
}

function headOf(methods: readonly (string | undefined)[]): MethodFacts["head"] {
  if (methods.some((method) => method?.toUpperCase() === "HEAD")) {
    return "written";
  }
  return methods.includes(undefined) ? "unknown" : "never";
}

/** The method that stands for all that are possible; undefined when they need to be distinguished at run time. */
function commonMethod(texts: readonly (string | undefined)[]): string | undefined {
  const [first] = texts;
  const isAlike = (text: string | undefined): boolean =>
    text !== undefined && unfollowedMethods.has(text) && sentMethods.has(text);
  return texts.every(isAlike) || texts.every((text) => text === "GET") ? first : undefined;
}

/** Why `followAllRedirects: true` is refused. */
export const redirectsOfAllMethods = "follows redirects of every method, each with GET, which fetch does differently";

type RedirectFacts = Pick<RequestFacts, "isFollowed" | "isRedirectError" | "redirectLimit" | "followAll">;

function readRedirects(reader: OptionReader, method: MethodFacts): RedirectFacts {
  const isUnfollowed = unfollowedMethods.has(method.name ?? "GET");
  const isAll = reader.flag("followAllRedirects", false);
  if (isAll && (method.name === undefined || (isUnfollowed && method.name !== "POST"))) {
    reader.refuse("followAllRedirects", redirectsOfAllMethods);
  }
  const isFollowed = reader.flag("followRedirect", true) ? isAll || !isUnfollowed : isAll;
  const property = reader.properties.get("maxRedirects");
  const limit = property === undefined ? undefined : followConstant(reader.model, property.value);
  const isNumber = limit?.type === "Literal" && typeof limit.value === "number" && limit.value >= 0;
  if (property !== undefined && !isNumber) {
    reader.refuse("maxRedirects", "is not a number in the code");
  }
  const isNone = isNumber && limit.value === 0;
  return {
    isFollowed,
    isRedirectError: isNone && isFollowed,
    redirectLimit: isFollowed && !isNone ? property : undefined,
    followAll: isAll && isUnfollowed ? reader.properties.get("followAllRedirects") : undefined,
  };
}

function readAnswer(reader: OptionReader, method: MethodFacts, isFetch: boolean): AnswerFacts {
  const json = reader.properties.get("json");
  const isJson = json !== undefined && booleanOf(reader.model, json.value) !== false;
  const encoding = reader.properties.get("encoding");
  const charset = encoding === undefined ? undefined : followConstant(reader.model, encoding.value);
  const isBuffer = charset?.type === "Literal" && charset.value === null && charset.raw === "null";
  const isFull = reader.flag("resolveWithFullResponse", false);
  if (charset !== undefined && !isBuffer && !/^utf-?8$/iu.test(stringOf(reader.model, charset) ?? "")) {
    reader.refuse("encoding", "is neither `null` nor UTF-8");
  }
  if (isBuffer && isJson) {
    reader.refuse("encoding", "stands beside `json`");
  }
  const mayBeHead = method.head === "written" || (method.head === "unknown" && isFetch);
  if (mayBeHead && !isFull) {
    reader.refuse("method", "may be HEAD, which gave the headers as its result");
  }
  return { format: isBuffer ? "buffer" : isJson ? "json" : "text", isSimple: reader.flag("simple", true), isFull };
}

function readTimeout(reader: OptionReader): ESTree.Property | undefined {
  const property = reader.properties.get("timeout");
  const value = property === undefined ? undefined : followConstant(reader.model, property.value);
  if (property === undefined || value === undefined) {
    return undefined;
  }
  if (
    value.type !== "Literal" ||
    typeof value.value !== "number" ||
    !Number.isInteger(value.value) ||
    value.value <= 0
  ) {
    reader.refuse("timeout", "is not a number of milliseconds in the code");
    return undefined;
  }
  return property;
}

function checkUrl(reader: OptionReader, call: HttpCall, url: Node, address: AddressKind): void {
  const { model, properties, problems } = reader;
  const refuse = (why: string): void => {
    problems.push({ id: "http-option", node: url, data: { name: "url", why } });
  };
  const text = addressText(model, url);
  if (hasCredentials(model, text)) {
    refuse("holds credentials, which fetch refuses; send them in an Authorization header");
  }
  if (address === "object" || (address !== "text" && call.sender !== undefined)) {
    refuse(addressOfParts);
  }
  if (properties.has("qs") && (address === "url" || hasNestedQuery(model, text))) {
    reader.refuse("qs", address === "url" ? queryBesideUrl : nestedQuery);
  }
}

/** Reads what one request sends and gives: the facts, or everything that keeps it from being converted. */
export function readRequest(model: Model, call: HttpCall): RequestFacts | readonly Problem[] {
  const reader = new OptionReader(model, call);
  checkNames(reader, call.sender?.options ?? httpOptions);
  const { properties, problems } = reader;
  const urlProperty = call.urlArgument === undefined ? (properties.get("uri") ?? properties.get("url")) : undefined;
  const url = call.urlArgument ?? urlProperty?.value;
  for (const name of ["uri", "url"]) {
    const other = properties.get(name);
    if (other !== undefined && other !== urlProperty) {
      reader.refuse(name, "stands beside another URL");
    }
  }
  const isPlain = call.sender === undefined && call.options?.reference === undefined;
  const base = readBase(reader, url, isPlain);
  const start = base?.property.value ?? url;
  if (url === undefined || start === undefined) {
    problems.push({ id: "http-options", node: call.call, data: { what: "have no URL" } });
    return problems;
  }
  const address = addressKind(model, url);
  checkUrl(reader, call, url, address);
  const method = readMethod(reader, call.verb);
  const property = properties.get("headers");
  const headers: HeaderFacts = { property, ...readHeaders(model, property?.value, { name: hostOf(model, start) }) };
  problems.push(...headers.problems);
  const facts: RequestFacts = {
    call,
    url,
    urlProperty,
    base,
    isUrlParsed: address === "parsed",
    urlWithoutScheme: schemelessHead(model, start),
    query: properties.get("qs"),
    queryForm: readQueryForm(reader),
    method,
    ...readRedirects(reader, method),
    headers,
    body: readBody(reader, method.name, headers),
    auth: readAuth(reader, headers),
    timeout: readTimeout(reader),
    answer: readAnswer(reader, method, call.sender === undefined),
    switchedOff: reader.switchedOff,
  };
  checkPlace(reader, facts);
  const reordered = findReordered(model, facts);
  if (reordered !== undefined) {
    reader.refuse(reordered, "is computed in another order than fetch needs it, and the code shows that");
  }
  return problems.length > 0 ? problems : facts;
}

/** Options from a variable are changed where it is defined: what is evaluated there must be the same at the call. */
function checkPlace(reader: OptionReader, facts: RequestFacts): void {
  const reference = facts.call.options?.reference;
  const isPlainBody = facts.body.kind === "none" || isFrozen(facts.body.property.value);
  const isPlain = isPlainBody && facts.timeout === undefined && !facts.headers.needsHelper && facts.auth === undefined;
  const isFixed = isPlain && facts.method.name !== undefined;
  if (reference !== undefined && !isFixed && !isSetRightBefore(reader.model, reference)) {
    const what = "come from a variable that is set some way before it is used";
    reader.problems.push({ id: "http-options", node: reference, data: { what } });
  }
}
