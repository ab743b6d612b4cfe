import type { ts } from "ts-morph";
import { blank, refuse, startOf } from "./collection.ts";
import type { Collection } from "./collection.ts";
import type { Compiler } from "./compiler.ts";
import { fileTypes } from "./file-types.ts";
import type { Neighbours } from "./found.ts";

/** `export { … }`, and what a file gives on of others. */
export function collectExport(collection: Collection, node: ts.ExportDeclaration): void {
  const { ts, file, found } = collection;
  const { exportClause: clause, moduleSpecifier } = node;
  const range = [startOf(collection, node), node.end] as const;
  if (node.isTypeOnly) {
    blank(collection, "statement", range);
    return;
  }
  if (moduleSpecifier !== undefined) {
    collectGivenOn(collection, node, clause, moduleSpecifier.getText(file).slice(1, -1));
    return;
  }
  if (clause === undefined || !ts.isNamedExports(clause)) return;
  const isValue = valueCheck(collection);
  for (const { name, propertyName, isTypeOnly } of clause.elements) {
    const local = (propertyName ?? name).text;
    if (!isTypeOnly && isValue(local)) found.exported.push({ name: name.text, local, offset: range[0] });
  }
  found.standIns.push({ range, code: "", comesBack: false });
}

/** What a file exports of another one it requires, and gives it on by a name that nothing else has. */
function collectGivenOn(
  collection: Collection,
  node: ts.ExportDeclaration,
  clause: ts.NamedExportBindings | undefined,
  source: string,
): void {
  const { ts, file, found, neighbours } = collection;
  const names = neighbours === undefined ? undefined : givenOn(collection, neighbours, clause, source);
  if (names === undefined) {
    const [what, advice] =
      neighbours === undefined
        ? ["an `export` of another module", "remove it, because a V2 function exports nothing"]
        : [`an \`export\` from "${source}" whose names are known only when it runs`, "name them one by one"];
    refuse(collection, node, what, advice);
    return;
  }
  const range = [startOf(collection, node), node.end] as const;
  if (clause !== undefined && names.length === 0) {
    blank(collection, "statement", range);
    return;
  }
  const required = `require("${source}");`;
  const isBarrel = file.statements.every((each) => ts.isExportDeclaration(each) && each.moduleSpecifier !== undefined);
  const bound = names.map((each) => ({ ...each, local: localName(collection, each.name, isBarrel) }));
  for (const { name, local } of bound) found.exported.push({ name, local, offset: range[0] });
  const whole = bound
    .filter(({ imported }) => imported === undefined)
    .map(({ local }) => `const ${local} = ${required}`);
  const parts = bound.flatMap(({ imported, local }) => (imported === undefined ? [] : [`${imported}: ${local}`]));
  const code = [...whole, ...(parts.length === 0 ? [] : [`const { ${parts.join(", ")} } = ${required}`])].join(" ");
  found.standIns.push({ range, code: bound.length === 0 ? required : code, comesBack: false });
}

interface GivenOn {
  readonly name: string;
  /** Its name in the other file; undefined for all that this exports, as one object. */
  readonly imported: string | undefined;
}

/** The values that an `export … from` gives on; undefined where they can't be told. */
function givenOn(
  { ts, file, found }: Collection,
  { defaultOf, valuesOf }: Neighbours,
  clause: ts.NamedExportBindings | undefined,
  source: string,
): GivenOn[] | undefined {
  const values = valuesOf(source);
  if (clause === undefined) {
    // A name of the file itself wins over those that it gives on, and the first of these over the others.
    const known = new Set([
      ...fileTypes(file.text).exports.keys(),
      ...found.exported.map(({ name }) => name),
      "default",
    ]);
    return values && [...values].flatMap((name) => (known.has(name) ? [] : [{ name, imported: name }]));
  }
  if (ts.isNamespaceExport(clause)) return [{ name: clause.name.text, imported: undefined }];
  const elements = clause.elements.filter(({ isTypeOnly }) => !isTypeOnly);
  const names = elements.flatMap(({ name, propertyName }) => {
    const imported = (propertyName ?? name).text;
    return values === undefined || values.has(imported) ? [{ name: name.text, imported }] : [];
  });
  if (!names.some(({ imported }) => imported === "default")) return names;
  const form = defaultOf(source);
  if (form === "depends") return undefined;
  return names.map((each) => (form === "all" && each.imported === "default" ? { ...each, imported: undefined } : each));
}

