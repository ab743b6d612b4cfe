import { arrayMembers, stringMembers } from "../../platform/runtime-names.ts";
import { isConstant } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import type { Node } from "../code/tree.ts";
import type { PartHop, SameHop, TraceEvent } from "../values/trace-events.ts";
import { PROMISE } from "../values/trace-path.ts";
import { trace } from "../values/trace.ts";

/** What a function does with the bodies that an invocation of other functions gives. */
export interface BodyUse {
  /** A member is read that a text does not have: the body is taken for a parsed value. */
  readonly asValue: readonly Node[];
  /** It is parsed, or used as text. */
  readonly asText: readonly Node[];
  /** Results or bodies go where they can't be followed. */
  readonly unclear: readonly Node[];
  /** Members of failed invocations that V2 names in another way. */
  readonly errorReads: readonly Node[];
}

/** What is traced: the list of results, one result, or its body. */
type Kind = "list" | "item" | "body";

/** A variable that changes may hold anything else where it is read. */
function kindBehind(hop: SameHop<Kind>): Kind | undefined {
  return hop.type === "bind" && !isConstant(hop.variable) ? undefined : hop.state;
}

function kindOfPart(hop: PartHop<Kind>): Kind | undefined {
  if (hop.state === "list") {
    return hop.type === "element" ? "item" : undefined;
  }
  return hop.state === "item" && hop.type === "member" && hop.name === "body" ? "body" : undefined;
}

/** How one event uses the bodies; undefined where it only goes on, or looks for something else. */
function useBy(model: Model, event: TraceEvent<Kind>): readonly [keyof BodyUse, Node] | undefined {
  if (event.type === "test" || event.type === "unused" || ("isFollowed" in event && event.isFollowed)) {
    return undefined;
  }
  if (event.type === "member") {
    return useByMember(event);
  }
  const call = model.parentOf(event.node);
  if (event.state === "body" && event.type === "escape" && isCallOf(model, call, "JSON.parse")) {
    return ["asText", event.node];
  }
  const place =
    event.type === "bind" ? event.target : event.type === "element" || event.type === "copy" ? event.by : event.node;
  return ["unclear", place];
}

function useByMember({
  state,
  name,
  member,
  call,
}: Extract<TraceEvent<Kind>, { type: "member" }>): readonly [keyof BodyUse, Node] | undefined {
  const isMethod = call !== undefined;
  if (state !== "body") {
    return name === undefined || (state === "list" && name !== "length") ? ["unclear", member] : undefined;
  }
  const isOfBoth =
    member.type === "MemberExpression" && arrayMembers.has(name ?? "") && (isMethod || name === "length");
  if (name === undefined || isOfBoth) {
    return ["unclear", member];
  }
  return [isMethod && stringMembers.has(name) ? "asText" : "asValue", member];
}

/** Follows what a call of `invoke` gives to everything that is done with the bodies in it. */
export function bodyUseOf(model: Model, call: Node, errorMembers: ReadonlySet<string>): BodyUse {
  const use = { asValue: [], asText: [], unclear: [], errorReads: [] } satisfies Record<keyof BodyUse, Node[]>;
  const found: Record<keyof BodyUse, Node[]> = use;
  const start = { node: call, path: [PROMISE], state: "list" } as const;
  for (const event of trace<Kind>(model, [start], { same: kindBehind, part: kindOfPart })) {
    const [list, node] = useBy(model, event) ?? [];
    if (list !== undefined && node !== undefined) {
      found[list].push(node);
    }
    if (event.type === "member" && event.state === "body" && errorMembers.has(event.name ?? "")) {
      found.errorReads.push(event.member);
    }
  }
  return found;
}
