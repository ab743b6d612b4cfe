import type { Model } from "../code/model.ts";
import type { Problem } from "../code/problem.ts";
import { followedClients, methodCallOf } from "./client-trail.ts";
import type { ClientUse, MethodCall } from "./client-trail.ts";
import type { ClientCreation } from "./creations.ts";

/** One call of a method of a client, with the expression that stands for the client. */
export interface FollowedCall extends MethodCall {
  readonly use: ClientUse;
}

/** All clients of one kind with the calls of their methods, and what is done with them besides. */
export interface MethodCalls {
  readonly clients: readonly ClientCreation[];
  readonly calls: readonly FollowedCall[];
  readonly problems: readonly Problem[];
}

/**
 * The calls of all clients of one kind.
 *
 * @param isKnown tells the calls that can be converted
 * @param otherwise completes “The client …” for every other use
 */
export function methodCallsOf(
  model: Model,
  name: string,
  otherwise = "is used in another way than by calling its methods",
  isKnown: (call: FollowedCall) => boolean = () => true,
): MethodCalls {
  const { clients, uses, escapes } = followedClients(model, name);
  const calls: FollowedCall[] = [];
  const problems = escapes.map(({ node, what }): Problem => ({ id: "client-escapes", node, data: { name, what } }));
  for (const use of uses) {
    const found = methodCallOf(model, use);
    const call = found && { ...found, use };
    if (call !== undefined && isKnown(call)) {
      calls.push(call);
    } else {
      problems.push({ id: "client-escapes", node: use.node, data: { name, what: otherwise } });
    }
  }
  return { clients, calls, problems };
}
