import type { Fact, TemplateId } from "../templates/texts.ts";

/** What the local `request` function of one file has to know: what any of its calls can need. */
export interface RequestFunction {
  /** Names of the options. */
  readonly names: ReadonlySet<string>;
  /** The function gets the URL as its first argument; otherwise it is one of the options. */
  readonly takesUrl: boolean;
  readonly canBeFull: boolean;
  /** V1 gave the headers for HEAD. */
  readonly canBeHead: boolean;
  /** `json` can be the body itself. */
  readonly canJsonBeBody: boolean;
  /** The file looks at the response of an error. */
  readonly readsErrorResponse: boolean;
}

/** Options that the functions are told of by their own names. */
const OPTIONS = [
  "auth",
  "baseUrl",
  "body",
  "encoding",
  "followRedirect",
  "form",
  "headers",
  "json",
  "method",
  "qs",
  "simple",
  "timeout",
  "uri",
  "url",
] as const satisfies readonly Fact[];

/** What the functions of a file need, by which their templates are written. */
export function factsOf(wanted: RequestFunction): ReadonlySet<Fact> {
  const { names, canBeFull, canBeHead, canJsonBeBody } = wanted;
  const has = (...options: readonly string[]): boolean => options.some((name) => names.has(name));
  const facts: readonly (readonly [Fact, boolean])[] = [
    ...OPTIONS.map((name) => [name, names.has(name)] as const),
    ["encodedBody", has("json", "form")],
    ["formHeaders", has("form", "headers")],
    ["fullResponse", canBeFull],
    ["head", canBeHead],
    // A failed HEAD carried what its result would have been: the headers, or the whole response.
    ["headError", canBeHead && wanted.readsErrorResponse],
    ["jsonBody", canJsonBeBody],
    ["sentBody", has("body", "form") || canJsonBeBody],
    ["sentHeaders", has("headers", "json", "form", "auth")],
    ["urlArgument", wanted.takesUrl],
  ];
  return new Set(facts.flatMap(([fact, isSo]) => (isSo ? [fact] : [])));
}

/** The template of the function that writes the body. */
export function bodyTemplate({ names }: RequestFunction): TemplateId {
  return names.has("form") || names.has("body") ? "requestBody" : "jsonOption";
}
