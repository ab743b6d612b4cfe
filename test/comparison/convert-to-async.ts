import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import type TypeScript from "typescript";

const require = createRequire(import.meta.url);
const repository = resolve(import.meta.dirname, "../..");

/** “This may be converted to an async function.” */
const CONVERTIBLE = 80_006;

/** Converting one function may show another one. */
const MOST_ROUNDS = 20;

/** TypeScript as editors have it, with one function in it. */
export class AsyncConverter {
  readonly #ts = require("typescript-5.9") as typeof TypeScript;
  readonly #path = join(repository, "function.js");
  readonly #service: TypeScript.LanguageService;
  #text = "";
  #version = 0;

  constructor() {
    const ts = this.#ts;
    const declarations = join(repository, "src/types/lp-faas-toolbelt.d.ts");
    const options: TypeScript.CompilerOptions = {
      allowJs: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.CommonJS,
      // The client gives promises: without its types the fix finds nothing at all.
      paths: { "lp-faas-toolbelt": [declarations] },
      types: ["node"],
    };
    this.#service = ts.createLanguageService({
      getCompilationSettings: () => options,
      getScriptFileNames: () => [this.#path],
      getScriptVersion: (path) => (path === this.#path ? String(this.#version) : "0"),
      getScriptSnapshot: (path) => {
        const text = path === this.#path ? this.#text : ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => repository,
      getDefaultLibFileName: (given) =>
        join(dirname(require.resolve("typescript-5.9")), ts.getDefaultLibFileName(given)),
      fileExists: (path) => path === this.#path || ts.sys.fileExists(path),
      readFile: (path) => ts.sys.readFile(path),
      readDirectory: (...given) => ts.sys.readDirectory(...given),
      directoryExists: (path) => ts.sys.directoryExists(path),
      getDirectories: (path) => ts.sys.getDirectories(path),
    });
  }

  get version(): string {
    return this.#ts.version;
  }

  /** Applies the fix as long as it is offered. */
  convert(text: string): string {
    this.#set(text);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const found = this.#service.getSuggestionDiagnostics(this.#path).find(({ code }) => code === CONVERTIBLE);
      if (found === undefined) break;
      const end = found.start + found.length;
      const [fix] = this.#service.getCodeFixesAtPosition(this.#path, found.start, end, [CONVERTIBLE], {}, {});
      const changes = fix?.changes.flatMap(({ textChanges }) => textChanges) ?? [];
      if (changes.length === 0) break;
      this.#set(applied(this.#text, changes));
    }
    return this.#text;
  }

  #set(text: string): void {
    this.#text = text;
    this.#version += 1;
  }
}

function applied(text: string, changes: readonly TypeScript.TextChange[]): string {
  return changes
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce(
      (code, { span, newText }) => code.slice(0, span.start) + newText + code.slice(span.start + span.length),
      text,
    );
}

/** The version of a package that is installed here. */
export function versionOf(name: string): string {
  const manifest: unknown = JSON.parse(readFileSync(join(repository, "node_modules", name, "package.json"), "utf8"));
  return typeof manifest === "object" && manifest !== null ? String(Reflect.get(manifest, "version")) : "";
}
