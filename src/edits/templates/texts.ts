// Written by `npm run update` from the files beside it.

/** A function of the files beside. */
export type TemplateId =
  | "request"
  | "requestBody"
  | "jsonOption"
  | "readBody"
  | "readText"
  | "readJson"
  | "readBuffer"
  | "readAnyBuffer"
  | "readResponse"
  | "readJsonResponse"
  | "readBufferResponse"
  | "readOkResponse"
  | "readOkJsonResponse"
  | "readOkBufferResponse"
  | "parseJson"
  | "statusError"
  | "fullStatusError"
  | "plainResponse"
  | "requestMethod"
  | "requestHeaders"
  | "plainHeaders"
  | "timeoutSignal"
  | "joinUrl"
  | "authHeader"
  | "basicAuth"
  | "jsonBody"
  | "rawBody"
  | "formBody"
  | "formText"
  | "multipartForm"
  | "jsonText"
  | "isForm"
  | "withQuery"
  | "withQuerystring"
  | "encodeForm"
  | "memberName"
  | "encodeChars"
  | "readSDEs"
  | "replaceFiles"
  | "asError";

/** Something that a file can need of a function: see has.js. */
export type Fact =
  | "auth"
  | "baseUrl"
  | "body"
  | "encodedBody"
  | "encoding"
  | "errorBody"
  | "errorFields"
  | "errorName"
  | "errorResponse"
  | "errorStatus"
  | "followRedirect"
  | "form"
  | "formFiles"
  | "formHeaders"
  | "fullResponse"
  | "head"
  | "headError"
  | "headers"
  | "json"
  | "jsonBody"
  | "lists"
  | "method"
  | "qs"
  | "responseHeaders"
  | "responseMessage"
  | "sentBody"
  | "sentHeaders"
  | "simple"
  | "timeout"
  | "uri"
  | "url"
  | "urlArgument"
  | "wholeResponse";

