import type * as ESTree from "estree";
import { callsAtOnce, laterCalls } from "../code/builtins.ts";
import { readsOf } from "../code/bindings.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { FunctionNode } from "../code/tree.ts";
import { catchAround } from "../control/continuation.ts";
import { findDroppedErrors } from "./dropped-errors.ts";
import { Rejections } from "./rejections.ts";
import { findSilentChain } from "./silent-chains.ts";
import type { UnhandledError } from "./silent-chains.ts";

/** How people call the first parameter of an error-first callback; one that begins with `_` is unused on purpose. */
const ERROR_NAME = /^err(?:or)?(?![a-z])/iu;

/** Methods of lists that ask their function, and take a promise for a yes. */
const ASKING = /^(?:every|filter|find(?:Last)?(?:Index)?|some|sort|toSorted)$/u;
const LISTENERS: ReadonlySet<string> = new Set(["addEventListener", "addListener", "on", "once", "prependListener"]);

class ErrorReader {
  readonly #model: Model;
  readonly #handler: Handler | undefined;
  readonly #rejections: Rejections;

  constructor(model: Model, handler: Handler | undefined) {
    this.#model = model;
    this.#handler = handler;
    this.#rejections = new Rejections(model);
  }

  problems(): UnhandledError[] {
    const model = this.#model;
    const calls = [...model.nodes("CallExpression"), ...model.nodes("NewExpression")];
    const functions = [...model.nodes("FunctionExpression"), ...model.nodes("ArrowFunctionExpression")];
    return [
      ...model.nodes("ExpressionStatement").flatMap((statement) => this.#floating(statement) ?? []),
      ...model.nodes("VariableDeclarator").flatMap((declarator) => this.#unused(declarator) ?? []),
      ...calls.flatMap((call) => this.#callback(call) ?? []),
      ...model.nodes("NewExpression").flatMap((made) => this.#unsettled(made)),
      ...model.nodes("ReturnStatement").flatMap((statement) => this.#returned(statement) ?? []),
      ...functions.flatMap((node) => this.#parameter(node) ?? []),
      ...findDroppedErrors(model, this.#rejections),
      ...this.#uncaught(),
    ];
  }

  #floating(statement: ESTree.ExpressionStatement): UnhandledError | undefined {
    const owner = this.#model.functionOf(statement);
    const { expression } = statement;
    const name = owner === null ? undefined : this.#rejections.sourceOf(expression);
    const isPromise = expression.type === "CallExpression" && !isListOfPromises(expression);
    const awaitable = owner?.async === true && isPromise ? expression : undefined;
    return name === undefined ? undefined : { kind: "floating", at: expression, name, awaitable };
  }

  /** `const sent = fetch(url);` of which nobody reads `sent`. */
  #unused({ id, init }: ESTree.VariableDeclarator): UnhandledError | undefined {
    const variable = id.type === "Identifier" && !id.name.startsWith("_") ? this.#model.variableOf(id) : undefined;
    const isRead = variable === undefined || readsOf(variable).length > 0;
    const name = isRead || !init || this.#model.functionOf(init) === null ? undefined : this.#rejections.sourceOf(init);
    return name === undefined || !init ? undefined : { kind: "floating", at: init, name, awaitable: undefined };
  }

  /** A function that gives a promise, where nothing waits for what it gives. */
  #callback(call: ESTree.SimpleCallExpression | ESTree.NewExpression): UnhandledError | undefined {
    const method = methodNameOf(call);
    const path = globalPath(this.#model, call.callee) ?? "";
    const isLater = laterCalls.has(path) || (call.type === "NewExpression" && path === "Promise");
    if (!isLater && method !== "forEach" && !ASKING.test(method) && !LISTENERS.has(method)) {
      return undefined;
    }
    const given = call.arguments[LISTENERS.has(method) ? 1 : 0];
    const run = given === undefined ? undefined : this.#rejections.functionOf(given);
    if (given === undefined || run === undefined) {
      return undefined;
    }
    if (ASKING.test(method) && run.async === true) {
      return { kind: "truthy", at: given, name: method, awaitable: undefined };
    }
    const isExpression = run.body.type !== "BlockStatement" && path !== "Promise";
    const isDropped = (isLater && (run.async === true || isExpression)) || LISTENERS.has(method);
    if (method !== "forEach" && !isDropped) {
      return undefined;
    }
    return this.#rejections.mayReject(run)
      ? { kind: method === "forEach" ? "each" : "later", at: given, name: method || path, awaitable: undefined }
      : undefined;
  }

  /** `try { return fetch(url); } catch …` */
  #returned(statement: ESTree.ReturnStatement): UnhandledError | undefined {
    const owner = this.#model.functionOf(statement);
    const isInTry = owner !== null && catchAround(this.#model, statement, owner) !== undefined;
    const name = isInTry && statement.argument ? this.#rejections.sourceOf(statement.argument) : undefined;
    return name !== undefined && isInTry && statement.argument
      ? {
          kind: "returned",
          at: statement.argument,
          name,
          awaitable:
            owner.async === true && statement.argument.type === "CallExpression" ? statement.argument : undefined,
        }
      : undefined;
  }

  /** `new Promise((resolve) => { read().then(resolve).catch((error) => console.warn(error)); })` */
  #unsettled(made: ESTree.NewExpression): UnhandledError[] {
    const [executor] = made.arguments;
    const run = executor === undefined ? undefined : this.#rejections.functionOf(executor);
    if (run?.body.type !== "BlockStatement" || !this.#model.isGlobal(made.callee, "Promise")) {
      return [];
    }
    const settlers = run.params.flatMap((parameter) => this.#model.variableOf(parameter) ?? []);
    return run.body.body.flatMap(
      (statement) => findSilentChain(this.#model, this.#rejections, { statement, settlers, kind: "unsettled" }) ?? [],
    );
  }

  /** `(error, data) => use(data)` */
  #parameter(node: FunctionNode): UnhandledError | undefined {
    const parent = this.#model.parentOf(node);
    const [error, data, ...others] = node.params;
    // A function of the file may call it with no error at all.
    const isCallback =
      parent?.type === "CallExpression" &&
      parent.arguments.at(-1) === node &&
      !callsAtOnce(methodNameOf(parent)) &&
      methodNameOf(parent) !== "then" &&
      this.#rejections.functionOf(parent.callee) === undefined;
    if (!isCallback || error?.type !== "Identifier" || data?.type !== "Identifier" || others.length > 1) {
      return undefined;
    }
    const [variable, used] = [this.#model.variableOf(error), this.#model.variableOf(data)];
    const isIgnored =
      ERROR_NAME.test(error.name) &&
      variable?.references.length === 0 &&
      used !== undefined &&
      readsOf(used).length > 0;
    return isIgnored ? { kind: "parameter", at: error, name: error.name, awaitable: undefined } : undefined;
  }

  #uncaught(): UnhandledError[] {
    const handler = this.#handler;
    if (handler?.node.async !== true || handler.callback !== undefined) {
      return [];
    }
    const own = this.#model.nodes("AwaitExpression").filter((node) => this.#model.functionOf(node) === handler.node);
    const first = own.map(({ argument }) => this.#rejections.sourceOf(argument)).find((name) => name !== undefined);
    const hasTry = this.#model.nodes("TryStatement").some((node) => this.#model.functionOf(node) === handler.node);
    return first === undefined || hasTry
      ? []
      : [{ kind: "uncaught", at: handler.id, name: first, awaitable: undefined }];
  }
}

/** `list.map(…)`: there is nothing to await. */
function isListOfPromises({ callee }: ESTree.SimpleCallExpression): boolean {
  return callee.type === "MemberExpression" && /^(?:flatM|m)ap$/u.test(staticName(callee) ?? "");
}

function methodNameOf({ callee }: ESTree.SimpleCallExpression | ESTree.NewExpression): string {
  return callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
}

/** Finds the places of a file where errors go unseen. */
export function findUnhandledErrors(model: Model, handler: Handler | undefined): UnhandledError[] {
  return new ErrorReader(model, handler).problems();
}
