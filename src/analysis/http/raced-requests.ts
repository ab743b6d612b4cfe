import { calledMethodOf } from "../code/called.ts";
import { callsOf } from "../code/calls.ts";
import type { Model } from "../code/model.ts";
import type { Node } from "../code/tree.ts";
import { promiseMethods } from "../code/builtins.ts";
import { elementOriginsOf } from "../values/origins.ts";
import { trace } from "../values/trace.ts";
import { PROMISE } from "../values/trace-path.ts";

/** Tells which requests a `Promise.race` may end: something else than a request is in it, a timer as it seems. */
export class RacedRequests {
  readonly #model: Model;
  readonly #requests: ReadonlySet<Node>;
  readonly #known = new Map<Node, boolean>();

  /** @param requests all calls that send a request */
  constructor(model: Model, requests: ReadonlySet<Node>) {
    this.#model = model;
    this.#requests = requests;
  }

  /** True for a call whose promise, or that of the function that waits for it, is in such a race at every place. */
  has(call: Node): boolean {
    const known = this.#known.get(call);
    if (known === undefined) {
      // What waits for itself is in no race.
      this.#known.set(call, false);
      this.#known.set(call, this.#isRaced(call));
    }
    return this.#known.get(call) === true;
  }

  #isRaced(call: Node): boolean {
    return this.#chain(call).some((node) => this.#reachesRace(node)) || this.#isOwnerRaced(call);
  }

  /** The call with `then`, `catch` and `finally` behind it. */
  #chain(call: Node): readonly Node[] {
    const { method = "", call: next } = calledMethodOf(this.#model, call) ?? {};
    return next !== undefined && promiseMethods.has(method) ? [call, ...this.#chain(next)] : [call];
  }

  #reachesRace(node: Node): boolean {
    for (const event of trace(this.#model, [{ node, state: "request", path: [PROMISE] }])) {
      if (event.type === "promise" && event.step === "Promise.race" && this.#isLimit(event.by)) {
        return true;
      }
    }
    return false;
  }

  #isLimit(race: Node): boolean {
    const [list] = race.type === "CallExpression" ? race.arguments : [];
    return list !== undefined && elementOriginsOf(this.#model, list).some((origin) => !this.#requests.has(origin.node));
  }

  /** A function that waits for the request is run by calls alone, or by what makes a promise, and each of these is in a race. */
  #isOwnerRaced(call: Node): boolean {
    const owner = this.#model.functionOf(call);
    const { sites, callbacks, isOpen } = owner === null ? NEVER : callsOf(this.#model, owner);
    const runs = [...sites, ...callbacks].map((use) => use.call);
    return !isOpen && runs.length > 0 && runs.every((run) => this.has(run));
  }
}

const NEVER = { sites: [], callbacks: [], isOpen: true } as const;