/** The files, in the order in which their functions are written to the end of a user's file. */
export const templateTexts: readonly string[] = [
  `// @ts-nocheck
import { parseJson, plainResponse, statusError } from "./answers.js";
import { encodeChars, formText, isForm, jsonText, rawBody, withQuery } from "./bodies.js";
import { has } from "./has.js";
import { authHeader, joinUrl, requestHeaders, requestMethod, timeoutSignal } from "./options.js";

// Sends a request with options as the HTTP client of V1 took them, and gives what that gave.
export async function request(url, options) {
  const settings = { ...options };
  const { method, redirect } = requestMethod(settings.method);
  const headers = has.headers
    ? requestHeaders(settings.headers)
    : new Headers(has.json ? (settings.json ? { Accept: "application/json" } : {}) : undefined);
  if (has.headers && has.json) {
    if (settings.json && !headers.has("accept")) {
      headers.set("Accept", "application/json");
    }
  }
  if (has.auth) {
    if (settings.auth) {
      headers.set("Authorization", authHeader(settings.auth));
    }
  }
  const path = has.urlArgument ? url : has.uri ? (has.url ? settings.uri || settings.url : settings.uri) : settings.url;
  const joined = has.baseUrl ? joinUrl(settings.baseUrl, path) : path;
  const address = has.qs ? withQuery(joined, settings.qs) : joined;
  const response = await fetch(address, {
    ...(has.method && { method }),
    ...(has.followRedirect && {
      redirect: settings.followRedirect === false ? "manual" : has.method ? redirect : "follow",
    }),
    ...(has.method && !has.followRedirect && { redirect }),
    ...(has.sentHeaders && { headers }),
    ...(has.sentBody && { body: has.encodedBody ? requestBody(settings, headers) : rawBody(settings.body) }),
    ...(has.timeout && { signal: timeoutSignal(settings.timeout) }),
  });
  const body = has.encoding
    ? await readBody(response, settings)
    : has.json
      ? settings.json
        ? parseJson(await response.text())
        : await response.text()
      : await response.text();
  if (has.simple ? settings.simple !== false && !response.ok : !response.ok) {
    if (!has.headError) {
      throw has.errorFields ? statusError(response, body) : new Error(\`\${response.status} - \${JSON.stringify(body)}\`);
    }
    const error = statusError(response, body);
    if (has.fullResponse ? method === "HEAD" && settings.resolveWithFullResponse !== true : method === "HEAD") {
      error.response = error.response.headers;
    }
    throw error;
  }
  if (has.fullResponse) {
    if (settings.resolveWithFullResponse === true) {
      return plainResponse(response, body);
    }
  }
  return has.head ? (method === "HEAD" ? plainResponse(response).headers : body) : body;
}

// What V1 sent: a form, JSON, or text and bytes as they are.
export function requestBody({ form, json, body }, headers) {
  const value = has.form ? (form ? formText(form, headers) : has.body ? body : undefined) : body;
  if (has.jsonBody) {
    if (json && json !== true) {
      return jsonText(json, headers);
    }
  }
  if (!has.json) {
    return rawBody(value);
  }
  if (!json || value === undefined) {
    return rawBody(value);
  }
  return has.formHeaders
    ? isForm(headers)
      ? value.replace(/[!'()*]/g, encodeChars)
      : jsonText(value, headers)
    : jsonText(value, headers);
}

// What V1 sent: the option \`json\`, unless it only says that JSON is wanted.
export function jsonOption({ json }, headers) {
  return json && json !== true ? jsonText(json, headers) : undefined;
}

// Reads the body in the wanted encoding; null stands for a Buffer, as in V1.
export async function readBody(response, { encoding, json }) {
  const bytes = Buffer.from(await response.arrayBuffer());
  const body = encoding === null ? bytes : bytes.toString(encoding);
  return has.json ? (json ? parseJson(bytes.length === 0 ? "" : body) : body) : body;
}
`,
  `// @ts-nocheck
import { has } from "./has.js";

// Gives the body as text; a status outside 2xx rejects, as it did in V1.
export async function readText(response) {
  const body = await response.text();
  if (!response.ok) {
    throw has.errorFields ? statusError(response, body) : new Error(\`\${response.status} - \${JSON.stringify(body)}\`);
  }
  return body;
}

// Gives the parsed body; a status outside 2xx rejects, as it did in V1.
export async function readJson(response) {
  const body = parseJson(await response.text());
  if (!response.ok) {
    throw has.errorFields ? statusError(response, body) : new Error(\`\${response.status} - \${JSON.stringify(body)}\`);
  }
  return body;
}

// Gives the body as a Buffer; a status outside 2xx rejects, as it did in V1.
export async function readBuffer(response) {
  const body = Buffer.from(await response.arrayBuffer());
  if (!response.ok) {
    throw has.errorFields ? statusError(response, body) : new Error(\`\${response.status} - \${JSON.stringify(body)}\`);
  }
  return body;
}

// Gives the body as a Buffer, whatever the status is.
export async function readAnyBuffer(response) {
  return Buffer.from(await response.arrayBuffer());
}

// Gives the response as V1 did, as far as this file reads it, with its body as text.
export async function readResponse(response) {
  return has.wholeResponse
    ? plainResponse(response, await response.text())
    : {
        statusCode: response.status,
        ...(has.responseMessage && { statusMessage: response.statusText }),
        ...(has.responseHeaders && { headers: Object.fromEntries(response.headers) }),
        body: await response.text(),
      };
}

// Gives the response as V1 did, as far as this file reads it, with its body parsed.
export async function readJsonResponse(response) {
  return has.wholeResponse
    ? plainResponse(response, parseJson(await response.text()))
    : {
        statusCode: response.status,
        ...(has.responseMessage && { statusMessage: response.statusText }),
        ...(has.responseHeaders && { headers: Object.fromEntries(response.headers) }),
        body: parseJson(await response.text()),
      };
}

// Gives the response as V1 did, as far as this file reads it, with its body as a Buffer.
export async function readBufferResponse(response) {
  return has.wholeResponse
    ? plainResponse(response, Buffer.from(await response.arrayBuffer()))
    : {
        statusCode: response.status,
        ...(has.responseMessage && { statusMessage: response.statusText }),
        ...(has.responseHeaders && { headers: Object.fromEntries(response.headers) }),
        body: Buffer.from(await response.arrayBuffer()),
      };
}

// Gives the response as V1 did, and rejects with its error for a status outside 2xx.
export async function readOkResponse(response) {
  const body = await response.text();
  if (!response.ok) {
    throw has.errorFields ? statusError(response, body) : new Error(\`\${response.status} - \${JSON.stringify(body)}\`);
  }
  return has.wholeResponse
    ? plainResponse(response, body)
    : {
        statusCode: response.status,
        ...(has.responseMessage && { statusMessage: response.statusText }),
        ...(has.responseHeaders && { headers: Object.fromEntries(response.headers) }),
        body,
      };
}

// Gives the response as V1 did, and rejects with its error for a status outside 2xx.
export async function readOkJsonResponse(response) {
  const body = parseJson(await response.text());
  if (!response.ok) {
    throw has.errorFields ? statusError(response, body) : new Error(\`\${response.status} - \${JSON.stringify(body)}\`);
  }
  return has.wholeResponse
    ? plainResponse(response, body)
    : {
        statusCode: response.status,
        ...(has.responseMessage && { statusMessage: response.statusText }),
        ...(has.responseHeaders && { headers: Object.fromEntries(response.headers) }),
        body,
      };
}

// Gives the response as V1 did, and rejects with its error for a status outside 2xx.
export async function readOkBufferResponse(response) {
  const body = Buffer.from(await response.arrayBuffer());
  if (!response.ok) {
    throw has.errorFields ? statusError(response, body) : new Error(\`\${response.status} - \${JSON.stringify(body)}\`);
  }
  return has.wholeResponse
    ? plainResponse(response, body)
    : {
        statusCode: response.status,
        ...(has.responseMessage && { statusMessage: response.statusText }),
        ...(has.responseHeaders && { headers: Object.fromEntries(response.headers) }),
        body,
      };
}

// V1 gave undefined for an empty body, and the text itself when it was not JSON.
export function parseJson(text) {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}

// The error with which V1 rejected a status outside 2xx, with what this file reads of it.
export function statusError({ status: statusCode, headers }, body) {
  return Object.assign(new Error(\`\${statusCode} - \${JSON.stringify(body)}\`), {
    ...(has.errorName && { name: "StatusCodeError" }),
    ...(has.errorStatus && { statusCode }),
    ...(has.errorBody && { error: body }),
    ...(has.errorResponse && { response: { statusCode, headers: Object.fromEntries(headers), body } }),
  });
}

// The error with which V1 rejected a status outside 2xx.
export function fullStatusError(response, body) {
  const { status: statusCode } = response;
  return Object.assign(new Error(\`\${statusCode} - \${JSON.stringify(body)}\`), {
    name: "StatusCodeError",
    statusCode,
    error: body,
    response: plainResponse(response, body),
  });
}

// The response as V1 gave it: plain headers, cookies as a list.
export function plainResponse(response, body) {
  const headers = Object.fromEntries(response.headers);
  if ("set-cookie" in headers) {
    headers["set-cookie"] = response.headers.getSetCookie();
  }
  return { statusCode: response.status, statusMessage: response.statusText, headers, body };
}
`,
  `// @ts-nocheck

// V1 wrote methods in upper case and did not follow redirects of these four.
export function requestMethod(method) {
  const name = (method || "GET").toUpperCase();
  const isFollowed = !["POST", "PUT", "PATCH", "DELETE"].includes(name);
  return { method: name, redirect: isFollowed ? "follow" : "manual" };
}

// V1 left out headers that are undefined; of two spellings of a name the last one counts.
export function requestHeaders(values) {
  const headers = new Headers();
  for (const [name, value] of Object.entries(values ?? {})) {
    if (value !== undefined) {
      headers.set(name, value);
    }
  }
  return headers;
}

// Headers as a plain object, the only form that the client of V2 takes.
export function plainHeaders(values) {
  return Object.fromEntries(requestHeaders(values));
}

// V1 ignored a timeout that is zero or no number.
export function timeoutSignal(timeout) {
  const isUsed = Number.isFinite(timeout) && timeout !== 0;
  return isUsed ? AbortSignal.timeout(Math.max(0, Math.ceil(timeout))) : undefined;
}

// Joins the option \`baseUrl\` and a path with one slash between them, as V1 did.
export function joinUrl(base, path) {
  if (!base || path === "") {
    return base || path;
  }
  if (path.startsWith("//") || path.includes("://")) {
    throw new Error("options.uri must be a path when using options.baseUrl");
  }
  return \`\${base.replace(/\\/$/, "")}/\${path.replace(/^\\//, "")}\`;
}

// Writes the option \`auth\` as a header.
export function authHeader(auth) {
  const { bearer, user, username = user, pass, password = pass } = auth;
  if (bearer === undefined) {
    return basicAuth(username, password);
  }
  return \`Bearer \${(typeof bearer === "function" ? bearer() : bearer) || ""}\`;
}

// Writes user and password as a header, and rejects what V1 rejected.
export function basicAuth(user, password) {
  if (typeof user !== "string" || (password !== undefined && typeof password !== "string")) {
    throw new Error("auth() received invalid user or password");
  }
  return \`Basic \${Buffer.from(\`\${user}:\${password ?? ""}\`).toString("base64")}\`;
}
`,
  `// @ts-nocheck
import { has } from "./has.js";

// Sends JSON with its content type; undefined is sent as no body at all, as in V1.
export function jsonBody(value) {
  return value === undefined ? undefined : new Blob([JSON.stringify(value)], { type: "application/json" });
}

// Sends text and bytes as they are, without a content type; V1 rejected everything else, and what holds none.
export function rawBody(value) {
  if (!value) {
    return undefined;
  }
  const parts = Array.isArray(value) ? value : [value];
  const areSendable = parts.every((part) => typeof part === "string" || ArrayBuffer.isView(part));
  const body = new Blob(parts);
  if (!areSendable || body.size === 0) {
    throw new Error("Argument error, options.body.");
  }
  return body;
}

// Sends a form with its content type: an object is encoded, a text goes as it is but for these characters.
export function formBody(form) {
  if (!form) {
    return undefined;
  }
  const text = typeof form === "string" ? form.replace(/[!'()*]/g, encodeChars) : encodeForm(form);
  return new Blob([text], { type: "application/x-www-form-urlencoded" });
}

// Encodes the option \`form\` and sets its content type; a text goes as it is but for these characters.
export function formText(form, headers) {
  if (!isForm(headers)) {
    headers.set("Content-Type", "application/x-www-form-urlencoded");
  }
  return typeof form === "string" ? form.replace(/[!'()*]/g, encodeChars) : encodeForm(form);
}

// Makes a multipart form; V1 failed as well at values that such a form does not take.
export function multipartForm(fields) {
  const form = new FormData();
  for (const [name, values] of Object.entries(fields)) {
    for (const value of [values].flat()) {
      const isPlain = typeof value === "string" || typeof value === "number";
      if (has.formFiles ? !isPlain && !(value instanceof File) : !isPlain) {
        throw new TypeError(\`The form field \${name} can't be sent.\`);
      }
      form.append(name, value);
    }
  }
  return form;
}

// Writes JSON, with its content type where the headers have none.
export function jsonText(value, headers) {
  if (!headers.has("content-type")) {
    headers.set("Content-Type", "application/json");
  }
  return JSON.stringify(value);
}

export function isForm(headers) {
  return /^application\\/x-www-form-urlencoded\\b/.test(headers.get("content-type"));
}

// Adds values to the query of a URL, as the option \`qs\` did in V1.
export function withQuery(url, values, lists) {
  const [base, ...rest] = String(url).split("?");
  const known = {};
  for (const [key, value] of new URLSearchParams(rest.join("?").split("#")[0])) {
    const name = key.replace(/\\[\\]$/, "");
    known[name] = Object.hasOwn(known, name) || name !== key ? [known[name] ?? [], value].flat() : value;
  }
  const query = encodeForm({ ...known, ...values }, has.lists ? "" : undefined, has.lists ? lists : undefined);
  return values && query !== "" ? \`\${base}?\${query}\` : url;
}

// Adds values to the query of a URL as Node's querystring writes them: lists repeat their name, objects are empty.
export function withQuerystring(url, values) {
  const [base, ...rest] = String(url).split("?");
  const known = {};
  for (const [name, value] of new URLSearchParams(rest.join("?").split("#")[0])) {
    known[name] = Object.hasOwn(known, name) ? [known[name], value].flat() : value;
  }
  const pairs = Object.entries({ ...known, ...values }).flatMap(([name, list]) =>
    [list].flat().map((value) => {
      const isPlain = /^(?:string|boolean|bigint)$/.test(typeof value) || Number.isFinite(value);
      return \`\${encodeChars(name)}=\${encodeChars(isPlain ? value : "")}\`;
    }),
  );
  return values && pairs.length > 0 ? \`\${base}?\${pairs.join("&")}\` : url;
}

// Encodes as V1 did: nested names in brackets, a space as %20, undefined left out.
export function encodeForm(value, name, lists) {
  if (value === undefined || typeof value === "function") return "";
  if (value instanceof Date) return encodeForm(value.toISOString(), name);
  if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) {
    return \`\${encodeChars(name)}=\${encodeChars(value ?? "")}\`;
  }
  if (has.lists) {
    const listed = Object.keys(value).map((key) => encodeForm(value[key], memberName(value, key, name, lists), lists));
    return listed.filter((pair) => pair !== "").join("&");
  }
  const pairs = Object.keys(value).map((key) => encodeForm(value[key], name ? \`\${name}[\${key}]\` : key));
  return pairs.filter((pair) => pair !== "").join("&");
}

// Names a member in a query; elements of a list by its name alone ("repeat"), or with brackets ("brackets").
export function memberName(value, key, name, lists) {
  if (Array.isArray(value) && lists) return lists === "repeat" ? name : \`\${name}[]\`;
  return name ? \`\${name}[\${key}]\` : key;
}

// Percent-encodes these five characters as well, as V1 did.
export function encodeChars(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => \`%\${char.charCodeAt(0).toString(16).toUpperCase()}\`);
}
`,
  `// @ts-nocheck

// V2 throws where a conversation has no SDEs; V1 gave empty lists.
export function readSDEs(sdeUtil, conversation) {
  const record = conversation?.conversationHistoryRecords?.[0];
  if (record && !record.sdes && !record.unAuthSdes) {
    return { sdes: { events: [] }, unAuthSdes: { events: [] } };
  }
  return sdeUtil.getSDEsFromConv(conversation);
}

// V2 takes the first record alone and throws where there are no messages; V1 took the messages of all records.
export async function replaceFiles(gdprUtil, conversation, credentials, ...options) {
  const records = conversation?.conversationHistoryRecords ?? [];
  const messageRecords = records.flatMap((record) => record.messageRecords ?? []);
  if (conversation && credentials != null && messageRecords.length === 0) {
    return [];
  }
  const whole = conversation && { ...conversation, conversationHistoryRecords: [{ ...records[0], messageRecords }] };
  return gdprUtil.replaceConversationFiles(whole, credentials, ...options);
}
`,
  `// @ts-nocheck

// V2 drops what is thrown and is no Error: its text becomes the message of one, its fields are kept.
export function asError(value) {
  if (value instanceof Error) {
    return value;
  }
  const { message, ...fields } = typeof value === "object" ? { ...value } : { message: String(value) };
  return Object.assign(new Error(typeof message === "string" ? message : JSON.stringify(value)), fields);
}
`,
];
