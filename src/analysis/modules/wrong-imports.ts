import type * as ESTree from "estree";
import { packageForm, requestPackages } from "../../platform/packages.ts";
import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import type { Model } from "../code/model.ts";
import type { Node } from "../code/tree.ts";
import { importedName } from "./cli-hazards.ts";

/** An import that V2 can't resolve, or a name that a package does not have: the function does not even load. */
export type WrongImport =
  /** Another file: a function is one file on the platform. */
  | { readonly kind: "file"; readonly node: Node }
  /** A package of V1 that V2 does not have; `instead` takes its place. */
  | { readonly kind: "package"; readonly node: Node; readonly name: string; readonly instead: string }
  | { readonly kind: "no-default"; readonly node: Node; readonly name: string }
  /** A package whose names an ES module does not see; the default import has them. */
  | { readonly kind: "no-names"; readonly node: Node; readonly name: string; readonly source: string }
  | { readonly kind: "no-such-name"; readonly node: Node; readonly name: string; readonly source: string };

/** Packages of V1 with another name in V2. */
const SUCCESSORS: ReadonlyMap<string, string> = new Map([
  [legacyToolbelt, `\`${modernToolbelt}\``],
  ["jsforce", "`@jsforce/jsforce-node`"],
  ...[...requestPackages].map((name) => [name, "`fetch`, which is built into V2"] as const),
]);

/** Finds the imports that keep a V2 function from loading. What the toolbelt exports is told by {@link findWrongImports}. */
export function findUnloadableImports(model: Model): WrongImport[] {
  return [...otherFiles(model), ...wrongDeclarations(model)];
}

const FILE = /^(?:\.{0,2}\/|file:)/u;

/** Other files that an `import`, an `import(…)` or an `export … from` names. */
function otherFiles(model: Model): WrongImport[] {
  const sources = [
    ...model.nodes("ImportDeclaration"),
    ...model.nodes("ImportExpression"),
    ...model.nodes("ExportNamedDeclaration"),
    ...model.nodes("ExportAllDeclaration"),
  ].flatMap(({ source }) => source ?? []);
  return sources.flatMap((node) =>
    node.type === "Literal" && FILE.test(String(node.value)) ? [{ kind: "file", node } as const] : [],
  );
}

function wrongDeclarations(model: Model): WrongImport[] {
  return model.nodes("ImportDeclaration").flatMap((declaration): WrongImport[] => {
    const source = String(declaration.source.value);
    const instead = SUCCESSORS.get(source);
    if (instead !== undefined) {
      return [{ kind: "package", node: declaration.source, name: source, instead }];
    }
    return source === modernToolbelt ? [] : declaration.specifiers.flatMap((each) => wrongName(each, source) ?? []);
  });
}

function wrongName(specifier: ESTree.ImportDeclaration["specifiers"][number], source: string): WrongImport | undefined {
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
