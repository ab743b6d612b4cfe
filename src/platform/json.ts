/** What stands in an object that was read from JSON; undefined where there is no such field, or no object. */
export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
