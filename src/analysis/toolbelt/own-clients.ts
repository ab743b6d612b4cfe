import type * as ESTree from "estree";
import { callOrNewOf } from "../code/called.ts";
import type { Node } from "../code/tree.ts";
import { staticName } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { constancyOf } from "./constancy.ts";
import { readsOf } from "../code/bindings.ts";
import { findModuleUses } from "../modules/uses.ts";
import type { ModuleUse } from "../modules/uses.ts";

/** A call or construction by which a project creates a client of another package. */
export type FactoryCall = ESTree.SimpleCallExpression | ESTree.NewExpression;

/**
 * Finds where functions create clients of other packages that could be created once: held by a declaration of its own,
 * from arguments that are the same in every invocation.
 *
 * @param factories the exports that create clients, as `package#name`; `package#default` is the default export
 */
export function findFactoryCalls(model: Model, factories: readonly string[]): FactoryCall[] {
  if (factories.length === 0) {
    return [];
  }
  return factoryNames(model, new Set(factories)).flatMap((name) => {
    const call = callOrNewOf(model, name);
    return call !== undefined && isSharedSafely(model, call) ? [call] : [];
  });
}

/** Every expression that means one of the factories. */
function factoryNames(model: Model, wanted: ReadonlySet<string>): Node[] {
  return findModuleUses(model).flatMap((use) =>
    localNamesOf(use).flatMap(({ imported, local }) => {
      const reads = readsOfName(model, local);
      if (imported !== undefined && imported !== "default") {
        return wanted.has(`${use.source}#${imported}`) ? reads : [];
      }
      const members = reads.flatMap((read) => {
        const member = model.parentOf(read);
        const isMember = member?.type === "MemberExpression" && member.object === read;
        return isMember && wanted.has(`${use.source}#${staticName(member) ?? ""}`) ? [member] : [];
      });
      return [...members, ...(imported === "default" && wanted.has(`${use.source}#default`) ? reads : [])];
    }),
  );
}

/**
 * The names that a file gives to what it takes from a package. `default` is the default import, or what `require`
 * gives; undefined the whole module.
 */
function localNamesOf({ node, whole, names }: ModuleUse): { imported: string | undefined; local: Node }[] {
  if (node.type !== "ImportDeclaration") {
    return [...(names ?? []), ...(whole === undefined ? [] : [{ imported: "default", local: whole }])];
  }
  return node.specifiers.map((specifier) => {
    if (specifier.type !== "ImportSpecifier") {
      return { imported: specifier.type === "ImportDefaultSpecifier" ? "default" : undefined, local: specifier.local };
    }
    const { imported, local } = specifier;
    return { imported: imported.type === "Identifier" ? imported.name : String(imported.value), local };
  });
}

function readsOfName(model: Model, identifier: Node): Node[] {
  const variable = model.variableOf(identifier);
  return variable === undefined ? [] : readsOf(variable);
}

/** Conditional and lazy creations (`client ??= create()`) are left alone, and so is what an invocation brings. */
function isSharedSafely(model: Model, call: FactoryCall): boolean {
  const holder = model.parentOf(call);
  return (
    model.functionOf(call) !== null &&
    holder?.type === "VariableDeclarator" &&
    holder.init === call &&
    call.arguments.every((argument) => constancyOf(model, argument).isConstant)
  );
}
