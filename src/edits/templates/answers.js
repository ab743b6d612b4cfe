// @ts-nocheck
import { has } from "./has.js";

// Gives the body as text; a status outside 2xx rejects, as it did in V1.
export async function readText(response) {
  const body = await response.text();
  if (!response.ok) {
    throw has.errorFields ? statusError(response, body) : new Error(`${response.status} - ${JSON.stringify(body)}`);
  }
  return body;
}

// Gives the parsed body; a status outside 2xx rejects, as it did in V1.
export async function readJson(response) {
  const body = parseJson(await response.text());
  if (!response.ok) {
    throw has.errorFields ? statusError(response, body) : new Error(`${response.status} - ${JSON.stringify(body)}`);
  }
  return body;
}

// Gives the body as a Buffer; a status outside 2xx rejects, as it did in V1.
export async function readBuffer(response) {
  const body = Buffer.from(await response.arrayBuffer());
  if (!response.ok) {
    throw has.errorFields ? statusError(response, body) : new Error(`${response.status} - ${JSON.stringify(body)}`);
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
    throw has.errorFields ? statusError(response, body) : new Error(`${response.status} - ${JSON.stringify(body)}`);
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
    throw has.errorFields ? statusError(response, body) : new Error(`${response.status} - ${JSON.stringify(body)}`);
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
    throw has.errorFields ? statusError(response, body) : new Error(`${response.status} - ${JSON.stringify(body)}`);
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
  return Object.assign(new Error(`${statusCode} - ${JSON.stringify(body)}`), {
    ...(has.errorName && { name: "StatusCodeError" }),
    ...(has.errorStatus && { statusCode }),
    ...(has.errorBody && { error: body }),
    ...(has.errorResponse && { response: { statusCode, headers: Object.fromEntries(headers), body } }),
  });
}

// The error with which V1 rejected a status outside 2xx.
export function fullStatusError(response, body) {
  const { status: statusCode } = response;
  return Object.assign(new Error(`${statusCode} - ${JSON.stringify(body)}`), {
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
