import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import { promiseMethods } from "../code/builtins.ts";
import { localFunctionOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { trace } from "../values/trace.ts";
import type { Path, TraceEvent, TraceStart } from "../values/trace-events.ts";
import { elementStep, memberStep, PROMISE } from "../values/trace-path.ts";
import { settledRequests } from "./status-fields.ts";
import { functionsCalledAt, waits } from "./uses.ts";

type ErrorEvent = TraceEvent<"error">;

/** What gets the errors that a request may fail with: of `catch (e)`, `.catch((e) => …)`, `.then(…, onError)`. */
export function caughtPatterns(model: Model): Node[] {
  const handlers = model.nodes("CallExpression").flatMap((call: ESTree.CallExpression) => {
    const method = call.callee.type === "MemberExpression" ? staticName(call.callee) : undefined;
    const place = promiseMethods.get(method ?? "")?.error;
    const handler = place === undefined ? undefined : call.arguments[place];
    const called = handler === undefined ? undefined : localFunctionOf(model, handler);
    return called?.params.slice(0, 1) ?? [];
  });
  const clauses = model.nodes("TryStatement").flatMap(({ block, handler }) => (waits(block) ? (handler ?? []) : []));
  return [...clauses.flatMap(({ param }) => param ?? []), ...handlers];
}

/** What `Promise.allSettled` gives holds the errors as reasons. */
function settledErrors(model: Model): TraceStart<"error">[] {
  return settledRequests(model).flatMap((member) => {
    const node = model.parentOf(member);
    const isCall = node?.type === "CallExpression" && node.callee === member;
    return isCall ? [{ node, state: "error", path: [PROMISE, elementStep(), memberStep("reason")] }] : [];
  });
}

function bound(node: Node, path: Path): TraceStart<"error"> {
  return { node, isTarget: true, state: "error", path };
}

/**
 * All that happens to errors of requests, beginning where they are caught: also in callbacks that the file hands to
 * functions of its own, and in what holds an error and is thrown in its place.
 */
export function* errorEvents(model: Model): Generator<ErrorEvent, void, undefined> {
  const caught = caughtPatterns(model);
  const seen = new Map<Node, Set<string>>();
  const isNew = ({ node, path = [] }: TraceStart<"error">): boolean => {
    const paths = seen.get(node) ?? new Set<string>();
    const size = paths.size;
    seen.set(node, paths.add(path.join()));
    return paths.size > size;
  };
  const first = caught.filter(({ type }) => type === "Identifier").map((node) => bound(node, []));
  let starts = [...first, ...settledErrors(model)].filter(isNew);
  while (starts.length > 0) {
    const next: TraceStart<"error">[] = [];
    for (const event of trace(model, starts, { part: () => undefined })) {
      yield event;
      if (event.type === "escape") {
        next.push(...placesBehind(model, event, caught));
      } else if (event.type === "hold") {
        next.push(...entriesOf(model, event));
      }
    }
    starts = next.filter(isNew);
  }
}

/** Where an error turns up again that the trace has lost. */
function placesBehind(
  model: Model,
  { node, path, reason }: Extract<ErrorEvent, { readonly type: "escape" }>,
  caught: readonly Node[],
): TraceStart<"error">[] {
  if (reason === "thrown") {
    return path.length === 0 ? [] : caught.map((pattern) => bound(pattern, path));
  }
  const call = model.parentOf(node);
  const index = call?.type === "CallExpression" ? call.arguments.findIndex((argument) => argument === node) : -1;
  if (reason !== "argument" || call?.type !== "CallExpression" || index < 0) {
    return [];
  }
  return functionsCalledAt(model, call.callee, index)
    .flatMap(({ params }) => params[index] ?? [])
    .filter(({ type }) => type !== "RestElement")
    .map((parameter) => bound(parameter, path));
}

/** The entries of a Map are lists of a key and a value: `map.set(key, error)`. */
function entriesOf(
  model: Model,
  { node, holder, path }: Extract<ErrorEvent, { readonly type: "hold" }>,
): TraceStart<"error">[] {
  const call = model.parentOf(node);
  const callee = call?.type === "CallExpression" && call.arguments[1] === node ? call.callee : undefined;
  const isSet = callee?.type === "MemberExpression" && staticName(callee) === "set";
  const variable = isSet && holder.type === "Identifier" ? model.variableOf(holder) : undefined;
  const entry = [elementStep(), elementStep(1), ...path];
  return variable === undefined ? [] : readsOf(variable).map((read) => ({ node: read, state: "error", path: entry }));
}
