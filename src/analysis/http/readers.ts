import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { isFunction, isInside, rangeOf, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";

/** A function that turns a response into what a request gives, in statements that can stand where it is called. */
export interface Reader {
  readonly node: FunctionNode;
  readonly response: Variable;
  /** All but the `return` at the end. */
  readonly statements: readonly ESTree.Statement[];
  readonly result: ESTree.Expression;
  /** The constant that holds the result; undefined where the result is made by the `return` itself. */
  readonly held: Variable | undefined;
}

/** True for a statement that runs through: a constant, or a check that throws. */
function runsThrough(statement: ESTree.Statement): boolean {
  if (statement.type === "VariableDeclaration") {
    const [declarator, ...others] = statement.declarations;
    return statement.kind === "const" && others.length === 0 && declarator?.id.type === "Identifier";
  }
  return statement.type === "IfStatement";
}

/** True for code that means the same outside of its function. */
function canLeave(node: FunctionNode): boolean {
  let isFree = true;
  walk(node.body, (inner) => {
    isFree &&=
      !isFunction(inner) &&
      inner.type !== "ThisExpression" &&
      inner.type !== "YieldExpression" &&
      !(inner.type === "Identifier" && inner.name === "arguments");
    return isFree;
  });
  return isFree;
}

function returnsIn(nodes: readonly Node[]): boolean {
  let found = false;
  for (const node of nodes) {
    walk(node, (inner) => {
      found ||= inner.type === "ReturnStatement";
      return !found;
    });
  }
  return found;
}

/** Reads a function as a reader; undefined for one that does more, or that says something in a comment. */
export function readerOf(model: Model, node: FunctionNode): Reader | undefined {
  const [parameter, ...others] = node.params;
  const response = parameter?.type === "Identifier" ? model.variableOf(parameter) : undefined;
  if (response === undefined || others.length > 0 || node.generator === true) {
    return undefined;
  }
  if (model.commentsIn(rangeOf(node)).length > 0 || !canLeave(node)) {
    return undefined;
  }
  if (node.body.type !== "BlockStatement") {
    return { node, response, statements: [], result: node.body, held: undefined };
  }
  const statements = node.body.body.slice(0, -1);
  const last = node.body.body.at(-1);
  const result = last?.type === "ReturnStatement" ? last.argument : undefined;
  if (!result || !statements.every(runsThrough) || returnsIn(statements)) {
    return undefined;
  }
  const variable = result.type === "Identifier" ? model.variableOf(result) : undefined;
  const isOwn = variable !== undefined && variable !== response && isInside(variable.scope.block, node);
  return { node, response, statements, result, held: isOwn ? variable : undefined };
}
