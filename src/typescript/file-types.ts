import type { ts } from "ts-morph";
import type { Range } from "../analysis/code/tree.ts";
import { parseTyped } from "./compiler.ts";
import type { TypedSource } from "./compiler.ts";

/** A name in a type. */
interface TypeReference {
  readonly name: string;
  readonly offset: number;
}

/** An interface or an alias at module level. */
export interface TypeDeclaration {
  readonly name: string;
  readonly range: Range;
  /** With the comments that speak of it, and without `export`. */
  readonly text: string;
}

/** Where an imported name comes from; `imported` is undefined for all exports as one object. */
interface ImportedName {
  readonly source: string;
  readonly imported: string | undefined;
}

/** What a file declares and uses of types. */
export interface FileTypes {
  readonly references: readonly TypeReference[];
  readonly declarations: readonly TypeDeclaration[];
  /** Names at module level that are values, or both. */
  readonly values: ReadonlySet<string>;
  /** Those of them that are written again. */
  readonly variables: ReadonlySet<string>;
  readonly imports: ReadonlyMap<string, ImportedName>;
  /** What a name that is exported is called in the file. */
  readonly exports: ReadonlyMap<string, string>;
  /** What `import name from` gives of it. */
  readonly hasDefault: boolean;
  readonly isWhole: boolean;
  /** Function declarations without a body, at module level, by where they begin. */
  readonly overloads: ReadonlyMap<number, string>;
  /** True where a type names a file of the project, as a type does that is imported where it stands. */
  readonly namesFiles: boolean;
}

/** What a text of TypeScript declares and uses of types. */
export function fileTypes(text: string): FileTypes {
  const source = parseTyped(text);
  const collector = new Collector(source);
  for (const statement of source.file.statements) collector.statement(statement);
  return collector;
}

class Collector implements FileTypes {
  readonly references: TypeReference[] = [];
  readonly declarations: TypeDeclaration[] = [];
  readonly values = new Set<string>();
  readonly variables = new Set<string>();
  readonly imports = new Map<string, ImportedName>();
  readonly exports = new Map<string, string>();
  readonly overloads = new Map<number, string>();
  isWhole = false;
  namesFiles = false;
  readonly #source: TypedSource;

  constructor(source: TypedSource) {
    this.#source = source;
  }

  get hasDefault(): boolean {
    return this.exports.has("default");
  }

  statement(node: ts.Statement): void {
    const { ts } = this.#source;
    if (ts.isImportDeclaration(node)) this.#import(node);
    else if (ts.isExportDeclaration(node)) this.#export(node);
    else if (ts.isExportAssignment(node)) this.#exportAssignment(node);
    else this.#declaration(node);
    const own = this.#typeParameters(node);
    const visit = (each: ts.Node): void => {
      const name = this.#nameInType(each);
      if (name !== undefined && !own.has(name.text)) {
        this.references.push({ name: name.text, offset: name.getStart(this.#source.file) });
      }
      ts.forEachChild(each, visit);
    };
    visit(node);
  }

  #typeParameters(node: ts.Node): ReadonlySet<string> {
    const { ts } = this.#source;
    const names = new Set<string>();
    const visit = (each: ts.Node): void => {
      if (ts.isTypeParameterDeclaration(each)) names.add(each.name.text);
      ts.forEachChild(each, visit);
    };
    visit(node);
    return names;
  }

  /** The first name of what a type refers to: `a` of `a.b.C`. */
  #nameInType(node: ts.Node): ts.Identifier | undefined {
    const { ts } = this.#source;
    if (ts.isImportTypeNode(node)) {
      const { argument } = node;
      const path = ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal) ? argument.literal.text : "";
      this.namesFiles ||= path.startsWith(".");
      return undefined;
    }
    if (ts.isTypeReferenceNode(node)) return this.#first(node.typeName);
    if (ts.isTypeQueryNode(node)) return this.#first(node.exprName);
    if (!ts.isExpressionWithTypeArguments(node)) return undefined;
    return ts.isHeritageClause(node.parent) ? this.#first(node.expression) : undefined;
  }

