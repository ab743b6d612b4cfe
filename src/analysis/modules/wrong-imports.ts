import type * as ESTree from "estree";
import { insteadOf } from "../../platform/absent-packages.ts";
import { namesOfCompatOnly } from "../../platform/lodash-names.ts";
import { packageForm } from "../../platform/packages.ts";
import { modernToolbelt } from "../../platform/toolbelt.ts";
import type { Model } from "../code/model.ts";
import type { Node } from "../code/tree.ts";
import { valuesOf } from "../values/values-of.ts";
import { importedName } from "./cli-hazards.ts";

/** An import that V2 can't resolve, or a name that a package does not have: the function does not even load. */
export type WrongImport =
  /** Another file: a function is one file on the platform. */
  | { readonly kind: "file"; readonly node: Node }
  /** A package that V2 does not have; `instead` takes its place. */
  | { readonly kind: "package"; readonly node: Node; readonly name: string; readonly instead: string }
  /** An address: nothing is loaded from the network. */
  | { readonly kind: "address"; readonly node: Node }
  /** A file of a package without its ending, which only `require` finds. */
  | { readonly kind: "no-ending"; readonly node: Node; readonly name: string; readonly source: string }
  | { readonly kind: "no-default"; readonly node: Node; readonly name: string }
  /** A package whose names an ES module does not see; the default import has them. */
  | { readonly kind: "no-names"; readonly node: Node; readonly name: string; readonly source: string }
  | { readonly kind: "no-such-name"; readonly node: Node; readonly name: string; readonly source: string };

/** Finds the imports that keep a V2 function from loading. What the toolbelt exports is told by {@link findWrongImports}. */
export function findUnloadableImports(model: Model): WrongImport[] {
  const wrongNames = model.nodes("ImportDeclaration").flatMap(({ source, specifiers }) => {
    const name = String(source.value);
    const isKnown = name !== modernToolbelt && insteadOf(name) === undefined && !WITHOUT_EXPORTS.test(name);
    return isKnown ? specifiers.flatMap((each) => wrongName(each, name) ?? []) : [];
  });
  return [...wrongSources(model), ...wrongNames];
}

const FILE = /^(?:\.{0,2}\/|file:)/u;
const ADDRESS = /^https?:/u;
/** Packages that don't say what their files are called from outside, so that an ES module needs the whole name. */
const WITHOUT_EXPORTS = /^(?<source>lodash)\/[^.]+$/u;

/** Other files, and packages that V2 lacks, that an `import`, an `import(…)` or an `export … from` names. */
function wrongSources(model: Model): WrongImport[] {
  const sources = [
    ...model.nodes("ImportDeclaration"),
    ...model.nodes("ImportExpression"),
    ...model.nodes("ExportNamedDeclaration"),
    ...model.nodes("ExportAllDeclaration"),
  ].flatMap(({ source }) => source ?? []);
  return sources.flatMap((node): WrongImport[] => {
    const name = sourceText(model, node);
    const instead = insteadOf(name);
    if (instead !== undefined) {
      return [{ kind: "package", node, name, instead }];
    }
    if (ADDRESS.test(name)) {
      return [{ kind: "address", node }];
    }
    const { source } = WITHOUT_EXPORTS.exec(name)?.groups ?? {};
    if (source !== undefined) {
      return [{ kind: "no-ending", node, name, source }];
    }
    return FILE.test(name) ? [{ kind: "file", node }] : [];
  });
}

/** The name of what is loaded; what is only known at run time reads as a star. */
function sourceText(model: Model, node: Node): string {
  const [value, ...others] = valuesOf(model, node);
  return value?.kind === "text" && others.length === 0
    ? value.parts.map((part) => (typeof part === "string" ? part : "*")).join("")
    : "";
}

/** The main entry of es-toolkit has no default, and only a part of what lodash has. */
function wrongNameOfToolkit(specifier: ESTree.ImportDeclaration["specifiers"][number]): WrongImport | undefined {
  const [node, source] = [specifier, "es-toolkit"];
  if (specifier.type === "ImportDefaultSpecifier") {
    return { kind: "no-default", node, name: source };
  }
  const name = specifier.type === "ImportSpecifier" ? importedName(specifier) : "";
  return namesOfCompatOnly.has(name) ? { kind: "no-such-name", node, name, source } : undefined;
}

function wrongName(specifier: ESTree.ImportDeclaration["specifiers"][number], source: string): WrongImport | undefined {
  if (source === "es-toolkit") {
    return wrongNameOfToolkit(specifier);
  }
  const form = packageForm(source);
  if (form === undefined || specifier.type === "ImportNamespaceSpecifier") {
    return undefined;
  }
  const name = specifier.type === "ImportDefaultSpecifier" ? "default" : importedName(specifier);
  if (name === "default") {
    return form.hasDefault ? undefined : { kind: "no-default", node: specifier, name: source };
  }
  if (form.names === undefined) {
    return { kind: "no-names", node: specifier, name, source };
  }
  // Of other packages the table has only the names that V1 and V2 share.
  return form.rank === 2 && !form.names.has(name) ? { kind: "no-such-name", node: specifier, name, source } : undefined;
}
