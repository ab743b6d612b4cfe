import type * as ESTree from "estree";
import { createModel } from "../../src/analysis/code/model.ts";
import type { Model } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { isInside, rangeOf, walk } from "../../src/analysis/code/tree.ts";
import type { Node } from "../../src/analysis/code/tree.ts";

/** What a reviewer of a migrated function stumbles over. */
export interface Counts {
  /** Lines of the functions that the migration wrote, their comments included, blank lines left out. */
  readonly helperLines: number;
  /** Calls of `fetch` by the function itself or by a helper that it calls in its place. */
  readonly requests: number;
  /** Those in which no helper has a part. */
  readonly plainRequests: number;
  /** Where `try { … } catch (e) { throw e; }` without `finally` stands. */
  readonly uselessCatches: readonly string[];
  /** Names that say nothing, and that the user's code does not have. */
  readonly needlessNames: readonly string[];
  /** Lines over 120 columns that the user's code does not have. */
  readonly longLines: readonly string[];
}

const NEEDLESS = /^(?:inner|pending|outcome|_|error|isRejected)\d*$/u;
const WIDTH = 120;
/** Functions that the migration writes for the handler itself. */
const HANDLERS: ReadonlySet<string> = new Set(["lambda", "lambdaWithCallback"]);

function textModel(text: string): Model {
  return createModel(parseSource(text));
}

/** The functions of the module that the original does not declare. */
function helpersOf(original: Model, migrated: Model): ESTree.FunctionDeclaration[] {
  const known = new Set(original.nodes("Identifier").map(({ name }) => name));
  return migrated.program.body.filter(
    (statement): statement is ESTree.FunctionDeclaration =>
      statement.type === "FunctionDeclaration" && !HANDLERS.has(statement.id.name) && !known.has(statement.id.name),
  );
}

/** The lines of a function, with the comment right above it. */
function linesOf(text: string, node: Node): number {
  const [start, end] = rangeOf(node);
  const above = text.slice(0, start).split("\n").slice(0, -1).toReversed();
  const code = above.findIndex((line) => !line.startsWith("//"));
  const comments = code === -1 ? above.length : code;
  const own = text.slice(start, end).split("\n");
  return comments + own.filter((line) => line.trim() !== "").length;
}

function holdsFetch(model: Model, node: Node): boolean {
  return fetchCalls(model).some((call) => isInside(call, node));
}

function fetchCalls(model: Model): ESTree.SimpleCallExpression[] {
  return model.nodes("CallExpression").filter(({ callee }) => model.isGlobal(callee, "fetch"));
}

/** Helpers that stand for a request as a whole, those that call them included. */
function requestHelpers(model: Model, helpers: readonly ESTree.FunctionDeclaration[]): Set<string> {
  const names = new Set(helpers.filter((node) => holdsFetch(model, node)).map(({ id }) => id.name));
  for (let size = -1; size !== names.size;) {
    ({ size } = names);
    for (const helper of helpers) {
      walk(helper, (node) => {
        if (node.type === "CallExpression" && node.callee.type === "Identifier" && names.has(node.callee.name)) {
          names.add(helper.id.name);
        }
        return true;
      });
    }
  }
  return names;
}

/** The call of a helper around a node, in it, or around a use of the variable that keeps its value. */
function usesHelper(model: Model, call: Node, names: ReadonlySet<string>): boolean {
  const isHelperCall = (node: Node | null): boolean =>
    node?.type === "CallExpression" && node.callee.type === "Identifier" && names.has(node.callee.name);
  let isFound = false;
  walk(call, (node) => {
    isFound ||= isHelperCall(node);
    return !isFound;
  });
  let node: Node | null = call;
  while (node !== null && !/(?:Statement|Declaration|Function\w*)$/u.test(node.type)) {
    isFound ||= isHelperCall(node);
    if (node.type === "VariableDeclarator") {
      for (const variable of model.scopeManager.getDeclaredVariables(node)) {
        isFound ||= variable.references.some(({ identifier }) => isHelperCall(model.parentOf(identifier as Node)));
      }
    }
    node = model.parentOf(node);
  }
  return isFound;
}

function uselessCatches(model: Model): string[] {
  return model.nodes("TryStatement").flatMap(({ handler, finalizer }) => {
    const [only, ...others] = handler?.body.body ?? [];
    const isUseless =
      handler?.param?.type === "Identifier" &&
      !finalizer &&
      only?.type === "ThrowStatement" &&
      others.length === 0 &&
      only.argument.type === "Identifier" &&
      only.argument.name === handler.param.name &&
      model.commentsIn(rangeOf(handler)).length === 0;
    return isUseless ? [`line ${String(model.placeOf(rangeOf(handler)[0]).line)}`] : [];
  });
}

/** All names that the code declares, helpers left out. */
function declaredNames(model: Model, helpers: readonly Node[]): string[] {
  return model.scopeManager.scopes.flatMap(({ variables }) =>
    variables.flatMap(({ name, identifiers }) =>
      identifiers.filter((identifier) => !helpers.some((helper) => isInside(identifier, helper))).map(() => name),
    ),
  );
}

/** Counts what a migration has left behind that its owner would have to explain. */
export function countOutput(original: string, migrated: string): Counts {
  const [before, after] = [textModel(original), textModel(migrated)];
  const helpers = helpersOf(before, after);
  const names = new Set(helpers.map(({ id }) => id.name));
  const sending = requestHelpers(after, helpers);
  const isOwn = (node: Node): boolean => !helpers.some((helper) => isInside(node, helper));
  const plain = fetchCalls(after).filter(isOwn);
  const sent = after
    .nodes("CallExpression")
    .filter((call) => isOwn(call) && call.callee.type === "Identifier" && sending.has(call.callee.name));
  const known = new Set(declaredNames(before, []));
  const ownLines = new Set(original.split(/\r?\n/u).map((line) => line.trim()));
  return {
    helperLines: helpers.reduce((sum, helper) => sum + linesOf(migrated, helper), 0),
    requests: plain.length + sent.length,
    plainRequests: plain.filter((call) => !usesHelper(after, call, names)).length,
    uselessCatches: uselessCatches(after).slice(uselessCatches(before).length),
    needlessNames: declaredNames(after, helpers).filter((name) => NEEDLESS.test(name) && !known.has(name)),
    longLines: migrated.split(/\r?\n/u).filter((line) => line.length > WIDTH && !ownLines.has(line.trim())),
  };
}
