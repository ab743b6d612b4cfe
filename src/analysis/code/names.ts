import type { Reference, Scope, Variable } from "eslint-scope";
import { isInside, staticName, walk } from "./tree.ts";
import type { Node } from "./tree.ts";
import type { Model } from "./model.ts";
import { constantOf } from "./bindings.ts";
import { perKey, perModel } from "./per-model.ts";

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

/** True when all names that code takes from outside mean the same at another place. */
export function meansTheSameAt(model: Model, code: Node, place: Node): boolean {
  let isSame = true;
  walk(code, (inner) => {
    const resolved = inner.type === "Identifier" ? model.referenceOf(inner)?.resolved : undefined;
    if (inner.type === "Identifier" && resolved !== undefined) {
      const isOwn = resolved !== null && isInside(resolved.scope.block, code);
      isSame &&= isOwn || isMeantAt(model, inner.name, resolved, place);
    }
    return isSame;
  });
  return isSame;
}

function isMeantAt(model: Model, name: string, meant: Variable | null, place: Node): boolean {
  if (name !== "arguments") {
    return variableNamed(model, name, place) === (meant !== null && meant.defs.length > 0 ? meant : undefined);
  }
  // Every function but an arrow function has its own, which nothing declares.
  for (let scope: Scope | null = model.scopeAt(place); scope !== null; scope = scope.upper) {
    const found = scope.set.get(name);
    if (found !== undefined) {
      return found === meant;
    }
  }
  return meant === null;
}

/** The references of each name that nothing in the file declares. */
const referencesByName = perModel((model): ReadonlyMap<string, readonly Reference[]> => {
  const byName = new Map<string, Reference[]>();
  for (const reference of model.unresolved) {
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

/** What code outside of the file an expression names. */
export interface ImportedPath {
  /** The package, as it is written in the `import` or the `require`. */
  readonly source: string;
  /** The members on the way, the outermost first; `()` for what a call or `new` gives, `*` for a name made up at run time. */
  readonly path: readonly string[];
}

/**
 * The package that an expression comes from: what is required or imported, a member of it, and what these give when
 * they are called or constructed. Undefined for what comes from the file itself, and where it does not show.
 */
export function packageOf(model: Model, node: Node): string | undefined {
  return importedPath(model, node)?.source;
}

/** The same with the way from the package to the expression: `["Toolbelt", "SecretClient"]`. */
export const importedPath = perKey((model, node: Node): ImportedPath | undefined => pathOf(model, node, NONE));

function pathOf(model: Model, node: Node, seen: ReadonlySet<Variable>): ImportedPath | undefined {
  switch (node.type) {
    case "CallExpression":
      return isRequireCall(model, node)
        ? fromPackage(node.arguments[0])
        : extend(pathOf(model, node.callee, seen), "()");
    case "ImportExpression":
      return fromPackage(node.source);
    case "NewExpression":
      return extend(pathOf(model, node.callee, seen), "()");
    case "MemberExpression":
      return extend(pathOf(model, node.object, seen), staticName(node) ?? "*");
    case "ChainExpression":
      return pathOf(model, node.expression, seen);
    case "AwaitExpression":
      return pathOf(model, node.argument, seen);
    case "Identifier":
      return pathOfName(model, node, seen);
    default:
      return undefined;
  }
}

function fromPackage(name: Node | undefined): ImportedPath | undefined {
  return name?.type === "Literal" && typeof name.value === "string" ? { source: name.value, path: [] } : undefined;
}

/** The default export of a CommonJS package is all of it. */
function extend(from: ImportedPath | undefined, step: string): ImportedPath | undefined {
  return from && { ...from, path: step === "default" && from.path.length === 0 ? [] : [...from.path, step] };
}

function pathOfName(model: Model, name: Node, seen: ReadonlySet<Variable>): ImportedPath | undefined {
  const variable = constantOf(model, name);
  const definition = variable?.defs[0];
  if (variable === undefined || definition === undefined || seen.has(variable)) {
    return undefined;
  }
  if (definition.type === "ImportBinding") {
    const { node, parent } = definition;
    const whole = fromPackage(parent.source);
    return node.type === "ImportSpecifier"
      ? extend(whole, node.imported.type === "Identifier" ? node.imported.name : String(node.imported.value))
      : whole;
  }
  const init = definition.type === "Variable" ? definition.node.init : undefined;
  const from = init ? pathOf(model, init, new Set([...seen, variable])) : undefined;
  return stepsOfPattern(model, definition.name).reduce(extend, from);
}

/** The members that a pattern takes out on the way to a name. */
function stepsOfPattern(model: Model, name: Node): string[] {
  const steps: string[] = [];
  let part = name;
  for (let around = model.parentOf(part); around !== null; around = model.parentOf(part)) {
    if (around.type === "VariableDeclarator") {
      break;
    }
    if (around.type === "Property") {
      steps.unshift(staticName(around) ?? "*");
    } else if (around.type === "ArrayPattern") {
      steps.unshift("*");
    }
    part = around;
  }
  return steps;
}
