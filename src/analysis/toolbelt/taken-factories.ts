import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { legacyToolbelt } from "../../platform/toolbelt.ts";
import { constantOf, readsOf } from "../code/bindings.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isHiddenFrom } from "../modules/import-names.ts";
import { findModuleUses } from "../modules/uses.ts";

/** A pattern that takes factories out of the toolbelt object: the one in `const { SecretClient } = Toolbelt`. */
export interface TakenFactories {
  readonly pattern: ESTree.ObjectPattern;
  /** The name of the toolbelt object; undefined where the pattern is all that there is of it. */
  readonly toolbelt: string | undefined;
  /** Where a factory is called, by its name in the toolbelt. */
  readonly callees: readonly { readonly factory: string; readonly callee: Node }[];
}

/** The factories of a pattern with their calls; undefined where one of them is anything but called. */
function calleesOf(model: Model, pattern: ESTree.ObjectPattern): TakenFactories["callees"] | undefined {
  const taken = pattern.properties.map((property) => {
    const factory = property.type === "Property" && !property.computed ? staticName(property) : undefined;
    const local = property.type === "Property" ? property.value : undefined;
    const variable = local?.type === "Identifier" ? constantOf(model, local) : undefined;
    const reads = variable && readsOf(variable);
    return factory !== undefined && reads?.every((read) => callOf(model, read)?.optional === false) === true
      ? reads.map((callee) => ({ factory, callee }))
      : undefined;
  });
  return taken.includes(undefined) ? undefined : taken.flatMap((callees) => callees ?? []);
}

/** True where every call can name the toolbelt object. */
function isSeen(model: Model, name: string, callees: TakenFactories["callees"]): boolean {
  return callees.every(({ callee }) => !isHiddenFrom(model, callee, name));
}

function inDeclaration(model: Model, toolbelt: Variable): TakenFactories[] {
  return readsOf(toolbelt).flatMap((read) => {
    const declarator = model.parentOf(read);
    const pattern = declarator?.type === "VariableDeclarator" && declarator.init === read ? declarator.id : undefined;
    const callees = pattern?.type === "ObjectPattern" ? calleesOf(model, pattern) : undefined;
    return pattern?.type === "ObjectPattern" && callees !== undefined && isSeen(model, toolbelt.name, callees)
      ? [{ pattern, toolbelt: toolbelt.name, callees }]
      : [];
  });
}

/** `{ Toolbelt: { SecretClient } }`: the toolbelt object itself gets no name. */
function nestedIn(model: Model, pattern: ESTree.ObjectPattern): TakenFactories[] {
  const names = pattern.properties.map((property) =>
    property.type === "Property" && !property.computed ? property : undefined,
  );
  const nested = names.filter((property) => property !== undefined && staticName(property) === "Toolbelt");
  const inner = nested.length === 1 ? nested[0]?.value : undefined;
  const callees = inner?.type === "ObjectPattern" ? calleesOf(model, inner) : undefined;
  return inner?.type === "ObjectPattern" && callees !== undefined && !model.isNameTaken("Toolbelt")
    ? [{ pattern: inner, toolbelt: undefined, callees }]
    : [];
}

/** Finds what takes factories out of the V1 toolbelt by a pattern and does nothing but call them. */
export function findTakenFactories(model: Model): TakenFactories[] {
  return findModuleUses(model)
    .filter(({ source }) => source === legacyToolbelt)
    .flatMap(({ names, declarator }) => {
      if (names === undefined) {
        return declarator?.id.type === "ObjectPattern" ? nestedIn(model, declarator.id) : [];
      }
      const local = names.find(({ imported }) => imported === "Toolbelt")?.local;
      const variable = constantOf(model, local);
      return variable === undefined ? [] : inDeclaration(model, variable);
    });
}
