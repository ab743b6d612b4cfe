import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { globalPath, isCallOf } from "../code/names.ts";
import { isFunction } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { originsOf } from "../values/origins.ts";
import { trace } from "../values/trace.ts";

/** When the signal of an AbortController ends a request: after the times of these nodes; never when there is none. */
export type AbortTimes = readonly Node[];

/**
 * The times after which the controller of a signal is aborted. Undefined for another signal, and where something else
 * may abort it.
 */
export function abortTimesOf(model: Model, signal: Node): AbortTimes | undefined {
  const [origin, ...others] = originsOf(model, signal);
  if (
    origin?.kind !== "part" ||
    others.length > 0 ||
    origin.path.join() !== ".signal" ||
    !isController(model, origin.of)
  ) {
    return undefined;
  }
  const times: Node[] = [];
  for (const event of trace(model, [{ node: origin.of, state: "controller" }])) {
    const isKnown = "isFollowed" in event && (event.isFollowed || (event.type === "member" && event.name === "signal"));
    const time = event.type === "member" && event.name === "abort" ? timeBefore(model, event.call) : undefined;
    if (time !== undefined) {
      times.push(time);
    } else if (!isKnown && event.type !== "unused" && event.type !== "test") {
      return undefined;
    }
  }
  return times;
}

function isController(model: Model, made: Node): boolean {
  return made.type === "NewExpression" && globalPath(model, made.callee) === "AbortController";
}

/** The time of `setTimeout(() => controller.abort(), time)`. */
function timeBefore(model: Model, call: ESTree.SimpleCallExpression | undefined): Node | undefined {
  const run = call === undefined ? null : model.functionOf(call);
  const timer = run === null || !isFunction(run) ? null : model.parentOf(run);
  if (timer?.type !== "CallExpression" || timer.arguments[0] !== run || !isCallOf(model, timer, "setTimeout")) {
    return undefined;
  }
  const [, time] = timer.arguments;
  return time?.type === "SpreadElement" ? undefined : time;
}
