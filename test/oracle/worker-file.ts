import type TypeScript from "typescript";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** The folders whose code runs in threads and processes of its own. */
const FOLDERS = ["src/platform", "src/analysis/code", "src/edits/text", "src/verify", "test/oracle"];

/**
 * Where the JavaScript of a file stands that is run in a thread or process of its own. The sources are compiled once
 * per state of them into node_modules/.cache, because Node.js 20 runs no TypeScript.
 *
 * @param path below the repository, with forward slashes: `test/oracle/worker.ts`
 */
export function compiledFile(path: string): URL {
  const names = FOLDERS.flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
      .map((name) => `${folder}/${name.replaceAll(sep, "/")}`),
  );
  const sources = names.sort().map((name) => ({ name, text: readFileSync(join(REPOSITORY, name), "utf8") }));
  const hash = createHash("sha256").update(JSON.stringify(sources)).digest("hex").slice(0, 16);
  const cache = join(REPOSITORY, "node_modules", ".cache", "faas-oracle");
  const target = join(cache, hash);
  if (!existsSync(target)) compile(sources, cache, target);
  return pathToFileURL(join(target, path.replace(/\.ts$/u, ".js")));
}

function compile(sources: readonly { name: string; text: string }[], cache: string, target: string): void {
  const require = createRequire(import.meta.url);
  const typescript = require("typescript") as typeof TypeScript;
  mkdirSync(cache, { recursive: true });
  // Test processes compile at the same time: whole folders are put in place by one rename.
  const draft = mkdtempSync(join(cache, "draft-"));
  writeFileSync(join(draft, "package.json"), '{ "type": "module" }\n');
  for (const { name, text } of sources) {
    const { outputText } = typescript.transpileModule(text, {
      fileName: name,
      compilerOptions: {
        target: typescript.ScriptTarget.ES2022,
        module: typescript.ModuleKind.ESNext,
        verbatimModuleSyntax: true,
        rewriteRelativeImportExtensions: true,
      },
    });
    const file = join(draft, name.replace(/\.ts$/u, ".js"));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, outputText);
  }
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
