import type { Model } from "../code/model.ts";
import { isFunction } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { secretOperationsOf } from "./operations.ts";
import type { SecretOperation } from "./operations.ts";
import type { Found, WaitingGroup } from "./waits-group.ts";
import { Line } from "./waits-line.ts";

/** Everything in a file that waits for secrets one by one, though it need not. */
export interface SecretWaits {
  readonly groups: readonly WaitingGroup[];
  /** Reads of which a loop makes one after the other. */
  readonly rounds: readonly SecretOperation[];
}

/**
 * Finds operations on secrets that wait for each other without a need: none uses what another one gave, and nothing that
 * stands between them waits, leaves the function, or calls code that can't be seen through.
 */
export function findSecretWaits(model: Model): SecretWaits {
  const operations = secretOperationsOf(model);
  const found: Found = { needs: new Map(), groups: new Map(), rounds: new Map() };
  for (const owner of new Set([...operations.keys()].map((call) => ownerOf(model, call)))) {
    new Line(model, found).read(isFunction(owner) ? owner : model.program.body);
  }
  return { groups: [...found.groups.values()], rounds: [...found.rounds.values()] };
}

/** The outermost function around a call: what is nested in it is read with it. */
function ownerOf(model: Model, call: Node): Node {
  let owner: Node = model.program;
  for (let node = model.functionOf(call); node !== null; node = model.functionOf(node)) {
    owner = node;
  }
  return owner;
}
