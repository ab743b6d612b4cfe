/** The environment variables of a function's config.json, in V1's form (a list of `{ key, value }`) or in V2's object. */
export function variablesOfConfig(config: unknown): ReadonlyMap<string, string> {
  const variables = memberOf(config, "environmentVariables");
  const entries: readonly (readonly [unknown, unknown])[] = Array.isArray(variables)
    ? variables.map((entry: unknown) => [memberOf(entry, "key"), memberOf(entry, "value")])
    : Object.entries(typeof variables === "object" ? (variables ?? {}) : {});
  const named = entries.filter(([key]) => typeof key === "string" && key !== "");
  return new Map(named.map(([key, value]) => [String(key), String(value)]));
}

/** The names of the variables that the text of a config.json defines; none when it is no JSON. */
export function environmentNames(text: string): ReadonlySet<string> {
  try {
    return new Set(variablesOfConfig(JSON.parse(text.replace(/^\uFEFF/u, ""))).keys());
  } catch {
    return new Set();
  }
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
