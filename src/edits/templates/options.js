// @ts-nocheck

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

// Joins the option `baseUrl` and a path with one slash between them, as V1 did.
export function joinUrl(base, path) {
  if (!base || path === "") {
    return base || path;
  }
  if (path.startsWith("//") || path.includes("://")) {
    throw new Error("options.uri must be a path when using options.baseUrl");
  }
  return `${base.replace(/\/$/, "")}/${path.replace(/^\//, "")}`;
}

// Writes the option `auth` as a header.
export function authHeader(auth) {
  const { bearer, user, username = user, pass, password = pass } = auth;
  if (bearer === undefined) {
    return basicAuth(username, password);
  }
  return `Bearer ${(typeof bearer === "function" ? bearer() : bearer) || ""}`;
}

// Writes user and password as a header, and rejects what V1 rejected.
export function basicAuth(user, password) {
  if (typeof user !== "string" || (password !== undefined && typeof password !== "string")) {
    throw new Error("auth() received invalid user or password");
  }
  return `Basic ${Buffer.from(`${user}:${password ?? ""}`).toString("base64")}`;
}
