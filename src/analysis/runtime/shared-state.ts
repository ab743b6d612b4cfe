import { handlerFunctionOf } from "../code/handler.ts";
import { globalPath } from "../code/names.ts";
import { isInside, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isRunByHandler } from "../control/invocations.ts";
import { stepsOf } from "../control/steps.ts";
import type { Step } from "../control/steps.ts";
import type { Model } from "../code/model.ts";
import { Exposures } from "./exposure.ts";
import { RequestData } from "./request-data.ts";
import { isKeptOnPurpose, keepsFirst } from "./remembered.ts";
import { isOnlySet, sharedPlaces } from "./shared-places.ts";
import type { SharedPlace } from "./shared-places.ts";
import { readPathOf, writesOf } from "./shared-writes.ts";
import type { Write } from "./shared-writes.ts";
import { runtimeOf } from "./which-runtime.ts";

/** A place where data of one request gets into a variable that all requests share. */
export interface SharedWrite {
  readonly node: Node;
  /** What is written, as it is called: `orders`, `state.user`. */
  readonly name: string;
  /**
   * `grows`: it is added to what is there. `stale`: there is a way to a read that does not come by here. `earlier`: it is
   * read before it is written. `first`: it is written once, and read ever after. `meanwhile`: V1 runs other requests
   * between the write and a read. `other`: whether another request can see it does not show.
   */
  readonly kind: "grows" | "stale" | "earlier" | "first" | "meanwhile" | "other";
}

/** Finds what the handler, and the functions that it calls, write of the request into what outlives the invocation. */
export function findSharedWrites(model: Model): SharedWrite[] {
  const input = new RequestData(model);
  const places = sharedPlaces(model);
  const found = places.flatMap((place) => {
    const writes = writesOf(model, place).filter(({ node }) => isRunByHandler(model, node));
    const ofRequest = writes.filter(({ node, value }) => input.isIn(value) || input.isAddedFor(node));
    const reads = place.nodes.filter((node) => !isOnlySet(model, node) && !isTargetOf(node, writes));
    return ofRequest.length === 0 || reads.length === 0 ? [] : [{ place, writes, ofRequest, reads }];
  });
  if (found.length === 0) {
    return [];
  }
  const course = new Course(model, input, places);
  return found.flatMap(({ place, writes, ofRequest, reads }) =>
    ofRequest.flatMap((write) => {
      const kind = course.kindOf(write, { place, writes, reads });
      return kind === undefined ? [] : [{ node: write.node, name: write.name, kind }];
    }),
  );
}

/** True for the `list` of `list.push(item)`, which is no read of it. */
function isTargetOf(read: Node, writes: readonly Write[]): boolean {
  return writes.some(({ node }) => isInside(read, node));
}

interface Uses {
  readonly place: SharedPlace;
  readonly writes: readonly Write[];
  readonly reads: readonly Node[];
}

/** What happens to shared places in the course of an invocation. */
class Course {
  readonly #model: Model;
  readonly #input: RequestData;
  readonly #exposures: Exposures;
  /** The steps of an invocation; none where they can't be known. */
  readonly #steps: readonly Step[];
  /** Every mention of a place that changes: whoever looks at one of them first knows what is there. */
  readonly #changing: readonly Node[];

  constructor(model: Model, input: RequestData, places: readonly SharedPlace[]) {
    this.#model = model;
    this.#input = input;
    this.#exposures = new Exposures(model, input);
    const handler = handlerFunctionOf(model);
    const wanted = places.flatMap((place) => [...place.nodes, ...writesOf(model, place).map(({ node }) => node)]);
    this.#steps = (handler && stepsOf(model, handler, new Set(wanted))) ?? [];
    this.#changing = places
      .filter(({ nodes }) => nodes.some((node) => isOnlySet(model, node)))
      .flatMap(({ nodes }) => nodes);
  }

