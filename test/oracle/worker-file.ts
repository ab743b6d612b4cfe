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
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/**
 * Where the worker's JavaScript stands. Built, it is the neighbour of this file; from sources it is compiled once per
 * state of the sources into node_modules/.cache, because Node.js 20 runs no TypeScript in a worker.
 */
export function workerFile(): URL {
  if (!import.meta.url.endsWith(".ts")) return new URL("./worker.js", import.meta.url);
  const folder = dirname(fileURLToPath(import.meta.url));
  const names = readdirSync(folder).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const sources = names.map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));
  const hash = createHash("sha256").update(JSON.stringify(sources)).digest("hex").slice(0, 16);
  const cache = join(nodeModules(folder), ".cache", "faas-oracle");
  const target = join(cache, hash);
  if (!existsSync(target)) compile(sources, cache, target);
  return pathToFileURL(join(target, "worker.js"));
}

function nodeModules(folder: string): string {
  const candidate = join(folder, "node_modules");
  if (existsSync(candidate)) return candidate;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("No node_modules folder above the oracle's sources; run npm install.");
  return nodeModules(parent);
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
    writeFileSync(join(draft, name.replace(/\.ts$/, ".js")), outputText);
  }
  try {
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
}
