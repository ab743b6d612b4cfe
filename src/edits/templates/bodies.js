// @ts-nocheck
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

// Encodes the option `form` and sets its content type; a text goes as it is but for these characters.
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
        throw new TypeError(`The form field ${name} can't be sent.`);
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
  return /^application\/x-www-form-urlencoded\b/.test(headers.get("content-type"));
}

// Adds values to the query of a URL, as the option `qs` did in V1.
export function withQuery(url, values, lists) {
  const [base, ...rest] = String(url).split("?");
  const known = {};
  for (const [key, value] of new URLSearchParams(rest.join("?").split("#")[0])) {
    const name = key.replace(/\[\]$/, "");
    known[name] = Object.hasOwn(known, name) || name !== key ? [known[name] ?? [], value].flat() : value;
  }
  const query = encodeForm({ ...known, ...values }, has.lists ? "" : undefined, has.lists ? lists : undefined);
  return values && query !== "" ? `${base}?${query}` : url;
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
      return `${encodeChars(name)}=${encodeChars(isPlain ? value : "")}`;
    }),
  );
  return values && pairs.length > 0 ? `${base}?${pairs.join("&")}` : url;
}

// Encodes as V1 did: nested names in brackets, a space as %20, undefined left out.
export function encodeForm(value, name, lists) {
  if (value === undefined || typeof value === "function") return "";
  if (value instanceof Date) return encodeForm(value.toISOString(), name);
  if (value === null || typeof value !== "object" || Buffer.isBuffer(value)) {
    return `${encodeChars(name)}=${encodeChars(value ?? "")}`;
  }
  if (has.lists) {
    const listed = Object.keys(value).map((key) => encodeForm(value[key], memberName(value, key, name, lists), lists));
    return listed.filter((pair) => pair !== "").join("&");
  }
  const pairs = Object.keys(value).map((key) => encodeForm(value[key], name ? `${name}[${key}]` : key));
  return pairs.filter((pair) => pair !== "").join("&");
}

// Names a member in a query; elements of a list by its name alone ("repeat"), or with brackets ("brackets").
export function memberName(value, key, name, lists) {
  if (Array.isArray(value) && lists) return lists === "repeat" ? name : `${name}[]`;
  return name ? `${name}[${key}]` : key;
}

// Percent-encodes these five characters as well, as V1 did.
export function encodeChars(text) {
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}
