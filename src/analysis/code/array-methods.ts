/** Array methods that call a function with each element as its first argument. */
export const elementCallbacks: ReadonlySet<string> = new Set([
  "map",
  "forEach",
  "filter",
  "flatMap",
  "some",
  "every",
  "find",
]);
