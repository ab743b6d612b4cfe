import type { TextPart, Value } from "./values-of-types.ts";

function isWritten(part: TextPart): boolean {
  return typeof part === "string" && part !== "";
}

/** Whether a value is truthy; undefined where that can't be known. */
export function truthOf<K>(value: Value<K>): boolean | undefined {
  switch (value.kind) {
    case "nothing":
    case "falsy":
      return false;
    case "boolean":
      return value.value;
    case "number":
      return value.value === undefined ? undefined : Boolean(value.value);
    case "text":
      return value.parts.every((part) => part === "") ? false : value.parts.some(isWritten) || undefined;
    case "stringified":
    case "sum":
    case "known":
    case "unknown":
      return undefined;
    default:
      return true;
  }
}
