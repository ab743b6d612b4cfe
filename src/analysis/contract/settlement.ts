import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isInClassCode } from "../code/class-code.ts";
import { childrenOf, isFunction } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { isLocalUpdate, isPure, isSafeConsoleCall, isUnsafeName } from "../code/effects.ts";
import { NONE } from "../control/flow.ts";
import type { Settled } from "../control/flow.ts";
import { Interpreter } from "../control/interpreter.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";

/** One direct call of the callback in the handler's own body. */
export interface SettleCall {
  readonly call: ESTree.SimpleCallExpression;
  /** What may have happened before the call. Without NONE and HANDED_ON the call is never heard. */
  readonly before: Settled;
}

/** With which settlements a function ends. */
export interface Ends {
  /** The settlement with which the function ends without an error, by `return` or by its end. */
  readonly atExit: Settled;
  /** The settlement with which an error leaves the function. */
  readonly atThrow: Settled;
  /** The settlement with which the function waits for something. */
  readonly atWait: Settled;
}

/** Who settles the invocation, and on which path. */
export interface Settlement extends Ends {
  readonly calls: readonly SettleCall[];
  /** Reads of the callback that are not followed: aliases, arguments of unknown functions, nested functions. */
  readonly escapes: readonly Node[];
  /** The settlement with which control falls off the end of the function. */
  readonly atEnd: Settled;
  /** The settlement at each `return` that is reached. */
  readonly atReturns: ReadonlyMap<ESTree.ReturnStatement, Settled>;
}

/** Calls of which more is known. */
interface Known {
  readonly delegates?: ReadonlySet<ESTree.SimpleCallExpression>;
  readonly finals?: ReadonlySet<ESTree.SimpleCallExpression>;
  readonly uncertain?: ReadonlySet<ESTree.SimpleCallExpression>;
  readonly later?: ReadonlySet<ESTree.SimpleCallExpression>;
  readonly helpers?: ReadonlySet<FunctionNode>;
  readonly ignored?: ReadonlySet<Node>;
}

/**
 * Interprets a function over the question who settles the invocation.
 *
 * @param callback the binding of the V1 callback; calls are found by it, never by name
 * @param known calls of which more is known: those that hand the callback to a function which settles in its place, and
 *   those that will be written as `return` or `throw`; uses of the callback that don't count are ignored
 */
export function settlementOf(model: Model, node: FunctionNode, callback: Variable, known: Known = {}): Settlement {
  const { interpreter, flow, ends } = interpret(model, node, callback, known);
  for (const read of readsOf(callback)) {
    if (ownerOf(model, read, node, known.helpers) === node) {
      noteUnreached(model, read, node, interpreter);
    }
  }
  return {
    ...ends,
    calls: [...interpreter.calls].map(([call, before]) => ({ call, before })),
    escapes: [...interpreter.escapes],
    atEnd: flow.normal,
    atReturns: interpreter.returns,
  };
}

/** The same for those who ask no more than how the function ends. */
export function endsOf(model: Model, node: FunctionNode, callback: Variable, known: Known): Ends {
  return interpret(model, node, callback, known).ends;
}

function interpret(
  model: Model,
  node: FunctionNode,
  callback: Variable,
  known: Known,
): { readonly interpreter: Interpreter; readonly flow: ReturnType<Interpreter["body"]>; readonly ends: Ends } {
  const interpreter = new Interpreter({
    isCallback: (identifier) => model.variableOf(identifier) === callback && known.ignored?.has(identifier) !== true,
    isDelegate: (call) => known.delegates?.has(call) === true,
    isUncertain: (call) => known.uncertain?.has(call) === true,
    isLater: (call) => known.later?.has(call) === true,
    isFinal: (call) => known.finals?.has(call) === true,
    isHelper: (inner) => known.helpers?.has(inner) === true,
    isHoisted: (inner) => isHoisted(model, inner),
    hoistedFunction: (identifier) => hoistedFunction(model, identifier),
    isUnsafeName: (identifier) => isUnsafeName(model, identifier),
    isSafe: (part) => isSafeConsoleCall(model, part) || isPure(model, part) || isLocalUpdate(model, part),
  });
  for (const parameter of node.params) {
    const isOwnDefault = parameter.type === "AssignmentPattern" && model.variableOf(parameter.left) === callback;
    if (isOwnDefault) {
      continue;
    }
    if (parameter.type === "AssignmentPattern" || parameter.type === "ObjectPattern") {
      noteEscapes(parameter, model, callback, interpreter.escapes);
    }
  }
  const flow = interpreter.body(node, NONE);
  return {
    interpreter,
    flow,
    ends: { atExit: flow.normal | flow.returned, atThrow: flow.thrown, atWait: interpreter.waiting },
  };
}

function isHoisted(model: Model, node: FunctionNode): boolean {
  const list = node.type === "FunctionDeclaration" ? model.parentOf(node) : null;
  const owner = list === null ? null : model.parentOf(list);
  return list?.type === "BlockStatement" && owner !== null && isFunction(owner);
}

/** A function inside of another one, by its name; those of the module can't see the callback. */
function hoistedFunction(model: Model, identifier: Node): FunctionNode | undefined {
  const [definition] = model.variableOf(identifier)?.defs ?? [];
  return definition?.type === "FunctionName" && isHoisted(model, definition.node) ? definition.node : undefined;
}

/** The function that answers for a read of the callback: the innermost helper around it, or the function itself. */
function ownerOf(
  model: Model,
  read: Node,
  node: FunctionNode,
  helpers: ReadonlySet<FunctionNode> | undefined,
): FunctionNode | null {
  let owner = model.functionOf(read);
  while (owner !== null && owner !== node && helpers?.has(owner) !== true) {
    owner = model.functionOf(owner);
  }
  return owner;
}

/** A read of the callback in code that is never reached: a call there is never heard, all else is not followed. */
function noteUnreached(model: Model, read: Node, node: FunctionNode, { calls, escapes }: Interpreter): void {
  const parent = model.parentOf(read);
  const call = parent?.type === "CallExpression" ? parent : undefined;
  if (escapes.has(read) || (call !== undefined && calls.has(call))) {
    return;
  }
  // A function declaration is there before the code around it runs: only the function's own statements are unreached.
  if (call?.callee === read && model.functionOf(read) === node) {
    calls.set(call, 0);
  } else {
    escapes.add(read);
  }
}

/** A callback read in a parameter's default value is beyond what is followed. */
function noteEscapes(node: Node, model: Model, callback: Variable, escapes: Set<Node>): void {
  if (node.type === "Identifier" && model.referenceOf(node)?.resolved === callback) {
    escapes.add(node);
  }
  for (const child of childrenOf(node)) {
    noteEscapes(child, model, callback, escapes);
  }
}

/** Why a read of the callback can't be followed, as the beginning of a sentence. */
export function whyEscapes(model: Model, escape: Node, owner: FunctionNode): string {
  if (model.functionOf(escape) !== owner) {
    return "The callback is called in a nested function";
  }
  if (isInClassCode(model, escape)) {
    return "The callback is used while a class is made";
  }
  const parent = model.parentOf(escape);
  return parent?.type === "CallExpression" && parent.callee !== escape
    ? "The callback is handed to another function"
    : "The callback is used as a value";
}
