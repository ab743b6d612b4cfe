import type * as ESTree from "estree";
import { clientMethods } from "../../platform/modern-members.ts";
import { modernClients } from "../../platform/client-creation.ts";
import { legacyFactories, legacyToolbelt, modernExports, modernToolbelt } from "../../platform/toolbelt.ts";
import type { Model } from "../code/model.ts";
import { importedPath } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { findModuleUses } from "../modules/uses.ts";

/** Something of the toolbelt that is taken for what it is not, so that the use of it fails. */
export type MistakenToolbelt =
  /** `Toolbelt().SecretClient()`, `new Toolbelt()`: its factories are members of itself. */
  | { readonly kind: "called-toolbelt"; readonly node: Node }
  /** `new Toolbelt.SecretClient()`: a factory is no constructor. */
  | { readonly kind: "constructed-factory"; readonly node: Node; readonly factory: string }
  /** `const client = Toolbelt.SecretClient; client.readSecret("name")` */
  | { readonly kind: "uncalled-factory"; readonly node: Node; readonly factory: string }
  /** `toolbelt.Toolbelts.SecretClient()`, where `toolbelt` is the whole module. */
  | { readonly kind: "missing-export"; readonly node: Node; readonly name: string };

const SOURCES: ReadonlySet<string> = new Set([legacyToolbelt, modernToolbelt]);

/** Finds where a file takes the toolbelt, a factory or the module for something else. */
export function findMistakenToolbelt(model: Model): MistakenToolbelt[] {
  if (!findModuleUses(model).some(({ source }) => SOURCES.has(source))) {
    return [];
  }
  return [
    ...[...model.nodes("CallExpression"), ...model.nodes("NewExpression")].flatMap(
      (call) => mistakenCall(model, call) ?? [],
    ),
    ...model.nodes("MemberExpression").flatMap((member) => uncalledFactory(model, member) ?? []),
    ...missingExports(model),
  ];
}

/** What of the toolbelts an expression names: `["Toolbelt", "SecretClient"]`. */
function pathOf(model: Model, node: Node): readonly string[] | undefined {
  const imported = importedPath(model, node);
  return imported !== undefined && SOURCES.has(imported.source) ? imported.path : undefined;
}

function mistakenCall(
  model: Model,
  call: ESTree.SimpleCallExpression | ESTree.NewExpression,
): MistakenToolbelt | undefined {
  const node = call.callee;
  const [toolbelt, factory, ...others] = pathOf(model, node) ?? [];
  if (toolbelt !== "Toolbelt" || others.length > 0) {
    return undefined;
  }
  if (factory === undefined) {
    return { kind: "called-toolbelt", node };
  }
  const isKnown = modernClients.has(factory) || legacyFactories.has(factory);
  return isKnown && call.type === "NewExpression" ? { kind: "constructed-factory", node, factory } : undefined;
}

function uncalledFactory(model: Model, member: ESTree.MemberExpression): MistakenToolbelt | undefined {
  const methods = clientMethods.get(factoryOf(model, member.object) ?? "");
  const name = staticName(member) ?? "";
  const factory = methods?.has(name) === true ? factoryOf(model, member.object) : undefined;
  return factory === undefined ? undefined : { kind: "uncalled-factory", node: member.object, factory };
}

/** The factory that an expression is, without a call of it. */
function factoryOf(model: Model, node: Node): string | undefined {
  const [toolbelt, factory, ...others] = node.type === "Super" ? [] : (pathOf(model, node) ?? []);
  return toolbelt === "Toolbelt" && others.length === 0 ? factory : undefined;
}

/** Members that the module of V2 does not have, where the file does not ask whether they are there. */
function missingExports(model: Model): MistakenToolbelt[] {
  // A default import does not even load, so nothing needs to be said of its members.
  if (model.nodes("ImportDeclaration").some(importsDefault)) {
    return [];
  }
  const missing = model.nodes("MemberExpression").flatMap((member) => {
    const { source, path = [] } = importedPath(model, member) ?? {};
    const [name = "", ...others] = path;
    const isMissing =
      source === modernToolbelt && others.length === 0 && /^[A-Za-z]/u.test(name) && !modernExports.has(name);
    return isMissing ? [{ member, name }] : [];
  });
  const asked = new Set(missing.flatMap(({ member, name }) => (isNeeded(model, member) ? [] : [name])));
  return missing.flatMap(({ member, name }): MistakenToolbelt[] =>
    asked.has(name) ? [] : [{ kind: "missing-export", node: member.property, name }],
  );
}

function importsDefault({ source, specifiers }: ESTree.ImportDeclaration): boolean {
  return source.value === modernToolbelt && specifiers.some(({ type }) => type === "ImportDefaultSpecifier");
}

/** True where code fails if a member is not there. */
function isNeeded(model: Model, member: Node): boolean {
  const parent = model.parentOf(member);
  return (
    (parent?.type === "MemberExpression" && parent.object === member && !parent.optional) ||
    (parent?.type === "CallExpression" && parent.callee === member && !parent.optional) ||
    (parent?.type === "NewExpression" && parent.callee === member)
  );
}
