import type { Model } from "../code/model.ts";
import { isGlobalTaken } from "../code/names.ts";
import type { Node } from "../code/tree.ts";
import type { SecretOperation } from "./operations.ts";
import { isUnchangedMeanwhile } from "./runs.ts";
import { followConstant } from "../values/constants.ts";
import { NOTHING } from "./waits-made.ts";
import type { Made } from "./waits-made.ts";

/** Operations on secrets that don't need each other, of which each begins when those before it have ended. */
export type WaitingGroup = readonly [SecretOperation, SecretOperation, ...SecretOperation[]];

/** What all lines of a file have found. */
export interface Found {
  /** What the arguments of each operation, and what decides whether it runs, are made of. */
  readonly needs: Map<SecretOperation, Made>;
  readonly groups: Map<Node, WaitingGroup>;
  /** Reads of which a loop makes one after the other. */
  readonly rounds: Map<Node, SecretOperation>;
}

/** The operations on a line of code as they begin and end, as long as nothing but plain code stands between them. */
export class Group {
  /** How often something else has stood between. */
  breaks = 0;
  readonly ended = new Set<SecretOperation>();
  readonly #model: Model;
  readonly #found: Found;
  #operations: SecretOperation[] = [];

  constructor(model: Model, found: Found) {
    this.#model = model;
    this.#found = found;
  }

  start(operation: SecretOperation, needs: Made): void {
    const { call } = operation;
    this.#found.needs.set(operation, needs);
    if (this.#operations.some((other) => !this.ended.has(other))) {
      // It begins together with the one before.
      return;
    }
    const isOpen = !call.arguments.every((argument) => isUnchangedMeanwhile(this.#model, argument));
    const isApart = this.#operations.some((other) => needs.has(other) || !this.#areApart(other, operation));
    if (isOpen || isApart || isGlobalTaken(this.#model, call, "Promise")) {
      this.close();
    }
    if (!isOpen && !this.#operations.includes(operation)) {
      this.#operations.push(operation);
    }
  }

  end(operations: Made): void {
    operations.forEach((operation) => this.ended.add(operation));
  }

  /** Begins behind operations that have ended. */
  follow(ended: Made): void {
    this.end(ended);
    for (const operation of ended) {
      const needs = this.#found.needs.get(operation) ?? NOTHING;
      if (!this.#operations.some((other) => needs.has(other))) {
        this.#operations.push(operation);
      }
    }
  }

  /** Tells of the operations so far; what follows is no more compared with them. */
  close(): void {
    const [first, second, ...others] = this.#operations;
    if (first !== undefined && second !== undefined) {
      this.#found.groups.set(second.call, [first, second, ...others]);
    }
    this.#operations = [];
  }

  break(): void {
    this.breaks += 1;
    this.close();
  }

  /** Two operations of one kind on different secrets; two writes are, only where their names are written out. */
  #areApart(a: SecretOperation, b: SecretOperation): boolean {
    if (a.key !== undefined && b.key !== undefined) {
      return a.kind === b.kind && a.key !== b.key;
    }
    return a.kind === "read" && b.kind === "read" && this.#spelled(a) !== this.#spelled(b);
  }

  /** A call as it reads once the constants in its arguments are followed: `readSecret(input.name)`. */
  #spelled({ call }: SecretOperation): string {
    const given = call.arguments.map((node) => this.#model.textOf(followConstant(this.#model, node)));
    return `${this.#model.textOf(call.callee)}(${given.join()})`;
  }
}
