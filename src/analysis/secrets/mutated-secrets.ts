import type * as ESTree from "estree";
import { mutators } from "../code/builtins.ts";
import type { Model } from "../code/model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { trace } from "../values/trace.ts";
import type { PartHop, TraceEvent } from "../values/trace-events.ts";
import { PROMISE } from "../values/trace-path.ts";
import { readCallsOf } from "./reads.ts";

/** A place that changes the object which a SecretClient gives to all who read the secret. */
export interface MutatedSecret {
  readonly change: Node;
  readonly read: ESTree.SimpleCallExpression;
}

/** Finds the changes of what `readSecret` gives, and of what hangs on it. Copies may be changed. */
export function findMutatedSecrets(model: Model): MutatedSecret[] {
  const found = readCallsOf(model).flatMap((call) => {
    const starts = [{ node: call, path: [PROMISE], state: call }];
    return [...trace(model, starts, { part: partOf })].flatMap((event) => {
      const change = changeIn(event);
      return change === undefined ? [] : [{ change, read: call }];
    });
  });
  // Several reads may go into one variable.
  return found.filter(({ change }, index) => found.findIndex((other) => other.change === change) === index);
}

/** Members of the entry are shared as well; what a method gives is another value. */
function partOf(hop: PartHop<ESTree.SimpleCallExpression>): ESTree.SimpleCallExpression | undefined {
  const isRead = hop.type === "member" ? hop.call === undefined : hop.type === "element" && !isMutatorCall(hop.by);
  return isRead ? hop.state : undefined;
}

function isMutatorCall(node: Node): boolean {
  const callee = node.type === "CallExpression" ? node.callee : undefined;
  return callee?.type === "MemberExpression" && mutators.has(staticName(callee) ?? "");
}

function changeIn(event: TraceEvent<ESTree.SimpleCallExpression>): Node | undefined {
  switch (event.type) {
    case "write":
      return event.target;
    case "change":
      return event.call;
    case "member":
      return event.call !== undefined && mutators.has(event.name ?? "") ? event.call : undefined;
    default:
      return undefined;
  }
}
