import type { Reference, Scope, Variable } from "eslint-scope";
import { staticName } from "./tree.ts";
import type { Node } from "./tree.ts";
import type { Model } from "./model.ts";
import { isConstant } from "./bindings.ts";
import { perModel } from "./per-model.ts";

const NONE: ReadonlySet<Variable> = new Set();

/**
 * The variable that a name means at a place; undefined when it means a global there, or nothing.
 *
 * @param gone declarations that won't be there any more
 */
export function variableNamed(
  model: Model,
  name: string,
  place: Node | Scope,
  gone: ReadonlySet<Variable> = NONE,
): Variable | undefined {
  const innermost = "set" in place ? place : model.scopeAt(place);
  for (let scope: Scope | null = innermost; scope !== null; scope = scope.upper) {
    const variable = scope.set.get(name);
    if (variable !== undefined && variable.defs.length > 0 && !gone.has(variable)) {
      return variable;
    }
  }
  return undefined;
}

/** The references of each name that nothing in the file declares. */
const referencesByName = perModel((model): ReadonlyMap<string, readonly Reference[]> => {
  const byName = new Map<string, Reference[]>();
  for (const reference of model.scopeManager.globalScope?.through ?? []) {
    const { name } = reference.identifier;
    const known = byName.get(name) ?? [];
    known.push(reference);
    byName.set(name, known);
  }
  return byName;
});

/** The references of a name that nothing in the file declares: what they mean comes from outside. */
export function globalReferences(model: Model, name: string): readonly Reference[] {
  return referencesByName(model).get(name) ?? [];
}

/** True when the name does not mean the global at the place: the file declares it there, or writes the global. */
export function isGlobalTaken(model: Model, place: Node, name: string): boolean {
  return (
    variableNamed(model, name, place) !== undefined ||
    globalReferences(model, name).some((reference) => reference.isWrite())
  );
}

/** The names under which a file reaches the global object. */
export const globalObjects: readonly string[] = ["globalThis", "global"];

/**
 * The global, or the member of one, that an expression means, with dots: `fetch`, `Object.assign`; `globalThis.fetch`
 * is `fetch`. Undefined for all else.
 */
export function globalPath(model: Model, node: Node): string | undefined {
  switch (node.type) {
    case "Identifier":
      return model.variableOf(node) === undefined ? node.name : undefined;
    case "ChainExpression":
      return globalPath(model, node.expression);
    case "MemberExpression": {
      const [path, name] = [globalPath(model, node.object), staticName(node)];
      if (path === undefined || name === undefined) {
        return undefined;
      }
      return globalObjects.includes(path) ? name : `${path}.${name}`;
    }
    default:
      return undefined;
  }
}

/** True for a call of a global, or of a member of one: `isCallOf(model, node, "JSON.parse")`. */
export function isCallOf(model: Model, node: Node | null | undefined, ...paths: readonly string[]): boolean {
  const path = node?.type === "CallExpression" ? globalPath(model, node.callee) : undefined;
  return path !== undefined && paths.includes(path);
}

/** True for a call of the CommonJS `require`. */
export function isRequireCall(model: Model, node: Node): boolean {
  return node.type === "CallExpression" && model.isGlobal(node.callee, "require");
}

/**
 * The package that an expression comes from: what is required or imported, a member of it, and what these give when
 * they are called or constructed. Undefined for what comes from the file itself, and where it does not show.
 */
export function packageOf(model: Model, node: Node, seen: ReadonlySet<Variable> = NONE): string | undefined {
  switch (node.type) {
    case "CallExpression":
      return isRequireCall(model, node) ? textOf(node.arguments[0]) : packageOf(model, node.callee, seen);
    case "ImportExpression":
      return textOf(node.source);
    case "NewExpression":
      return packageOf(model, node.callee, seen);
    case "MemberExpression":
      return packageOf(model, node.object, seen);
    case "ChainExpression":
      return packageOf(model, node.expression, seen);
    case "AwaitExpression":
      return packageOf(model, node.argument, seen);
    case "Identifier":
      return packageOfName(model, model.variableOf(node), seen);
    default:
      return undefined;
  }
}

function packageOfName(model: Model, variable: Variable | undefined, seen: ReadonlySet<Variable>): string | undefined {
  const definition = variable !== undefined && isConstant(variable) ? variable.defs[0] : undefined;
  if (variable === undefined || definition === undefined || seen.has(variable)) {
    return undefined;
  }
  if (definition.type === "ImportBinding") {
    return textOf(definition.parent.source);
  }
  const init = definition.type === "Variable" ? definition.node.init : undefined;
  return init ? packageOf(model, init, new Set([...seen, variable])) : undefined;
}

function textOf(node: Node | undefined): string | undefined {
  return node?.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}
