import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction } from "./tree.ts";
import type { FunctionNode, Node } from "./tree.ts";
import type { Model } from "./model.ts";
import { isConstant } from "./bindings.ts";
import { perModel } from "./per-model.ts";

/** The function that the platform invokes. */
export interface Handler {
  readonly node: FunctionNode;
  /** The top-level statement that declares it. */
  readonly declaration: Node;
  /** The identifier that names it. */
  readonly name: ESTree.Identifier;
  /** The second parameter and its binding: the V1 callback; undefined in a V2 handler. */
  readonly callback: { readonly parameter: ESTree.Identifier; readonly variable: Variable } | undefined;
  /** Why the handler can't be migrated, as the end of a sentence that begins with “The handler”. */
  readonly problem: string | undefined;
}

interface Candidate {
  readonly node: FunctionNode;
  readonly declaration: Node;
  readonly name: ESTree.Identifier;
}

function candidateOf({ handlerNames }: Model, statement: Node): Candidate | undefined {
  if (statement.type === "FunctionDeclaration") {
    return handlerNames.has(statement.id.name)
      ? { node: statement, declaration: statement, name: statement.id }
      : undefined;
  }
  if (statement.type !== "VariableDeclaration") {
    return undefined;
  }
  for (const { id, init } of statement.declarations) {
    if (id.type === "Identifier" && handlerNames.has(id.name) && init && isFunction(init)) {
      return { node: init, declaration: statement, name: id };
    }
  }
  return undefined;
}

/** True when the function uses its own `arguments` object. */
export function usesArguments(model: Model, node: FunctionNode): boolean {
  return model.globals("arguments").some((name) => {
    let inner: Node = name;
    for (let above = model.parentOf(name); above !== null; above = model.parentOf(above)) {
      if (above === node) {
        return inner === node.body;
      }
      if (isFunction(above) && above.type !== "ArrowFunctionExpression") {
        return false;
      }
      inner = above;
    }
    return false;
  });
}

function problemOf(model: Model, { node, name }: Candidate): string | undefined {
  const [, second] = node.params;
  const variable = model.variableOf(name);
  if (node.generator === true) {
    return "is a generator";
  }
  if (variable === undefined || !isConstant(variable)) {
    return "is declared or assigned more than once";
  }
  if (node.params.length > 2 || node.params.some((parameter) => parameter.type === "RestElement")) {
    return "has more than two parameters";
  }
  if (second !== undefined && second.type !== "Identifier") {
    return "does not take its callback as a plain parameter";
  }
  if (node.type !== "ArrowFunctionExpression" && usesArguments(model, node)) {
    return "uses `arguments`";
  }
  const callback = second === undefined ? undefined : model.variableOf(second);
  if (callback?.references.some((reference) => reference.isWrite()) === true) {
    return "assigns a new value to its callback";
  }
  return undefined;
}

/** Finds the handler: the top-level function named `lambda` (or as the model was told), declared or held by a variable. */
export const findHandler = perModel((model): Handler | undefined => {
  for (const statement of model.program.body) {
    const candidate = candidateOf(model, statement);
    if (candidate !== undefined) {
      const [, second] = candidate.node.params;
      const variable = second?.type === "Identifier" ? model.variableOf(second) : undefined;
      return {
        ...candidate,
        callback: second?.type === "Identifier" && variable !== undefined ? { parameter: second, variable } : undefined,
        problem: problemOf(model, candidate),
      };
    }
  }
  return undefined;
});
