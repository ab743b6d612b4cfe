import type { ts } from "ts-morph";
import type { Range } from "../analysis/code/tree.ts";
import { parseTyped } from "./compiler.ts";
import type { TypedSource } from "./compiler.ts";

/** A name in a type. */
export interface TypeReference {
  readonly name: string;
  /** The name of a part of it, where one is named: `Order` of `orders.Order`. */
  readonly member: string | undefined;
  readonly offset: number;
  readonly end: number;
}

/** An interface or an alias at module level. */
export interface TypeDeclaration {
  readonly name: string;
  readonly range: Range;
  /** The comments that speak of it. */
  readonly comment: string;
  readonly text: string;
}

/** Where an imported name comes from; `imported` is undefined for all exports as one object. */
interface ImportedName {
  readonly source: string;
  readonly imported: string | undefined;
  /** Whether it is imported as nothing but a type. */
  readonly isType: boolean;
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
  /** The files of which it exports all that they export: `export * from`. */
  readonly stars: readonly string[];
  /** What `import name from` gives of it. */
  readonly hasDefault: boolean;
  readonly isWhole: boolean;
  /** Function declarations without a body, at module level, by where they begin. */
  readonly overloads: ReadonlyMap<number, string>;
  /** Names of types and values that are declared somewhere inside of a statement. */
  readonly inner: ReadonlySet<string>;
  /** True where a type names a file of the project, as a type does that is imported where it stands. */
  readonly namesFiles: boolean;
}

/** Under which name `export = name` stands among the exports. */
export const WHOLE = "export =";

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
  readonly stars: string[] = [];
  readonly inner = new Set<string>();
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
    else if (ts.isImportEqualsDeclaration(node)) this.#importEquals(node);
    else if (ts.isExportDeclaration(node)) this.#export(node);
    else if (ts.isExportAssignment(node)) this.#exportAssignment(node);
    else this.#declaration(node);
    const own = this.#typeParameters(node);
    const visit = (each: ts.Node): void => {
      const name = this.#nameInType(each);
      if (name !== undefined && !own.has(name.text)) this.references.push(this.#reference(name));
      ts.forEachChild(each, visit);
    };
    visit(node);
  }

  #reference(name: ts.Identifier): TypeReference {
    const { ts, file } = this.#source;
    const { parent } = name;
    const member = ts.isQualifiedName(parent) && parent.left === name ? parent.right : undefined;
    return { name: name.text, member: member?.text, offset: name.getStart(file), end: (member ?? name).end };
  }

  #typeParameters(node: ts.Node): ReadonlySet<string> {
    const { ts } = this.#source;
    const names = new Set<string>();
    const visit = (each: ts.Node): void => {
      if (ts.isTypeParameterDeclaration(each)) names.add(each.name.text);
      const name = each !== node && isDeclaration(ts, each) ? each.name : undefined;
      if (name !== undefined && ts.isIdentifier(name)) this.inner.add(name.text);
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
    const isType = clause.phaseModifier === ts.SyntaxKind.TypeKeyword;
    const { name, namedBindings: bindings } = clause;
    if (name !== undefined) this.imports.set(name.text, { source, imported: "default", isType });
    if (bindings === undefined) return;
    if (ts.isNamespaceImport(bindings)) {
      this.imports.set(bindings.name.text, { source, imported: undefined, isType });
      return;
    }
    for (const { name: local, propertyName, isTypeOnly } of bindings.elements) {
      const imported = (propertyName ?? local).text;
      this.imports.set(local.text, { source, imported, isType: isType || isTypeOnly });
    }
  }

  /** `import a = require("./a")`; of anything else, what it names is a value of this file. */
  #importEquals({ name, moduleReference, isTypeOnly }: ts.ImportEqualsDeclaration): void {
    const { ts } = this.#source;
    const path = ts.isExternalModuleReference(moduleReference) ? moduleReference.expression : undefined;
    const source = path !== undefined && ts.isStringLiteral(path) ? path.text : "";
    if (source.startsWith(".")) this.imports.set(name.text, { source, imported: undefined, isType: isTypeOnly });
    else this.values.add(name.text);
  }

  #export({ exportClause: clause, moduleSpecifier, isTypeOnly: isAllTypes }: ts.ExportDeclaration): void {
    const { ts } = this.#source;
    const source =
      moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : undefined;
    // By a name that the file itself can't use.
    const giveOn = (from: string, name: string, imported: string | undefined, isType: boolean): void => {
      this.exports.set(name, `${from} ${imported ?? "*"}`);
      this.imports.set(`${from} ${imported ?? "*"}`, { source: from, imported, isType });
    };
    if (clause === undefined) {
      if (source !== undefined) this.stars.push(source);
    } else if (ts.isNamespaceExport(clause)) {
      if (source !== undefined) giveOn(source, clause.name.text, undefined, isAllTypes);
    } else {
      for (const { name, propertyName, isTypeOnly } of clause.elements) {
        const local = (propertyName ?? name).text;
        if (source === undefined) this.exports.set(name.text, local);
        else giveOn(source, name.text, local, isAllTypes || isTypeOnly);
      }
    }
  }

  #exportAssignment({ isExportEquals, expression }: ts.ExportAssignment): void {
    if (isExportEquals === true) {
      this.isWhole = true;
      if (this.#source.ts.isIdentifier(expression)) this.exports.set(WHOLE, expression.text);
    } else this.exports.set("default", this.#source.ts.isIdentifier(expression) ? expression.text : "");
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
      this.declarations.push({ name, range, comment, text: file.text.slice(...range) });
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
    }
  }
}

/** A declaration that is exported no more. */
export function withoutExport(text: string): string {
  return text.replace(/^export\s+(?:default\s+)?/u, "");
}

/** True for what gives a name to a type or a value. */
function isDeclaration(compiler: TypedSource["ts"], node: ts.Node): node is ts.NamedDeclaration {
  return (
    compiler.isTypeParameterDeclaration(node) ||
    compiler.isInterfaceDeclaration(node) ||
    compiler.isTypeAliasDeclaration(node) ||
    compiler.isClassLike(node) ||
    compiler.isEnumDeclaration(node) ||
    compiler.isFunctionLike(node) ||
    compiler.isVariableDeclaration(node) ||
    compiler.isParameter(node) ||
    compiler.isBindingElement(node)
  );
}
