import type { Variable } from "eslint-scope";
import { isFunction } from "./tree.ts";
import type { FunctionNode, Node } from "./tree.ts";
import type { Model } from "./model.ts";
import { isConstant } from "./bindings.ts";

/** The functions of a file that run only when something mentions their names: declared ones, and those held by a constant. */
export interface NamedFunctions {
  readonly variables: readonly Variable[];
  nodesOf(variable: Variable): readonly FunctionNode[];
  variableOf(node: FunctionNode): Variable | undefined;
  isNamed(node: FunctionNode): boolean;
}

/** Finds the functions with names of their own. */
export function findNamedFunctions(model: Model): NamedFunctions {
  const nodes = new Map<Variable, FunctionNode[]>();
  const variables = new Map<FunctionNode, Variable>();
  const add = (id: Node, node: FunctionNode): void => {
    const variable = model.variableOf(id);
    if (variable !== undefined) {
      nodes.set(variable, [...(nodes.get(variable) ?? []), node]);
      variables.set(node, variable);
    }
  };
  for (const node of model.nodes("FunctionDeclaration")) {
    add(node.id, node);
  }
  for (const { id, init } of model.nodes("VariableDeclarator")) {
    const variable = model.variableOf(id);
    if (init && isFunction(init) && variable !== undefined && isConstant(variable)) {
      add(id, init);
    }
  }
  return {
    variables: [...nodes.keys()],
    nodesOf: (variable) => nodes.get(variable) ?? [],
    variableOf: (node) => variables.get(node),
    isNamed: (node) => variables.has(node),
  };
}
