import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import type { Model } from "../code/model.ts";
import { globalObjects, globalPath } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Origin } from "../values/origins-types.ts";
import { originsOf } from "../values/origins.ts";
import { memberStep } from "../values/trace-path.ts";

/** A call of the global `fetch`. */
export interface FetchCall {
  readonly call: ESTree.SimpleCallExpression;
  /** What `fetch` gets, with what `bind` has given; of a spread on, nothing is known. Undefined for the list of `apply`. */
  readonly given: readonly Node[] | undefined;
}

/** All calls that surely run the global `fetch`: by any name, as a member of an object, bound, by `call` or `apply`. */
export const fetchCallsOf = perModel((model): readonly FetchCall[] => {
  const names = model.globals("fetch");
  const own = names.map((name) => callOf(model, name));
  // Nobody hands it on: then there is nothing to follow, which is so in nearly every file.
  const isPlain = globalObjects.every((name) => model.globals(name).length === 0) && !own.includes(undefined);
  const calls = isPlain ? own : model.nodes("CallExpression");
  return calls.flatMap((call) => (call && fetchCallBy(model, call)) ?? []);
});

const fetchCallNodes = perModel((model): ReadonlySet<Node> => new Set(fetchCallsOf(model).map(({ call }) => call)));

/** True for a call that surely runs the global `fetch`. */
export function isFetchCall(model: Model, node: Node): boolean {
  return fetchCallNodes(model).has(node);
}

function fetchCallBy(model: Model, call: ESTree.SimpleCallExpression): FetchCall | undefined {
  const { callee, arguments: own } = call;
  const bound = boundTo(model, callee);
  if (bound !== undefined || callee.type !== "MemberExpression") {
    return bound && { call, given: [...bound, ...own] };
  }
  const how = staticName(callee);
  const before = how === "call" || how === "apply" ? boundTo(model, callee.object) : undefined;
  return before && { call, given: how === "call" ? [...before, ...behindThis(own)] : undefined };
}

/** What `bind` has given to an expression that surely is `fetch`; undefined for all else. */
function boundTo(model: Model, node: Node, seen: ReadonlySet<Node> = new Set()): readonly Node[] | undefined {
  const [origin, ...others] = originsOf(model, node);
  if (origin === undefined || others.length > 0 || seen.has(origin.node)) {
    return undefined;
  }
  if (isFetch(model, origin)) {
    return [];
  }
  const { node: made } = origin;
  if (made.type !== "CallExpression" || made.callee.type !== "MemberExpression" || staticName(made.callee) !== "bind") {
    return undefined;
  }
  const before = boundTo(model, made.callee.object, new Set([...seen, made]));
  return before && [...before, ...behindThis(made.arguments)];
}

/** `fetch`, `globalThis.fetch`, and what `const { fetch } = globalThis` takes out. */
function isFetch(model: Model, origin: Origin): boolean {
  const isTaken = origin.kind === "part" && origin.path.join() === memberStep("fetch");
  return isTaken
    ? globalObjects.includes(globalPath(model, origin.of) ?? "")
    : origin.kind === "made" && globalPath(model, origin.node) === "fetch";
}

function behindThis(given: readonly Node[]): readonly Node[] {
  return given[0]?.type === "SpreadElement" ? given : given.slice(1);
}
