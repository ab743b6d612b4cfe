import type { ts } from "ts-morph";
import { packageForm } from "../platform/packages.ts";
import { collectExport, collectExportAssignment, collectExportModifier } from "./collect-exports.ts";
import { blank, refuse, startOf } from "./collection.ts";
import type { Collection } from "./collection.ts";
import type { Neighbours, TypeImport } from "./found.ts";
import { typeNames } from "./type-names.ts";
import { valueNames } from "./value-names.ts";

/*
 * V1 runs CommonJS, so a function that is written as an ES module was compiled to it: what it imports it required, and
 * what it exports it put on `exports`. The migration gets to see just that.
 */

/**
 * Notes what a statement takes in or gives out.
 *
 * @returns true when nothing else of the node is left to look at
 */
export function collectModuleSyntax(collection: Collection, node: ts.Node): boolean {
  const { ts } = collection;
  if (ts.isImportDeclaration(node)) {
    collectImport(collection, node);
    return true;
  }
  if (ts.isImportEqualsDeclaration(node)) {
    collectImportEquals(collection, node);
    return true;
  }
  if (collection.isModule) return false;
  if (ts.isExportDeclaration(node)) {
    collectExport(collection, node);
    return true;
  }
  if (ts.isExportAssignment(node)) {
    collectExportAssignment(collection, node);
    return false;
  }
  collectExportModifier(collection, node);
  return false;
}

function collectImport(collection: Collection, node: ts.ImportDeclaration): void {
  const { ts, text, found } = collection;
  const { importClause: clause, moduleSpecifier } = node;
  const range = [startOf(collection, node), node.end] as const;
  const source = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
  if (clause !== undefined && valuesOf(collection, clause).length === 0) {
    blank(collection, "statement", range);
    return;
  }
  if (collection.isModule) return;
  found.typeImports.push(...typeNamesOf(collection, clause, source));
  const required = `require(${moduleSpecifier.getText(collection.file)})`;
  const end = text.slice(node.end - 1, node.end) === ";" ? ";" : "";
  const bound = clause === undefined ? [] : boundNames(collection, clause, source);
  const code = bound.map((name) => `const ${name} = ${required}${end}`).join(" ");
  found.standIns.push({ range, code: clause === undefined ? required + end : code, comesBack: false });
}

/** The names of an import that the file uses as values: as specifiers, names and namespaces. */
function valuesOf(collection: Collection, clause: ts.ImportClause): ts.Node[] {
  const { ts } = collection;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return [];
  const [values, types] = [valueNames(collection), typeNames(collection)];
  const { name, namedBindings } = clause;
  const named =
    namedBindings === undefined
      ? []
      : ts.isNamespaceImport(namedBindings)
        ? [namedBindings]
        : namedBindings.elements.filter(({ isTypeOnly }) => !isTypeOnly);
  return [...(name === undefined ? [] : [clause]), ...named].filter((each) => {
    const local = each === clause ? name : (each as ts.ImportSpecifier | ts.NamespaceImport).name;
    // What nobody uses is taken in for what it does when it is loaded.
    return local !== undefined && (values.has(local.text) || !types.has(local.text));
  });
}

/** The names of an import that the file uses as types alone; those of a default and of a namespace stay with the values. */
function typeNamesOf(collection: Collection, clause: ts.ImportClause | undefined, source: string): TypeImport[] {
  const { ts } = collection;
  const bindings = clause?.namedBindings;
  if (clause === undefined || bindings === undefined || !ts.isNamedImports(bindings)) return [];
  const values = new Set(valuesOf(collection, clause));
  return bindings.elements
    .filter((each) => !values.has(each))
    .map(({ name, propertyName }) => ({ source, imported: (propertyName ?? name).text, local: name.text }));
}

/** What `require` is bound to, once for each way of importing. */
function boundNames(collection: Collection, clause: ts.ImportClause, source: string): string[] {
  const { ts } = collection;
  const values = valuesOf(collection, clause);
  const { name } = clause;
  const isLocal = source.startsWith(".");
  const form = isLocal ? (collection.neighbours?.defaultOf(source) ?? "all") : formOfPackage(source);
  if (name !== undefined && form === "depends") {
    const what = `\`import ${name.text} from "${source}"\`, whose meaning depends on the compiler's options`;
    refuse(collection, clause, what, `write \`import ${name.text} = require("${source}")\``);
  }
  const specifiers = values.filter((each): each is ts.ImportSpecifier => ts.isImportSpecifier(each));
  const properties = specifiers.map(({ propertyName, name: local }) =>
    propertyName === undefined ? local.text : `${propertyName.getText(collection.file)}: ${local.text}`,
  );
  const namespaces = values.filter((each): each is ts.NamespaceImport => ts.isNamespaceImport(each));
  return [
    ...(name === undefined ? [] : [form === "default" ? `{ default: ${name.text} }` : name.text]),
    ...namespaces.map((each) => each.name.text),
    ...(properties.length === 0 ? [] : [`{ ${properties.join(", ")} }`]),
  ];
}

function formOfPackage(source: string): ReturnType<Neighbours["defaultOf"]> {
  return packageForm(source)?.hasDefault === true ? "all" : "depends";
}

/** `import a = require("a")` takes in a module; `import b = a.b` only names something. */
function collectImportEquals(collection: Collection, node: ts.ImportEqualsDeclaration): void {
  const { ts, found } = collection;
  const start = startOf(collection, node);
  if (node.isTypeOnly || !valueNames(collection).has(node.name.text)) {
    blank(collection, "statement", [start, node.end]);
  } else if (ts.isExternalModuleReference(node.moduleReference)) {
    found.standIns.push({ range: [start, start + "import".length], code: "const", comesBack: false });
  } else if (node.modifiers === undefined) {
    const code = `const ${node.name.text} = ${node.moduleReference.getText(collection.file)};`;
    found.standIns.push({ range: [start, node.end], code, comesBack: true });
  } else {
    refuse(collection, node, "an `export` of another name for a part of a namespace", "write `const`");
  }
}
