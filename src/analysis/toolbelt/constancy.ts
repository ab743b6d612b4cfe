import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isInert } from "../code/effects.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { findRequires } from "../modules/uses.ts";
import { toolbeltUseOf } from "./creations.ts";

/** What an expression needs to have the same value in every invocation, or the part that differs between them. */
export type Constancy =
  | { readonly isConstant: true; readonly needs: readonly Variable[] }
  | { readonly isConstant: false; readonly part: Node };

/**
 * Tells whether an expression has the same value whenever it is evaluated: literals, constants of the module that
 * nobody changes, environment variables that the file never writes.
 */
export function constancyOf(model: Model, node: Node): Constancy {
  const needs: Variable[] = [];
  const firstOf = (parts: readonly (Node | null)[]): Node | undefined => {
    for (const part of parts) {
      const varying = part === null ? undefined : visit(part);
      if (varying !== undefined) {
        return varying;
      }
    }
    return undefined;
  };
  const visit = (part: Node): Node | undefined => {
    switch (part.type) {
      case "Literal":
        return "regex" in part ? part : undefined;
      case "TemplateLiteral":
        return firstOf(part.expressions);
      case "UnaryExpression":
        return part.operator === "delete" ? part : visit(part.argument);
      case "BinaryExpression":
        return part.operator === "in" || part.operator === "instanceof" ? part : firstOf([part.left, part.right]);
      case "LogicalExpression":
        return firstOf([part.left, part.right]);
      case "ConditionalExpression":
        return firstOf([part.test, part.consequent, part.alternate]);
      case "ArrayExpression":
        return firstOf(part.elements);
      case "ObjectExpression":
        return firstOf(part.properties);
      case "Property":
        return part.computed || part.kind !== "init" || part.method ? part : visit(part.value);
      case "Identifier":
        return visitName(part);
      case "MemberExpression":
        return isEnvironmentRead(model, part) ? undefined : part;
      default:
        return part;
    }
  };
  const visitName = (name: ESTree.Identifier): Node | undefined => {
    if (model.isGlobal(name, "undefined")) {
      return undefined;
    }
    const variable = model.variableOf(name);
    const init = variable === undefined ? undefined : moduleConstant(model, variable);
    if (variable === undefined || init === undefined || visit(init) !== undefined) {
      return name;
    }
    needs.push(variable);
    return undefined;
  };
  const part = visit(node);
  return part === undefined ? { isConstant: true, needs } : { isConstant: false, part };
}

/** The initialiser of a constant of the module whose value stays as it is. */
function moduleConstant(model: Model, variable: Variable): Node | undefined {
  const [definition] = variable.defs;
  if (definition?.type !== "Variable" || definition.node.id.type !== "Identifier" || !isConstant(variable)) {
    return undefined;
  }
  const { init } = definition.node;
  const declaration = model.parentOf(definition.node);
  if (!init || declaration === null || model.parentOf(declaration) !== model.program) {
    return undefined;
  }
  const isObject = init.type === "ObjectExpression" || init.type === "ArrayExpression";
  return isObject && !readsOf(variable).every((read) => isFactoryArgument(model, read)) ? undefined : init;
}

/** `Toolbelt.SecretClient(options)`: no code of the file gets hold of the object. */
function isFactoryArgument(model: Model, read: Node): boolean {
  return toolbeltUseOf(model).clients.some(({ call }) => call === model.parentOf(read) && call.callee !== read);
}

/** `process.env.NAME`, in a file that does nothing with `process` but read the environment. */
function isEnvironmentRead(model: Model, member: ESTree.MemberExpression): boolean {
  const isRead = (read: Node): boolean => {
    const environment = model.parentOf(read);
    const variable = environment === null ? null : model.parentOf(environment);
    const user = variable === null ? null : model.parentOf(variable);
    return (
      environment?.type === "MemberExpression" &&
      environment.object === read &&
      staticName(environment) === "env" &&
      variable?.type === "MemberExpression" &&
      variable.object === environment &&
      !(user?.type === "AssignmentExpression" && user.left === variable) &&
      !(user?.type === "UnaryExpression" && user.operator === "delete") &&
      user?.type !== "UpdateExpression"
    );
  };
  const { object } = member;
  return (
    staticName(member) !== undefined &&
    object.type === "MemberExpression" &&
    staticName(object) === "env" &&
    model.isGlobal(object.object, "process") &&
    model
      .nodes("Identifier")
      .filter((identifier) => model.isGlobal(identifier, "process") && model.referenceOf(identifier) !== undefined)
      .every(isRead)
  );
}

/** True when a top-level statement runs no function of this file, so that nobody can use what is declared below it. */
export function isQuietAtLoad(model: Model, statement: Node): boolean {
  if (statement.type === "ImportDeclaration" || isInert(model, statement)) {
    return true;
  }
  // Neither taking a package in nor creating a client calls anything of the file.
  const quiet: readonly Node[] = [...findRequires(model), ...toolbeltUseOf(model).clients.map(({ call }) => call)];
  return (
    statement.type === "VariableDeclaration" &&
    statement.declarations.every(({ id, init }) => {
      let value: Node | null | undefined = init;
      while (value?.type === "MemberExpression" && !value.computed) {
        value = value.object;
      }
      const isPlain = id.type === "Identifier" || id.type === "ObjectPattern";
      return isPlain && (!value || quiet.includes(value));
    })
  );
}
