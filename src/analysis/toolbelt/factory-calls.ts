import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { memberNameOf } from "../code/members-names.ts";
import { importedPath } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { creationsOf } from "./client-calls.ts";
import { toolbeltUseOf } from "./creations.ts";

/** A call of a member of the toolbelt that fails when the toolbelt does not have it. */
export interface FactoryCall {
  readonly factory: string;
  /** The toolbelt package that it comes from; undefined for a member that is taken out of the toolbelt first. */
  readonly source: string | undefined;
  readonly call: ESTree.SimpleCallExpression;
  /** What names the member: `Toolbelt.HTTPClient`, or the variable that holds it. */
  readonly callee: Node;
}

/** Reads of the toolbelt's members without a call, and `?.`: the file asks whether they are there. */
function membersAskedFor(model: Model, escapes: readonly Node[]): ReadonlySet<string> {
  return new Set(
    escapes.flatMap((node) => {
      const member = model.parentOf(node);
      return member?.type === "MemberExpression" && member.object === node ? (staticName(member) ?? []) : [];
    }),
  );
}

/** The calls of `HTTPClient` in `const { HTTPClient } = Toolbelt;`. */
function destructuredCalls(model: Model, escape: Node): FactoryCall[] {
  const declarator = model.parentOf(escape);
  if (declarator?.type !== "VariableDeclarator" || declarator.id.type !== "ObjectPattern") {
    return [];
  }
  return declarator.id.properties.flatMap((property) => {
    const factory = property.type === "Property" ? staticName(property) : undefined;
    const variable =
      property.type === "Property" && property.value.type === "Identifier"
        ? model.variableOf(property.value)
        : undefined;
    if (factory === undefined || variable === undefined || !isConstant(variable)) {
      return [];
    }
    const reads = readsOf(variable);
    const calls = reads.flatMap((callee) => {
      const call = callOf(model, callee);
      return call?.optional === false ? [{ factory, source: undefined, call, callee }] : [];
    });
    // A name that is not only called may be asked whether it holds anything.
    return calls.length === reads.length ? calls : [];
  });
}

/** Finds the calls of toolbelt members by binding; members that the file asks for without calling them are left out. */
export function findFactoryCallsOfToolbelt(model: Model): FactoryCall[] {
  const { clients, escapes } = toolbeltUseOf(model);
  const asked = membersAskedFor(model, escapes);
  const direct = clients.flatMap(({ factory, source, call }) => {
    const isAsked = call.optional || (call.callee.type === "MemberExpression" && call.callee.optional);
    return isAsked || asked.has(factory) ? [] : [{ factory, source, call, callee: call.callee }];
  });
  return [...direct, ...escapes.flatMap((escape) => destructuredCalls(model, escape))];
}

/** The places at which a pattern takes a member of that name, at any depth. */
function keysIn(pattern: Node, name: string): Node[] {
  if (pattern.type !== "ObjectPattern") {
    return pattern.type === "AssignmentPattern" ? keysIn(pattern.left, name) : [];
  }
  return pattern.properties.flatMap((property) => {
    if (property.type !== "Property") {
      return [];
    }
    return staticName(property) === name ? [property.key] : keysIn(property.value, name);
  });
}

/**
 * All places at which the file takes a member out of the toolbelt, called or not: what does not exist in V2 is missed
 * there, whatever becomes of it.
 */
export function findTakenMembers(model: Model, name: string): Node[] {
  const { clients, escapes } = toolbeltUseOf(model);
  const called = clients.flatMap(({ factory, call }) => (factory === name ? [call.callee] : []));
  const taken = escapes.flatMap((escape) => {
    const parent = model.parentOf(escape);
    switch (parent?.type) {
      case "MemberExpression":
        return parent.object === escape && memberNameOf(model, parent) === name ? [parent] : [];
      case "VariableDeclarator":
        return keysIn(parent.id, name);
      case "AssignmentExpression":
        return keysIn(parent.left, name);
      default:
        return [];
    }
  });
  const byOtherNames = creationsOf(model).flatMap(({ factory, call: { callee } }) =>
    factory === name && callee.type === "MemberExpression" ? [callee] : [],
  );
  return [...new Set([...called, ...taken, ...byOtherNames, ...takenLater(model, name)])];
}

/** `const { Toolbelt } = await import("core-functions-toolbelt")`: its members by their names alone. */
function takenLater(model: Model, name: string): Node[] {
  return model.nodes("ImportExpression").length === 0
    ? []
    : model.nodes("MemberExpression").filter((member) => {
        const { source = "", path = [] } = (staticName(member) === name && importedPath(model, member)) || {};
        return [legacyToolbelt, modernToolbelt].includes(source) && path.join() === `Toolbelt,${name}`;
      });
}
