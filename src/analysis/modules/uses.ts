import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import { isRequireCall } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { perModel } from "../code/per-model.ts";

/** One name that a file takes from a package: `{ imported: local }`. */
export interface ImportedName {
  readonly imported: string;
  readonly local: ESTree.Identifier;
}

/** One `require` call or `import` declaration of a package. */
export interface ModuleUse {
  readonly source: string;
  /** The `require` call or the import declaration. */
  readonly node: ESTree.SimpleCallExpression | ESTree.ImportDeclaration;
  /** The `const … = require(…)` around the call, when the whole module or one member of it is bound by it. */
  readonly declarator: ESTree.VariableDeclarator | undefined;
  /** The name that holds the module as a whole. */
  readonly whole: ESTree.Identifier | undefined;
  /** The names taken from it, by destructuring, import specifiers or `require("m").name`; undefined if the shape is another. */
  readonly names: readonly ImportedName[] | undefined;
}

/** The names that a pattern takes from a module; undefined when it has defaults, a rest or computed keys. */
export function namesOf(pattern: ESTree.ObjectPattern): ImportedName[] | undefined {
  const names: ImportedName[] = [];
  for (const property of pattern.properties) {
    const imported = property.type === "Property" ? staticName(property) : undefined;
    if (property.type !== "Property" || imported === undefined || property.value.type !== "Identifier") {
      return undefined;
    }
    names.push({ imported, local: property.value });
  }
  return names;
}

function requireUse(model: Model, call: ESTree.SimpleCallExpression): ModuleUse | undefined {
  const [argument] = call.arguments;
  if (argument?.type !== "Literal" || typeof argument.value !== "string" || call.arguments.length !== 1) {
    return undefined;
  }
  const source = argument.value;
  const parent = model.parentOf(call);
  if (parent?.type === "VariableDeclarator") {
    const { id } = parent;
    return {
      source,
      node: call,
      declarator: parent,
      whole: id.type === "Identifier" ? id : undefined,
      names: id.type === "ObjectPattern" ? namesOf(id) : undefined,
    };
  }
  if (parent?.type === "MemberExpression" && parent.object === call) {
    const declarator = model.parentOf(parent);
    const imported = staticName(parent);
    if (declarator?.type === "VariableDeclarator" && declarator.id.type === "Identifier" && imported !== undefined) {
      return { source, node: call, declarator, whole: undefined, names: [{ imported, local: declarator.id }] };
    }
  }
  return { source, node: call, declarator: undefined, whole: undefined, names: undefined };
}

/** The name that an import takes from its package; undefined for its default, and for all of it. */
function importedName(specifier: ESTree.ImportDeclaration["specifiers"][number]): string | undefined {
  const { imported } = specifier.type === "ImportSpecifier" ? specifier : {};
  return imported?.type === "Identifier" ? imported.name : imported && String(imported.value);
}

function importUse(node: ESTree.ImportDeclaration): ModuleUse {
  const names: ImportedName[] = [];
  let whole: ESTree.Identifier | undefined;
  for (const specifier of node.specifiers) {
    const imported = importedName(specifier);
    if (imported === undefined) {
      whole = specifier.local;
    } else {
      names.push({ imported, local: specifier.local });
    }
  }
  return {
    source: String(node.source.value),
    node,
    declarator: undefined,
    whole,
    names: whole === undefined ? names : undefined,
  };
}

/** All packages that a file takes in, in source order; `require` calls with a computed name are left out. */
export const findModuleUses = perModel((model): readonly ModuleUse[] => [
  ...model.nodes("ImportDeclaration").map(importUse),
  ...findRequires(model).flatMap((call) => requireUse(model, call) ?? []),
]);

/** All calls of the CommonJS `require`. */
export const findRequires = perModel((model): readonly ESTree.SimpleCallExpression[] =>
  model.nodes("CallExpression").filter((call) => isRequireCall(model, call)),
);

/** All places that name a package to load, to take names from or to hand on. */
export function findNamedSources(model: Model): Node[] {
  const taken = findModuleUses(model).flatMap(({ node }) =>
    node.type === "ImportDeclaration" ? node.source : node.arguments.slice(0, 1),
  );
  const handedOn = [...model.nodes("ExportAllDeclaration"), ...model.nodes("ExportNamedDeclaration")];
  const later = model.nodes("ImportExpression");
  return [...taken, ...[...handedOn, ...later].flatMap(({ source }) => source ?? [])];
}

/** The expressions that give a module of Node, or what an import takes out of it by a name. */
export function readsOfModule(
  model: Model,
  source: RegExp,
): { readonly node: Node; readonly name: string | undefined }[] {
  const uses = findModuleUses(model).filter((use) => source.test(use.source));
  return uses.flatMap(({ node }) =>
    node.type === "CallExpression"
      ? [{ node, name: undefined }]
      : node.specifiers.flatMap((specifier) => {
          const variable = model.variableOf(specifier.local);
          const name = importedName(specifier);
          return variable === undefined ? [] : readsOf(variable).map((read) => ({ node: read, name }));
        }),
  );
}
