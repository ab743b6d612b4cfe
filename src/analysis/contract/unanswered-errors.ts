import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import { isConsoleCall } from "../code/effects.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { isFunction, rangeOf } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isWithin } from "../code/within.ts";
import { mentions } from "../control/chains.ts";
import { catchAround } from "../control/continuation.ts";
import { Rejections } from "../errors/rejections.ts";
import { findSilentChain } from "../errors/silent-chains.ts";
import type { UnhandledError } from "../errors/silent-chains.ts";
import { plainCallbackOf } from "./plain-callback.ts";

/** Finds the errors that keep the callback of V1 from being called. */
export function findUnansweredErrors(model: Model): UnhandledError[] {
  const plain = plainCallbackOf(model);
  return plain === undefined ? [] : new AnswerReader(plain.model, plain.handler).problems();
}

class AnswerReader {
  readonly #model: Model;
  readonly #handler: Handler;
  readonly #rejections: Rejections;

  constructor(model: Model, handler: Handler) {
    this.#model = model;
    this.#handler = handler;
    this.#rejections = new Rejections(model);
  }

  problems(): UnhandledError[] {
    return [...this.#chains(), ...this.#catches(), ...this.#unguarded()];
  }

  /** The chains of a V1 handler that end in the callback. */
  #chains(): UnhandledError[] {
    const callback = this.#handler.callback?.variable;
    if (callback === undefined) {
      return [];
    }
    const statements = [...this.#model.nodes("ReturnStatement"), ...this.#model.nodes("ExpressionStatement")];
    return statements.flatMap(
      (statement) =>
        this.#chain(statement, callback) ??
        findSilentChain(this.#model, this.#rejections, { statement, settlers: [callback], kind: "silent" }) ??
        [],
    );
  }

  /** `try { callback(null, await read()); } catch (error) { console.error(error); }`, and no callback behind it. */
  #catches(): UnhandledError[] {
    const callback = this.#handler.callback?.variable;
    const statements = callback === undefined ? [] : this.#model.nodes("TryStatement");
    const reads = callback === undefined ? [] : readsOf(callback);
    return statements.flatMap(({ block, handler, finalizer }): UnhandledError[] => {
      if (!handler || this.#model.functionOf(block) !== this.#handler.node || !isLogging(this.#model, handler.body)) {
        return [];
      }
      const isAnswered = reads.some(
        (read) =>
          rangeOf(read)[0] > rangeOf(handler.body)[0] || (finalizer && isWithin(this.#model, read, finalizer)) === true,
      );
      const answer = reads.find((read) => isWithin(this.#model, read, block));
      const isSettling = answer !== undefined && this.#model.functionOf(answer) === this.#handler.node;
      const name = isSettling && !isAnswered ? this.#awaitedIn(block) : undefined;
      return name === undefined ? [] : [{ kind: "silent", at: handler, name, awaitable: undefined }];
    });
  }

  /** What a block of the handler waits for that may fail. */
  #awaitedIn(block: Node): string | undefined {
    return this.#model
      .nodes("AwaitExpression")
      .filter((node) => isWithin(this.#model, node, block) && this.#model.functionOf(node) === this.#handler.node)
      .map(({ argument }) => this.#rejections.sourceOf(argument))
      .find((name) => name !== undefined);
  }

  /** `return request().then(() => callback(…))` */
  #chain(statement: Node, callback: Variable): UnhandledError | undefined {
    const isOwn = statement.type === "ReturnStatement" && this.#model.functionOf(statement) === this.#handler.node;
    const name = isOwn && statement.argument ? this.#rejections.sourceOf(statement.argument) : undefined;
    return name !== undefined && isOwn && statement.argument && mentions(this.#model, statement, callback)
      ? { kind: "chain", at: statement.argument, name, awaitable: undefined }
      : undefined;
  }

  /** An error that leaves an async handler of V1, or an async helper that nobody waits for: nothing calls back then. */
  #unguarded(): UnhandledError[] {
    const handler = this.#handler;
    if (handler.callback === undefined || handler.node.async !== true) {
      return [];
    }
    const reads = readsOf(handler.callback.variable);
    const found = this.#model.nodes("AwaitExpression").find((node) => {
      const isOwn = this.#model.functionOf(node) === handler.node;
      const isCaught = catchAround(this.#model, node, handler.node) !== undefined || this.#isCleaningUp(node);
      const isAnsweredLater = reads.some((read) => rangeOf(read)[0] > rangeOf(node)[0] || this.#holds(read, node));
      return isOwn && !isCaught && isAnsweredLater && this.#rejections.sourceOf(node.argument) !== undefined;
    });
    const name = found === undefined ? undefined : this.#rejections.sourceOf(found.argument);
    return name === undefined ? [] : [{ kind: "unguarded", at: handler.id, name, awaitable: undefined }];
  }

  /** `callback(null, await read())` */
  #holds(read: Node, node: Node): boolean {
    const call = this.#model.parentOf(read);
    return call !== null && isWithin(this.#model, node, call);
  }

  /** True in a `catch` or a `finally`. */
  #isCleaningUp(node: Node): boolean {
    for (
      let at = node, above = this.#model.parentOf(at);
      above !== null && !isFunction(at);
      above = this.#model.parentOf(at)
    ) {
      if (at.type === "CatchClause" || (above.type === "TryStatement" && above.finalizer === at)) {
        return true;
      }
      at = above;
    }
    return false;
  }
}

/** True for a block that does nothing, or nothing but log. */
function isLogging(model: Model, { body }: ESTree.BlockStatement): boolean {
  return body.every((each) => each.type === "ExpressionStatement" && isConsoleCall(model, each.expression));
}
