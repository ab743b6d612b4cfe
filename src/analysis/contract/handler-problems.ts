import type * as ESTree from "estree";
import { legacyToolbelt } from "../../platform/toolbelt.ts";
import { likelyName } from "../../platform/likely-name.ts";
import { readsOf } from "../code/bindings.ts";
import { isPure } from "../code/effects.ts";
import { functionGivenBy, resolveFunction, returnsOf } from "../code/functions.ts";
import { findHandler, findInvoked } from "../code/handler.ts";
import { findHiddenHandler } from "../code/hidden-handler.ts";
import { promiseStepOf, resultsIn } from "./handler-results.ts";
import { PLATFORM_HANDLER } from "../code/model.ts";
import type { Model } from "../code/model.ts";
import { isFunction, isNullish, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { findModuleUses, findRequires } from "../modules/uses.ts";
import { isFetchCall } from "../runtime/fetch-calls.ts";
import { isCaught } from "../values/origins.ts";
import { valuesOf } from "../values/values-of.ts";

/** Why the platform does not do with a function what its author thinks. */
export type HandlerProblem =
  /** A function that is certainly meant to be the handler has another name. */
  | { readonly kind: "misnamed"; readonly node: ESTree.Identifier }
  /** `export default` makes a handler that the platform can't find by its name. */
  | { readonly kind: "default-export"; readonly node: ESTree.ExportDefaultDeclaration }
  /** Nothing in the file looks like a handler. */
  | { readonly kind: "missing"; readonly node: Node }
  | { readonly kind: "second-parameter"; readonly node: Node }
  /** The handler gives an error as its result: the platform takes that for success. */
  | { readonly kind: "returned-error"; readonly node: Node; readonly statement: ESTree.ReturnStatement | undefined }
  /** The handler catches what fails, and then gives nothing where it gives a result otherwise. */
  | { readonly kind: "lost-failure"; readonly node: ESTree.CatchClause | ESTree.Identifier };

/** Names that people give to handlers elsewhere. */
const USUAL_NAMES: ReadonlySet<string> = new Set([
  "handler",
  "lambdaHandler",
  "lambda_handler",
  "main",
  "handle",
  "run",
  "execute",
  "index",
  "fn",
  "func",
]);

/** Finds what is wrong with the handler of a V2 function, or with what should be one. */
export function findHandlerProblems(model: Model): HandlerProblem[] {
  const handler = findInvoked(model);
  if (handler !== undefined) {
    const [, second] = handler.node.params;
    const isModule = model.nodes("ImportDeclaration").length > 0 || handler !== findHandler(model);
    const isMigrated = isModule && !needsV1(model);
    const exported = findHandler(model) === undefined ? defaultHandler(model) : undefined;
    return [
      ...(exported === undefined ? [] : [{ kind: "default-export", node: exported.node } as const]),
      ...(isMigrated && second !== undefined ? [{ kind: "second-parameter", node: second } as const] : []),
      ...(handler.callback === undefined ? resultProblems(model, handler.node) : []),
    ];
  }
  const byDefault = defaultHandler(model);
  if (byDefault !== undefined) {
    return [{ kind: "default-export", node: byDefault.node }];
  }
  const isFound = findHiddenHandler(model) !== undefined || exportsHandler(model);
  const problem = isFound ? undefined : (exportedProblem(model) ?? nameProblem(model));
  return problem === undefined ? [] : [problem];
}

function needsV1(model: Model): boolean {
  return findRequires(model).length > 0 || findModuleUses(model).some(({ source }) => source === legacyToolbelt);
}

/** True for `export async function lambda` and `export const lambda`, which V2 finds by their names. */
function exportsHandler(model: Model): boolean {
  return model.program.body.some((statement) => {
    const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : undefined;
    return (
      declared !== null && declared !== undefined && namesOf(declared).some(({ name }) => model.handlerNames.has(name))
    );
  });
}

/** True for a file that exports a handler as V2's ES modules might, by its name or as the default. */
export function exportsLikeHandler(model: Model): boolean {
  return exportsHandler(model) || defaultHandler(model)?.isNamed === true;
}

function namesOf(declaration: Node): ESTree.Identifier[] {
  if (declaration.type === "FunctionDeclaration") {
    return [declaration.id];
  }
  const declarators = declaration.type === "VariableDeclaration" ? declaration.declarations : [];
  return declarators.flatMap(({ id, init }) => (id.type === "Identifier" && init && isFunction(init) ? [id] : []));
}

/** `export const handler = …` as the only export of a file: the name that other platforms ask for. */
function exportedProblem(model: Model): HandlerProblem | undefined {
  const [only, ...others] = model.program.body.filter(({ type }) => type.startsWith("Export"));
  const declared = only?.type === "ExportNamedDeclaration" && others.length === 0 ? only.declaration : undefined;
  const [node, ...more] = declared ? namesOf(declared) : [];
  return node?.name === "handler" && more.length === 0 && isUncalled(model, node)
    ? { kind: "misnamed", node }
    : undefined;
}

function nameProblem(model: Model): HandlerProblem | undefined {
  if (model.program.body.some(({ type }) => type.startsWith("Export")) || isTest(model)) {
    return undefined;
  }
  const named = model.program.body.flatMap(namesOf).filter((id) => isUncalled(model, id));
  const misspelt = named.find(({ name }) => likelyName(name, [PLATFORM_HANDLER]) !== undefined);
  const usual = named.filter(({ name }) => USUAL_NAMES.has(name));
  const node = misspelt ?? (usual.length === 1 ? usual[0] : undefined);
  const [first] = model.program.body;
  return node !== undefined
    ? { kind: "misnamed", node }
    : first === undefined || hasEffect(model)
      ? undefined
      : { kind: "missing", node: first };
}

function defaultHandler(model: Model): { node: ESTree.ExportDefaultDeclaration; isNamed: boolean } | undefined {
  const node = model.program.body.find((statement) => statement.type === "ExportDefaultDeclaration");
  if (node === undefined) {
    return undefined;
  }
  // A function without a name is one all the same.
  const declaration = node.declaration as Node;
  const found = isFunction(declaration) ? declaration : functionGivenBy(model, declaration);
  const isNamed = found !== undefined && "id" in found && model.handlerNames.has(found.id?.name ?? "");
  return found !== undefined && found.params.length <= 2 ? { node, isNamed } : undefined;
}

/** True for a function that nothing in the file mentions: the platform is all that could call it. */
function isUncalled(model: Model, id: ESTree.Identifier): boolean {
  const variable = model.variableOf(id);
  return variable !== undefined && readsOf(variable).length === 0;
}

/** True for a file that does something while it is loaded: a script, whose work needs no handler. */
function hasEffect(model: Model): boolean {
  return model.program.body.some((statement) =>
    statement.type === "ExpressionStatement"
      ? !isPure(model, statement.expression)
      : /^(?:For|If|While|Try|Switch|Block)/u.test(statement.type),
  );
}

function isTest(model: Model): boolean {
  return ["describe", "it", "test", "expect", "jest", "vi"].some((name) => model.globals(name).length > 0);
}

/** Failures that the handler gives as results, or loses. */
function resultProblems(model: Model, handler: FunctionNode): HandlerProblem[] {
  const returned = returnsOf(model, handler).flatMap((value) => resultsIn(model, value));
  return [
    ...returned
      .filter((value) => isError(model, value))
      .map((node): HandlerProblem => {
        const parent = model.parentOf(node);
        return { kind: "returned-error", node, statement: parent?.type === "ReturnStatement" ? parent : undefined };
      }),
    ...lostFailures(model, handler),
    ...lostInChains(model, handler),
  ];
}

function isError(model: Model, value: Node): boolean {
  const values = valuesOf(model, value);
  const isMade = values.length > 0 && values.every(({ kind }) => kind === "error");
  return isMade || (isCaught(model, value) && !throwsSignals(model));
}

/** True for a file that throws something that is not an error: then what it catches may be a result. */
function throwsSignals(model: Model): boolean {
  return model
    .nodes("ThrowStatement")
    .some(
      ({ argument }) => !isCaught(model, argument) && valuesOf(model, argument).some(({ kind }) => kind !== "error"),
    );
}

function lostFailures(model: Model, { body }: FunctionNode): HandlerProblem[] {
  const last = body.type === "BlockStatement" ? body.body.at(-1) : undefined;
  if (last?.type !== "TryStatement" || !last.handler || (last.finalizer && leavings(last.finalizer).length > 0)) {
    return [];
  }
  const { block, handler } = last;
  const gives = ownStatements(block, "ReturnStatement").some(
    ({ argument }) =>
      argument !== null && argument !== undefined && !isNullish(argument) && !isTestedAway(model, argument),
  );
  const leaves = leavings(handler.body);
  return gives && leaves.length === 0 && !endsProcess(model, handler) ? [{ kind: "lost-failure", node: handler }] : [];
}

/** The statements that leave a function with something: a `return` of nothing loses the failure as well. */
function leavings(body: Node): Node[] {
  const returned = ownStatements(body, "ReturnStatement").filter(({ argument }) => argument);
  return [...returned, ...ownStatements(body, "ThrowStatement")];
}

/** `return load().catch((error) => console.error("No order", error));` */
function lostInChains(model: Model, handler: FunctionNode): HandlerProblem[] {
  return returnsOf(model, handler).flatMap((result): HandlerProblem[] => {
    const last = result.type === "AwaitExpression" ? result.argument : result;
    const before = promiseStepOf(last, "catch");
    const answer = before === undefined ? undefined : resolveFunction(model, before.handler);
    if (before === undefined || answer?.kind !== "local" || endsProcess(model, answer.node)) {
      return [];
    }
    const isLost = isGivingNothing(model, answer.node);
    const then = promiseStepOf(before.object, "then");
    const given = then === undefined ? undefined : resolveFunction(model, then.handler);
    const gives =
      then === undefined
        ? isResponse(model, before.object)
        : given?.kind === "local" && !isGivingNothing(model, given.node);
    return isLost && gives ? [{ kind: "lost-failure", node: before.name }] : [];
  });
}

function isResponse(model: Model, node: Node): boolean {
  return isFetchCall(model, node);
}

/** True for a function that gives nothing, and does not throw: what it does is to log, at most. */
function isGivingNothing(model: Model, { body }: FunctionNode): boolean {
  return body.type === "BlockStatement"
    ? leavings(body).length === 0
    : isTestedAway(model, body) || (body.type === "UnaryExpression" && body.operator === "void");
}

/** A result that is nothing anyway: `return console.info(…)`. */
function isTestedAway(model: Model, value: Node): boolean {
  return (
    value.type === "CallExpression" &&
    value.callee.type === "MemberExpression" &&
    model.isGlobal(value.callee.object, "console")
  );
}

function endsProcess(model: Model, handler: Node): boolean {
  let isFound = false;
  walk(handler, (node) => {
    isFound ||= node.type === "MemberExpression" && model.isGlobal(node.object, "process");
    return !isFound;
  });
  return isFound;
}

/** The statements of a type that belong to the function itself. */
function ownStatements<T extends "ReturnStatement" | "ThrowStatement">(
  block: Node,
  type: T,
): Extract<Node, { type: T }>[] {
  const found: Extract<Node, { type: T }>[] = [];
  walk(block, (node) => {
    if (node.type === type) {
      found.push(node as Extract<Node, { type: T }>);
    }
    return !isFunction(node);
  });
  return found;
}
