import type { ESLint, Linter } from "eslint";

import { packageVersion } from "../migrate/run-version.ts";

/** The ids of the rules; none yet. */
type RuleName = never;

/** The names of the configs; none yet. */
type ConfigName = never;

/**
 * The plugin as users see it. Declared with ESLint's own types, so that `defineConfig` takes it with every strictness
 * of TypeScript, and with the literal names of rules and configs, so that a misspelt one is a type error.
 */
export interface FaasPlugin extends ESLint.Plugin {
  readonly meta: { readonly name: string; readonly version: string; readonly namespace: string };
  // eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- no name is a valid one yet
  readonly rules: Record<RuleName, NonNullable<ESLint.Plugin["rules"]>[string]>;
  // eslint-disable-next-line @typescript-eslint/no-generated-empty-object-type -- no name is a valid one yet
  readonly configs: Record<ConfigName, Linter.Config>;
}

const plugin: FaasPlugin = {
  meta: { name: "faas-migrate", version: packageVersion(), namespace: "faas" },
  rules: {},
  configs: {},
};

export default plugin;
