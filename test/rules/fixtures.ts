import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../fixtures/rules");

/** One file of `fixtures/rules/<rule>/{valid,invalid}`. */
export interface RuleFixture {
  readonly name: string;
  readonly path: string;
  readonly code: string;
  readonly isValid: boolean;
  /** Where the findings of an invalid file stand. */
  readonly findings: string;
  /** As what the file is linted. */
  readonly filename: string;
}

/** The fixtures of a rule; options stand in the file as `eslint` comments. */
export function fixturesOf(id: string): RuleFixture[] {
  return (["valid", "invalid"] as const).flatMap((kind) => {
    const folder = join(root, id, kind);
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.endsWith(".txt")) : [];
    return names.sort().map((name) => {
      const path = join(folder, name);
      return {
        name: `${kind}/${name}`,
        path,
        code: readFileSync(path, "utf8"),
        isValid: kind === "valid",
        findings: `${path}.txt`,
        filename: name.endsWith(".json")
          ? "functions/sample/config.json"
          : `functions/sample/index${name.slice(name.lastIndexOf("."))}`,
      };
    });
  });
}
