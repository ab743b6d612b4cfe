import { findResponseCalls } from "../analysis/http/fetch-requests.ts";
import type { Model } from "../analysis/code/model.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import type { Node } from "../analysis/code/tree.ts";

/*
 * What the migration made a Response of fetch: it has no type that the answer of V1 had.
 */

/** Whether a value is the Response that `fetch` or V2's LpClient gives. */
export function isResponse(model: Model, value: Node | null | undefined): boolean {
  return value?.type === "AwaitExpression" && isRequest(model, value.argument);
}

/** Whether a node is a call that gives a promise of a Response. */
export function isRequest(model: Model, node: Node): boolean {
  return node.type === "CallExpression" && findResponseCalls(model).has(node);
}

/** Where requests begin, where their callees end, and where they end themselves; brackets around them count as well. */
export interface RequestPlaces {
  readonly isBefore: (offset: number) => boolean;
  readonly isBehindCallee: (offset: number) => boolean;
  readonly isBehind: (offset: number) => boolean;
}

export function requestPlaces(model: Model): RequestPlaces {
  const requests = model.nodes("CallExpression").filter((node) => isRequest(model, node));
  const starts = new Set(requests.flatMap((node) => [rangeOf(node)[0], rangeOf(model.parentOf(node) ?? node)[0]]));
  const callees = new Set(requests.map(({ callee }) => rangeOf(callee)[1]));
  const ends = new Set(requests.map((node) => rangeOf(node)[1]));
  const { text } = model;
  return {
    isBefore: (offset) => {
      let start = offset;
      while (/[\s(]/u.test(text.charAt(start))) start += 1;
      return starts.has(start);
    },
    isBehindCallee: (offset) => callees.has(offset),
    isBehind: (offset) => {
      let end = offset;
      while (!ends.has(end) && /[\s)]/u.test(text.charAt(end - 1))) end -= 1;
      return ends.has(end);
    },
  };
}
