import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { promiseMethods } from "../code/builtins.ts";
import { perKey } from "../code/per-model.ts";
import { bareExpression, isFunction, staticName, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";

/** One `.then`, `.catch` or `.finally` of a promise chain. */
export interface ChainLink {
  readonly method: "then" | "catch" | "finally";
  readonly call: ESTree.SimpleCallExpression;
  readonly handlers: readonly Node[];
}

/** A promise chain that makes up a statement. */
export interface Chain {
  /** The expression statement or `return` around it. */
  readonly statement: ESTree.ExpressionStatement | ESTree.ReturnStatement;
  /** `floating`: nobody waits for it · `returned` · `awaited`. */
  readonly mode: "floating" | "returned" | "awaited";
  /** The promise that the chain begins with. */
  readonly base: Node;
  readonly links: readonly ChainLink[];
}

function linkOf(node: Node): (ChainLink & { readonly promise: Node }) | undefined {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") {
    return undefined;
  }
  const method = staticName(node.callee);
  const isPlain = !node.callee.computed && !node.callee.optional && !node.optional;
  if (!isPlain || method === undefined || !promiseMethods.has(method) || node.callee.object.type === "Super") {
    return undefined;
  }
  return { method: method as ChainLink["method"], call: node, handlers: node.arguments, promise: node.callee.object };
}

/** The promise that an expression begins with, and the links behind it: none where it is no chain. */
export function linksOf(expression: Node): { readonly base: Node; readonly links: readonly ChainLink[] } {
  const links: ChainLink[] = [];
  let base = expression;
  for (let link = linkOf(base); link !== undefined; link = linkOf(base)) {
    links.unshift({ method: link.method, call: link.call, handlers: link.handlers });
    base = link.promise;
  }
  return { base, links };
}

/** Reads a statement as a promise chain; undefined when it is none. */
export function chainOf(statement: Node): Chain | undefined {
  if (statement.type !== "ExpressionStatement" && statement.type !== "ReturnStatement") {
    return undefined;
  }
  const whole = bareExpression(statement);
  const isAwaited = whole?.type === "AwaitExpression";
  if (!whole) {
    return undefined;
  }
  const { base, links } = linksOf(isAwaited ? whole.argument : whole);
  if (links.length === 0) {
    return undefined;
  }
  return {
    statement,
    mode: isAwaited ? "awaited" : statement.type === "ReturnStatement" ? "returned" : "floating",
    base,
    links,
  };
}

/** The identifiers of a variable, declarations included, with all that is around them. */
const holdersOf = perKey((model, variable: Variable): ReadonlySet<Node> => {
  const all = [...variable.identifiers, ...variable.references.map(({ identifier }) => identifier as Node)];
  const holders = new Set<Node>();
  for (const identifier of all) {
    const isOwn = model.variableOf(identifier) === variable;
    for (let at: Node | null = isOwn ? identifier : null; at !== null && !holders.has(at); at = model.parentOf(at)) {
      holders.add(at);
    }
  }
  return holders;
});

/** True when the node, nested functions included, reads the variable, or one of several. */
export function mentions(model: Model, node: Node, variables: Variable | ReadonlySet<Variable>): boolean {
  const asked: readonly Variable[] = "scope" in variables ? [variables] : [...variables];
  return asked.some((variable) => holdersOf(model, variable).has(node));
}

/** True for a function expression that its own statements know by a name of its own. */
function callsItself(model: Model, node: FunctionNode): boolean {
  const own = node.type === "FunctionExpression" && node.id ? model.variableOf(node.id) : undefined;
  return own !== undefined && own.references.length > 0;
}

/** True when the function's statements can stand in another function: no `this`, `arguments`, `yield`, no defaults. */
export function isInlinable(model: Model, node: FunctionNode): boolean {
  // A parameter becomes a constant, which the function must not declare once more.
  const isDeclaredOnce = model.scopeManager.getDeclaredVariables(node).every(({ defs }) => defs.length === 1);
  let isPlain = node.generator !== true && node.params.length <= 1 && isDeclaredOnce && !callsItself(model, node);
  for (const parameter of node.params) {
    isPlain &&=
      parameter.type === "Identifier" || parameter.type === "ObjectPattern" || parameter.type === "ArrayPattern";
  }
  walk(node.body, (current) => {
    const isOwnThis = isFunction(current) && current.type !== "ArrowFunctionExpression";
    isPlain &&= current.type !== "ThisExpression" && current.type !== "Super" && !model.isGlobal(current, "arguments");
    return isPlain && !isOwnThis;
  });
  return isPlain;
}
