import type * as ESTree from "estree";
import { calledMethodOf } from "../code/called.ts";
import { methodSignatures, mostArguments } from "../../platform/method-signatures.ts";
import type { ArgumentShape } from "../../platform/method-signatures.ts";
import { objectMembers } from "../../platform/runtime-names.ts";
import { constantMembers, legacyToolbelt, modernToolbelt, serviceNames } from "../../platform/toolbelt.ts";
import { renamedService } from "../../platform/toolbelt-clients.ts";
import { readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { findModuleUses } from "../modules/uses.ts";
import { textsOf } from "../values/texts.ts";
import { valuesOf } from "../values/values-of.ts";
import type { Value } from "../values/values-of-types.ts";

/** An argument that a method of a client can't work with. */
export type WrongArgument =
  | { readonly kind: "missing-argument"; readonly node: Node; readonly wanted: ArgumentShape }
  | { readonly kind: "wrong-argument"; readonly node: Node; readonly wanted: ArgumentShape }
  | { readonly kind: "surplus-argument"; readonly node: Node }
  /** An entry without its `key` or its `value`. */
  | { readonly kind: "missing-member"; readonly node: Node; readonly name: string };

/** A member of an object of constants that it does not have, as `LpServices.MSG_HISTORY`. */
export interface WrongConstant {
  readonly kind: "constant";
  readonly node: Node;
  readonly name: string;
  readonly of: string;
}

const NO_TEXT = ["object", "list", "function", "boolean", "nothing", "promise", "class", "pattern"] as const;

/** What certainly is not what is wanted. A number is taken for a text: an id may be one. */
const WRONG: Readonly<Record<ArgumentShape, ReadonlySet<Value["kind"]>>> = {
  text: new Set(NO_TEXT),
  name: new Set([...NO_TEXT, "number"]),
  object: new Set(["text", "number", "boolean", "nothing", "promise", "function"]),
  entry: new Set(["text", "number", "boolean", "nothing", "promise", "function", "list"]),
  list: new Set(["text", "number", "boolean", "nothing", "promise", "function", "object"]),
  any: new Set(["nothing"]),
};

/** Finds the first argument of a call of a client's method that the method can't work with. */
export function wrongArgumentOf(
  model: Model,
  factory: string,
  name: string,
  call: ESTree.SimpleCallExpression,
): WrongArgument | undefined {
  const wanted = methodSignatures.get(factory)?.get(name) ?? [];
  if (call.arguments.some(({ type }) => type === "SpreadElement")) {
    return undefined;
  }
  for (const [index, shape] of wanted.entries()) {
    const argument = call.arguments[index];
    if (argument === undefined) {
      return { kind: "missing-argument", node: call, wanted: shape };
    }
    const values = valuesOf(model, argument);
    if (values.length > 0 && values.every(({ kind }) => WRONG[shape].has(kind))) {
      return { kind: "wrong-argument", node: argument, wanted: shape };
    }
    const missing = shape === "entry" ? missingMember(argument) : undefined;
    if (missing !== undefined) {
      return { kind: "missing-member", node: argument, name: missing };
    }
  }
  const surplus = call.arguments[mostArguments.get(`${factory}.${name}`) ?? Infinity];
  return surplus === undefined ? undefined : { kind: "surplus-argument", node: surplus };
}

/** The member that an entry lacks that is written in place: one that has another name may get it later. */
function missingMember(entry: Node): string | undefined {
  const properties = entry.type === "ObjectExpression" ? entry.properties : undefined;
  const names = properties?.map((property) => (property.type === "Property" ? staticName(property) : undefined));
  return names === undefined || names.includes(undefined)
    ? undefined
    : ["key", "value"].find((name) => !names.includes(name));
}

/** The service that is meant by a text that differs in case: services are looked up by their exact names. */
export function meantService(model: Model, service: Node, isModern: boolean): string | undefined {
  const known = [...serviceNames.values()].map((name) =>
    name === renamedService.modern && !isModern ? renamedService.legacy : name,
  );
  const meant = textsOf(model, service).map((text) =>
    known.includes(text ?? "") ? undefined : known.find((name) => name.toLowerCase() === text?.toLowerCase()),
  );
  return meant.every((name) => name !== undefined) ? meant[0] : undefined;
}

/** Finds the members of objects of constants that the toolbelt does not have. */
export function findWrongConstants(model: Model): WrongConstant[] {
  const names = findModuleUses(model)
    .filter(({ source }) => source === legacyToolbelt || source === modernToolbelt)
    .flatMap((use) => use.names ?? []);
  return names.flatMap(({ imported, local }) => {
    const members = constantMembers.get(imported);
    const variable = members === undefined ? undefined : model.variableOf(local);
    return (variable === undefined ? [] : readsOf(variable))
      .flatMap((read) => namedMembers(model, read))
      .flatMap(({ node, name }) =>
        members?.has(name) === false ? [{ kind: "constant", node, name, of: imported }] : [],
      );
  });
}

/** The members that are taken of an object: `LpServices.NAME`, `const { NAME } = LpServices` without a default. */
function namedMembers(model: Model, read: Node): { readonly node: Node; readonly name: string }[] {
  const user = model.parentOf(read);
  if (user?.type === "MemberExpression" && user.object === read) {
    const name = staticName(user);
    // `LpServices.hasOwnProperty(name)`
    const isOwn = objectMembers.has(calledMethodOf(model, read)?.method ?? "");
    return name === undefined || isOwn ? [] : [{ node: user.property, name }];
  }
  const pattern = user?.type === "VariableDeclarator" && user.init === read ? user.id : undefined;
  return (pattern?.type === "ObjectPattern" ? pattern.properties : []).flatMap((property) => {
    const name = property.type === "Property" ? staticName(property) : undefined;
    const isOwn = name === undefined || objectMembers.has(name);
    return property.type === "Property" && !isOwn && property.value.type !== "AssignmentPattern"
      ? [{ node: property.key, name }]
      : [];
  });
}
