import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { usesArguments } from "../code/own-arguments.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";

/** What becomes of a client behind the expression that creates or names it. */
export interface ClientUses {
  /** The calls of the client itself: `lpClient(service, path)`. */
  readonly calls: readonly ESTree.SimpleCallExpression[];
  /** Where the client is changed: `client.log = …`. */
  readonly changed: Node | undefined;
  /** Where the client goes to code that can't be followed, or is compared, returned, stored. */
  readonly handedOn: Node | undefined;
}

/** Follows a client through its uses, also as an argument of functions of the file. */
export function followClient(model: Model, starts: readonly Node[]): ClientUses {
  const calls: ESTree.SimpleCallExpression[] = [];
  const followed = new Set<Variable>();
  let changed: Node | undefined;
  let handedOn: Node | undefined;
  const followVariable = (variable: Variable): void => {
    if (!followed.has(variable)) {
      followed.add(variable);
      for (const read of readsOf(variable)) {
        follow(read);
      }
    }
  };
  const follow = (node: Node): void => {
    const parent = model.parentOf(node);
    const next = nextVariable(model, node, parent);
    if (next !== undefined) {
      followVariable(next);
    } else if (parent?.type === "CallExpression" && parent.callee === node) {
      calls.push(parent);
    } else if (isChange(model, node, parent)) {
      changed ??= node;
    } else if (!isHarmless(node, parent)) {
      handedOn ??= node;
    }
  };
  starts.forEach(follow);
  return { calls, changed, handedOn };
}

/** The variable that holds the same client: an alias, or the parameter of a function of the file. */
function nextVariable(model: Model, node: Node, parent: Node | null): Variable | undefined {
  let target: Node | undefined;
  if (parent?.type === "VariableDeclarator" && parent.init === node) {
    target = parent.id;
  } else if (parent?.type === "CallExpression" && parent.callee !== node) {
    target = parameterOf(model, parent, node);
  }
  const variable = target?.type === "Identifier" ? model.variableOf(target) : undefined;
  return variable !== undefined && isSetOnce(variable) ? variable : undefined;
}

function isSetOnce(variable: Variable): boolean {
  return variable.defs[0]?.type === "Parameter"
    ? variable.defs.length === 1 && !variable.references.some((reference) => reference.isWrite())
    : isConstant(variable);
}

function parameterOf(model: Model, call: ESTree.CallExpression, argument: Node): Node | undefined {
  const index = call.arguments.findIndex((candidate) => candidate === argument);
  const called = functionOfName(model, call.callee);
  const hasSpread = call.arguments.slice(0, index).some(({ type }) => type === "SpreadElement");
  return called === undefined || hasSpread || usesArguments(model, called) ? undefined : called.params[index];
}

/** The one function that a name of the file stands for. */
export function functionOfName(model: Model, name: Node): FunctionNode | undefined {
  const variable = model.variableOf(name);
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition === undefined || !isConstant(variable)) {
    return undefined;
  }
  const node: Node | null | undefined =
    definition.type === "FunctionName" ? definition.node : definition.type === "Variable" ? definition.node.init : null;
  return node !== null && node !== undefined && isFunction(node) ? node : undefined;
}

function isChange(model: Model, node: Node, parent: Node | null): boolean {
  if (parent?.type === "CallExpression" && parent.arguments[0] === node && parent.callee.type === "MemberExpression") {
    return model.isGlobal(parent.callee.object, "Object") && staticName(parent.callee) === "assign";
  }
  let target = node;
  let around = parent;
  while (around?.type === "MemberExpression" && around.object === target) {
    target = around;
    around = model.parentOf(target);
  }
  const isTarget =
    (around?.type === "AssignmentExpression" && around.left === target) ||
    around?.type === "UpdateExpression" ||
    (around?.type === "UnaryExpression" && around.operator === "delete");
  return isTarget && target !== node;
}

/** True where nobody keeps the client: a member is read, or nothing is done with it. */
function isHarmless(node: Node, parent: Node | null): boolean {
  return (
    (parent?.type === "MemberExpression" && parent.object === node) ||
    (parent?.type === "VariableDeclarator" && parent.id.type === "ObjectPattern" && !hasRest(parent.id)) ||
    parent?.type === "ExpressionStatement"
  );
}

function hasRest({ properties }: ESTree.ObjectPattern): boolean {
  return properties.some(({ type }) => type === "RestElement");
}
