import { fileURLToPath } from "node:url";
import { Project, ts } from "ts-morph";

import { isDeclarationPath } from "../platform/function-files.ts";

/** A text of a file, as the compiler shall find it under the file's path. */
export interface CheckedText {
  /** Absolute path. Nothing is read from there, but what the text imports is looked for beside it. */
  readonly path: string;
  readonly text: string;
}

/** What the compiler has against a text. */
export interface TypeError {
  /** The number of the compiler's message. */
  readonly code: number;
  /** One sentence, without what follows from it. */
  readonly message: string;
  /** The code that it speaks of, on one line. */
  readonly excerpt: string;
  /** In the checked text; both count from 1. */
  readonly line: number;
  readonly column: number;
}

/** How strictly to check: those options of a project that say so, as in its tsconfig.json. */
export type Strictness = Pick<ts.CompilerOptions, (typeof strictOptions)[number]>;

/** The options by which a project says how strict it is. */
export const strictOptions = [
  "strict",
  "alwaysStrict",
  "exactOptionalPropertyTypes",
  "noImplicitAny",
  "noImplicitThis",
  "noUncheckedIndexedAccess",
  "strictBindCallApply",
  "strictFunctionTypes",
  "strictNullChecks",
  "strictPropertyInitialization",
  "useUnknownInCatchVariables",
] as const;

const declarations = ["core-functions-toolbelt", "lp-faas-toolbelt"].map((name) =>
  fileURLToPath(new URL(`./${name}.d.ts`, import.meta.url)),
);

/** So many texts are in memory at a time. */
const TEXTS_PER_ROUND = 100;

/** A function that declares nothing for others is a module all the same: this makes it one, and moves no place. */
const AS_MODULE = "\nexport {};\n";

/** Checks texts of functions against the declarations of both toolbelts; one at a time knows nothing of the others. */
export class TypeChecker {
  private readonly options: ts.CompilerOptions;
  /** Declarations, which no round changes: parsed once, they serve all of them. */
  private readonly declared: Map<string, ts.SourceFile | undefined>;
  /** Where the compiler finds those of JavaScript itself. */
  private readonly standardFolder: string;

  constructor(strictness: Strictness = {}) {
    this.options = { ...platformOptions, strict: false, ...strictness };
    // Those of JavaScript are on no disk: ts-morph brings them.
    const project = new Project({ skipAddingFilesFromTsConfig: true, compilerOptions: this.options });
    project.addSourceFilesAtPaths(declarations);
    const files = project.getProgram().compilerObject.getSourceFiles();
    this.declared = new Map(files.map((file) => [file.fileName, file]));
    const standard = files.find(({ fileName }) => fileName.endsWith(STANDARD))?.fileName ?? STANDARD;
    this.standardFolder = standard.slice(0, -STANDARD.length);
  }

  /** What the compiler has against each of the texts, in their order: as the project says, or not strictly. */
  check(texts: readonly CheckedText[], isStrict = true): (readonly TypeError[])[] {
    const lenient = Object.fromEntries(strictOptions.map((name) => [name, false]));
    const options = isStrict ? this.options : { ...this.options, ...lenient };
    const found: (readonly TypeError[])[] = [];
    for (let start = 0; start < texts.length; start += TEXTS_PER_ROUND) {
      found.push(...this.checkRound(texts.slice(start, start + TEXTS_PER_ROUND), options));
    }
    return found;
  }

  private checkRound(texts: readonly CheckedText[], options: ts.CompilerOptions): (readonly TypeError[])[] {
    const given = new Map(texts.map(({ path, text }) => [toSlashes(path), text + AS_MODULE]));
    const program = ts.createProgram({
      rootNames: [...declarations, ...given.keys()],
      options,
      host: this.hostOf(given),
    });
    return texts.map(({ path }) => {
      const file = program.getSourceFile(toSlashes(path));
      return file === undefined ? [] : program.getSemanticDiagnostics(file).flatMap((each) => errorOf(each, file));
    });
  }

  /** What a round sees of the disk: its own texts, and what they import besides. */
  private hostOf(given: ReadonlyMap<string, string>): ts.CompilerHost {
    const host = ts.createCompilerHost(this.options);
    const read = host.getSourceFile.bind(host);
    return {
      ...host,
      getDefaultLibLocation: () => this.standardFolder,
      fileExists: (path) => given.has(path) || host.fileExists(path),
      readFile: (path) => given.get(path) ?? host.readFile(path),
      getSourceFile: (path, target) => {
        const text = given.get(path);
        if (text !== undefined) return ts.createSourceFile(path, text, target);
        if (!isDeclarationPath(path)) return read(path, target);
        if (!this.declared.has(path)) this.declared.set(path, read(path, target));
        return this.declared.get(path);
      },
    };
  }
}

/** A path as the compiler writes it. */
function toSlashes(path: string): string {
  return path.replaceAll("\\", "/");
}

const STANDARD = "lib.es2023.d.ts";

/** The compiler's view of V2, which also reads V1: JavaScript of the platform's Node, with modules as on disk. */
const platformOptions: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2023,
  lib: [STANDARD],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  esModuleInterop: true,
  resolveJsonModule: true,
  skipLibCheck: true,
  types: [],
};

/** True for an error of code that does not say of which type something is, as a strict project wants it. */
export function isUntold({ code }: TypeError): boolean {
  return code >= FIRST_UNTOLD && code <= LAST_UNTOLD;
}

/** “Parameter implicitly has an 'any' type” and its like. */
const [FIRST_UNTOLD, LAST_UNTOLD] = [7005, 7053];

function errorOf({ messageText, code, start = 0, length = 0 }: ts.Diagnostic, file: ts.SourceFile): TypeError[] {
  const messages = ts.flattenDiagnosticMessageText(messageText, "\n");
  if (ASIDE.has(code) || asides.some((pattern) => pattern.test(messages))) return [];
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const excerpt = onOneLine(file.text.slice(start, start + length));
  return [{ code, message: messages.split("\n")[0] ?? "", excerpt, line: line + 1, column: character + 1 }];
}

/** Modules that can't be found, or have no types; and JSDoc that names a parameter which is gone. */
const ASIDE: ReadonlySet<number> = new Set([2307, 2792, 7016, 8024]);

/** What TypeScript can't know of code that says nothing of types, and what runs all the same. */
const asides: readonly RegExp[] = [
  // A variable that only a callback sets is taken for one that nobody sets.
  / on type 'never'\.$/u,
  // A text that stands in a variable is taken for any text.
  /Type 'string' is not assignable to type '(?:Request[A-Z]\w+|BufferEncoding)'/u,
  // Headers and queries make texts of what they get.
  / is not assignable to type 'string \| readonly string\[\]'/u,
  / is not assignable to parameter of type 'string \| URLSearchParams \|/u,
];

const LONGEST_EXCERPT = 60;

function onOneLine(code: string): string {
  const line = code.split("\n")[0] ?? "";
  return line.length > LONGEST_EXCERPT || line !== code ? `${line.slice(0, LONGEST_EXCERPT).trimEnd()} …` : line;
}
