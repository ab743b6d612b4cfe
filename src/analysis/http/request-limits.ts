import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import type { Node } from "../code/tree.ts";
import { readObjectShape } from "../values/object-shape.ts";
import { originsOf } from "../values/origins.ts";
import { valuesOf } from "../values/values-of.ts";
import { findFetchCalls } from "./fetch-requests.ts";

/** A request that may outlast its invocation. */
export interface UnlimitedRequest {
  readonly call: ESTree.SimpleCallExpression;
  /** The limit in milliseconds, and where it is written; undefined when there is none. */
  readonly limit: { readonly node: Node; readonly milliseconds: number } | undefined;
}

/** Finds the requests that have no limit of their own, or one that is not below the given time. */
export function findUnlimitedRequests(model: Model, milliseconds: number): UnlimitedRequest[] {
  return findFetchCalls(model).flatMap((call): UnlimitedRequest[] => {
    const [address, options] = call.arguments;
    if (
      address === undefined ||
      call.arguments.some(({ type }) => type === "SpreadElement") ||
      hasOwnSignal(model, address)
    ) {
      return [];
    }
    const shape = options === undefined ? undefined : readObjectShape(model, options);
    const signals = shape?.values.get("signal") ?? [];
    if (signals.length === 0) {
      return shape === undefined || shape.problems.length === 0 ? [{ call, limit: undefined }] : [];
    }
    const limits = signals.map((signal) => limitOf(model, signal));
    const [limit] = limits;
    return limit !== undefined && limits.every((each) => each !== undefined && each.milliseconds >= milliseconds)
      ? [{ call, limit }]
      : [];
  });
}

/** A `Request` brings its options along. */
function hasOwnSignal(model: Model, address: Node): boolean {
  return valuesOf(model, address).some(
    ({ kind, ...value }) => kind === "instance" && "of" in value && value.of === "Request",
  );
}

/** The time of `AbortSignal.timeout(…)`. */
function limitOf(model: Model, signal: Node): UnlimitedRequest["limit"] {
  const [origin, ...others] = originsOf(model, signal);
  const made = others.length === 0 && origin?.kind === "made" ? origin.node : undefined;
  const [time] =
    made?.type === "CallExpression" && globalPath(model, made.callee) === "AbortSignal.timeout" ? made.arguments : [];
  const [value, ...rest] = time === undefined || time.type === "SpreadElement" ? [] : valuesOf(model, time);
  return time !== undefined && rest.length === 0 && value?.kind === "number" && value.value !== undefined
    ? { node: time, milliseconds: value.value }
    : undefined;
}
