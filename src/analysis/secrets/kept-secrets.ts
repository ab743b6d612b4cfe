import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import type { Node } from "../code/tree.ts";
import { trace } from "../values/trace.ts";
import type { TraceEvent } from "../values/trace-events.ts";
import { PROMISE } from "../values/trace-path.ts";
import { findSecretReads } from "./reads.ts";

/** A place where a function keeps a secret, or the promise of one, beyond the invocation that reads it. */
export interface KeptSecret {
  readonly node: Node;
  readonly read: ESTree.SimpleCallExpression;
}

/** Finds the caches of secrets that a file makes of variables, objects, maps and fields of the module level. */
export function findKeptSecrets(model: Model): KeptSecret[] {
  const found = findSecretReads(model).flatMap(({ call }) => {
    if (model.functionOf(call) === null) {
      return [];
    }
    const starts = [{ node: call, path: [PROMISE], state: "entry" as const }];
    const events = trace(model, starts, {
      part: ({ type, name, state }: { type: string; name?: string | undefined; state: "entry" }) =>
        type === "member" && name === "value" ? state : undefined,
    });
    return [...events].flatMap((event) => {
      const node = keptAt(model, event);
      return node === undefined ? [] : [{ node, read: call }];
    });
  });
  return found.filter(({ node }, index) => found.findIndex((other) => other.node === node) === index);
}

/** What outlives the invocation and gets the secret in this event. */
function keptAt(model: Model, event: TraceEvent<"entry">): Node | undefined {
  if (event.type === "bind") {
    return event.via === "assignment" && isOfModule(model, event.variable) ? event.target : undefined;
  }
  const parent = model.parentOf(event.node);
  if (
    parent?.type === "AssignmentExpression" &&
    parent.right === event.node &&
    parent.left.type === "MemberExpression"
  ) {
    return isOfModule(model, rootOf(model, parent.left)) ? parent.left : undefined;
  }
  if (parent?.type !== "CallExpression" || parent.callee.type !== "MemberExpression") {
    return undefined;
  }
  const { property, object } = parent.callee;
  const isSet = property.type === "Identifier" && property.name === "set" && parent.arguments[1] === event.node;
  return isSet && isOfModule(model, rootOf(model, object)) ? parent : undefined;
}

/** The variable at the root of `cache.secrets.token`. */
function rootOf(model: Model, node: Node): Variable | undefined {
  return node.type === "MemberExpression" ? rootOf(model, node.object) : model.variableOf(node);
}

function isOfModule(model: Model, variable: Variable | undefined): boolean {
  const [definition] = variable?.defs ?? [];
  return definition?.type === "Variable" && model.functionOf(definition.node) === null;
}