  #first(node: ts.Node): ts.Identifier | undefined {
    const { ts } = this.#source;
    if (ts.isIdentifier(node)) return node;
    if (ts.isQualifiedName(node)) return this.#first(node.left);
    return ts.isPropertyAccessExpression(node) ? this.#first(node.expression) : undefined;
  }

  #import({ importClause: clause, moduleSpecifier }: ts.ImportDeclaration): void {
    const { ts } = this.#source;
    if (clause === undefined || !ts.isStringLiteral(moduleSpecifier)) return;
    const source = moduleSpecifier.text;
    if (clause.name !== undefined) this.imports.set(clause.name.text, { source, imported: "default" });
    const bindings = clause.namedBindings;
    if (bindings === undefined) return;
    if (ts.isNamespaceImport(bindings)) {
      this.imports.set(bindings.name.text, { source, imported: undefined });
      return;
    }
    for (const { name, propertyName } of bindings.elements) {
      this.imports.set(name.text, { source, imported: (propertyName ?? name).text });
    }
  }

  #export({ exportClause: clause, moduleSpecifier }: ts.ExportDeclaration): void {
    const { ts } = this.#source;
    if (clause === undefined || !ts.isNamedExports(clause)) return;
    const source =
      moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
    for (const { name, propertyName } of clause.elements) {
      const local = (propertyName ?? name).text;
      if (source === undefined) {
        this.exports.set(name.text, local);
        continue;
      }
      // A name that the file itself can't use.
      this.exports.set(name.text, `${source} ${local}`);
      this.imports.set(`${source} ${local}`, { source, imported: local });
    }
  }

  #exportAssignment({ isExportEquals, expression }: ts.ExportAssignment): void {
    if (isExportEquals === true) this.isWhole = true;
    else this.exports.set("default", this.#source.ts.isIdentifier(expression) ? expression.text : "");
  }

  #declaration(node: ts.Statement): void {
    const { ts, file } = this.#source;
    const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
    const has = (kind: ts.SyntaxKind): boolean => modifiers.some((each) => each.kind === kind);
    const isExported = has(ts.SyntaxKind.ExportKeyword);
    const declare = (name: string): void => {
      if (isExported) this.exports.set(has(ts.SyntaxKind.DefaultKeyword) ? "default" : name, name);
    };
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) {
      const name = node.name.text;
      const range: Range = [node.getStart(file), node.end];
      const comment = file.text.slice(node.getStart(file, true), range[0]);
      this.declarations.push({ name, range, text: comment + withoutExport(file.text.slice(...range)) });
      declare(name);
    } else if (ts.isVariableStatement(node)) {
      const isConstant = (node.declarationList.flags & ts.NodeFlags.Const) !== 0;
      for (const { name } of node.declarationList.declarations) {
        if (!ts.isIdentifier(name)) continue;
        this.values.add(name.text);
        if (!isConstant) this.variables.add(name.text);
        declare(name.text);
      }
    } else if (
      ts.isFunctionDeclaration(node) ||
      ts.isClassDeclaration(node) ||
      ts.isEnumDeclaration(node) ||
      ts.isModuleDeclaration(node)
    ) {
      const name = node.name?.text ?? "";
      this.values.add(name);
      declare(name);
      const isOverload = ts.isFunctionDeclaration(node) && node.body === undefined;
      if (isOverload && !has(ts.SyntaxKind.DeclareKeyword)) this.overloads.set(node.getStart(file), name);
    } else if (ts.isImportEqualsDeclaration(node)) {
      this.values.add(node.name.text);
    }
  }
}

/** A declaration that is exported no more. */
export function withoutExport(text: string): string {
  return text.replace(/^export\s+(?:default\s+)?/u, "");
}