  kindOf(write: Write, { place, writes, reads }: Uses): SharedWrite["kind"] | undefined {
    const others = writes.filter(({ node, name }) => node !== write.node && mayMeet(name, write.name));
    if (isKeptOnPurpose(this.#model, write, [...place.nodes, ...this.#changing], this.#steps)) {
      return others.length === 0 && keepsFirst(this.#model, this.#input, write) ? "first" : undefined;
    }
    if (write.isAdded) {
      return others.every(({ isAdded }) => isAdded) && !isEmptied(this.#model, reads, write) ? "grows" : "other";
    }
    return this.#exposed(write, [write, ...others], reads) ?? "other";
  }

  #exposed(write: Write, writes: readonly Write[], reads: readonly Node[]): SharedWrite["kind"] | undefined {
    const model = this.#model;
    const writing = this.#steps.filter(({ node }) => writes.some((each) => each.node === node && !each.mayStay));
    const firstWrite = this.#steps.findIndex(({ node }) => writes.some((each) => each.node === node));
    let isMeanwhile = false;
    for (const [index, step] of this.#steps.entries()) {
      const path = reads.includes(step.node) ? readPathOf(model, step.node) : undefined;
      if (path === undefined || !mayGive(path.members, write.members)) {
        continue;
      }
      const before = writing.filter((each) => this.#steps.indexOf(each) < index);
      const exposure = this.#exposures.of(step, before);
      const isBehind = firstWrite !== -1 && firstWrite < index;
      const isValue = isExactly(path.members, write.members) && !isAsked(model, path, write.members);
      if (exposure === "certain" && !isBehind && isValue && !isInRound(step)) {
        return "earlier";
      }
      if (exposure === "certain" && isBehind && (before.length > 0 || step.choices.every(isTry))) {
        return "stale";
      }
      const last = before.at(-1);
      isMeanwhile ||= exposure === "none" && last !== undefined && last.waits < step.waits;
    }
    return isMeanwhile && runtimeOf(model) === "v1" ? "meanwhile" : undefined;
  }
}

function isTry({ at }: { readonly at: Node }): boolean {
  return at.type === "TryStatement";
}

/** True for a step in a loop: what a round before has written is there as well. */
function isInRound({ choices }: Step): boolean {
  return choices.some(({ at }) => /^(?:For|ForOf|ForIn|While)Statement$|^CallExpression$/u.test(at.type));
}

/** True for two names of which one is a part of the other: `state` and `state.user`. */
function mayMeet(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}

/** False for the read of another member than the one that was written. */
function mayGive(read: readonly (string | undefined)[], written: readonly string[]): boolean {
  return written.every((member, index) => index >= read.length || (read[index] ?? member) === member);
}

function isExactly(read: readonly (string | undefined)[], written: readonly string[]): boolean {
  return read.length >= written.length && written.every((member, index) => read[index] === member);
}

/** True where the value is only looked at: whether there is one, or whether it is another one. */
function isAsked(model: Model, { nodes }: { readonly nodes: readonly Node[] }, written: readonly string[]): boolean {
  const node = nodes[written.length];
  const user = node === undefined ? null : model.parentOf(node);
  if (user?.type === "BinaryExpression" && user.operator === "+") {
    return false;
  }
  return (
    user === null ||
    /^(?:If|While|Switch)Statement$/u.test(user.type) ||
    /^(?:Unary|Binary|Logical|Conditional|Update)Expression$/u.test(user.type)
  );
}

/** `list.length = 0`, `list.splice(…)`, `list.shift()`: somebody takes care of what is there. */
function isEmptied(model: Model, reads: readonly Node[], write: Write): boolean {
  return reads.some((read) => {
    let member = model.parentOf(read);
    while (member?.type === "MemberExpression") {
      if (/^(?:splice|shift|pop|clear|delete)$/u.test(staticName(member) ?? "")) {
        return true;
      }
      const above = model.parentOf(member);
      if (above?.type === "AssignmentExpression" && above.left === member && staticName(member) === "length") {
        return true;
      }
      member = above;
    }
    const parent = model.parentOf(read);
    // Whoever gets the list may empty it, but for what the language has, and the platform, which gets the result.
    const isGiven = !write.isText && parent?.type === "CallExpression" && parent.callee !== read;
    return isGiven && globalPath(model, parent.callee) === undefined && !isParameter(model, parent.callee);
  });
}

/** `callback(null, list)` */
function isParameter(model: Model, callee: Node): boolean {
  const owner = model.variableOf(callee)?.defs[0];
  return owner?.type === "Parameter" && owner.node === handlerFunctionOf(model);
}
