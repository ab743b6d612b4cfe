import type * as ESTree from "estree";
import { functionMethods } from "../code/builtins.ts";
import { callOf } from "../code/called.ts";
import { clientMethods, lpClientLeftovers } from "../../platform/modern-members.ts";
import { mtlsMethods } from "../../platform/platform-clients.ts";
import { objectMembers } from "../../platform/runtime-names.ts";
import { modernExports, modernToolbelt } from "../../platform/toolbelt.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { originsOf } from "../values/origins.ts";
import { clientCallsOf, creationsOf } from "./client-calls.ts";
import { followClient } from "./client-uses.ts";
import { followConstant, objectLiteralOf } from "../values/constants.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";
import { findModuleUses } from "../modules/uses.ts";
import { toolbeltUseOf } from "./creations.ts";
import type { ClientCreation } from "./creations.ts";
import { meantService, wrongArgumentOf } from "./wrong-arguments.ts";
import type { WrongArgument, WrongConstant } from "./wrong-arguments.ts";

/** What is wrong with a use of the toolbelt, whatever the function gets at run time. */
export type WrongToolbeltUse =
  | { readonly kind: "export" | "default-export"; readonly node: Node; readonly name: string }
  | { readonly kind: "method"; readonly node: Node; readonly name: string; readonly factory: string }
  | { readonly kind: "context-object" | "lp-options" | "mtls-certificates"; readonly node: Node }
  | { readonly kind: "lp-option" | "lp-body"; readonly node: Node; readonly name: string }
  /** A service whose name is written in another case; `name` is the service. */
  | { readonly kind: "service"; readonly node: Node; readonly name: string }
  | (WrongArgument & { readonly factory: string; readonly method: string })
  | WrongConstant;

/** Names that the V2 toolbelt does not export: the function does not even load. */
export function findWrongImports(model: Model): WrongToolbeltUse[] {
  return findModuleUses(model).flatMap(({ source, node }) =>
    source === modernToolbelt && node.type === "ImportDeclaration"
      ? node.specifiers.flatMap((specifier): WrongToolbeltUse[] => {
          if (specifier.type === "ImportNamespaceSpecifier") {
            return [];
          }
          if (specifier.type === "ImportDefaultSpecifier") {
            return [{ kind: "default-export", node: specifier, name: specifier.local.name }];
          }
          const { imported } = specifier;
          const name = imported.type === "Identifier" ? imported.name : String(imported.value);
          return modernExports.has(name) ? [] : [{ kind: "export", node: imported, name }];
        })
      : [],
  );
}

/** Finds calls of clients that can't work: members that no client has, and arguments that V2 does not understand. */
export function findWrongClientCalls(model: Model): WrongToolbeltUse[] {
  const direct = wrongCallsOfNames(model);
  const places = new Set(direct.map(({ node }) => node));
  return [...direct, ...wrongCallsOfOthers(model).filter(({ node }) => !places.has(node))];
}

/** Methods that no client has, where the client has another name, is a field, or was taken apart. */
function wrongCallsOfOthers(model: Model): WrongToolbeltUse[] {
  const creations = new Map<Node, string>(creationsOf(model).map(({ call, factory }) => [call, factory]));
  return clientCallsOf(model).flatMap(({ factory, method, call }): WrongToolbeltUse[] => {
    const { callee } = call;
    const methods = clientMethods.get(factory);
    const isMember = callee.type === "MemberExpression" && staticName(callee) === method;
    const node = isMember ? callee.property : callee.type === "Identifier" ? callee : undefined;
    if (method === undefined || methods === undefined || node === undefined || callee.type === "Super") {
      return [];
    }
    const origins = originsOf(model, isMember ? callee.object : callee);
    const isSure = origins.every((origin) => {
      const made = origin.kind === "part" ? origin.of : origin.node;
      return (origin.kind === "made" || origin.kind === "part") && creations.get(made) === factory;
    });
    const isLeft = methods.has(method) || objectMembers.has(method) || call.optional || isAskedFor(model, method, call);
    return isSure && origins.length > 0 && !isLeft ? [{ kind: "method", node, name: method, factory }] : [];
  });
}

/** True when the file looks whether a client has the method, or gives it one. */
function isAskedFor(model: Model, method: string, call: ESTree.SimpleCallExpression): boolean {
  const isOptional = call.callee.type === "MemberExpression" && call.callee.optional;
  return (
    isOptional ||
    model
      .nodes("MemberExpression")
      .some((member) => staticName(member) === method && callOf(model, member) === undefined)
  );
}

function wrongCallsOfNames(model: Model): WrongToolbeltUse[] {
  return toolbeltUseOf(model).clients.flatMap((creation) => {
    const starts = creation.variable === undefined ? [creation.call] : readsOf(creation.variable);
    const isHeldOtherwise = creation.declarator !== undefined && creation.variable === undefined;
    const isModern = creation.source === modernToolbelt;
    return [
      ...(isModern && creation.factory === "ContextServiceClient" ? contextProblems(model, creation) : []),
      ...(isHeldOtherwise || !isKept(model, starts) ? [] : methodProblems(model, creation, starts)),
      ...(creation.factory === "LpClient" && !isHeldOtherwise
        ? followClient(model, starts).calls.flatMap((call) => lpProblems(model, call, isModern))
        : []),
    ];
  });
}

