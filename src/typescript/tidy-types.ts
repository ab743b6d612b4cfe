import type { ts } from "ts-morph";
import { EditList } from "../edits/text/edit-list.ts";
import { lineEndingOf } from "../edits/text/layout.ts";
import { legacyToolbelt, modernToolbelt, modernTypes } from "../platform/toolbelt.ts";
import { parseTyped } from "./compiler.ts";
import type { TypedSource } from "./compiler.ts";
import type { TypeImport } from "./found.ts";
import { removedRange } from "./removed-range.ts";
import { typeNames } from "./type-names.ts";
import { valueNames } from "./value-names.ts";

/** What a file needs of its types after the migration. */
export interface Tidied {
  readonly text: string;
  /** Types of the V1 toolbelt that it still needs, and V2 does not have. */
  readonly missing: readonly string[];
}

/**
 * Brings what declares types into line with what the result uses: types of the toolbelt come from that of V2, types that
 * nobody uses any more go, and types that were imported together with values are imported by themselves.
 *
 * @param before the text before the migration
 */
export function tidyTypes(before: string, restored: string, imports: readonly TypeImport[]): Tidied {
  const source = parseTyped(restored);
  const tidying = new Tidying(source, typeNames(parseTyped(before)), typeNames(source));
  tidying.statements();
  tidying.importTypes(imports);
  return tidying.finish();
}

function isOf(compiler: TypedSource["ts"], { moduleReference }: ts.ImportEqualsDeclaration, source: string): boolean {
  return (
    compiler.isExternalModuleReference(moduleReference) &&
    compiler.isStringLiteral(moduleReference.expression) &&
    moduleReference.expression.text === source
  );
}

class Tidying {
  readonly #edits = new EditList();
  readonly #missing = new Set<string>();
  readonly #source: TypedSource;
  readonly #before: ReadonlySet<string>;
  readonly #used: ReadonlySet<string>;
  readonly #values: ReadonlySet<string>;

  constructor(source: TypedSource, before: ReadonlySet<string>, used: ReadonlySet<string>) {
    this.#source = source;
    this.#before = before;
    this.#used = used;
    this.#values = valueNames(source);
  }

  finish(): Tidied {
    return { text: this.#edits.applyTo(this.#source.file.text).text, missing: [...this.#missing] };
  }

  statements(): void {
    const { ts, file } = this.#source;
    for (const statement of file.statements) {
      const isDeclaration = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
      if (isDeclaration && statement.modifiers === undefined && this.#isForgotten(statement.name.text)) {
        this.#remove(statement);
      } else if (ts.isImportDeclaration(statement) && this.#isTypeImport(statement)) {
        this.#import(statement);
      } else if (ts.isImportEqualsDeclaration(statement) && isOf(ts, statement, legacyToolbelt)) {
        if (this.#used.has(statement.name.text)) this.#missing.add(statement.name.text);
        this.#remove(statement);
      }
    }
  }

  /** Imports types that came along with values before. */
  importTypes(imports: readonly TypeImport[]): void {
    const { ts, file } = this.#source;
    const needed = imports.filter(({ local }) => this.#used.has(local));
    const last = file.statements.findLast((statement) => ts.isImportDeclaration(statement));
    const lineBreak = lineEndingOf(file.text);
    const lines = [...new Set(needed.map(({ source }) => source))].map((source) => {
      const names = needed.filter((each) => each.source === source);
      const specifiers = names.map(({ imported, local }) => this.#specifier(source, imported, local));
      return `import type { ${specifiers.join(", ")} } from ${this.#quoted(this.#moduleOf(source))};`;
    });
    if (last !== undefined) {
      for (const line of lines) this.#edits.insert(last.end, lineBreak + line);
    } else {
      const start = file.statements[0]?.getStart(file) ?? 0;
      for (const line of lines) this.#edits.insert(start, line + lineBreak + lineBreak);
    }
  }

  /** True for a type that the file used, and no longer does. */
  #isForgotten(name: string): boolean {
    return this.#before.has(name) && !this.#used.has(name);
  }

  /** True for an import of names of which none is used as a value. */
  #isTypeImport({ importClause: clause }: ts.ImportDeclaration): boolean {
    const { ts } = this.#source;
    const bindings = clause?.namedBindings;
    if (clause === undefined || clause.name !== undefined || bindings === undefined) return false;
    if (!ts.isNamedImports(bindings)) return false;
    const isType = ({ name }: ts.ImportSpecifier): boolean =>
      this.#before.has(name.text) && !this.#values.has(name.text);
    return clause.phaseModifier === ts.SyntaxKind.TypeKeyword || bindings.elements.every(isType);
  }

  #import(statement: ts.ImportDeclaration): void {
    const { ts, file } = this.#source;
    const { importClause, moduleSpecifier } = statement;
    const bindings = importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings) || !ts.isStringLiteral(moduleSpecifier)) return;
    const source = moduleSpecifier.text;
    const left = bindings.elements.filter(({ name }) => !this.#isForgotten(name.text));
    if (left.length === 0 && bindings.elements.length > 0) {
      this.#remove(statement);
      return;
    }
    const names = left.map(({ name, propertyName }) => this.#specifier(source, (propertyName ?? name).text, name.text));
    if (left.length < bindings.elements.length) {
      this.#edits.replace([bindings.getStart(file), bindings.end], `{ ${names.join(", ")} }`);
    }
    if (source === legacyToolbelt) {
      this.#edits.replace([moduleSpecifier.getStart(file) + 1, moduleSpecifier.end - 1], modernToolbelt);
    }
  }

  #specifier(source: string, imported: string, local: string): string {
    if (source === legacyToolbelt && !modernTypes.has(imported)) this.#missing.add(imported);
    return imported === local ? local : `${imported} as ${local}`;
  }

  #moduleOf(source: string): string {
    return source === legacyToolbelt ? modernToolbelt : source;
  }

  #quoted(source: string): string {
    const { ts, file } = this.#source;
    const quote = file.statements.some(
      (each) => ts.isImportDeclaration(each) && each.moduleSpecifier.getText(file).startsWith("'"),
    )
      ? "'"
      : '"';
    return quote + source + quote;
  }

  /** Takes a statement away, with the comments that speak of it, and one of the empty lines around it. */
  #remove(statement: ts.Statement): void {
    const { ts, file } = this.#source;
    const { text } = file;
    const behind = ts.getTrailingCommentRanges(text, statement.end)?.at(-1)?.end ?? statement.end;
    this.#edits.remove(removedRange(text, [statement.getStart(file, true), behind]));
  }
}
