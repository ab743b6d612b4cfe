import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isPure } from "./effects.ts";
import { isFunction } from "./tree.ts";
import type { FunctionNode, Node } from "./tree.ts";
import type { Model } from "./model.ts";
import { constantOf, isConstant, isReadyName } from "./bindings.ts";
import { assignmentOf, exportedValues, exportTarget, isHeldProperty, isWithoutThis } from "./exported-names.ts";
import type { ExportedValue } from "./exported-names.ts";
import { usesArguments } from "./own-arguments.ts";
import { perModel } from "./per-model.ts";

/** The function that the platform invokes. */
export interface Handler {
  /** The name under which the platform finds it. */
  readonly name: string;
  readonly node: FunctionNode;
  /** The top-level statement that holds the function. */
  readonly declaration: Node;
  /** What names the function where it stands: an identifier, or the property of `exports.lambda`. */
  readonly id: Node;
  /** `const lambda = run`: the function has another name, and this is what makes it the handler. */
  readonly alias: ESTree.VariableDeclaration | undefined;
  /** `exports.lambda = …`: the function, or the name of it, is nothing but an export. */
  readonly exported: ExportedValue | undefined;
  /** The second parameter and its binding: the V1 callback; undefined in a V2 handler. */
  readonly callback: { readonly parameter: ESTree.Identifier; readonly variable: Variable } | undefined;
  /** Why the handler can't be migrated, as the end of a sentence that begins with “The handler”. */
  readonly problem: string | undefined;
}

/** A function of the file, and the top-level statement with the name that holds it. */
type Held = Pick<Handler, "node" | "declaration" | "id">;

type Candidate = Pick<Handler, "name" | "node" | "declaration" | "id" | "alias" | "exported">;

/** The function that a name of the module level means, through other names too; undefined unless all of it is plain. */
function heldFunction(model: Model, name: Node): Held | undefined {
  const [definition] =
    name.type === "Identifier" && isReadyName(model, name) ? (constantOf(model, name)?.defs ?? []) : [];
  if (definition?.type === "FunctionName" && definition.node.type === "FunctionDeclaration") {
    const isTopLevel = model.parentOf(definition.node) === model.program;
    return isTopLevel ? { node: definition.node, declaration: definition.node, id: definition.node.id } : undefined;
  }
  if (definition?.type !== "Variable" || model.parentOf(definition.parent) !== model.program) {
    return undefined;
  }
  const { id, init } = definition.node;
  if (id.type !== "Identifier" || init === null || init === undefined) {
    return undefined;
  }
  return isFunction(init) ? { node: init, declaration: definition.parent, id } : heldFunction(model, init);
}

function declaredIn(model: Model, statement: Node): Candidate | undefined {
  const { handlerNames } = model;
  if (statement.type === "FunctionDeclaration") {
    const { id } = statement;
    return handlerNames.has(id.name)
      ? { name: id.name, node: statement, declaration: statement, id, alias: undefined, exported: undefined }
      : undefined;
  }
  if (statement.type !== "VariableDeclaration") {
    return undefined;
  }
  for (const { id, init } of statement.declarations) {
    if (id.type !== "Identifier" || !handlerNames.has(id.name) || init === null || init === undefined) {
      continue;
    }
    if (isFunction(init)) {
      return { name: id.name, node: init, declaration: statement, id, alias: undefined, exported: undefined };
    }
    const held = statement.declarations.length === 1 ? heldFunction(model, init) : undefined;
    if (held !== undefined) {
      return { name: id.name, ...held, alias: statement, exported: undefined };
    }
  }
  return undefined;
}

/** True when a name means nothing at module level, so that a function can get it. */
function isFreeName(model: Model, name: string): boolean {
  const through = model.unresolved;
  const declared = model.scopeAt(model.program).set.get(name);
  return (declared?.defs.length ?? 0) === 0 && through.every(({ identifier }) => identifier.name !== name);
}

/** The property that holds a function in what is exported, where all others are held by the file anyway. */
function propertyAlone(model: Model, literal: Node, value: Node): ESTree.Property | undefined {
  const properties = literal.type === "ObjectExpression" ? literal.properties : [];
  const found = properties.find(
    (property): property is ESTree.Property => property.type === "Property" && property.value === value,
  );
  const isPlain = found?.kind === "init" && !found.computed && isWithoutThis(value);
  return isPlain && properties.every((property) => property === found || isHeldProperty(model, property))
    ? found
    : undefined;
}

