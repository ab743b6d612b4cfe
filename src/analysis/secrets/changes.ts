import { stringMembers } from "../../platform/runtime-names.ts";
import { mutators } from "../code/builtins.ts";
import type { Model } from "../code/model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isMutatorCall, isWritten, wholeMember, writesArgument } from "../code/writes.ts";
import type { PartHop, TraceEvent } from "../values/trace-events.ts";
import { PROMISE } from "../values/trace-path.ts";
import { trace } from "../values/trace.ts";

/** Functions of lodash that change their first argument. Source: the lodash documentation. */
const CHANGING_FUNCTIONS: ReadonlySet<string> = new Set([
  "assign",
  "assignIn",
  "defaults",
  "defaultsDeep",
  "extend",
  "fill",
  "merge",
  "mergeWith",
  "pull",
  "pullAll",
  "remove",
  "reverse",
  "set",
  "setWith",
  "unset",
  "update",
]);

/** True for an argument of a function of lodash that changes it. */
function isGivenToChanger(model: Model, argument: Node): boolean {
  const call = model.parentOf(argument);
  if (call?.type !== "CallExpression" || call.arguments[0] !== argument) {
    return false;
  }
  const { callee } = call;
  const name =
    callee.type === "MemberExpression" ? staticName(callee) : callee.type === "Identifier" ? callee.name : undefined;
  return CHANGING_FUNCTIONS.has(name ?? "");
}

/** The secret or a part of it, which all who read the secret share, or a copy of one, whose parts they share. */
type State = "shared" | "copy";

/** Methods of texts give something new; of all others, the result can be a part. */
function stateBehind(hop: PartHop<State>): State | undefined {
  const isOfText = hop.node.type === "MemberExpression" && stringMembers.has(staticName(hop.node) ?? "");
  return hop.type === "copy" ? "copy" : hop.type === "call" && isOfText ? undefined : "shared";
}

/** `list.push` in a call of it. */
function mutatorOf(call: Node | undefined): Node | undefined {
  const callee = call?.type === "CallExpression" ? call.callee : undefined;
  return callee?.type === "MemberExpression" && mutators.has(staticName(callee) ?? "") ? callee : undefined;
}

function changeBy(model: Model, event: TraceEvent<State>): Node | undefined {
  if (event.state === "copy") {
    return undefined;
  }
  switch (event.type) {
    case "write":
      return event.target;
    case "change":
      return event.node;
    case "member":
    case "element":
      return mutatorOf(event.type === "member" ? event.call : event.by);
    case "escape":
      return isGivenToChanger(model, event.node) ? event.node : undefined;
    default:
      return undefined;
  }
}

/** True where the secret goes out of sight; functions of others are trusted, and so are callers. */
function isLost(model: Model, event: TraceEvent<State>): boolean {
  const isConstructed = model.parentOf(event.node)?.type === "NewExpression";
  return (
    event.type === "escape" &&
    (isConstructed || ["deep", "global", "stored", "thrown", "unknown", "yielded"].includes(event.reason))
  );
}

/** Anything below a `value` that the file changes. */
export function changeOfAnyValue(model: Model): Node | undefined {
  return model
    .nodes("MemberExpression")
    .filter((member) => staticName(member) === "value")
    .map((member) => wholeMember(model, member))
    .find((target) => {
      const list = target.type === "MemberExpression" ? target.object : target;
      const call = model.parentOf(target);
      return (
        isWritten(model, target) ||
        isMutatorCall(model, list) ||
        isGivenToChanger(model, target) ||
        (call !== null && writesArgument(model, call, target))
      );
    });
}

/**
 * The place where an object that came out of a secret read is changed, if there is one. Where a secret goes out of
 * sight, every change of something below a `value` counts.
 */
export function findChange(model: Model, read: Node): Node | undefined {
  const events = [...trace<State>(model, [{ node: read, path: [PROMISE], state: "shared" }], { part: stateBehind })];
  const changes = events.flatMap((event) => changeBy(model, event) ?? []);
  return changes[0] ?? (events.some((event) => isLost(model, event)) ? changeOfAnyValue(model) : undefined);
}
