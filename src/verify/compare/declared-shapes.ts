import { isDeepStrictEqual } from "node:util";
import { isError, isFields } from "./nodes.ts";
import type { Fields, Same } from "./nodes.ts";
import { holdsAnswerAsItCame } from "./status-text.ts";

/*
 * Errors and responses that the two platforms shape in their own ways: one of V1 and what stands for it in V2.
 */

const V1_NETWORK_TEXT =
  /(?:RequestError: )?(?:Error(?: \[\w+\])?: |TypeError (?=\[ERR_(?:INVALID|HTTP|UNESCAPED)))(?:\[\w+\]: [^"\n]*(?:"[^"\n]*"\]?)?|Argument error, options\.body\.|socket hang up|read ECONNRESET|Invalid URI "[^"]*"|E(?:SOCKET)?TIMEDOUT|(?:connect|getaddrinfo) \w+[^"\n]*|options\.uri is a required argument|no auth mechanism defined|auth\(\) received invalid user or password)/g;
const V2_NETWORK_TEXT =
  /(?:TypeError: )?(?:fetch failed|Failed to parse URL from [^\s"]*|The operation was aborted due to timeout|'[^'\n]*' is not a valid HTTP method\.|Headers\.\w+: [^\n]* is an invalid header (?:value|name)\.?)|(?:Error: )?(?:Argument error, options\.body\.|auth\(\) received invalid user or password)/g;

export function neutralNetworkText(text: string): string {
  return text.replace(V1_NETWORK_TEXT, "<network failure>").replace(V2_NETWORK_TEXT, "<network failure>");
}

export function isNetworkFailurePair(legacy: unknown, modern: unknown): boolean {
  // `error.name`, alone or in a text.
  if (typeof legacy === "string" && legacy.includes("RequestError"))
    return ["TypeError", "TimeoutError"].some((name) => legacy.replaceAll("RequestError", name) === modern);
  if (!isError(legacy) || !isError(modern) || legacy.name !== "RequestError") return false;
  if (modern.name === "TimeoutError" || modern.name === "AbortError") return legacy.message.includes("TIMEDOUT");
  const [before, after] = [neutralNetworkText(legacy.message), neutralNetworkText(modern.message)];
  const isRefused = modern.name === "Error" && before === after;
  // The address may have blanks.
  const isOfAddress = modern.message.startsWith("Failed to parse URL from ") && /^<network failure>$/u.test(before);
  return isRefused || (modern.name === "TypeError" && (isOfAddress || after === "<network failure>"));
}

export function neutralSecretText(text: string): string {
  return text.replace(/There is no Secret (?=.{0,200} for this account)/g, "There is no secret ");
}

/** A secret that does not exist can't be updated: the platforms say it in other words, and with other codes. */
export function neutralUpdateText(text: string): string {
  return text
    .replace(/Updating Secret (.{0,200}?) failed/g, "There is no secret $1 for this account")
    .replaceAll("com.liveperson.faas.secret.op-failed", "com.liveperson.faas.secret.not-found");
}

export function isUpdateErrorPair(legacy: unknown, modern: unknown): boolean {
  const isClient = isError(modern) && modern.fields["component"] === "SecretClient";
  return isClient && isError(legacy) && legacy.message.startsWith("Updating Secret ");
}

export function isSecretErrorPair(legacy: unknown, modern: unknown): boolean {
  if (!isError(legacy) || !isError(modern) || modern.fields["component"] !== "SecretClient") return false;
  if (isUpdateErrorPair(legacy, modern)) return true;
  const sameText = neutralSecretText(legacy.message) === neutralSecretText(modern.message);
  return sameText && legacy.fields["code"] === modern.fields["code"];
}

const HOP_HEADERS = new Set(["date", "connection", "keep-alive", "transfer-encoding"]);

export function isResponsePair(legacy: unknown, modern: unknown, same: Same): boolean {
  if (!isFields(legacy) || !isFields(modern)) return false;
  const isResponse = (value: Fields): boolean => "statusCode" in value && isFields(value["headers"]);
  if (!isResponse(legacy) || !isResponse(modern) || !("request" in legacy)) return false;
  const headers = (value: Fields): object =>
    Object.fromEntries(Object.entries(value["headers"] as Fields).filter(([name]) => !HOP_HEADERS.has(name)));
  const body = (value: Fields): unknown => value["body"] ?? { $: "undefined" };
  return (
    legacy["statusCode"] === modern["statusCode"] &&
    same(headers(legacy), headers(modern)) &&
    same(body(legacy), body(modern))
  );
}

/** Headers with the last of several cookies in place of all. */
export function isCookiePair(legacy: unknown, modern: unknown): boolean {
  if (!isFields(legacy) || !isFields(modern)) return false;
  const { "set-cookie": cookies, ...before } = legacy;
  const { "set-cookie": last, ...after } = modern;
  return Array.isArray(cookies) && cookies.at(-1) === last && isDeepStrictEqual(before, after);
}

export function isStatusErrorPair(legacy: unknown, modern: unknown, same: Same): boolean {
  if (!isError(legacy) || !isError(modern) || legacy.name !== "StatusCodeError") return false;
  const undefinedNode = { $: "undefined" };
  const has = (name: string): boolean => Object.hasOwn(modern.fields, name);
  return (
    (modern.name === "Error" || modern.name === legacy.name) &&
    modern.message === legacy.message &&
    (!has("statusCode") || legacy.fields["statusCode"] === modern.fields["statusCode"]) &&
    (!has("error") || same(legacy.fields["error"] ?? undefinedNode, modern.fields["error"] ?? undefinedNode))
  );
}

/** The response of an error, or JSON that holds one: plain data with the members that the file needs. */
export function isListedPair(legacy: unknown, modern: unknown, same: Same): boolean {
  if (typeof legacy === "string" && typeof modern === "string") {
    const [before, after] = [parsed(legacy), parsed(modern)];
    return isFields(before) && isFields(after) && same(before, after);
  }
  if (!isFields(legacy) || !isFields(modern) || !("statusCode" in legacy) || !isFields(legacy["headers"])) return false;
  if ("request" in legacy) return false;
  const needed = ["statusCode", "headers", "body"].filter((name) => name in legacy);
  return (
    needed.every((name) => name in modern) &&
    Object.keys(modern).every((name) => name in legacy && same(legacy[name], modern[name]))
  );
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What `transform` threw itself, or the error of a status that it did not get to see. */
export function isTransformErrorPair(legacy: unknown, modern: unknown, same: Same): boolean {
  if (!isError(legacy) || !isError(modern) || legacy.name !== "TransformError") return false;
  return modern.name === "StatusCodeError" || same(legacy.fields["cause"], modern);
}

/** The same failure before anything was sent: V2 wraps it in an error of the toolbelt. */
export function isLpClientErrorPair(legacy: unknown, modern: unknown): boolean {
  return isError(legacy) && isError(modern) && modern.fields["component"] === "LpClient" && legacy.name === "Error";
}

export function isPlainStatusErrorPair(legacy: unknown, modern: unknown): boolean {
  if (!isError(legacy) || !isError(modern) || legacy.name !== "StatusCodeError") return false;
  const message = `Request failed with status ${String(legacy.fields["statusCode"])}`;
  const others = Object.keys(modern.fields).filter((name) => name !== "statusCode" && name !== "name");
  return modern.message === message && others.length === 0;
}

export function isStatusTextPair(legacy: unknown, modern: unknown): boolean {
  if (typeof legacy === "string" && typeof modern === "string") return holdsAnswerAsItCame(legacy, modern);
  if (!isError(legacy) || !isError(modern) || legacy.name !== "StatusCodeError") return false;
  const isPlain = modern.name === "Error" && Object.keys(modern.fields).length === 0;
  return isPlain && holdsAnswerAsItCame(legacy.message, modern.message);
}
