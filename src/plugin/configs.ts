import type { ESLint, Linter } from "eslint";
import { configNames } from "../lint/create-rule.ts";
import type { ConfigEntry, ConfigName, RuleModule } from "../lint/create-rule.ts";

export type Configs = Record<ConfigName, Linter.Config>;

/** The configs of the plugin, as the rules ask for them. */
export function configsOf(
  plugin: ESLint.Plugin,
  namespace: string,
  rules: Readonly<Record<string, RuleModule>>,
): Configs {
  const configs = configNames.map((name) => [name, configOf(name, plugin, namespace, rules)] as const);
  return Object.fromEntries(configs) as Configs;
}

function configOf(
  name: ConfigName,
  plugin: ESLint.Plugin,
  namespace: string,
  rules: Readonly<Record<string, RuleModule>>,
): Linter.Config {
  const entries = Object.entries(rules).flatMap(([id, { meta }]) => {
    const entry = meta.docs.configs[name];
    return entry === undefined ? [] : [[`${namespace}/${id}`, asRuleEntry(entry)] as const];
  });
  return {
    name: `${namespace}/${name}`,
    plugins: { [namespace]: plugin },
    // ESLint 10 fails on a rule for scripts that is on for a JSON file, so that `strict` and `json` could not meet.
    ...(name === "json" ? {} : { ignores: ["**/*.{json,jsonc,json5}"] }),
    rules: Object.fromEntries(entries),
  };
}

function asRuleEntry(entry: ConfigEntry): Linter.RuleEntry {
  return typeof entry === "string" ? entry : [...entry];
}
