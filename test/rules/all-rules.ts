import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import type { PublishedDocs, RuleModule } from "../../src/lint/create-rule.ts";

const folder = resolve(import.meta.dirname, "../../rules");

/** One rule, as its file gives it. */
export interface RuleEntry {
  readonly id: string;
  readonly rule: RuleModule;
  readonly docs: PublishedDocs;
}

async function readRule(id: string): Promise<RuleEntry> {
  const { default: rule } = (await import(`../../rules/${id}.ts`)) as { readonly default: RuleModule };
  return { id, rule, docs: rule.meta.docs };
}

const ids = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => name.replace(/\.ts$/u, ""))
  .sort();

/** All rules, read from their folder: the generated index may be behind it. */
export const allRules: readonly RuleEntry[] = await Promise.all(ids.map(readRule));
