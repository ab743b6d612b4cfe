// @ts-nocheck
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
      throw has.errorFields ? statusError(response, body) : new Error(`${response.status} - ${JSON.stringify(body)}`);
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

// What V1 sent: the option `json`, unless it only says that JSON is wanted.
export function jsonOption({ json }, headers) {
  return json && json !== true ? jsonText(json, headers) : undefined;
}

// Reads the body in the wanted encoding; null stands for a Buffer, as in V1.
export async function readBody(response, { encoding, json }) {
  const bytes = Buffer.from(await response.arrayBuffer());
  const body = encoding === null ? bytes : bytes.toString(encoding);
  return has.json ? (json ? parseJson(bytes.length === 0 ? "" : body) : body) : body;
}
