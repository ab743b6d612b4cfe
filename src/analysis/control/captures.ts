import type * as ESTree from "estree";
import { childrenOf } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";

/** What is asked about nested functions. */
export interface CaptureQuestions {
  readonly isCallback: (node: Node) => boolean;
  /** The call hands the callback to a function that settles in its place. */
  readonly isDelegate: (call: ESTree.SimpleCallExpression) => boolean;
  /** The function is planned by itself: that it calls the callback is no news here. */
  readonly isHelper: (node: FunctionNode) => boolean;
  /** The hoisted function of the interpreted one that a name means. */
  readonly hoistedFunction: (identifier: Node) => FunctionNode | undefined;
}

/** Which nested functions can get at the callback. */
export class Captures {
  readonly #ask: CaptureQuestions;
  readonly #escapes: Set<Node>;
  readonly #closing = new Map<Node, boolean>();

  /** @param escapes takes the reads of the callback that are found */
  constructor(questions: CaptureQuestions, escapes: Set<Node>) {
    this.#ask = questions;
    this.#escapes = escapes;
  }

  /** True when the function, or the code of a class, reads the callback, or calls one that settles, or another nested function that does. */
  closes(node: Node): boolean {
    const known = this.#closing.get(node);
    if (known !== undefined) {
      return known;
    }
    let closes = false;
    const open = new Set<Node>([node]);
    const visit = (current: Node): void => {
      if (current.type === "Identifier" && this.#ask.isCallback(current)) {
        this.#escapes.add(current);
        closes = true;
      }
      const named = this.#ask.hoistedFunction(current);
      if (named !== undefined && !this.#ask.isHelper(named)) {
        open.add(named);
      }
      closes ||= current.type === "CallExpression" && this.#ask.isDelegate(current);
      childrenOf(current).forEach(visit);
    };
    // The set grows while it is walked.
    open.forEach(visit);
    this.#closing.set(node, closes);
    return closes;
  }

  /** A declared function is there from the start, so what it does with the callback counts where its name is used. */
  handsOn(name: Node): boolean {
    const named = this.#ask.hoistedFunction(name);
    return named !== undefined && !this.#ask.isHelper(named) && this.closes(named);
  }
}
