/*
 * What the methods and functions that a value is given to tell of it.
 */

/** What a value is to the code that uses it. */
export type Kind = "list" | "text" | "number" | "boolean" | "date" | "json";

/**
 * What is the same to the code in more than one form: texts in any case (`toLowerCase`), with or without spaces around
 * them (`trim`), anywhere in longer texts (`includes`), and as they are or encoded; values that `==` compares, what `||` replaces, whatever counts as false,
 * and what calculates as no number.
 */
export type Alike = "case" | "part" | "spaces" | "encoded" | "loose" | "falsy" | "truthy" | "calculated";

export const ALIKE_BY_METHOD: ReadonlyMap<string, Alike> = new Map<string, Alike>([
  ["toLowerCase", "case"],
  ["toUpperCase", "case"],
  ["trim", "spaces"],
  ["trimStart", "spaces"],
  ["trimEnd", "spaces"],
]);

/** Functions that write a text in another way where it has special characters. */
export const ENCODERS = new Set(["encodeURIComponent", "encodeURI", "escape"]);

/** Methods that look for a pattern: whether the pattern is what they are called on. */
export const PATTERN_METHODS: ReadonlyMap<string, boolean> = new Map([
  ["test", true],
  ["exec", true],
  ["match", false],
  ["matchAll", false],
  ["search", false],
  ["replace", false],
  ["replaceAll", false],
  ["split", false],
]);

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
