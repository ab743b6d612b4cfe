import { describe, expect, it } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { allRules } from "./all-rules.ts";

describe.each(allRules)("$id", ({ id, rule, docs }) => {
  it("describes itself in one phrase", () => {
    expect(docs.description).toMatch(/^(?:Disallow|Enforce|Require) .+[^. ]$/u);
    expect(docs.url).toBe(`https://github.com/faas-migrate/faas-migrate/blob/v${manifest.version}/docs/rules/${id}.md`);
    expect(Object.keys(docs.configs)).not.toEqual([]);
  });

  it("speaks in sentences", () => {
    for (const message of Object.values(rule.meta.messages ?? {})) {
      expect(message).toMatch(/^[A-Z`{].*[.?]$/u);
    }
  });

  it("has a closed schema with a description and a default for each option", () => {
    const [schema, ...others] = Array.isArray(rule.meta.schema) ? (rule.meta.schema as Schema[]) : [];
    expect(others).toEqual([]);
    const properties = schema?.properties ?? {};
    if (schema !== undefined) {
      expect(schema.additionalProperties).toBe(false);
      expect(Object.values(properties).filter(({ description = "" }) => !/^[A-Z].*\.$/u.test(description))).toEqual([]);
    }
    const [defaults = {}] = (rule.meta.defaultOptions ?? []) as object[];
    expect(Object.keys(defaults).sort()).toEqual(Object.keys(properties).sort());
  });
});

interface Schema {
  readonly additionalProperties?: boolean;
  readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
}
