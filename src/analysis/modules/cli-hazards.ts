import type * as ESTree from "estree";
import { rangeOf } from "../code/tree.ts";
import type { Node, Range } from "../code/tree.ts";
import type { Model } from "../code/model.ts";

/** A place that a local run by V2's command line does not live through, or that it leaves changed. */
export type CliHazard =
  | { readonly kind: "alias"; readonly range: Range; readonly specifier: ESTree.ImportSpecifier }
  | { readonly kind: "mixed"; readonly range: Range; readonly declaration: ESTree.ImportDeclaration }
  | { readonly kind: "export"; readonly range: Range; readonly declaration: ExportDeclaration }
  | { readonly kind: "namespace" | "await" | "meta" | "text"; readonly range: Range };

type ExportDeclaration = ESTree.ExportNamedDeclaration | ESTree.ExportDefaultDeclaration | ESTree.ExportAllDeclaration;

/*
 * The command line turns imports into requires before a local run and back again behind it, with regular expressions
 * that know nothing of strings. These are the texts that they take for an import or a require.
 * Source: the platform's command line 2.0.6-beta, src/shared/faas-debugger.ts.
 */
const TAKEN_FOR_IMPORTS: readonly RegExp[] = [
  // A list holds no other import: a text with many of them is looked through once.
  /\bimport\s+(?:(?:\*\s+as\s+[\w$]+|\{(?:(?!\bimport\s)[^}])*\}|[\w$]+)\s+from\s+)?["'][^"']+["']/gu,
  /\brequire\(["'][^"']+["']\)/gu,
];

/** Finds what the platform's V2 command line can't cope with, in source order. */
export function findCliHazards(model: Model): CliHazard[] {
  const hazards = [
    ...model.nodes("ImportDeclaration").flatMap(importHazards),
    ...exportHazards(model),
    ...model.nodes("AwaitExpression").flatMap((node) => atTop(model, node)),
    ...model.nodes("ForOfStatement").flatMap((node) => (node.await ? atTop(model, node) : [])),
    ...model.nodes("MetaProperty").flatMap((node) => metaHazards(node)),
    ...textHazards(model),
  ];
  return hazards.toSorted((a, b) => a.range[0] - b.range[0]);
}

function importHazards(declaration: ESTree.ImportDeclaration): CliHazard[] {
  const { specifiers } = declaration;
  const namespace = specifiers.find(({ type }) => type === "ImportNamespaceSpecifier");
  if (specifiers.length > 1 && specifiers[0]?.type === "ImportDefaultSpecifier") {
    return [{ kind: "mixed", range: rangeOf(declaration), declaration }];
  }
  if (namespace !== undefined) {
    return [{ kind: "namespace", range: rangeOf(namespace) }];
  }
  return specifiers.flatMap((specifier): CliHazard[] =>
    specifier.type === "ImportSpecifier" && importedName(specifier) !== specifier.local.name
      ? [{ kind: "alias", range: rangeOf(specifier), specifier }]
      : [],
  );
}

/** The name under which the module exports it. */
export function importedName({ imported }: ESTree.ImportSpecifier): string {
  return imported.type === "Identifier" ? imported.name : String(imported.value);
}

function exportHazards(model: Model): CliHazard[] {
  const declarations = [
    ...model.nodes("ExportNamedDeclaration"),
    ...model.nodes("ExportDefaultDeclaration"),
    ...model.nodes("ExportAllDeclaration"),
  ];
  return declarations.map((declaration) => {
    const [start] = rangeOf(declaration);
    return { kind: "export", range: [start, start + "export".length], declaration };
  });
}

/** A statement that waits outside of every function. */
function atTop(model: Model, node: Node): CliHazard[] {
  const [start] = rangeOf(node);
  const keyword = node.type === "AwaitExpression" ? "await" : "for await";
  return model.functionOf(node) === null && !isInClass(model, node)
    ? [{ kind: "await", range: [start, start + keyword.length] }]
    : [];
}

function isInClass(model: Model, node: Node): boolean {
  for (let outer = model.parentOf(node); outer !== null; outer = model.parentOf(outer)) {
    if (outer.type === "StaticBlock") {
      return true;
    }
  }
  return false;
}

function metaHazards(node: ESTree.MetaProperty): CliHazard[] {
  return node.meta.name === "import" ? [{ kind: "meta", range: rangeOf(node) }] : [];
}

/** Strings and templates that hold what the command line takes for an import or a require. */
function textHazards(model: Model): CliHazard[] {
  const imports = model.nodes("ImportDeclaration").map(rangeOf);
  const texts = [
    ...model.nodes("Literal").filter(({ value }) => typeof value === "string"),
    ...model.nodes("TemplateElement"),
  ].map(rangeOf);
  return texts.flatMap(([start, end]): CliHazard[] => {
    const isOfImport = imports.some(([from, to]) => from <= start && end <= to);
    const hits = isOfImport
      ? []
      : TAKEN_FOR_IMPORTS.flatMap((form) => [...model.text.slice(start, end).matchAll(form)]);
    return hits.map((hit) => ({ kind: "text", range: [start + hit.index, start + hit.index + hit[0].length] }));
  });
}

/** A place that looks like an import or a require to the command line and is not one. */
export interface ImportLikeText {
  readonly offset: number;
  readonly what: string;
}

/** Whatever in a function looks like an import or a require to the command line and is not one: comments as well. */
export function findImportLikeText(model: Model): ImportLikeText[] {
  return importLikeIn(model.text, model.nodes("ImportDeclaration").map(rangeOf));
}

/** The same in any text, of which it is known where its imports are. */
export function importLikeIn(text: string, imports: readonly Range[]): ImportLikeText[] {
  return TAKEN_FOR_IMPORTS.flatMap((form) => [...text.matchAll(form)])
    .filter(({ index }) => !imports.some(([start, end]) => start <= index && index < end))
    .map(({ 0: found, index }) => ({ offset: index, what: found.startsWith("import") ? "import" : "require" }))
    .toSorted((a, b) => a.offset - b.offset);
}
