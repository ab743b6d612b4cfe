/** What can be told of an error from outside: no stack, no identity. */
export interface ErrorShape {
  readonly isError: boolean;
  readonly name: string;
  readonly message: string;
  readonly fields: string;
}

/**
 * Writes a value down, so that two runs can be compared by text.
 *
 * @returns JSON-like text in which `undefined`, functions, promises and errors keep their kind
 */
export function describeValue(value: unknown, depth = 0): string {
  if (typeof value === "string") {
    return JSON.stringify(value);
  }
  if (typeof value === "function") {
    return "[function]";
  }
  if (typeof value !== "object" || value === null) {
    return Object.is(value, -0) ? "-0" : String(value);
  }
  if (depth > 5) {
    return "[deep]";
  }
  if (value instanceof Promise) {
    return "[promise]";
  }
  if (value instanceof Error) {
    return `${value.name}(${JSON.stringify(withoutQuotation(value.message))})${fieldsOf(value, depth)}`;
  }
  if (Array.isArray(value)) {
    return `[${value.map((item) => describeValue(item, depth + 1)).join(", ")}]`;
  }
  return fieldsOf(value, depth);
}

function fieldsOf(value: object, depth: number): string {
  const fields = Object.entries(value).filter(([key]) => key !== "stack");
  const isPlain = !(value instanceof Error);
  if (fields.length === 0) {
    return isPlain ? "{}" : "";
  }
  return `{${fields.map(([key, field]) => `${key}: ${describeValue(field, depth + 1)}`).join(", ")}}`;
}

/** V8 quotes source text in some messages; the quotation changes with every rewrite and says nothing about behaviour. */
function withoutQuotation(message: unknown): string {
  // Functions make errors whose message is no text.
  return String(message).replace(/^(Cannot destructure property '\w+' of) '.*' (as it is)/u, "$1 '…' $2");
}

/** Takes down a rejection's reason. */
export function errorShape(reason: unknown): ErrorShape {
  if (reason instanceof Error) {
    return { isError: true, name: reason.name, message: withoutQuotation(reason.message), fields: fieldsOf(reason, 0) };
  }
  return { isError: false, name: "", message: "", fields: describeValue(reason) };
}
