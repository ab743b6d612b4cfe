import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { variablesIn } from "../code/bindings.ts";
import { isFunction, isInside, isNullish, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { usesArguments } from "../code/own-arguments.ts";
import type { Model } from "../code/model.ts";

/** A callback `(error, result) => { if (error) { … return; } … }`, taken apart into what it does in either case. */
export interface NodeCallback {
  readonly node: FunctionNode;
  readonly error: ESTree.Identifier;
  readonly result: ESTree.Identifier | undefined;
  /** What runs in both cases, in front of the test: declarations and calls that need neither the error nor the result. */
  readonly before: readonly Node[];
  readonly test: ESTree.IfStatement;
  /** What runs with an error. */
  readonly failed: Node;
  /** What runs without one: the branch behind `else`, or all that follows the test. */
  readonly succeeded: Node | { readonly behind: Node };
}

/** True when a statement ends with a `return` or a `throw`, so that nothing behind it runs. */
function leaves(statement: Node): boolean {
  const last = statement.type === "BlockStatement" ? statement.body.at(-1) : statement;
  return last?.type === "ReturnStatement" || last?.type === "ThrowStatement";
}

function usesThis(node: FunctionNode): boolean {
  let isUsed = false;
  walk(node.body, (part) => {
    isUsed ||= part.type === "ThisExpression";
    return !isUsed;
  });
  return isUsed;
}

type Cases = Pick<NodeCallback, "node" | "before" | "failed"> & { readonly succeededBy: readonly Node[] };

/**
 * True when neither case needs what belongs to the other: the result, the error, or a variable of the function but
 * those that both cases get.
 */
function areApart(model: Model, { node, before, failed, succeededBy }: Cases): boolean {
  const error = node.params[0] === undefined ? undefined : model.variableOf(node.params[0]);
  const own = new Set(model.scopeManager.getDeclaredVariables(node));
  const shared = before.flatMap((statement) => model.scopeManager.getDeclaredVariables(statement));
  const parameters = new Set(node.params.map((name) => model.variableOf(name)));
  if (before.some((statement) => [...variablesIn(model, statement)].some((variable) => parameters.has(variable)))) {
    return false;
  }
  const inner = (variable: Variable): boolean =>
    own.has(variable) || model.functionOf(variable.scope.block) === node || variable.scope.block === node;
  const ofFailure = [...variablesIn(model, failed)].filter(
    (variable) => variable !== error && inner(variable) && !shared.includes(variable),
  );
  const isLocal = ofFailure.every(
    (variable) =>
      variable.identifiers.every((name) => isInside(name, failed)) &&
      variable.references.every(({ identifier }) => isInside(identifier as Node, failed)),
  );
  return isLocal && succeededBy.every((part) => error === undefined || !variablesIn(model, part).has(error));
}

/** What a test of an error, which is an Error or none, says where it holds; undefined when it asks something else. */
function asksFor(model: Model, test: Node, error: Node): "error" | "none" | undefined {
  switch (test.type) {
    case "Identifier":
      return model.variableOf(test) === model.variableOf(error) ? "error" : undefined;
    case "UnaryExpression": {
      const inner = test.operator === "!" ? asksFor(model, test.argument, error) : undefined;
      return inner && (inner === "error" ? "none" : "error");
    }
    case "BinaryExpression": {
      const isLoose = test.operator === "!=" || test.operator === "==";
      const isAsked = isLoose && isNullish(test.right) && asksFor(model, test.left, error) === "error";
      return isAsked ? (test.operator === "!=" ? "error" : "none") : undefined;
    }
    default:
      return undefined;
  }
}

/** The statements of a callback: those in front of its test, the test, and those behind it. */
function partsOf(model: Model, { body: [...statements] }: ESTree.BlockStatement, error: Node) {
  const at = statements.findIndex(({ type }) => type === "IfStatement");
  const test = statements[at];
  const asked = test?.type === "IfStatement" ? asksFor(model, test.test, error) : undefined;
  const isTest =
    test?.type === "IfStatement" &&
    (asked === "error" || (asked === "none" && test.alternate)) &&
    !model.variableOf(error)?.references.some((reference) => reference.isWrite());
  const before = statements.slice(0, at);
  const isPlain = before.every(
    (statement) =>
      (statement.type === "ExpressionStatement" && !("directive" in statement)) ||
      statement.type === "VariableDeclaration",
  );
  return isTest && isPlain ? { before, test, asked, rest: statements.slice(at + 1) } : undefined;
}

/** Takes a callback in node's style apart; undefined when it is not one whose two cases are plain to see. */
export function nodeCallbackOf(model: Model, node: Node): NodeCallback | undefined {
  if (!isFunction(node) || node.generator === true || node.body.type !== "BlockStatement" || node.params.length > 2) {
    return undefined;
  }
  const [error, result] = node.params;
  if (error?.type !== "Identifier" || (result !== undefined && result.type !== "Identifier")) {
    return undefined;
  }
  const parts = partsOf(model, node.body, error);
  const isOwn = node.type === "ArrowFunctionExpression" || (!usesThis(node) && !usesArguments(model, node));
  const isNamed = node.type === "FunctionExpression" && node.id !== null && node.id !== undefined;
  if (parts === undefined || !isOwn || isNamed) {
    return undefined;
  }
  const { before, test, asked, rest } = parts;
  const [failed, alternate] =
    asked === "none" && test.alternate ? [test.alternate, test.consequent] : [test.consequent, test.alternate];
  const callback = { node, error, result, before, test, failed };
  if (alternate !== null && alternate !== undefined) {
    return rest.length === 0 && areApart(model, { node, before, failed, succeededBy: [alternate] })
      ? { ...callback, succeeded: alternate }
      : undefined;
  }
  return leaves(failed) && areApart(model, { node, before, failed, succeededBy: rest })
    ? { ...callback, succeeded: { behind: test } }
    : undefined;
}
