/** How a query or a form is written: the options of `qs` 6.5 that V1's client hands on. */
export interface QueryOptions {
  readonly arrayFormat?: unknown;
  readonly indices?: unknown;
  readonly skipNulls?: unknown;
  readonly delimiter?: unknown;
  readonly encode?: unknown;
}

type Fields = Record<string, unknown>;

/** Percent-encodes what RFC 3986 reserves and `encodeURIComponent` leaves. */
export function rfc3986(text: string): string {
  return text.replace(/[!'()*]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** How the elements of a list are named: `a[0]`, `a[]` or `a`. */
function elementName(prefix: string, index: string, { arrayFormat, indices }: QueryOptions): string {
  const format = arrayFormat ?? (indices === false ? "repeat" : "indices");
  if (format === "repeat") return prefix;
  return format === "brackets" ? `${prefix}[]` : `${prefix}[${index}]`;
}

function pairsOf(prefix: string, value: unknown, options: QueryOptions): (readonly [string, string])[] {
  if (value === null) return options.skipNulls === true ? [] : [[prefix, ""]];
  if (value instanceof Date) return [[prefix, value.toISOString()]];
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean" || Buffer.isBuffer(value)) {
    return [[prefix, String(value)]];
  }
  if (value === undefined) return [];
  const isList = Array.isArray(value);
  return Object.keys(value).flatMap((key) => {
    const name = isList ? elementName(prefix, key, options) : `${prefix}[${key}]`;
    return pairsOf(name, (value as Fields)[key], options);
  });
}

/** Writes a query as `qs` 6.5 does under request: RFC 3986, lists with indices, no `undefined`. */
export function stringifyQuery(fields: object, options: QueryOptions = {}): string {
  const encode =
    options.encode === false ? (text: string) => text : (text: string) => rfc3986(encodeURIComponent(text));
  const delimiter = typeof options.delimiter === "string" ? options.delimiter : "&";
  return Object.keys(fields)
    .flatMap((key) => pairsOf(key, (fields as Fields)[key], options))
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join(delimiter);
}

function decoded(text: string): string {
  const spaced = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** The parts of a name: `a[b][0]` is `a`, `b`, `0`. */
function pathOf(name: string): string[] {
  const [, root = name, rest = ""] = /^([^[]*)((?:\[[^\]]*\])*)/u.exec(name) ?? [];
  const inner = rest === "" ? [] : rest.slice(1, -1).split("][");
  return root === "" ? inner : [root, ...inner];
}

/** Reads a query as `qs` does: brackets nest, repeated names make a list. */
export function parseQuery(query: string): Fields {
  const root: Fields = {};
  for (const part of query.split("&").filter((each) => each !== "")) {
    const split = part.includes("]=") ? part.indexOf("]=") + 1 : part.indexOf("=");
    const [name, value] = split < 0 ? [part, ""] : [part.slice(0, split), part.slice(split + 1)];
    put(root, pathOf(decoded(name)), decoded(value));
  }
  return withLists(root) as Fields;
}

function put(target: Fields, [key, ...rest]: readonly string[], value: string): void {
  if (key === undefined) return;
  const own = key === "" ? String(Object.keys(target).length) : key;
  const present = Object.hasOwn(target, own) ? target[own] : undefined;
  if (rest.length === 0) {
    target[own] = present === undefined ? value : [present, value].flat();
    return;
  }
  const inner = typeof present === "object" && present !== null ? (present as Fields) : {};
  target[own] = inner;
  put(inner, rest, value);
}

/** Objects whose keys are 0, 1, 2 … are lists, up to 20 as in `qs`. */
function withLists(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, withLists(inner)] as const);
  const isList = entries.length > 0 && entries.every(([key]) => /^\d+$/u.test(key) && Number(key) <= 20);
  if (!isList) return Object.fromEntries(entries);
  return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => inner);
}
