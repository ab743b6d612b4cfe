/*
 * What the methods and functions that a value is given to tell of it.
 */

/** What a value is to the code that uses it. */
export type Kind = "list" | "text" | "number" | "boolean" | "date" | "json";

export const LIST_METHODS = new Set([
  ...["map", "forEach", "filter", "find", "findIndex", "some", "every", "reduce", "push", "flatMap", "sort", "join"],
  ...["reverse", "shift", "pop", "entries", "flat"],
]);
export const TEXT_METHODS = new Set([
  ...["toLowerCase", "toUpperCase", "trim", "split", "replace", "replaceAll", "startsWith", "endsWith", "match"],
  ...["charAt", "substring", "substr", "padStart", "localeCompare", "search", "normalize"],
]);
export const NUMBER_METHODS = new Set(["toFixed", "toPrecision"]);
/** Calls whose callback is handed the elements of the list, and in which places. */
export const ELEMENT_METHODS: ReadonlyMap<string, readonly number[]> = new Map<string, readonly number[]>([
  ...["map", "forEach", "filter", "find", "findIndex", "some", "every", "flatMap"].map((name) => [name, [0]] as const),
  ["reduce", [1]],
  ["sort", [0, 1]],
]);

/** Names that objects have from their classes, or that lead to what is no data. */
export const METHODS = new Set([
  ...LIST_METHODS,
  ...TEXT_METHODS,
  ...NUMBER_METHODS,
  ...["then", "catch", "finally", "call", "apply", "bind", "toString", "toJSON", "prototype", "constructor", "env"],
  ...["includes", "indexOf", "slice", "concat", "exports", "parse", "stringify", "Toolbelt", "keys", "values"],
]);

export const KIND_BY_TYPE: ReadonlyMap<string, Kind> = new Map([
  ["string", "text"],
  ["number", "number"],
  ["boolean", "boolean"],
]);

export const KIND_BY_CALL: ReadonlyMap<string, Kind> = new Map([
  ["Date", "date"],
  ["parseInt", "number"],
  ["parseFloat", "number"],
  ["Number", "number"],
]);