/** Tells of the names of a file which of them are values. */
function valueCheck({ file, neighbours }: Collection): (name: string) => boolean {
  const { values, declarations, imports } = fileTypes(file.text);
  return (name) => {
    const found = imports.get(name);
    if (found === undefined) return values.has(name) || !declarations.some((each) => each.name === name);
    if (found.isType) return false;
    const others = neighbours?.valuesOf(found.source);
    return others === undefined || found.imported === undefined || others.has(found.imported);
  };
}

/** The name by which a file has what it gives on: its own one where it stands for nothing else. */
function localName(collection: Collection, name: string, isBarrel: boolean): string {
  const { ts, found } = collection;
  const isKeyword = ts.identifierToKeywordKind(ts.factory.createIdentifier(name)) !== undefined;
  const isUsed = found.exported.some(({ local }) => local === name);
  return isBarrel && !isKeyword && !isUsed ? name : freshName(collection, name);
}

/** A name that the file does not have. */
function freshName({ text, found }: Collection, name: string): string {
  for (let number = 1; ; number += 1) {
    const fresh = `${name}_${String(number)}`;
    if (!text.includes(fresh) && !found.exported.some(({ local }) => local === fresh)) return fresh;
  }
}

/** `export = value` is `module.exports = value`; `export default name` is `exports.default = name`. */
export function collectExportAssignment(collection: Collection, node: ts.ExportAssignment): void {
  const { ts, found } = collection;
  const start = startOf(collection, node);
  if (node.isExportEquals === true) {
    const range = [start, startOf(collection, node.expression)] as const;
    found.standIns.push({ range, code: "module.exports = ", comesBack: false });
  } else if (ts.isIdentifier(node.expression)) {
    found.exported.push({ name: "default", local: node.expression.text, offset: start });
    found.standIns.push({ range: [start, node.end], code: "", comesBack: false });
  } else if (collection.neighbours === undefined) {
    refuse(collection, node, "an `export default` of something without a name", "write `function lambda(…)`");
  } else {
    nameDefault(collection, node, startOf(collection, node.expression));
  }
}

/** Gives a name to what is exported as `default` without one. */
function nameDefault(collection: Collection, node: ts.Node, end: number): void {
  const { found } = collection;
  const start = startOf(collection, node);
  const local = freshName(collection, "default");
  found.exported.push({ name: "default", local, offset: start });
  found.standIns.push({ range: [start, end], code: `const ${local} = `, comesBack: false });
}

/** `export` in front of a declaration of values. */
export function collectExportModifier(collection: Collection, node: ts.Node): void {
  const { ts, text, found } = collection;
  const modifiers = ts.canHaveModifiers(node) ? (ts.getModifiers(node) ?? []) : [];
  const first = modifiers.find(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (first === undefined) return;
  const second = modifiers.find(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword);
  const offset = startOf(collection, first);
  const names = declaredNames(ts, node);
  const end = (second ?? first).end;
  const spaces = /^\s*/u.exec(text.slice(end))?.[0].length ?? 0;
  if (names === undefined) {
    if (second === undefined || collection.neighbours === undefined) {
      refuse(collection, node, "an `export` of something without a name of its own", "give it a name");
    } else {
      nameDefault(collection, node, end + spaces);
      found.standIns.push({ range: [node.end, node.end], code: ";", comesBack: false });
    }
    return;
  }
  for (const local of names) found.exported.push({ name: second === undefined ? local : "default", local, offset });
  found.standIns.push({ range: [offset, end + spaces], code: "", comesBack: false });
}

/** The names that a declaration binds; undefined where there is none, or where it takes something apart. */
function declaredNames(compiler: Compiler, node: ts.Node): string[] | undefined {
  if (compiler.isVariableStatement(node)) {
    const names = node.declarationList.declarations.map(({ name }) => name);
    return names.every((name) => compiler.isIdentifier(name)) ? names.map((name) => name.text) : undefined;
  }
  const isNamed =
    compiler.isFunctionDeclaration(node) ||
    compiler.isClassDeclaration(node) ||
    compiler.isEnumDeclaration(node) ||
    compiler.isModuleDeclaration(node);
  return isNamed && node.name !== undefined ? [node.name.text] : undefined;
}
