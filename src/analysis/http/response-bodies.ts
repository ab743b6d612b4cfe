import { isFunction } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { findConsoleCalls } from "../runtime/console-calls.ts";
import type { Model } from "../code/model.ts";
import { trace } from "../values/trace.ts";
import { PROMISE } from "../values/trace-path.ts";

/** What tells whether the request succeeded. */
export const STATUS_MEMBERS: ReadonlySet<string> = new Set(["ok", "status", "statusText"]);
/** What is no answer to the question whether the request succeeded. */
export const OTHER_MEMBERS: ReadonlySet<string> = new Set(["bodyUsed", "headers", "redirected", "type", "url"]);

/** Successes that have no body. */
const EMPTY_STATUSES: ReadonlySet<unknown> = new Set([204, 205]);

/** How services tell in the body that something failed. */
const TELLING: ReadonlySet<string> = new Set([
  "code",
  "error",
  "errorCode",
  "errors",
  "fault",
  "message",
  "ok",
  "status",
  "statusCode",
  "success",
]);

/** What becomes of the body of a response, told from the call that reads it. */
export class ResponseBodies {
  readonly #model: Model;
  readonly #logs: ReadonlySet<Node>;

  constructor(model: Model) {
    this.#model = model;
    this.#logs = new Set(findConsoleCalls(model).map(({ call }) => call));
  }

  /** True when the node is only logged. */
  isLogged(node: Node): boolean {
    for (let current: Node | null = node; current !== null; current = this.#model.parentOf(current)) {
      if (this.#logs.has(current)) {
        return true;
      }
      if (isFunction(current)) {
        return false;
      }
    }
    return false;
  }

  /** True where a status is only asked whether there is a body at all: a failure is taken for a success all the same. */
  asksForBody(status: Node): boolean {
    const test = this.#model.parentOf(status);
    const sides = test?.type === "BinaryExpression" && /^[!=]==?$/u.test(test.operator) ? [test.left, test.right] : [];
    return sides.some((side) => side.type === "Literal" && EMPTY_STATUSES.has(side.value));
  }

  /** False for `await response.text();`, which only empties the connection. */
  isUsed(body: Node): boolean {
    const parent = this.#model.parentOf(body);
    const outer = parent?.type === "AwaitExpression" ? this.#model.parentOf(parent) : parent;
    return outer?.type !== "ExpressionStatement" && !this.isLogged(body) && !this.#isThrown(body);
  }

  /** True where the body only words an error. */
  #isThrown(body: Node): boolean {
    for (let current: Node | null = body; current !== null; current = this.#model.parentOf(current)) {
      if (current.type === "ThrowStatement") {
        return true;
      }
      if (isFunction(current)) {
        return false;
      }
    }
    return false;
  }

  /** True when the code looks into the body for what tells whether the request succeeded. */
  isTold(body: Node): boolean {
    for (const event of trace(this.#model, [{ node: body, path: [PROMISE], state: "value" }])) {
      if (event.type === "member" && TELLING.has(event.name ?? "")) {
        return true;
      }
    }
    return false;
  }
}
