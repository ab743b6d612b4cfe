import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { perKey } from "../code/per-model.ts";
import type { Node } from "../code/tree.ts";
import { trace } from "../values/trace.ts";
import { isRenaming } from "./client-trail.ts";

/** What becomes of a client behind the expression that creates or names it. */
export interface ClientUses {
  /** The calls of the client itself: `lpClient(service, path)`. */
  readonly calls: readonly ESTree.SimpleCallExpression[];
  /** Where the client is changed: `client.log = …`. */
  readonly changed: Node | undefined;
  /** Where the client goes to code that can't be followed, or is compared, returned, stored. */
  readonly handedOn: Node | undefined;
}

/** What is traced: the client, or a member of it, by the expression that gives the client. */
type Part = "client" | Node;

/** Follows a client through its uses, also as an argument of functions of the file. */
export function followClient(model: Model, starts: readonly Node[]): ClientUses {
  const [first, ...others] = starts;
  return first === undefined || others.length > 0 ? follow(model, starts) : followOne(model, first);
}

/** Kept, since several rules follow the clients that a file creates. */
const followOne = perKey((model, start: Node) => follow(model, [start]));

function follow(model: Model, starts: readonly Node[]): ClientUses {
  const events = trace<Part>(
    model,
    starts.map((node) => ({ node, state: "client" })),
    {
      same: (hop) => (hop.state === "client" && isRenaming(model, hop) ? hop.state : undefined),
      part: ({ type, node, state }) => (type !== "member" ? undefined : state === "client" ? node : state),
    },
  );
  const calls: ESTree.SimpleCallExpression[] = [];
  let changed: Node | undefined;
  let handedOn: Node | undefined;
  for (const event of events) {
    if (event.type === "write" || event.type === "change") {
      changed ??= event.state === "client" ? event.node : event.state;
    } else if (event.type === "call" && event.state === "client" && event.call.type === "CallExpression") {
      calls.push(event.call);
    } else if (event.state === "client" && event.type !== "unused" && !("isFollowed" in event && event.isFollowed)) {
      handedOn ??= event.node;
    }
  }
  return { calls, changed, handedOn };
}
