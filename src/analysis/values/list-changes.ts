import type * as ESTree from "estree";
import { listMethods, mutators } from "../code/builtins.ts";
import { perKey } from "../code/per-model.ts";
import type { Node } from "../code/tree.ts";
import type { TraceEvent } from "./trace-events.ts";
import { trace } from "./trace.ts";

/** What is done to a list after it is written. */
export interface ListChanges {
  /** True when its elements may stand at other places, or be others. */
  readonly isChanged: boolean;
  /** What it gets later on. */
  readonly added: readonly Node[];
  /** True when it goes where other elements can be added to it. */
  readonly isLost: boolean;
}

/** Where the new elements begin among the arguments of a method that adds some. */
const ADDING_METHODS: ReadonlyMap<string, number> = new Map([
  ["push", 0],
  ["unshift", 0],
  ["fill", 0],
  ["splice", 2],
]);

/** A list that `concat` makes has the same elements, but what is done to it changes the other one no more. */
type State = "list" | "copy";

type Change = { readonly kind: "moved" | "lost" } | { readonly kind: "added"; readonly nodes: readonly Node[] };

/** Everything that is done to the list that a literal makes, under any of its names. */
export const changesOfList = perKey((model, list: ESTree.ArrayExpression): ListChanges => {
  const events = trace<State>(model, [{ node: list, state: "list" }], {
    part: (hop) => (hop.type === "copy" && hop.by.type === "CallExpression" ? "copy" : undefined),
  });
  const changes = [...events].flatMap((event) => (event.state === "copy" ? [] : (changeBy(event) ?? [])));
  return {
    isChanged: changes.length > 0,
    added: changes.flatMap((change) => (change.kind === "added" ? change.nodes : [])),
    isLost: changes.some(({ kind }) => kind === "lost"),
  };
});

function changeBy(event: TraceEvent<State>): Change | undefined {
  switch (event.type) {
    case "member":
      return event.call === undefined ? undefined : changeByMethod(event.name ?? "", event.call);
    case "write":
      if (event.name === "length") {
        return { kind: "moved" };
      }
      return event.value === undefined ? { kind: "lost" } : { kind: "added", nodes: [event.value] };
    case "change":
      return { kind: "lost" };
    case "escape":
      return event.reason === "returned" ? undefined : { kind: "lost" };
    default:
      return undefined;
  }
}

function changeByMethod(method: string, { arguments: given }: ESTree.CallExpression): Change | undefined {
  const first = ADDING_METHODS.get(method);
  if (first !== undefined) {
    const nodes = given.slice(first);
    return nodes.some(({ type }) => type === "SpreadElement") ? { kind: "lost" } : { kind: "added", nodes };
  }
  if (mutators.has(method)) {
    return { kind: "moved" };
  }
  return listMethods.has(method) ? undefined : { kind: "lost" };
}
