import { bluebirdMethods, requestPromises } from "../../platform/http-packages.ts";
import { rangeOf, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isConstant } from "../code/bindings.ts";
import { findModuleUses } from "../modules/uses.ts";
import type { ClientCreation } from "../toolbelt/creations.ts";
import { PROMISE } from "../values/trace-path.ts";
import { trace } from "../values/trace.ts";

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

/** The place where a file uses the promise of request-promise as only one of bluebird can be used. */
export function findBluebirdUse(model: Model, call: Node): Node | undefined {
  // Each method gives another promise of that kind, whatever it holds; `async` functions give native ones.
  const promises = new Set([call]);
  for (const promise of promises) {
    const events = trace(model, [{ node: promise, path: [PROMISE], state: "promise" }], {
      same: (hop) => (hop.type === "promise" || (hop.type === "return" && hop.owner.async) ? undefined : hop.state),
    });
    for (const event of events) {
      const member = model.parentOf(event.node);
      const isMember = member?.type === "MemberExpression" && member.object === event.node;
      if (event.type === "promise" && isMember && event.by.type === "CallExpression") {
        // With two arguments, `catch` of bluebird takes a class of errors first.
        if (event.step === "catch" && event.by.arguments.length > 1) {
          return member;
        }
        promises.add(event.by);
      } else if (event.type === "escape" && isMember) {
        return member;
      }
    }
  }
  return model
    .nodes("MemberExpression")
    .filter((member) => bluebirdMethods.has(staticName(member) ?? ""))
    .toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0])[0];
}
