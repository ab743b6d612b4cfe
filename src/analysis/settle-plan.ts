import type * as ESTree from "estree";
import { isNullish } from "./ast.ts";
import type { Node } from "./ast.ts";
import { catchAround, continuationOf } from "./continuation.ts";
import { cannotThrow, isPure } from "./effects.ts";
import type { Handler } from "./handler.ts";
import type { Model } from "./model.ts";
import { isConstant } from "./modules.ts";
import { HANDED_ON, NONE, settlementOf } from "./settlement.ts";
import type { SettleCall, Settlement } from "./settlement.ts";

/** What the first argument of a callback is, as far as the code tells. */
export type ErrorKind = "absent" | "error" | "text" | "object" | "unknown";

/** How one call of the callback is written with `return` and `throw`. */
export interface SettlePlan {
  readonly call: ESTree.SimpleCallExpression;
  /** The statement around the call, or the call itself as the body of an arrow function. */
  readonly statement: Node;
  /** `dead`: never heard, so it goes away. */
  readonly kind: ErrorKind | "dead";
  readonly error: Node | undefined;
  readonly value: Node | undefined;
  /** A `throw` here would be caught by the function's own `catch`, which must not see it. */
  readonly mustReject: boolean;
  /** Statements that still run: the outcome is kept in a variable and given after the last of them. */
  readonly after: readonly Node[];
  /** A `return` or `break` right behind the call, which is unreachable once the call is a `return`. */
  readonly leftover: Node | undefined;
}

/** How a whole handler is written without its callback, or why it can't be. */
export type HandlerPlan =
  | { readonly calls: readonly SettlePlan[]; readonly neverSettles: boolean; readonly why: undefined }
  | { readonly why: string; readonly at: Node };

const JUMPS = new Set(["ReturnStatement", "BreakStatement", "ContinueStatement"]);

/** The statement that a settle call makes up; undefined when the call is part of a larger expression. */
function settleStatement(model: Model, call: Node, handler: Handler): Node | undefined {
  let parent = model.parentOf(call);
  if (parent?.type === "AwaitExpression") {
    parent = model.parentOf(parent);
  }
  if (parent === handler.node) {
    return call;
  }
  return parent?.type === "ExpressionStatement" || parent?.type === "ReturnStatement" ? parent : undefined;
}

/** True when some code of the file rejects or throws with nothing, so that a caught error may be no error for V1. */
function throwsNothing(model: Model): boolean {
  return (
    model.nodes("ThrowStatement").some(({ argument }) => isNullish(argument)) ||
    model.nodes("CallExpression").some(
      ({ callee, arguments: [reason] }) =>
        (reason === undefined || isNullish(reason)) &&
        ((callee.type === "Identifier" && callee.name === "reject") ||
          (callee.type === "MemberExpression" && callee.property.type === "Identifier" && callee.property.name === "reject")),
    )
  );
}

function isText(node: Node): boolean {
  return (
    (node.type === "Literal" && typeof node.value === "string") ||
    node.type === "TemplateLiteral" ||
    (node.type === "BinaryExpression" && node.operator === "+" && (isText(node.left) || isText(node.right)))
  );
}

function errorKindOf(model: Model, error: Node | undefined): ErrorKind {
  if (error === undefined || isNullish(error)) {
    return "absent";
  }
  if (error.type === "NewExpression") {
    return "error";
  }
  if (error.type === "ObjectExpression") {
    return "object";
  }
  if (isText(error)) {
    return "text";
  }
  const variable = error.type === "Identifier" ? model.variableOf(error) : undefined;
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition === undefined || !isConstant(variable)) {
    return "unknown";
  }
  if (definition.type === "CatchClause") {
    return throwsNothing(model) ? "unknown" : "error";
  }
  return definition.type === "Variable" && definition.node.init?.type === "NewExpression" ? "error" : "unknown";
}

/** True for a `catch` that does nothing but hand its error to the callback. */
function forwardsError(model: Model, clause: ESTree.CatchClause, settlement: Settlement): boolean {
  const [statement, ...others] = clause.body.body;
  const call =
    statement?.type === "ExpressionStatement" ? statement.expression : statement?.type === "ReturnStatement" ? statement.argument : null;
  return (
    others.length === 0 &&
    call?.type === "CallExpression" &&
    settlement.calls.some((settleCall) => settleCall.call === call) &&
    clause.param?.type === "Identifier" &&
    call.arguments[0]?.type === "Identifier" &&
    model.variableOf(call.arguments[0]) === model.variableOf(clause.param) &&
    errorKindOf(model, call.arguments[0]) === "error"
  );
}

class Unplannable extends Error {
  readonly at: Node;

  constructor(why: string, at: Node) {
    super(why);
    this.at = at;
  }
}

function isDead({ before }: SettleCall): boolean {
  return (before & (NONE | HANDED_ON)) === 0;
}

function nextSibling(model: Model, statement: Node): Node | undefined {
  const parent = model.parentOf(statement);
  const list: readonly Node[] =
    parent?.type === "BlockStatement" ? parent.body : parent?.type === "SwitchCase" ? parent.consequent : [];
  const index = list.indexOf(statement);
  return index === -1 ? undefined : list[index + 1];
}

