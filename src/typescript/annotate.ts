import type * as ESTree from "estree";
import { findHandler } from "../analysis/code/handler.ts";
import type { Model } from "../analysis/code/model.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import type { FunctionNode, Node } from "../analysis/code/tree.ts";
import { parametersEnd } from "../edits/text/list-items.ts";
import { rareBlanksEnd } from "../edits/text/white-space.ts";
import { functionsOf } from "./migrated.ts";
import type { Annotation, Migrated } from "./migrated.ts";

const ANY = ": any";

/** Types for what the migration wrote: without them, a strict project would not take it. */
export function annotateWritten(migrated: Migrated): Annotation[] {
  const { model, keptOffset } = migrated;
  // What was moved, and has a type, is the user's.
  const isWritten = (parameter: Node): boolean =>
    keptOffset(rangeOf(parameter)[0]) === undefined &&
    rareBlanksEnd(model.text, rangeOf(parameter)[1]) === rangeOf(parameter)[1];
  const written = model
    .nodes("FunctionDeclaration")
    .filter((node) => keptOffset(rangeOf(node)[0]) === undefined && model.parentOf(node) === model.program)
    .filter((node) => node !== findHandler(model)?.node);
  const isInWritten = (node: Node): boolean =>
    written.some((each) => rangeOf(each)[0] <= rangeOf(node)[0] && rangeOf(each)[1] >= rangeOf(node)[1]);
  // What is given to a function that the compiler knows gets its types from there.
  const isDeclared = (node: Node): boolean =>
    keptOffset(rangeOf(node)[0]) === undefined && model.parentOf(node)?.type === "VariableDeclarator";
  const functions = functionsOf(model).filter((node) => isInWritten(node) || isDeclared(node));
  const objects = model
    .nodes("VariableDeclarator")
    .filter((node) => isInWritten(node) && node.id.type === "Identifier" && node.init?.type === "ObjectExpression");
  return [
    ...functions.flatMap((node) =>
      parametersOf(model, node)
        .filter(({ node: each }) => isWritten(each))
        .map(annotationOf),
    ),
    ...written.map((node) => resultOf(model, node)),
    ...objects.map(({ id }) => annotationOf({ node: id })),
    ...model.nodes("CallExpression").filter(isInWritten).flatMap(entries),
    ...clones(migrated),
    ...responses(migrated),
    ...caughtErrors(migrated),
  ];
}

/** The type of the input, where the handler has been rewritten around what it was. */
export function annotateInput(
  { original, model, keptOffset }: Migrated,
  typeAt: (offset: number) => string | undefined,
): Annotation[] {
  const [input] = findHandler(model)?.node.params ?? [];
  const [given] = findHandler(original)?.node.params ?? [];
  if (input === undefined || given === undefined || keptOffset(rangeOf(input)[0]) !== undefined) return [];
  const text = typeAt(rangeOf(given)[1]);
  return text === undefined ? [] : [{ offset: rangeOf(input)[1], text }];
}

/** A name or a pattern that gets a type. */
interface Typed {
  readonly node: ESTree.Pattern;
  /** True for a parameter that some call leaves out. */
  readonly isOptional?: boolean;
}

function annotationOf({ node, isOptional = false }: Typed): Annotation {
  const target = node.type === "AssignmentPattern" ? node.left : node;
  const text = node.type === "RestElement" ? `${ANY}[]` : ANY;
  return { offset: rangeOf(target)[1], text: isOptional && node === target ? `?${text}` : text };
}

function parametersOf(model: Model, node: FunctionNode): Typed[] {
  const name = node.type === "FunctionDeclaration" ? node.id.name : undefined;
  const given = model.nodes("CallExpression").flatMap(({ callee, arguments: list }) => {
    const isCall = callee.type === "Identifier" && callee.name === name;
    return isCall && list.every(({ type }) => type !== "SpreadElement") ? [list.length] : [];
  });
  const least = Math.min(...given, node.params.length);
  return node.params.map((each, index) => ({ node: each, isOptional: index >= least }));
}

/** What a written function returns: the compiler would look for it in vain where the function calls itself. */
function resultOf(model: Model, node: ESTree.FunctionDeclaration): Annotation {
  return { offset: parametersEnd(model, node), text: node.async === true ? ": Promise<any>" : ANY };
}

/** `Object.entries(values ?? {})`: of what may be an empty object, the compiler takes the values for nothing. */
function entries({ callee }: ESTree.CallExpression): Annotation[] {
  const isEntries =
    callee.type === "MemberExpression" &&
    callee.object.type === "Identifier" &&
    callee.object.name === "Object" &&
    callee.property.type === "Identifier" &&
    callee.property.name === "entries";
  return isEntries ? [{ offset: rangeOf(callee)[1], text: "<any>" }] : [];
}

/** `.then(structuredClone)`: a function that is handed over says nothing of its type. */
function clones({ model, keptOffset }: Migrated): Annotation[] {
  return model.nodes("CallExpression").flatMap(({ arguments: [given] }) => {
    const isClone =
      given?.type === "Identifier" && given.name === "structuredClone" && model.isGlobal(given, given.name);
    const [start, end] = given === undefined ? [0, 0] : rangeOf(given);
    return isClone && keptOffset(start) === undefined ? [{ offset: end, text: "<any>" }] : [];
  });
}

/** `const found = { statusCode: response.status, … }`: it holds what is read of it, whatever its type asks for. */
function responses({ model, keptOffset }: Migrated): Annotation[] {
  return model.nodes("ObjectExpression").flatMap((node) => {
    const [first] = node.properties;
    const isOwn = first?.type === "Property" && keptOffset(rangeOf(first)[0]) === undefined;
    const isResponse = isOwn && first.key.type === "Identifier" && first.key.name === "statusCode";
    const isReturned = model.parentOf(node)?.type === "ReturnStatement";
    const isWritten = isResponse && !isReturned && keptOffset(rangeOf(node)[0]) === undefined;
    return isWritten && model.textOf(first.value).endsWith(".status")
      ? [{ offset: rangeOf(node)[1], text: " as any" }]
      : [];
  });
}

/** A handler of a promise gets errors as `any`, but what a `catch` gets may be `unknown`. */
function caughtErrors({ original, model, keptOffset }: Migrated): Annotation[] {
  const before = new Set(original.nodes("CatchClause").flatMap(({ param }) => (param ? [rangeOf(param)[0]] : [])));
  return model.nodes("CatchClause").flatMap(({ param, body }) => {
    const kept = param ? keptOffset(rangeOf(param)[0]) : undefined;
    const isOwn = kept !== undefined && before.has(kept);
    return !param || isOwn || !isLookedInto(model, param, body) ? [] : [annotationOf({ node: param })];
  });
}

/** Whether anything is done with a caught error but to throw it on or to log it. */
function isLookedInto(model: Model, param: ESTree.Pattern, body: Node): boolean {
  if (param.type !== "Identifier") return true;
  const [from, to] = rangeOf(body);
  return model
    .nodes("Identifier")
    .filter((node) => node.name === param.name && rangeOf(node)[0] >= from && rangeOf(node)[1] <= to)
    .some((node) => {
      const parent = model.parentOf(node);
      return parent?.type !== "ThrowStatement" && !(parent?.type === "CallExpression" && isConsole(parent));
    });
}

function isConsole({ callee }: ESTree.CallExpression): boolean {
  return callee.type === "MemberExpression" && callee.object.type === "Identifier" && callee.object.name === "console";
}
