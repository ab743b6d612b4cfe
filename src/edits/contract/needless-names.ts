import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { constantOf, isConstant, readsOf } from "../../analysis/code/bindings.ts";
import type { Model } from "../../analysis/code/model.ts";
import { bareExpression, bodyPartsOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node } from "../../analysis/code/tree.ts";
import { valueOf } from "../../analysis/contract/chain-handlers.ts";
import type { UnrolledLink } from "../../analysis/contract/chain-handlers.ts";
import { isFirst } from "../../analysis/http/idiomatic-place.ts";
import { isNoPromise } from "../../analysis/values/no-promise.ts";

/** A value that is longer than this has a name of its own. */
const SHORT = 80;

/** The parameter of a handler that needs no constant, and where it is read: its value can stand there. */
export interface NeedlessName {
  readonly variable: Variable;
  readonly reads: readonly Node[];
}

/**
 * Whether the value that a link hands on can stand where the next one reads it. It does where both have it in a constant, where
 * the next one does nothing but call back, and where the name of the next one is taken.
 */
export function needlessName(
  model: Model,
  links: readonly UnrolledLink[],
  handler: FunctionNode,
  {
    isTaken,
    isSettle,
  }: { readonly isTaken: (variable: Variable) => boolean; readonly isSettle: (call: Node) => boolean },
): NeedlessName | undefined {
  const index = links.findIndex(({ fulfilled }) => fulfilled?.node === handler);
  const given =
    isPlain(links[index]) && isPlain(links[index - 1]) ? valueOf(model, links[index - 1]?.fulfilled) : undefined;
  const [parameter] = handler.params;
  const variable = parameter?.type === "Identifier" ? model.variableOf(parameter) : undefined;
  if (given === undefined || variable === undefined || !isConstant(variable)) {
    return undefined;
  }
  const reads = readsOf(variable);
  const call = settlingIn(handler, isSettle);
  const isResult = reads.length === 1 && call?.arguments.length === 2 && call.arguments[1] === reads[0];
  if (!isNoPromise(model, given)) {
    // What is waited for stands in the call as it is.
    return isResult && isTaken(variable) ? { variable, reads } : undefined;
  }
  if (given.type === "Identifier") {
    return constantOf(model, given) === undefined ? undefined : { variable, reads };
  }
  const [read, ...others] = reads;
  const isWanted = isTaken(variable) || call !== undefined;
  const isFree = read !== undefined && others.length === 0 && isReadFirst(model, handler, read);
  const fits = isShort(model, given) && (isResult || isTight(given));
  return isWanted && isFree && fits ? { variable, reads } : undefined;
}

/** The same for the first link, which gets what is waited for: a member of it can be read as `(await load()).items`. */
export function firstNeedless(
  model: Model,
  links: readonly UnrolledLink[],
  handler: FunctionNode,
  isTaken: (variable: Variable) => boolean,
): NeedlessName | undefined {
  const [parameter] = handler.params;
  const variable = parameter?.type === "Identifier" ? model.variableOf(parameter) : undefined;
  const reads = variable === undefined ? [] : readsOf(variable);
  const [read] = reads;
  const around = read === undefined ? null : model.parentOf(read);
  const isMember = around?.type === "MemberExpression" && around.object === read && !around.optional;
  return variable !== undefined &&
    links[0]?.fulfilled?.node === handler &&
    handler.body.type !== "BlockStatement" &&
    reads.length === 1 &&
    isConstant(variable) &&
    isTaken(variable) &&
    isMember &&
    isReadFirst(model, handler, read)
    ? { variable, reads }
    : undefined;
}

function isPlain(link: UnrolledLink | undefined): boolean {
  return link?.fulfilled?.kind === "inline" && link.rejected === undefined && link.finalizer === undefined;
}

/** The call of the callback that is all that a handler does. */
function settlingIn(handler: FunctionNode, isSettle: (call: Node) => boolean): ESTree.SimpleCallExpression | undefined {
  const [only, ...others] = bodyPartsOf(handler);
  const call = bareExpression(only) ?? only;
  return others.length === 0 && call?.type === "CallExpression" && isSettle(call) ? call : undefined;
}

/** True for what needs no parentheses wherever a name can stand. */
function isTight({ type }: Node): boolean {
  return type === "MemberExpression" || type === "CallExpression";
}

function isShort(model: Model, value: Node): boolean {
  const text = model.textOf(value);
  return text.length <= SHORT && !text.includes("\n");
}

/** True when nothing in a handler is evaluated before its parameter is read. */
function isReadFirst(model: Model, handler: FunctionNode, read: Node): boolean {
  let node = read;
  for (let parent = model.parentOf(node); parent !== handler; parent = model.parentOf(node)) {
    if (parent === null) {
      return false;
    }
    if (parent === handler.body && parent.type === "BlockStatement") {
      return parent.body[0] === node;
    }
    if (!isFirst(model, parent, node)) {
      return false;
    }
    node = parent;
  }
  return true;
}
