import type { ESLint, Linter } from "eslint";

import type { ConfigName } from "../lint/create-rule.ts";
import { packageVersion } from "../platform/this-package.ts";
import { configsOf } from "./configs.ts";
import { rules } from "./rules.ts";

/** The ids of the rules. */
type RuleName = keyof typeof rules;

/**
 * The plugin as users see it. Declared with ESLint's own types, so that `defineConfig` takes it with every strictness
 * of TypeScript, and with the literal names of rules and configs, so that a misspelt one is a type error.
 */
export interface FaasPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  readonly rules: Record<RuleName, NonNullable<ESLint.Plugin["rules"]>[string]>;
  readonly configs: Record<ConfigName, Linter.Config>;
}

const meta = { name: "faas-migrate", version: packageVersion(), namespace: "faas" };

// The configs name the plugin that holds them.
const configs = {} as FaasPlugin["configs"];
const plugin: FaasPlugin = { meta, rules, configs };
Object.assign(configs, configsOf(plugin, meta.namespace, rules));

export default plugin;
// What `require("faas-migrate")` gives: the plugin itself, as a CommonJS configuration expects it.
export { plugin as "module.exports" };