function planCall(model: Model, handler: Handler, settlement: Settlement, settleCall: SettleCall): SettlePlan {
  const { call } = settleCall;
  const statement = settleStatement(model, call, handler);
  if (statement === undefined) {
    throw new Unplannable("The callback is called inside an expression", call);
  }
  if (call.arguments.some((argument) => argument.type === "SpreadElement") || call.arguments.length > 2) {
    throw new Unplannable("The callback is called with arguments that can't be told apart", call);
  }
  const [error, value] = call.arguments;
  const kind = errorKindOf(model, error);
  const plan = { call, statement, error, value, mustReject: false, after: [], leftover: undefined };
  if (isDead(settleCall)) {
    if (!call.arguments.every((argument) => isPure(model, argument))) {
      throw new Unplannable("A callback that is never heard has arguments with effects", call);
    }
    return { ...plan, kind: "dead" };
  }
  if (kind !== "absent" && value !== undefined && !isPure(model, value)) {
    throw new Unplannable("The callback gets an error and a result that must be computed", call);
  }
  if (kind === "unknown" && (error === undefined || !isPure(model, error) || !isInList(model, statement))) {
    throw new Unplannable("Whether the callback gets an error can't be told", call);
  }
  const clause = kind === "absent" ? undefined : catchAround(model, call, handler.node);
  const next = statement.type === "ExpressionStatement" ? nextSibling(model, statement) : undefined;
  return {
    ...plan,
    kind,
    mustReject: clause !== undefined && !forwardsError(model, clause, settlement),
    after: afterOf(model, handler, settlement, statement),
    leftover: next !== undefined && JUMPS.has(next.type) ? next : undefined,
  };
}

function isInList(model: Model, statement: Node): boolean {
  const parent = model.parentOf(statement);
  return parent?.type === "BlockStatement" || parent?.type === "SwitchCase";
}

/** What still runs after a settle call, when the call can be moved behind it. */
function afterOf(model: Model, handler: Handler, settlement: Settlement, statement: Node): readonly Node[] {
  if (statement.type === "CallExpression") {
    return [];
  }
  const dead = new Set(settlement.calls.filter(isDead).map(({ call }) => model.parentOf(call)));
  const way = statement.type === "ReturnStatement" ? "return" : "fall";
  const { after, repeats } = continuationOf(model, statement, handler.node, way, (candidate) => dead.has(candidate));
  if (repeats) {
    throw new Unplannable("A loop goes on after the callback", statement);
  }
  const [risky] = after.filter((node) => !cannotThrow(model, node));
  if (risky !== undefined) {
    throw new Unplannable("Code that may fail runs after the callback", statement);
  }
  const [first] = after;
  if (first === undefined || isFinalizer(model, first)) {
    return [];
  }
  if (model.parentOf(statement) !== handler.node.body) {
    throw new Unplannable("More code runs after the callback", statement);
  }
  return after;
}

function isFinalizer(model: Model, node: Node): boolean {
  const parent = model.parentOf(node);
  return parent?.type === "TryStatement" && parent.finalizer === node;
}

/** A `return` with a value of its own, on a path where nothing was settled: V1 ignored the value, V2 would not. */
function strayReturn(model: Model, handler: Handler, settlement: Settlement): Node | undefined {
  const settles = new Set<Node | null>(settlement.calls.map(({ call }) => call));
  return model
    .nodes("ReturnStatement")
    .filter((statement) => model.functionOf(statement) === handler.node)
    .find(({ argument }) => {
      const given = argument?.type === "AwaitExpression" ? argument.argument : argument;
      return given !== null && given !== undefined && !settles.has(given) && !isNullish(given);
    });
}

function whyEscapes(model: Model, escape: Node, handler: Handler): string {
  if (model.functionOf(escape) !== handler.node) {
    return "The callback is called in a nested function";
  }
  const parent = model.parentOf(escape);
  return parent?.type === "CallExpression" && parent.callee !== escape
    ? "The callback is handed to another function"
    : "The callback is used as a value";
}

/** Plans how a handler with a callback becomes an async function that returns or throws. */
export function planHandler(model: Model, handler: Handler): HandlerPlan {
  if (handler.callback === undefined) {
    return { calls: [], neverSettles: false, why: undefined };
  }
  const settlement = settlementOf(model, handler.node, handler.callback.variable);
  const [escape] = settlement.escapes;
  if (escape !== undefined) {
    return { why: whyEscapes(model, escape, handler), at: escape };
  }
  try {
    const calls = settlement.calls.map((settleCall) => planCall(model, handler, settlement, settleCall));
    const leftovers = new Set(calls.map(({ leftover }) => leftover));
    const stray = strayReturn(model, handler, settlement);
    if (stray !== undefined && !leftovers.has(stray)) {
      throw new Unplannable("The function returns a value besides calling back", stray);
    }
    if (handler.node.body.type !== "BlockStatement" && calls.length === 0) {
      throw new Unplannable("The function returns a value and never calls back", handler.node.body);
    }
    return { calls, neverSettles: (settlement.atEnd & NONE) !== 0, why: undefined };
  } catch (error) {
    if (error instanceof Unplannable) {
      return { why: error.message, at: error.at };
    }
    throw error;
  }
}
