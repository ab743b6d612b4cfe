import type { Helper, HelperId } from "./helper.ts";
import { sendingHelpers } from "./sending-texts.ts";

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
  // These three are put together for each file, see http-request-function.ts.
  request: { needs: [], text: "" },
  requestBody: { needs: [], text: "" },
  readBody: { needs: [], text: "" },
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
  timeoutSignal: {
    needs: [],
    text: `// V1 ignored a timeout that is zero or no number.
function $timeoutSignal(timeout) {
  const isUsed = Number.isFinite(timeout) && timeout !== 0;
  return isUsed ? AbortSignal.timeout(Math.max(0, Math.ceil(timeout))) : undefined;
}`,
  },
  joinUrl: {
    needs: [],
    text: `// Joins the option \`baseUrl\` and a path with one slash between them, as V1 did.
function $joinUrl(base, path) {
  if (!base || path === "") {
    return base || path;
  }
  if (path.startsWith("//") || path.includes("://")) {
    throw new Error("options.uri must be a path when using options.baseUrl");
  }
  return \`\${base.replace(/\\/$/, "")}/\${path.replace(/^\\//, "")}\`;
}`,
  },
  authHeader: {
    needs: ["basicAuth"],
    text: `// Writes the option \`auth\` as a header.
function $authHeader({ bearer, user, username = user, pass, password = pass }) {
  if (bearer === undefined) {
    return $basicAuth(username, password);
  }
  return \`Bearer \${(typeof bearer === "function" ? bearer() : bearer) || ""}\`;
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
  ...sendingHelpers,
};
