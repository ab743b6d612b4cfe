import type { Reference, Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { memberNameOf } from "../code/members-names.ts";
import type { Model } from "../code/model.ts";
import { isFunction } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { Path } from "./trace-events.ts";
import { elementStep, isInList, memberStep } from "./trace-path.ts";

/** Where a name gets a value, and the path of what is asked for in what is there. */
export type Source = { readonly path: Path } & (
  | { readonly kind: "value"; readonly node: Node }
  /** An argument of a function. */
  | { readonly kind: "parameter"; readonly owner: FunctionNode; readonly index: number; readonly isOptional: boolean }
  /** The key of what a `for … in` goes over. */
  | { readonly kind: "key"; readonly node: Node }
  /** It is declared and gets no value there. */
  | { readonly kind: "nothing"; readonly node: Node }
  /** It is what the `catch` gets, something imported, or made of the old value. */
  | { readonly kind: "caught" | "import" | "made" | "unknown"; readonly node: Node }
);

/**
 * Everything that a variable ever gets: by its declarations, its assignments, and the calls of its function.
 *
 * @param path what is asked for of the variable
 */
export function sourcesOf(model: Model, variable: Variable, path: Path): Source[] {
  const declared = variable.defs.flatMap((definition): Source[] => {
    switch (definition.type) {
      case "FunctionName":
      case "ClassName":
        return [{ kind: "value", node: definition.node, path }];
      case "ImportBinding":
        return [{ kind: "import", node: definition.name, path }];
      case "CatchClause":
      case "Parameter":
        return climb(model, definition.name, path);
      default:
        return hasInitialiser(variable, definition.name) ? [] : climb(model, definition.name, path);
    }
  });
  const written = variable.references
    .filter((reference) => reference.isWrite() && !isDefaultOfParameter(variable, reference))
    .flatMap(({ identifier }) => climb(model, identifier as Node, path));
  return [...declared, ...written];
}

function hasInitialiser({ references }: Variable, name: Node): boolean {
  return references.some((reference) => reference.isWrite() && reference.identifier === name);
}

/** A default writes its name by a reference of its own; the parameter is climbed once. */
function isDefaultOfParameter({ defs }: Variable, reference: Reference): boolean {
  return defs.some(({ type, name }) => type === "Parameter" && name === reference.identifier);
}

/** What a name, or a pattern that it stands in, is bound to. */
function climb(model: Model, target: Node, path: Path, isOptional = false): Source[] {
  const parent = model.parentOf(target);
  switch (parent?.type) {
    case "VariableDeclarator":
      return sourcesOfDeclarator(model, parent, path);
    case "AssignmentExpression":
      return [
        /^(?:&&|\|\||\?\?)?=$/u.test(parent.operator)
          ? { kind: "value", node: parent.right, path }
          : { kind: "made", node: parent, path },
      ];
    case "AssignmentPattern":
      return [{ kind: "value", node: parent.right, path }, ...climb(model, parent, path, true)];
    case "Property":
      return climb(model, model.parentOf(parent) ?? parent, [memberStep(memberNameOf(model, parent)), ...path]);
    case "ArrayPattern":
      return climb(model, parent, [elementStep(parent.elements.findIndex((element) => element === target)), ...path]);
    case "RestElement":
      return climbRest(model, parent, path);
    case "CatchClause":
      return [{ kind: "caught", node: parent, path }];
    case "ForOfStatement":
      return [{ kind: "value", node: parent.right, path: [elementStep(), ...path] }];
    case "ForInStatement":
      return [{ kind: "key", node: parent.right, path }];
    case "UpdateExpression":
      return [{ kind: "made", node: parent, path }];
    default: {
      const isParameter = parent !== null && isFunction(parent);
      const index = isParameter ? parent.params.findIndex((parameter) => parameter === target) : -1;
      return [
        isParameter && index >= 0
          ? { kind: "parameter", owner: parent, index, isOptional, path }
          : { kind: "unknown", node: target, path },
      ];
    }
  }
}

function sourcesOfDeclarator(model: Model, declarator: ESTree.VariableDeclarator, path: Path): Source[] {
  const declaration = model.parentOf(declarator);
  const loop = declaration === null ? null : model.parentOf(declaration);
  if (declarator.init) {
    return [{ kind: "value", node: declarator.init, path }];
  }
  if (declaration !== null && (loop?.type === "ForOfStatement" || loop?.type === "ForInStatement")) {
    return loop.left === declaration ? climb(model, declaration, path) : [];
  }
  return [{ kind: "nothing", node: declarator, path }];
}

/** The rest of a pattern holds what is left at other places, but under the same names. */
function climbRest(model: Model, rest: ESTree.RestElement, path: Path): Source[] {
  const parent = model.parentOf(rest);
  if (parent?.type === "ArrayPattern" && isInList(path)) {
    return climb(model, parent, [elementStep(), ...path.slice(1)]);
  }
  if (parent?.type === "ObjectPattern" && path[0]?.startsWith(".") === true) {
    return climb(model, parent, path);
  }
  if (parent !== null && isFunction(parent) && isInList(path)) {
    const place = /^\[(?<index>\d+)\]$/u.exec(path[0] ?? "")?.groups?.["index"];
    const first = parent.params.length - 1;
    return place === undefined
      ? [{ kind: "unknown", node: rest, path }]
      : [{ kind: "parameter", owner: parent, index: first + Number(place), isOptional: false, path: path.slice(1) }];
  }
  return [{ kind: "unknown", node: rest, path }];
}
