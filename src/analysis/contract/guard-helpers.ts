import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import { isAsync, isPure } from "../code/effects.ts";
import type { Model } from "../code/model.ts";
import { findNamedFunctions } from "../code/named-functions.ts";
import { usesArguments } from "../code/own-arguments.ts";
import { isInside } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { isLastIn, isTried } from "../control/continuation.ts";
import { valuesOf } from "../values/values-of.ts";

/** A call of the callback with an error, behind which the helper only says that it failed. */
interface GuardFailure {
  readonly error: Node;
  /** The first and the last of the statements in whose place the error can be thrown. */
  readonly first: ESTree.Statement;
  readonly last: ESTree.Statement;
}

/** `if (!isValid(input, callback)) return;`, or `if (isValid(input, callback)) …` with nothing behind it. */
export interface GuardCall {
  readonly call: ESTree.SimpleCallExpression;
  readonly statement: ESTree.IfStatement;
  /** What runs where the helper did not fail, inside of the `if`. */
  readonly goingOn: ESTree.Statement | undefined;
}

/** A function of the file that calls back with an error or does not, and tells which by what it returns. */
export interface GuardHelper {
  readonly node: FunctionNode;
  readonly index: number;
  readonly parameter: ESTree.Identifier;
  readonly failures: readonly GuardFailure[];
  /** Its other returns. */
  readonly passes: readonly ESTree.ReturnStatement[];
  readonly calls: readonly GuardCall[];
}

/** Whether a value that is returned is true or false; undefined where it may be both. */
function truthOf(argument: Node | null | undefined): boolean | undefined {
  if (!argument) {
    return false;
  }
  return argument.type === "Literal" ? Boolean(argument.value) : undefined;
}

function failureAt(
  model: Model,
  call: Node | null,
): (GuardFailure & { readonly truth: boolean | undefined }) | undefined {
  const error = call?.type === "CallExpression" && call.arguments.length === 1 ? call.arguments[0] : undefined;
  const statement = call === null ? null : model.parentOf(call);
  const values = error === undefined || error.type === "SpreadElement" ? [] : valuesOf(model, error);
  if (error === undefined || values.length === 0 || !values.every(({ kind }) => kind === "error")) {
    return undefined;
  }
  if (statement?.type === "ReturnStatement") {
    return { error, first: statement, last: statement, truth: false };
  }
  const list = statement === null ? null : model.parentOf(statement);
  if (statement?.type !== "ExpressionStatement" || list?.type !== "BlockStatement") {
    return undefined;
  }
  const next = list.body[list.body.indexOf(statement) + 1];
  return next?.type === "ReturnStatement"
    ? { error, first: statement, last: next, truth: truthOf(next.argument) }
    : undefined;
}

/** True for `return;`, in braces or without them, in front of which nothing is done. */
function isPlainReturn(model: Model, statement: ESTree.Statement): boolean {
  const statements = statement.type === "BlockStatement" ? statement.body : [statement];
  const last = statements.at(-1);
  return (
    last?.type === "ReturnStatement" && !last.argument && statements.slice(0, -1).every((each) => isIdle(model, each))
  );
}

/** True for a declaration that only its block sees, and that does nothing. */
function isIdle(model: Model, statement: ESTree.Statement): boolean {
  return (
    statement.type === "VariableDeclaration" &&
    statement.kind !== "var" &&
    statement.declarations.every(({ id, init }) => id.type === "Identifier" && (!init || isPure(model, init)))
  );
}

function guardCallAt(
  model: Model,
  read: Node,
  helper: { readonly node: FunctionNode; readonly index: number; readonly failed: boolean },
  owner: FunctionNode,
  callback: Variable,
): GuardCall | undefined {
  const call = model.parentOf(read);
  if (call?.type !== "CallExpression" || call.callee !== read || call.optional || model.functionOf(call) !== owner) {
    return undefined;
  }
  const given = call.arguments[helper.index];
  const isWhole =
    call.arguments.length === helper.node.params.length && call.arguments.every(({ type }) => type !== "SpreadElement");
  const above = model.parentOf(call);
  const isNot = above?.type === "UnaryExpression" && above.operator === "!";
  const test = isNot ? above : call;
  const statement = model.parentOf(test);
  if (!isWhole || given === undefined || model.variableOf(given) !== callback || statement?.type !== "IfStatement") {
    return undefined;
  }
  if (statement.test !== test || statement.alternate || isTried(model, statement, owner)) {
    return undefined;
  }
  const block = model.parentOf(statement);
  if (block?.type !== "BlockStatement") {
    return undefined;
  }
  const isOfFailures = helper.failed !== isNot;
  if (isOfFailures) {
    return isPlainReturn(model, statement.consequent) ? { call, statement, goingOn: undefined } : undefined;
  }
  const isLast = block === owner.body && isLastIn(model, statement, owner, "fall");
  return isLast ? { call, statement, goingOn: statement.consequent } : undefined;
}

function guardHelper(
  model: Model,
  node: FunctionNode,
  variable: Variable,
  owner: FunctionNode,
  callback: Variable,
): GuardHelper | undefined {
  const { body, params } = node;
  const isPlain = !isAsync(node) && node.generator !== true && !usesArguments(model, node) && isConstant(variable);
  if (!isPlain || body.type !== "BlockStatement" || !params.every(({ type }) => type === "Identifier")) {
    return undefined;
  }
  const reads = readsOf(variable);
  const [first] = reads;
  const call = first === undefined ? null : model.parentOf(first);
  const index =
    call?.type === "CallExpression" ? call.arguments.findIndex((given) => model.variableOf(given) === callback) : -1;
  const parameter = params[index];
  const own = parameter === undefined ? undefined : model.variableOf(parameter);
  if (parameter?.type !== "Identifier" || own === undefined || !isConstant(own)) {
    return undefined;
  }
  const calls = readsOf(own).map((read) => model.parentOf(read));
  const found = calls.map((each) => failureAt(model, each));
  const failures = found.flatMap((failure) => failure ?? []);
  const failed = failures[0]?.truth;
  const isSame = failures.length === found.length && failures.every(({ truth }) => truth === failed);
  const isOwn = calls.every((each) => each !== null && model.functionOf(each) === node && !isTried(model, each, node));
  if (failed === undefined || !isSame || !isOwn) {
    return undefined;
  }
  const ofFailures = new Set<Node>(failures.map(({ last }) => last));
  const passes = model
    .nodes("ReturnStatement")
    .filter((each) => model.functionOf(each) === node && !ofFailures.has(each));
  const isTold = passes.every(({ argument }) => truthOf(argument) === !failed);
  // Whoever gets to the end has returned nothing.
  const isEnded = failed || body.body.at(-1)?.type === "ReturnStatement";
  const guards = reads.flatMap((read) => guardCallAt(model, read, { node, index, failed }, owner, callback) ?? []);
  return isTold && isEnded && guards.length === reads.length && !isInside(owner, node)
    ? { node, index, parameter, failures, passes, calls: guards }
    : undefined;
}

/** Finds the helpers that get the callback to refuse with an error, and tell the handler whether they did. */
export function findGuardHelpers(model: Model, owner: FunctionNode, callback: Variable): GuardHelper[] {
  const named = findNamedFunctions(model);
  return named.variables.flatMap((variable) => {
    const [node, ...others] = named.nodesOf(variable);
    return node === undefined || others.length > 0 || node === owner
      ? []
      : (guardHelper(model, node, variable, owner, callback) ?? []);
  });
}
