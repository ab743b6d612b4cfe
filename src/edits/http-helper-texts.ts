/** A function that carries what fetch lacks: its text, in which `$name` stands for the name of another one. */
export interface Helper {
  readonly text: string;
  readonly needs: readonly HelperId[];
}

export type HelperId =
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
  | "basicAuth"
  | "jsonBody"
  | "rawBody"
  | "formBody"
  | "withQuery"
  | "encodeForm"
  | "encodeChars";

const READS = {
  text: "await response.text()",
  json: "$parseJson(await response.text())",
  buffer: "Buffer.from(await response.arrayBuffer())",
};

function reader(id: HelperId, format: keyof typeof READS, comment: string): Helper {
  return {
    needs: ["statusError", ...(format === "json" ? (["parseJson"] as const) : [])],
    text: `// ${comment}
async function $${id}(response) {
  const body = ${READS[format]};
  if (!response.ok) {
    throw $statusError(response, body);
  }
  return body;
}`,
  };
}

function responseReader(id: HelperId, format: keyof typeof READS, comment: string): Helper {
  return {
    needs: ["plainResponse", ...(format === "json" ? (["parseJson"] as const) : [])],
    text: `// ${comment}
async function $${id}(response) {
  return $plainResponse(response, ${READS[format]});
}`,
  };
}

function okResponseReader(id: HelperId, format: keyof typeof READS): Helper {
  return {
    needs: ["plainResponse", "statusError", ...(format === "json" ? (["parseJson"] as const) : [])],
    text: `// Gives the response as V1 did, and rejects with its error for a status outside 2xx.
async function $${id}(response) {
  const body = ${READS[format]};
  if (!response.ok) {
    throw $statusError(response, body);
  }
  return $plainResponse(response, body);
}`,
  };
}

const REJECTS = "a status outside 2xx rejects, as it did in V1.";

