import type { Helper, HelperId } from "./helper.ts";

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

/** The texts of the functions that depend on what the file needs. */
export function requestFunctions(wanted: RequestFunction): Partial<Record<HelperId, Helper>> {
  return { request: requestHelper(wanted), requestBody: bodyHelper(wanted), readBody: readHelper(wanted) };
}

/** One line of the text with the helpers that it calls. */
interface Line {
  readonly text: string;
  readonly needs: readonly HelperId[];
}

function line(text: string): Line {
  return { text, needs: [...text.matchAll(/\$([a-z]\w*)/giu)].map(([, name]) => name as HelperId) };
}

function helperOf(id: HelperId, lines: readonly (Line | string | false)[]): Helper {
  const kept = lines.flatMap((item) => (item === false ? [] : [typeof item === "string" ? line(item) : item]));
  return {
    text: kept.map(({ text }) => text).join("\n"),
    needs: [...new Set(kept.flatMap(({ needs }) => needs))].filter((needed) => needed !== id),
  };
}

/** The expression that gives the address. */
function targetOf({ names, takesUrl }: RequestFunction): string {
  const inOptions = ["uri", "url"].filter((name) => names.has(name)).map((name) => `settings.${name}`);
  const address = takesUrl ? "url" : inOptions.join(" || ");
  const joined = names.has("baseUrl") ? `$joinUrl(settings.baseUrl, ${address})` : address;
  return names.has("qs") ? `$withQuery(${joined}, settings.qs)` : joined;
}

/** The lines of what is handed to fetch. */
function initLines(wanted: RequestFunction): (string | false)[] {
  const { names } = wanted;
  const has = (name: string): boolean => names.has(name);
  const body = has("json") || has("form") ? "$requestBody(settings, headers)" : "$rawBody(settings.body)";
  return [
    has("method") && "method,",
    has("followRedirect")
      ? `redirect: settings.followRedirect === false ? "manual" : ${has("method") ? "redirect" : '"follow"'},`
      : has("method") && "redirect,",
    needsHeaders(wanted) && "headers,",
    hasBody(wanted) && `body: ${body},`,
    has("timeout") && "signal: $timeoutSignal(settings.timeout),",
  ].map((text) => (text === false ? false : `    ${text}`));
}

function sendLines(wanted: RequestFunction): (string | false)[] {
  const init = initLines(wanted);
  const target = targetOf(wanted);
  return init.every((text) => text === false)
    ? [`  const response = await fetch(${target});`]
    : [`  const response = await fetch(${target}, {`, ...init, "  });"];
}

function hasBody({ names, canJsonBeBody }: RequestFunction): boolean {
  return names.has("body") || names.has("form") || canJsonBeBody;
}

function needsHeaders({ names }: RequestFunction): boolean {
  return ["headers", "json", "form", "auth"].some((name) => names.has(name));
}

function headerLines(wanted: RequestFunction): (string | false)[] {
  const hasJson = wanted.names.has("json");
  if (!wanted.names.has("headers")) {
    const accept = hasJson ? 'settings.json ? { Accept: "application/json" } : {}' : "";
    return [needsHeaders(wanted) && `  const headers = new Headers(${accept});`];
  }
  return [
    "  const headers = $requestHeaders(settings.headers);",
    hasJson && '  if (settings.json && !headers.has("accept")) {\n    headers.set("Accept", "application/json");\n  }',
  ];
}

function requestHelper(wanted: RequestFunction): Helper {
  const { names, canBeFull, canBeHead, takesUrl } = wanted;
  const has = (name: string): boolean => names.has(name);
  const text = "await response.text()";
  const parsed = has("json") ? `settings.json ? $parseJson(${text}) : ${text}` : text;
  const result = canBeHead ? 'method === "HEAD" ? $plainResponse(response).headers : body' : "body";
  return helperOf("request", [
    "// Sends a request with options as the HTTP client of V1 took them, and gives what that gave.",
    `async function $request(${takesUrl ? "url, options" : "options"}) {`,
    "  const settings = { ...options };",
    has("method") && "  const { method, redirect } = $requestMethod(settings.method);",
    ...headerLines(wanted),
    has("auth") && '  if (settings.auth) {\n    headers.set("Authorization", $authHeader(settings.auth));\n  }',
    ...sendLines(wanted),
    `  const body = ${has("encoding") ? "await $readBody(response, settings)" : parsed};`,
    `  if (${has("simple") ? "settings.simple !== false && " : ""}!response.ok) {`,
    ...errorLines(wanted),
    "  }",
    canBeFull && "  if (settings.resolveWithFullResponse === true) {\n    return $plainResponse(response, body);\n  }",
    `  return ${result};`,
    "}",
  ]);
}

/** A failed HEAD carried what its result would have been: the headers, or the whole response. */
function errorLines({ canBeFull, canBeHead, readsErrorResponse }: RequestFunction): (string | false)[] {
  if (!canBeHead || !readsErrorResponse) {
    return ["    throw $statusError(response, body);"];
  }
  const isHead = `method === "HEAD"${canBeFull ? " && settings.resolveWithFullResponse !== true" : ""}`;
  return [
    "    const error = $statusError(response, body);",
    `    if (${isHead}) {\n      error.response = error.response.headers;\n    }`,
    "    throw error;",
  ];
}

function bodyHelper(wanted: RequestFunction): Helper {
  const { names, canJsonBeBody } = wanted;
  const [hasForm, hasJson] = [names.has("form"), names.has("json")];
  if (!hasForm && !names.has("body")) {
    return helperOf("requestBody", [
      "// What V1 sent: the option `json`, unless it only says that JSON is wanted.",
      "function $requestBody({ json }, headers) {",
      "  return json && json !== true ? $jsonText(json, headers) : undefined;",
      "}",
    ]);
  }
  const body = names.has("body") ? "body" : "undefined";
  // The text that is sent: `value` where a form may stand for the body.
  const [value, declared] = hasForm
    ? ["value", `  const value = form ? $formText(form, headers) : ${body};`]
    : ["body", false as const];
  const parts = ["form", "json", "body"].filter((name) => names.has(name)).join(", ");
  const json = `$jsonText(${value}, headers)`;
  const sent =
    hasForm || names.has("headers") ? `$isForm(headers) ? ${value}.replace(/[!'()*]/g, $encodeChars) : ${json}` : json;
  return helperOf("requestBody", [
    "// What V1 sent: a form, JSON, or text and bytes as they are.",
    `function $requestBody({ ${parts} }, headers) {`,
    declared,
    canJsonBeBody && "  if (json && json !== true) {\n    return $jsonText(json, headers);\n  }",
    hasJson && `  if (!json || ${value} === undefined) {\n    return $rawBody(${value});\n  }`,
    `  return ${hasJson ? sent : `$rawBody(${value})`};`,
    "}",
  ]);
}

function readHelper({ names }: RequestFunction): Helper {
  const hasJson = names.has("json");
  return helperOf("readBody", [
    "// Reads the body in the wanted encoding; null stands for a Buffer, as in V1.",
    `async function $readBody(response, { encoding${hasJson ? ", json" : ""} }) {`,
    "  const bytes = Buffer.from(await response.arrayBuffer());",
    `  const body = encoding === null ? bytes : bytes.toString(encoding);`,
    hasJson ? '  return json ? $parseJson(bytes.length === 0 ? "" : body) : body;' : "  return body;",
    "}",
  ]);
}
