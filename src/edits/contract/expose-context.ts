import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { ExposedOwner } from "../../analysis/contract/exposed-owners.ts";
import type { StepReport } from "../step/step.ts";
import { gapEnd } from "../text/gaps.ts";

/** The handler with its callback, or a helper that settles for it, and where edits go. */
export interface ExposeContext extends ExposedOwner {
  readonly report: StepReport;
}

/** True for a call of the callback. */
export function isSettleCall({ model, callback }: ExposeContext, node: Node): boolean {
  return node.type === "CallExpression" && model.variableOf(node.callee) === callback;
}

/**
 * The places that one rewrite takes in one go: code that none of them touches stands between each two, so that it is the
 * same as one after the other. Without this, a file would be parsed again for each.
 */
export class Places {
  readonly #model: Model;
  /** Each with the gap behind it. */
  readonly #ranges: Range[] = [];

  constructor(model: Model) {
    this.#model = model;
  }

  get isEmpty(): boolean {
    return this.#ranges.length === 0;
  }

  /** Takes the place of a statement if it is apart from all others; tells whether it did. */
  take(statement: Node): boolean {
    const [start, end] = rangeOf(statement);
    const next = gapEnd(this.#model, end);
    const isApart = this.#ranges.every(([otherStart, otherNext]) => otherNext < start || next < otherStart);
    if (isApart) {
      this.#ranges.push([start, next]);
    }
    return isApart;
  }
}