function exportedFrom(model: Model, exported: ExportedValue): Candidate | undefined {
  const { name, value, assignment } = exported;
  if (name === undefined || !model.handlerNames.has(name) || !isFreeName(model, name)) {
    return undefined;
  }
  const held = heldFunction(model, value);
  if (held !== undefined) {
    return { name, ...held, alias: undefined, exported };
  }
  const declaration = model.program.body.find((statement) => assignmentOf(statement) === assignment);
  if (!isFunction(value) || declaration === undefined) {
    return undefined;
  }
  const { left } = assignment;
  if (assignment.right !== value) {
    const property = propertyAlone(model, assignment.right, value);
    return property === undefined
      ? undefined
      : { name, node: value, declaration, id: property.key, alias: undefined, exported };
  }
  const isNamedByExport = exportTarget(model, left)?.name !== undefined;
  const ownName = value.type === "FunctionExpression" ? value.id : undefined;
  const id = isNamedByExport && left.type === "MemberExpression" ? left.property : (ownName ?? left);
  return { name, node: value, declaration, id, alias: undefined, exported };
}

/** The name of the callback's parameter; it may have a default, which the platform never needs. */
function callbackName(model: Model, parameter: Node): ESTree.Identifier | undefined {
  const isDefault = parameter.type === "AssignmentPattern" && isPure(model, parameter.right);
  const name = isDefault ? parameter.left : parameter;
  return name.type === "Identifier" ? name : undefined;
}

function problemOf(model: Model, { node, id, alias }: Candidate): string | undefined {
  const [, second] = node.params;
  const names = alias === undefined ? [id] : alias.declarations.map((declarator) => declarator.id);
  const isWrittenOnce = names.every((name) => {
    const variable = model.variableOf(name);
    return variable === undefined || isConstant(variable);
  });
  if (node.generator === true) {
    return "is a generator";
  }
  if (!isWrittenOnce) {
    return "is declared or assigned more than once";
  }
  if (node.params.length > 2 || node.params.some((parameter) => parameter.type === "RestElement")) {
    return "has more than two parameters";
  }
  const name = second === undefined ? undefined : callbackName(model, second);
  if (second !== undefined && name === undefined) {
    return "does not take its callback as a plain parameter";
  }
  if (usesArguments(model, node)) {
    return "uses `arguments`";
  }
  const callback = name === undefined ? undefined : model.variableOf(name);
  if (callback?.references.some((reference) => reference.isWrite() && reference.init !== true) === true) {
    return "assigns a new value to its callback";
  }
  return undefined;
}

function candidateOf(model: Model): Candidate | undefined {
  for (const statement of model.program.body) {
    const candidate = declaredIn(model, statement);
    if (candidate !== undefined) {
      return candidate;
    }
  }
  const [exported, ...others] = exportedValues(model).flatMap((value) => exportedFrom(model, value) ?? []);
  return others.every(({ node }) => node === exported?.node) ? exported : undefined;
}

function asHandler(model: Model, candidate: Candidate): Handler {
  const [, second] = candidate.node.params;
  const parameter = second === undefined ? undefined : callbackName(model, second);
  const variable = parameter === undefined ? undefined : model.variableOf(parameter);
  return {
    ...candidate,
    callback: parameter !== undefined && variable !== undefined ? { parameter, variable } : undefined,
    problem: problemOf(model, candidate),
  };
}

/**
 * Finds the handler: the top-level function named `lambda` (or as the model was told), declared, held by a variable,
 * exported by that name, or called so by a second name.
 */
export const findHandler = perModel((model): Handler | undefined => {
  const candidate = candidateOf(model);
  return candidate === undefined ? undefined : asHandler(model, candidate);
});

/** The same also where an ES module exports it in its declaration: the platform finds it by its name all the same. */
export const findInvoked = perModel((model): Handler | undefined => {
  const [exported] = model.program.body.flatMap((statement) => {
    const isExport = statement.type === "ExportNamedDeclaration" || statement.type === "ExportDefaultDeclaration";
    const declared = isExport ? (statement.declaration as Node | null | undefined) : undefined;
    const isNamed =
      declared?.type === "VariableDeclaration" || (declared?.type === "FunctionDeclaration" && declared.id);
    return declared && isNamed ? (declaredIn(model, declared) ?? []) : [];
  });
  return findHandler(model) ?? (exported && asHandler(model, exported));
});

/** The function of that handler. */
export function handlerFunctionOf(model: Model): FunctionNode | undefined {
  return findInvoked(model)?.node;
}
