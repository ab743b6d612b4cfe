import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction, walk } from "./tree.ts";
import type { FunctionNode, Node } from "./tree.ts";
import type { Model } from "./model.ts";
import { isConstant, readsOf } from "./bindings.ts";

/** The function of the file that a callee means: written in place, declared, or held by a constant. */
export function localFunctionOf(model: Model, callee: Node): FunctionNode | undefined {
  if (isFunction(callee)) {
    return callee;
  }
  const variable = callee.type === "Identifier" ? model.variableOf(callee) : undefined;
  const definition = variable !== undefined && isConstant(variable) ? variable.defs[0] : undefined;
  if (definition?.type === "FunctionName") {
    return definition.node;
  }
  if (definition?.type !== "Variable" || definition.node.id.type !== "Identifier") {
    return undefined;
  }
  const { init } = definition.node;
  return init !== null && init !== undefined && isFunction(init) ? init : undefined;
}

/** The variable under which a function of the file is called; undefined for one that is used in place. */
function variableOfFunction(model: Model, node: FunctionNode): Variable | undefined {
  if (node.type === "FunctionDeclaration") {
    return model.variableOf(node.id);
  }
  const declarator = model.parentOf(node);
  return declarator?.type === "VariableDeclarator" && declarator.init === node
    ? model.variableOf(declarator.id)
    : undefined;
}

/** All calls of a function when each of them stands in the file; undefined when others may call it, or nobody seems to. */
export function callsOfFunction(model: Model, node: FunctionNode): ESTree.SimpleCallExpression[] | undefined {
  const parent = model.parentOf(node);
  if (parent?.type === "CallExpression" && parent.callee === node) {
    return [parent];
  }
  const variable = variableOfFunction(model, node);
  if (variable === undefined || !isConstant(variable) || isHandler(model, variable)) {
    return undefined;
  }
  const calls: ESTree.SimpleCallExpression[] = [];
  for (const read of readsOf(variable)) {
    const call = model.parentOf(read);
    if (call?.type !== "CallExpression" || call.callee !== read || call.optional) {
      return undefined;
    }
    calls.push(call);
  }
  return calls.length === 0 ? undefined : calls;
}

/** The platform calls `lambda`, and whatever an ES module exports may be called by others. */
function isHandler(model: Model, variable: Variable): boolean {
  const definition = variable.defs[0]?.node as Node | undefined;
  const statement = definition === undefined ? null : model.parentOf(model.statementOf(definition));
  const isTopLevel = definition !== undefined && model.functionOf(definition) === null;
  return (isTopLevel && variable.name === "lambda") || /^Export/u.test(statement?.type ?? "");
}

/** The argument that a call gives for a parameter; undefined when there is none, "unknown" behind a spread. */
export function argumentAt(call: ESTree.SimpleCallExpression, index: number): Node | undefined | "unknown" {
  const isSpread = call.arguments.slice(0, index + 1).some((argument) => argument.type === "SpreadElement");
  return isSpread ? "unknown" : call.arguments[index];
}

/** The expressions that a function returns; what ends without a value gives `undefined`, which is left out. */
export function returnsOf(node: FunctionNode): Node[] {
  if (node.body.type !== "BlockStatement") {
    return [node.body];
  }
  const returns: Node[] = [];
  walk(node.body, (inner) => {
    if (inner.type === "ReturnStatement" && inner.argument !== null && inner.argument !== undefined) {
      returns.push(inner.argument);
    }
    return !isFunction(inner);
  });
  return returns;
}
