import { fieldOf } from "../../platform/json.ts";

/** The environment variables of a function's config.json, in V1's form (a list of `{ key, value }`) or in V2's object. */
export function variablesOfConfig(config: unknown): ReadonlyMap<string, string> {
  const variables = fieldOf(config, "environmentVariables");
  const entries: readonly (readonly [unknown, unknown])[] = Array.isArray(variables)
    ? variables.map((entry: unknown) => [fieldOf(entry, "key"), fieldOf(entry, "value")])
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
