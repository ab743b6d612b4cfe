// Taken before any function: what it defines itself is noted.
const { defineProperty } = Object;

const MAX_DEPTH = 12;

/**
 * A copy of any value as plain data that can be cloned, compared and printed. What JSON would lose is tagged with a
 * `$` member (`undefined`, functions, errors, bytes, cycles and so on); errors keep name, message and own enumerable
 * fields, but not the stack.
 */
export function snapshot(value: unknown): unknown {
  return copy(value, [], false);
}

function copy(value: unknown, parents: readonly object[], withoutToJson: boolean): unknown {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") {
    return Number.isFinite(value) && !Object.is(value, -0) ? value : { $: Object.is(value, -0) ? "-0" : String(value) };
  }
  if (typeof value === "undefined") return { $: "undefined" };
  if (typeof value === "bigint") return { $: "bigint", value: value.toString() };
  if (typeof value === "symbol") return { $: "symbol", value: value.toString() };
  if (typeof value === "function") return { $: "function" };
  if (parents.includes(value)) return { $: "cycle" };
  if (parents.length >= MAX_DEPTH) return { $: "deep", json: wireForm(value) };
  return copyObject(value, parents, withoutToJson);
}

function copyObject(value: object, parents: readonly object[], withoutToJson: boolean): unknown {
  const inner = [...parents, value];
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return { $: value.constructor.name, base64: bytes.toString("base64") };
  }
  if (value instanceof Date)
    return { $: "Date", value: Number.isNaN(value.getTime()) ? "invalid" : value.toISOString() };
  if (value instanceof RegExp) return { $: "RegExp", value: String(value) };
  if (value instanceof Map) return { $: "Map", entries: [...value].map((entry) => copy(entry, inner, false)) };
  if (value instanceof Set) return { $: "Set", entries: [...value].map((entry) => copy(entry, inner, false)) };
  if (value instanceof Error) return copyError(value, inner);
  if (value instanceof Promise) return { $: "Promise" };
  if (Array.isArray(value)) return value.map((entry) => copy(entry, inner, false));
  const plain = withoutToJson ? undefined : plainForm(value);
  // A toJSON that returns another object with a toJSON must not send this round in circles.
  if (plain !== undefined) return copy(plain.value, inner, true);
  return copyFields(value, inner);
}

function plainForm(value: object): { value: unknown } | undefined {
  const toJson = Reflect.get(value, "toJSON") as unknown;
  if (typeof toJson !== "function") return undefined;
  try {
    return { value: Reflect.apply(toJson, value, []) as unknown };
  } catch {
    return undefined;
  }
}

function copyError(error: Error, parents: readonly object[]): unknown {
  const fields = copyFields(error, parents);
  // The cause that the constructor takes is not enumerable, and code reads `error.cause.code`.
  if (error.cause !== undefined && !("cause" in fields)) fields["cause"] = copy(error.cause, parents, false);
  return { $: "Error", name: text(error, "name"), message: text(error, "message"), fields };
}

/** Functions may give an error a name or message that is not a text. */
function text(error: Error, key: "name" | "message"): string {
  const value: unknown = error[key];
  return typeof value === "string" ? value : wireForm(value);
}

function copyFields(value: object, parents: readonly object[]): Record<string, unknown> {
  const fields: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    let field: unknown;
    try {
      field = copy(Reflect.get(value, key), parents, false);
    } catch (error) {
      field = { $: "throws", message: String(error) };
    }
    defineProperty(fields, key, { value: field, enumerable: true, configurable: true, writable: true });
  }
  return fields;
}

/** With the return type that it really has: there is no JSON for undefined, functions and symbols. */
const stringify: (value: unknown) => string | undefined = JSON.stringify;

/** What the platform would send to the caller: JSON text, `undefined` without a value, or why it can't be sent. */
export function wireForm(value: unknown): string {
  try {
    return stringify(value) ?? "undefined";
  } catch (error) {
    return `not serialisable: ${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)}`;
  }
}