/** In the order in which they are written to the end of the file. */
export const helpers: Readonly<Record<HelperId, Helper>> = {
  readText: reader("readText", "text", `Gives the body as text; ${REJECTS}`),
  readJson: reader("readJson", "json", `Gives the parsed body; ${REJECTS}`),
  readBuffer: reader("readBuffer", "buffer", `Gives the body as a Buffer; ${REJECTS}`),
  readAnyBuffer: {
    needs: [],
    text: `// Gives the body as a Buffer, whatever the status is.
async function $readAnyBuffer(response) {
  return Buffer.from(await response.arrayBuffer());
}`,
  },
  readResponse: responseReader("readResponse", "text", "Gives status, headers and text together, as V1 did."),
  readJsonResponse: responseReader(
    "readJsonResponse",
    "json",
    "Gives status, headers and parsed body together, as V1 did.",
  ),
  readBufferResponse: responseReader(
    "readBufferResponse",
    "buffer",
    "Gives status, headers and a Buffer together, as V1 did.",
  ),
  readOkResponse: okResponseReader("readOkResponse", "text"),
  readOkJsonResponse: okResponseReader("readOkJsonResponse", "json"),
  readOkBufferResponse: okResponseReader("readOkBufferResponse", "buffer"),
  parseJson: {
    needs: [],
    text: `// V1 gave undefined for an empty body, and the text itself when it was not JSON.
function $parseJson(text) {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}`,
  },
  statusError: {
    needs: [],
    text: `// The error with which V1 rejected a status outside 2xx.
function $statusError({ status: statusCode, headers }, body) {
  return Object.assign(new Error(\`\${statusCode} - \${JSON.stringify(body)}\`), {
    name: "StatusCodeError",
    statusCode,
    error: body,
    response: { statusCode, headers: Object.fromEntries(headers), body },
  });
}`,
  },
  fullStatusError: {
    needs: ["plainResponse"],
    text: `// The error with which V1 rejected a status outside 2xx.
function $statusError(response, body) {
  const { status: statusCode } = response;
  return Object.assign(new Error(\`\${statusCode} - \${JSON.stringify(body)}\`), {
    name: "StatusCodeError",
    statusCode,
    error: body,
    response: $plainResponse(response, body),
  });
}`,
  },
  plainResponse: {
    needs: [],
    text: `// The response as V1 gave it: plain headers, cookies as a list.
function $plainResponse(response, body) {
  const headers = Object.fromEntries(response.headers);
  if ("set-cookie" in headers) {
    headers["set-cookie"] = response.headers.getSetCookie();
  }
  return { statusCode: response.status, statusMessage: response.statusText, headers, body };
}`,
  },
  requestMethod: {
    needs: [],
    text: `// V1 wrote methods in upper case and did not follow redirects of these four.
function $requestMethod(method) {
  const name = (method || "GET").toUpperCase();
  const isFollowed = !["POST", "PUT", "PATCH", "DELETE"].includes(name);
  return { method: name, redirect: isFollowed ? "follow" : "manual" };
}`,
  },
  requestHeaders: {
    needs: [],
    text: `// V1 left out headers that are undefined; of two spellings of a name the last one counts.
function $requestHeaders(values) {
  const headers = new Headers();
  for (const [name, value] of Object.entries(values ?? {})) {
    if (value !== undefined) {
      headers.set(name, value);
    }
  }
  return headers;
}`,
  },
  plainHeaders: {
    needs: ["requestHeaders"],
    text: `// Headers as a plain object, the only form that the client of V2 takes.
function $plainHeaders(values) {
  return Object.fromEntries($requestHeaders(values));
}`,
  },
  basicAuth: {
    needs: [],
    text: `// Writes user and password as a header, and rejects what V1 rejected.
function $basicAuth(user, password) {
  if (typeof user !== "string" || (password !== undefined && typeof password !== "string")) {
    throw new Error("auth() received invalid user or password");
  }
  return \`Basic \${Buffer.from(\`\${user}:\${password ?? ""}\`).toString("base64")}\`;
}`,
  },
  jsonBody: {
    needs: [],
    text: `// Sends JSON with its content type; undefined is sent as no body at all, as in V1.
function $jsonBody(value) {
  return value === undefined ? undefined : new Blob([JSON.stringify(value)], { type: "application/json" });
}`,
  },
  rawBody: {
    needs: [],
    text: `// Sends text and bytes as they are, without a content type; V1 rejected everything else.
function $rawBody(value) {
  const parts = Array.isArray(value) ? value : [value];
  if (value && !parts.every((part) => typeof part === "string" || ArrayBuffer.isView(part))) {
    throw new Error("Argument error, options.body.");
  }
  return value ? new Blob(parts) : undefined;
}`,
  },
  formBody: {
    needs: ["encodeForm", "encodeChars"],
    text: `// Sends a form with its content type: an object is encoded, a text goes as it is but for these characters.
function $formBody(form) {
  if (!form) {
    return undefined;
  }
  const text = typeof form === "string" ? form.replace(/[!'()*]/g, $encodeChars) : $encodeForm(form);
  return new Blob([text], { type: "application/x-www-form-urlencoded" });
}`,
  },
  withQuery: {
    needs: ["encodeForm"],
    text: `// Adds values to the query of a URL, as the option \`qs\` did in V1.
function $withQuery(url, values) {
  const [base, ...rest] = String(url).split("?");
  const known = Object.fromEntries(new URLSearchParams(rest.join("?")));
  const query = $encodeForm({ ...known, ...values });
  return query === "" ? url : \`\${base}?\${query}\`;
}`,
  },
  encodeForm: {
    needs: ["encodeChars"],
    text: `// Encodes as V1 did: nested names in brackets, a space as %20, undefined left out.
function $encodeForm(value, name) {
  if (value === undefined || typeof value === "function") return "";
  if (value instanceof Date) return $encodeForm(value.toISOString(), name);
  if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) {
    return \`\${$encodeChars(name)}=\${$encodeChars(value ?? "")}\`;
  }
  const pairs = Object.keys(value).map((key) => $encodeForm(value[key], name ? \`\${name}[\${key}]\` : key));
  return pairs.filter((pair) => pair !== "").join("&");
}`,
  },
  encodeChars: {
    needs: [],
    text: `// Percent-encodes these five characters as well, as V1 did.
function $encodeChars(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => \`%\${char.charCodeAt(0).toString(16).toUpperCase()}\`);
}`,
  },
};
