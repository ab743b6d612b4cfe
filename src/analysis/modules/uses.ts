import type * as ESTree from "estree";
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

function isRequire(model: Model, node: ESTree.CallExpression): node is ESTree.SimpleCallExpression {
  return node.type === "CallExpression" && node.callee.type === "Identifier" && model.isGlobal(node.callee, "require");
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

function importUse(node: ESTree.ImportDeclaration): ModuleUse {
  const names: ImportedName[] = [];
  let whole: ESTree.Identifier | undefined;
  for (const specifier of node.specifiers) {
    if (specifier.type === "ImportSpecifier") {
      const { imported } = specifier;
      names.push({
        imported: imported.type === "Identifier" ? imported.name : String(imported.value),
        local: specifier.local,
      });
    } else {
      whole = specifier.local;
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
  model.nodes("CallExpression").filter((call): call is ESTree.SimpleCallExpression => isRequire(model, call)),
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
