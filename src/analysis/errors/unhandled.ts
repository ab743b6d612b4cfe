import type * as ESTree from "estree";
import { isFunction, rangeOf, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { chainOf, mentions } from "../control/chains.ts";
import { requestsOf } from "../toolbelt/requests.ts";
import { catchAround } from "../control/continuation.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";

/** A place where an error goes unseen. */
export interface UnhandledError {
  /**
   * `floating`: nobody waits for a promise that may fail · `each`: `forEach` drops the promises of an async function ·
   * `chain`: a V1 handler returns a promise that ends in the callback, and V1 ignores what is returned ·
   * `parameter`: an error-first callback that does not look at its error · `swallowed`: an empty `catch` ·
   * `uncaught`: the handler waits for requests, and no `try` is around any of them.
   */
  readonly kind: "floating" | "each" | "chain" | "parameter" | "swallowed" | "uncaught";
  readonly at: Node;
  /** What gives the promise, or the name of the parameter. */
  readonly name: string;
  /** The expression statement in an async function that an `await` repairs. */
  readonly awaitable: Node | undefined;
}

/** Clients whose methods all give promises. */
const CLIENTS_WITH_METHODS = ["SecretClient", "ContextServiceClient"];
/** How people call the first parameter of an error-first callback; one that begins with `_` is unused on purpose. */
const ERROR_NAME = /^err(?:or)?(?![a-z])/iu;

/** Methods whose functions get an item and its index, or a value alone. */
const ITERATES = new Set(
  "every filter find findIndex findLast findLastIndex flatMap forEach map reduce reduceRight some sort then toSorted".split(
    " ",
  ),
);

class ErrorReader {
  readonly #model: Model;
  readonly #handler: Handler | undefined;
  /** Calls of clients and of fetch. */
  readonly #requests: ReadonlySet<Node>;

  constructor(model: Model, handler: Handler | undefined) {
    this.#model = model;
    this.#handler = handler;
    this.#requests = requestsOf(model, CLIENTS_WITH_METHODS);
  }

  problems(): UnhandledError[] {
    return [
      ...this.#model.nodes("ExpressionStatement").flatMap((statement) => this.#floating(statement) ?? []),
      ...this.#model.nodes("CallExpression").flatMap((call) => this.#each(call) ?? []),
      ...this.#model.nodes("ReturnStatement").flatMap((statement) => this.#chain(statement) ?? []),
      ...[...this.#model.nodes("FunctionExpression"), ...this.#model.nodes("ArrowFunctionExpression")].flatMap(
        (node) => this.#parameter(node) ?? [],
      ),
      ...this.#model.nodes("CatchClause").flatMap((clause) => this.#swallowed(clause) ?? []),
      ...this.#uncaught(),
    ];
  }

  /** The name of what gives a promise that may be rejected; undefined for all else. */
  #producerOf(node: Node): string | undefined {
    if (node.type !== "CallExpression") {
      return undefined;
    }
    if (this.#requests.has(node)) {
      return this.#takesCallback(node) ? undefined : this.#model.textOf(node.callee);
    }
    const called = this.#functionOf(node.callee);
    return called !== undefined && this.#mayReject(called) ? this.#model.textOf(node.callee) : undefined;
  }

  /** True for a request of V1 whose last argument may be a callback, which gets its errors. */
  #takesCallback({ arguments: given }: ESTree.SimpleCallExpression): boolean {
    const last = given.at(-1);
    const variable = last?.type === "Identifier" ? this.#model.variableOf(last) : undefined;
    const isFunctionName = last !== undefined && this.#functionOf(last) !== undefined;
    return given.some((argument) => isFunction(argument)) || isFunctionName || variable?.defs[0]?.type === "Parameter";
  }

  #functionOf(callee: Node): FunctionNode | undefined {
    const variable = callee.type === "Identifier" ? this.#model.variableOf(callee) : undefined;
    const [definition] = variable !== undefined && isConstant(variable) ? variable.defs : [];
    const node: Node | null | undefined = definition?.type === "Variable" ? definition.node.init : definition?.node;
    const isWhole = definition?.type !== "Variable" || definition.node.id.type === "Identifier";
    return node && isFunction(node) && isWhole && definition?.type !== "Parameter" ? node : undefined;
  }

  /** True for an async function that throws or waits where no `catch` of its own sees the error. */
  #mayReject(node: FunctionNode): boolean {
    const parts: Node[] = [...this.#model.nodes("AwaitExpression"), ...this.#model.nodes("ThrowStatement")];
    return (
      node.async === true &&
      node.generator !== true &&
      parts.some((part) => this.#model.functionOf(part) === node && catchAround(this.#model, part, node) === undefined)
    );
  }

  #floating(statement: ESTree.ExpressionStatement): UnhandledError | undefined {
    const owner = this.#model.functionOf(statement);
    const chain = chainOf(statement);
    if (owner === null || chain?.links.some(({ method, handlers }) => method === "catch" || handlers.length > 1)) {
      return undefined;
    }
    const isAwaited = chain?.mode === "awaited";
    const name = isAwaited ? undefined : this.#producerOf(chain?.base ?? statement.expression);
    const awaitable = owner.async === true ? statement : undefined;
    return name === undefined ? undefined : { kind: "floating", at: statement.expression, name, awaitable };
  }

  #each(call: ESTree.CallExpression): UnhandledError | undefined {
    const [given] = call.arguments;
    const isEach = methodNameOf(call) === "forEach";
    const run = given !== undefined && isFunction(given) ? given : given && this.#functionOf(given);
    return isEach && given !== undefined && run !== undefined && this.#mayReject(run)
      ? { kind: "each", at: given, name: "forEach", awaitable: undefined }
      : undefined;
  }

  /** `return request().then(() => callback(…))` in a V1 handler. */
  #chain(statement: ESTree.ReturnStatement): UnhandledError | undefined {
    const callback = this.#handler?.callback?.variable;
    const chain = this.#model.functionOf(statement) === this.#handler?.node ? chainOf(statement) : undefined;
    if (callback === undefined || chain?.mode !== "returned") {
      return undefined;
    }
    const name = this.#producerOf(chain.base);
    const isHandled = chain.links.some(({ method, handlers }) => method === "catch" || handlers.length > 1);
    return name !== undefined && !isHandled && mentions(this.#model, statement, callback) && statement.argument
      ? { kind: "chain", at: statement.argument, name, awaitable: undefined }
      : undefined;
  }

  /** `(error, data) => use(data)` */
  #parameter(node: FunctionNode): UnhandledError | undefined {
    const parent = this.#model.parentOf(node);
    const [error, data, ...others] = node.params;
    // A function of the file may call it with no error at all.
    const isCallback =
      parent?.type === "CallExpression" &&
      parent.arguments.at(-1) === node &&
      !ITERATES.has(methodNameOf(parent)) &&
      this.#functionOf(parent.callee) === undefined;
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

  #swallowed(clause: ESTree.CatchClause): UnhandledError | undefined {
    const isEmpty = clause.body.body.length === 0 && this.#model.commentsIn(rangeOf(clause.body)).length === 0;
    return isEmpty ? { kind: "swallowed", at: clause, name: "", awaitable: undefined } : undefined;
  }

  #uncaught(): UnhandledError[] {
    const handler = this.#handler;
    if (handler?.node.async !== true || handler.callback !== undefined) {
      return [];
    }
    const own = this.#model.nodes("AwaitExpression").filter((node) => this.#model.functionOf(node) === handler.node);
    const first = own.map(({ argument }) => this.#producerOf(argument)).find((name) => name !== undefined);
    const hasTry = this.#model.nodes("TryStatement").some((node) => this.#model.functionOf(node) === handler.node);
    return first === undefined || hasTry
      ? []
      : [{ kind: "uncaught", at: handler.id, name: first, awaitable: undefined }];
  }
}

function methodNameOf({ callee }: ESTree.CallExpression): string {
  return callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
}

/** Finds the places of a file where errors go unseen. */
export function findUnhandledErrors(model: Model, handler: Handler | undefined): UnhandledError[] {
  return new ErrorReader(model, handler).problems();
}
