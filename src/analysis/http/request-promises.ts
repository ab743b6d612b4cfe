import type * as ESTree from "estree";
import { bluebirdMethods, requestPromises } from "../../platform/http-packages.ts";
import { rangeOf, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { callsOfFunction } from "../code/local-calls.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { findModuleUses } from "../modules/uses.ts";
import type { ClientCreation } from "../toolbelt/creations.ts";

/** The methods that promises of every kind have. */
export const promiseMethods: ReadonlySet<string> = new Set(["then", "catch", "finally"]);

/** A `require` of request-promise, seen as the creation of an HTTPClient. */
export interface RequiredClients {
  readonly clients: readonly ClientCreation[];
  /** Those whose names are taken apart, so that they can't be followed. */
  readonly escapes: readonly Node[];
}

/** Finds the HTTP clients that a file requires by itself. */
export function requiredClients(model: Model): RequiredClients {
  const clients: ClientCreation[] = [];
  const escapes: Node[] = [];
  for (const { source, node, declarator, whole, names } of findModuleUses(model)) {
    if (!requestPromises.has(source) || node.type === "ImportDeclaration") {
      continue;
    }
    const variable = whole === undefined ? undefined : model.variableOf(whole);
    const isTakenApart = names !== undefined || (declarator !== undefined && whole === undefined);
    if (isTakenApart) {
      escapes.push(node);
    } else {
      const isFixed = variable !== undefined && isConstant(variable);
      const held = { declarator, variable: isFixed ? variable : undefined };
      clients.push({ factory: "HTTPClient", source, call: node, ...held });
    }
  }
  return { clients, escapes };
}

/** The end of a chain of `then`, `catch` and `finally`, or the member at which it is used as no native promise could be. */
function endOfChain(model: Model, call: Node): { readonly end: Node } | { readonly member: ESTree.MemberExpression } {
  let end = call;
  for (;;) {
    const member = model.parentOf(end);
    if (member?.type !== "MemberExpression" || member.object !== end) {
      return { end };
    }
    const user = model.parentOf(member);
    const name = staticName(member) ?? "";
    const isCalled = user?.type === "CallExpression" && user.callee === member;
    // With two arguments, `catch` of bluebird takes a class of errors first.
    if (!promiseMethods.has(name) || !isCalled || (name === "catch" && user.arguments.length > 1)) {
      return { member };
    }
    end = user;
  }
}

/** The expressions that give the promise elsewhere: reads of its name, and calls of the function that returns it. */
function handedOnTo(model: Model, promise: Node): readonly Node[] {
  const parent = model.parentOf(promise);
  if (parent?.type === "VariableDeclarator" && parent.id.type === "Identifier") {
    const variable = model.variableOf(parent.id);
    return variable === undefined ? [] : readsOf(variable);
  }
  const isReturned =
    parent?.type === "ReturnStatement" || (parent?.type === "ArrowFunctionExpression" && parent.body === promise);
  const owner: FunctionNode | null = isReturned ? model.functionOf(promise) : null;
  return owner === null || owner.async === true ? [] : (callsOfFunction(model, owner) ?? []);
}

/** The place where a file uses the promise of request-promise as only one of bluebird can be used. */
export function findBluebirdUse(model: Model, call: Node): Node | undefined {
  const pending = [call];
  const seen = new Set<Node>();
  for (let promise = pending.pop(); promise !== undefined; promise = pending.pop()) {
    if (seen.has(promise)) {
      continue;
    }
    seen.add(promise);
    const chain = endOfChain(model, promise);
    if ("member" in chain) {
      return chain.member;
    }
    pending.push(...handedOnTo(model, chain.end));
  }
  return model
    .nodes("MemberExpression")
    .filter((member) => bluebirdMethods.has(staticName(member) ?? ""))
    .toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0])[0];
}
