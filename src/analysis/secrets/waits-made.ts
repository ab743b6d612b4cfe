import type { Variable } from "eslint-scope";
import type { Model } from "../code/model.ts";
import { childrenOf, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { secretOperationsOf } from "./operations.ts";
import type { SecretOperation } from "./operations.ts";

/** The operations whose results a value is made of. */
export type Made = ReadonlySet<SecretOperation>;

export const NOTHING: Made = new Set();

export function union(a: Made, b: Made): Made {
  return b.size === 0 ? a : a.size === 0 ? b : new Set([...a, ...b]);
}

/** What variables are made of at a point of the code. */
export class Variables {
  readonly #model: Model;
  readonly #made: Map<Variable, Made>;

  constructor(model: Model, made: ReadonlyMap<Variable, Made> = new Map()) {
    this.#model = model;
    this.#made = new Map(made);
  }

  copy(): Variables {
    return new Variables(this.#model, this.#made);
  }

  of(name: Node): Made {
    const variable = this.#model.variableOf(name);
    return (variable === undefined ? undefined : this.#made.get(variable)) ?? NOTHING;
  }

  /** All that code mentions: operations, and variables that are made of some. */
  mentionedIn(code: Node): Made {
    let made = NOTHING;
    const operations = secretOperationsOf(this.#model);
    walk(code, (part) => {
      const operation = operations.get(part);
      made = union(made, part.type === "Identifier" ? this.of(part) : NOTHING);
      made = union(made, operation === undefined ? NOTHING : new Set([operation]));
      return true;
    });
    return made;
  }

  /** Binds what a value is made of to a name or a pattern; the object of a member is made of it as well from then on. */
  bind(target: Node, made: Made, isNew: boolean): void {
    if (target.type === "Identifier") {
      const variable = this.#model.variableOf(target);
      if (variable !== undefined) {
        this.#made.set(variable, isNew ? made : union(this.#made.get(variable) ?? NOTHING, made));
      }
    } else if (target.type === "MemberExpression") {
      this.bind(target.object, made, false);
    } else {
      for (const child of target.type === "Property" ? [target.value] : childrenOf(target)) {
        this.bind(child, made, isNew);
      }
    }
  }

  /** What code writes that may have run is made of what it is made of there, or was before. */
  takeOver(code: Node): void {
    walk(code, (part) => {
      if (part.type === "AssignmentExpression") {
        this.bind(part.left, this.mentionedIn(part), false);
      }
      return true;
    });
  }
}
