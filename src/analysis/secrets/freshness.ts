import type * as ESTree from "estree";
import { isFunction, rangeOf, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { environmentName } from "../runtime/environment-name.ts";
import { stringOf } from "../values/constants.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";
import type { SecretRead, SecretUpdate } from "./reads.ts";

const ENVIRONMENT = "process.env.";

/** The name of a secret as far as the code tells it: text, an environment variable, or a variable of the file. */
function keyOf(model: Model, node: Node | undefined): unknown {
  if (node === undefined) {
    return undefined;
  }
  const environment = environmentName(model, node);
  return stringOf(model, node) ?? (environment === undefined ? model.variableOf(node) : ENVIRONMENT + environment);
}

/** The name of the secret that is written: in a literal, or of an entry that was read before. */
function updatedKey(model: Model, update: SecretUpdate, reads: readonly SecretRead[]): unknown {
  const [entry] = update.call.arguments;
  if (entry?.type === "ObjectExpression") {
    const key = entry.properties.find((property) => property.type === "Property" && staticName(property) === "key");
    return key?.type === "Property" ? keyOf(model, key.value) : undefined;
  }
  const variable = entry === undefined ? undefined : model.variableOf(entry);
  const read = reads.find(
    ({ declarator }) => declarator?.id.type === "Identifier" && model.variableOf(declarator.id) === variable,
  );
  return read === undefined ? undefined : keyOf(model, read.call.arguments[0]);
}

/** Only two texts are surely different. */
function mayBeSame(key: unknown, other: unknown): boolean {
  const isText = (name: unknown): boolean => typeof name === "string" && !name.startsWith(ENVIRONMENT);
  return key === other || !isText(key) || !isText(other);
}

/** True when the function calls itself, or hands itself to a timer: it runs again to look again. */
function isRepeated(model: Model, owner: FunctionNode): boolean {
  const name = owner.type === "FunctionDeclaration" ? owner.id : undefined;
  const holder = model.parentOf(owner);
  const declared = name ?? (holder?.type === "VariableDeclarator" ? holder.id : undefined);
  const variable = declared === undefined ? undefined : model.variableOf(declared);
  const isInside = (node: Node): boolean =>
    rangeOf(node)[0] >= rangeOf(owner)[0] && rangeOf(node)[1] <= rangeOf(owner)[1];
  const isTimer =
    holder?.type === "CallExpression" && holder.callee.type === "Identifier" && holder.callee.name === "setInterval";
  return isTimer || (variable !== undefined && readsOf(variable).some(isInside));
}

/** True in a loop that runs until something is so, or in a function that runs again; a loop over a list is none. */
function isPolled(model: Model, read: Node): boolean {
  for (let node = model.parentOf(read); node !== null; node = model.parentOf(node)) {
    if (node.type === "WhileStatement" || node.type === "DoWhileStatement" || node.type === "ForStatement") {
      return true;
    }
    if (isFunction(node) && isRepeated(model, node)) {
      return true;
    }
  }
  return false;
}

function ancestorsOf(model: Model, node: Node): Node[] {
  const ancestors: Node[] = [];
  for (let current: Node | null = node; current !== null; current = model.parentOf(current)) {
    ancestors.push(current);
  }
  return ancestors;
}

/** True when one of two places runs only where the other does not. */
function areAlternatives(model: Model, first: Node, second: Node): boolean {
  const others = new Set(ancestorsOf(model, second));
  const own = ancestorsOf(model, first);
  const common = own.find((node) => others.has(node));
  if (common?.type === "SwitchStatement") {
    return true;
  }
  return (
    (common?.type === "IfStatement" || common?.type === "ConditionalExpression") &&
    !own.includes(common.test) &&
    !others.has(common.test)
  );
}

/**
 * True when the same function has read the secret before: then it looks for a change.
 *
 * @param same all reads of that secret
 */
function isReadAgain(model: Model, { call }: SecretRead, same: readonly SecretRead[]): boolean {
  return same.some(
    (earlier) =>
      earlier.call !== call &&
      rangeOf(earlier.call)[0] < rangeOf(call)[0] &&
      ancestorsOf(model, call).includes(model.functionOf(earlier.call) ?? model.program) &&
      !areAlternatives(model, earlier.call, call),
  );
}

/**
 * The reads that must see at once what someone else has written, as in V1: of a secret that the file writes (another
 * instance may have written it meanwhile), in a loop or function that waits for a change, and a second look at a secret
 * in one function.
 */
export function findFreshReads(
  model: Model,
  reads: readonly SecretRead[],
  updates: readonly SecretUpdate[],
): ESTree.SimpleCallExpression[] {
  const keys = new Map(reads.map((read) => [read, keyOf(model, read.call.arguments[0])]));
  const byKey = new Map<unknown, SecretRead[]>();
  for (const [read, key] of keys) {
    const same = byKey.get(key) ?? [];
    same.push(read);
    byKey.set(key, same);
  }
  const polled = new Set(reads.filter(({ call }) => isPolled(model, call)).map((read) => keys.get(read) ?? read.call));
  const written = updates.map((update) => updatedKey(model, update, reads));
  return reads
    .filter((read) => {
      const key = keys.get(read);
      const isWritten = written.some((other) => mayBeSame(key, other));
      return (
        isWritten ||
        polled.has(key ?? read.call) ||
        (key !== undefined && isReadAgain(model, read, byKey.get(key) ?? []))
      );
    })
    .map(({ call }) => call);
}
