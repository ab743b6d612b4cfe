import type * as ESTree from "estree";
import type { Node } from "../../analysis/code/tree.ts";
import type { Field } from "./field-names.ts";

/** What counts further is seldom compared with anything. */
const LONGEST_COUNT = 100;

/** The numbers that loops count to: `page === input.payload.stop` makes a difference up to the last of them. */
export class LoopCounts {
  readonly #tests = new Set<Node>();
  readonly #last = new Set<number>();
  readonly #wanted = new Set<Field>();

  addTest(test: Node): void {
    this.#tests.add(test);
  }

  isTest(node: Node): boolean {
    return this.#tests.has(node);
  }

  /** `i < 5` comes to four. */
  compare(test: ESTree.BinaryExpression, counter: Node, bound: Node): void {
    if (!this.isTest(test) || counter.type !== "Identifier") return;
    if (bound.type !== "Literal" || typeof bound.value !== "number" || bound.value > LONGEST_COUNT) return;
    this.#last.add(test.operator.endsWith("=") ? bound.value : bound.value - 1);
  }

  /** A field that the code compares with a variable, which may hold what a loop counts. */
  want(field: Field): void {
    this.#wanted.add(field);
  }

  /** Lets fields of which nothing else is known be compared with the last number, and with the one behind it. */
  give(): void {
    for (const field of this.#wanted) {
      if (this.#last.size === 0 || field.kind !== undefined || field.literals.size > 0) continue;
      field.isTested = true;
      for (const last of this.#last) {
        field.literals.add(last);
        field.bounds.add(last).add(last + 1);
      }
    }
  }
}
