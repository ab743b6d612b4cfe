import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { ESLint } from "eslint";
import tseslint from "typescript-eslint";

/** Applies all fixes that the rules of typescript-eslint have, types known. */
export async function fixedByTypescriptEslint(texts: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "faas-migrate-")));
  try {
    for (const [name, text] of texts) writeFileSync(join(folder, `${name}.js`), text);
    const declarations = resolve(import.meta.dirname, "../../src/types/lp-faas-toolbelt.d.ts");
    const compilerOptions = {
      allowJs: true,
      checkJs: true,
      strict: true,
      module: "commonjs",
      ignoreDeprecations: "6.0",
      target: "es2022",
      types: [],
      paths: { "lp-faas-toolbelt": [declarations] },
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.js"] }));
    const eslint = new ESLint({
      cwd: folder,
      fix: true,
      overrideConfigFile: true,
      overrideConfig: [
        ...(tseslint.configs.all as ESLint.Options["overrideConfig"] & object[]),
        {
          languageOptions: {
            sourceType: "commonjs",
            // With CI=true the parser makes a program of its own kind, which knows no folder that `paths` begin at, and a rule
            // that asks TypeScript for the name of a module ends with an error there.
            parserOptions: {
              project: "./tsconfig.json",
              tsconfigRootDir: folder,
              disallowAutomaticSingleRunInference: true,
            },
          },
        },
      ],
    });
    await ESLint.outputFixes(await eslint.lintFiles(["*.js"]));
    return new Map([...texts.keys()].map((name) => [name, readFileSync(join(folder, `${name}.js`), "utf8")]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