/** True when nothing gives the client a member that it did not have: then its methods are those of the toolbelt. */
function isKept(model: Model, starts: readonly Node[]): boolean {
  const { changed, handedOn } = followClient(model, starts);
  return changed === undefined && handedOn === undefined;
}

function contextProblems(model: Model, { call }: ClientCreation): WrongToolbeltUse[] {
  const [argument] = call.arguments;
  // Whatever its members become: it is not a text.
  const isObject = argument !== undefined && followConstant(model, argument).type === "ObjectExpression";
  return isObject ? [{ kind: "context-object", node: argument }] : [];
}

/** The calls of a client's methods: `client.readSecret("name")`. */
function methodProblems(
  model: Model,
  { factory, source }: ClientCreation,
  starts: readonly Node[],
): WrongToolbeltUse[] {
  // V2's LpClient is a function and no more.
  const isFunction = factory === "LpClient" && source === modernToolbelt;
  const methods = isFunction ? functionMethods : clientMethods.get(factory);
  if (methods === undefined) {
    return [];
  }
  const members = starts.flatMap((start) => {
    const member = model.parentOf(start);
    return member?.type === "MemberExpression" && member.object === start ? [member] : [];
  });
  const called = members.map((member) => ({ member, name: staticName(member), call: plainCallOf(model, member) }));
  const asked = new Set(called.flatMap(({ name, call }) => (call === undefined ? (name ?? []) : [])));
  return called.flatMap(({ member, name, call }): WrongToolbeltUse[] => {
    if (call === undefined || name === undefined || asked.has(name)) {
      return [];
    }
    if (!methods.has(name)) {
      return objectMembers.has(name) ? [] : [{ kind: "method", node: member.property, name, factory }];
    }
    const wrong = wrongArgumentOf(model, factory, name, call);
    return [
      ...(wrong === undefined ? [] : [{ ...wrong, factory, method: name }]),
      ...(factory === "MTLSClient" && source === modernToolbelt
        ? mtlsProblems(model, member.property, name, call)
        : []),
    ];
  });
}

/** The call of a member, unless it is made only when the member is there. */
function plainCallOf(model: Model, member: ESTree.MemberExpression): ESTree.SimpleCallExpression | undefined {
  const call = callOf(model, member);
  return call?.optional === true || member.optional ? undefined : call;
}

/** V2 verifies certificates only where `allowSelfSigned` is false; left out, it accepts every certificate. */
function mtlsProblems(model: Model, node: Node, name: string, call: ESTree.SimpleCallExpression): WrongToolbeltUse[] {
  const options = call.arguments[3];
  const hasSpread = call.arguments.some(({ type }) => type === "SpreadElement");
  const isOpen = hasSpread || !mtlsMethods.has(name) || (options !== undefined && hasOption(model, options));
  return isOpen ? [] : [{ kind: "mtls-certificates", node }];
}

/** False when the options certainly lack `allowSelfSigned`. */
function hasOption(model: Model, options: Node): boolean {
  const properties = objectLiteralOf(model, options)?.properties;
  return (
    properties === undefined ||
    properties.some((property) => {
      const name = property.type === "Property" ? staticName(property) : undefined;
      return name === undefined || name === "allowSelfSigned";
    })
  );
}

function lpProblems(model: Model, call: ESTree.SimpleCallExpression, isModern: boolean): WrongToolbeltUse[] {
  const [service, , options] = call.arguments;
  if (call.optional || call.arguments.some(({ type }) => type === "SpreadElement")) {
    return [];
  }
  if (options === undefined) {
    return [{ kind: "lp-options", node: call }];
  }
  const meant = service === undefined ? undefined : meantService(model, service, isModern);
  return [
    ...(service === undefined || meant === undefined ? [] : [{ kind: "service", node: service, name: meant } as const]),
    ...(isModern ? lpOptionProblems(model, options) : []),
  ];
}

function lpOptionProblems(model: Model, options: Node): WrongToolbeltUse[] {
  return (objectLiteralOf(model, options)?.properties ?? []).flatMap((property): WrongToolbeltUse[] => {
    const name = property.type === "Property" ? staticName(property) : undefined;
    if (property.type !== "Property" || name === undefined) {
      return [];
    }
    if (lpClientLeftovers.has(name)) {
      return [{ kind: "lp-option", node: property.key, name }];
    }
    const { type } = followConstant(model, property.value);
    return name === "body" && (type === "ObjectExpression" || type === "ArrayExpression")
      ? [{ kind: "lp-body", node: property.value, name }]
      : [];
  });
}
