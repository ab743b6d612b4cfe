import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { perModel } from "../code/per-model.ts";
import type { Node } from "../code/tree.ts";
import { sharedPlaces } from "../runtime/shared-places.ts";
import { trace } from "../values/trace.ts";
import type { TraceEvent } from "../values/trace-events.ts";
import { PROMISE } from "../values/trace-path.ts";
import { readCallsOf } from "./reads.ts";

/** A place where a function keeps a secret, or the promise of one, beyond the invocation that reads it. */
export interface KeptSecret {
  readonly node: Node;
  readonly read: ESTree.SimpleCallExpression;
}

/** Finds the caches of secrets that a file makes of variables, objects, maps and fields of the module level. */
export function findKeptSecrets(model: Model): KeptSecret[] {
  const found = readCallsOf(model).flatMap((call) => {
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
    const isKept =
      (event.via === "assignment" && isShared(model, event.target)) ||
      // `const pending = secrets.readSecret("key");` of the module: read once, as the file is loaded.
      (event.via === "declaration" && model.functionOf(event.target) === null);
    return isKept ? event.target : undefined;
  }
  const parent = model.parentOf(event.node);
  if (
    parent?.type === "AssignmentExpression" &&
    parent.right === event.node &&
    parent.left.type === "MemberExpression"
  ) {
    return isShared(model, parent.left) ? parent.left : undefined;
  }
  if (parent?.type !== "CallExpression" || parent.callee.type !== "MemberExpression") {
    return undefined;
  }
  const { property, object } = parent.callee;
  const isSet = property.type === "Identifier" && property.name === "set" && parent.arguments[1] === event.node;
  return isSet && isShared(model, object) ? parent : undefined;
}

/** True for what outlives an invocation, and for a member of it: `cache.secrets.token`. */
function isShared(model: Model, node: Node): boolean {
  return sharedNodes(model).has(node) || (node.type === "MemberExpression" && isShared(model, node.object));
}

const sharedNodes = perModel((model) => new Set(sharedPlaces(model).flatMap(({ nodes }) => nodes)));
