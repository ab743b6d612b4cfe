import type * as ESTree from "estree";
import { isFunction, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { findConsoleCalls } from "../runtime/console-calls.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";

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
    const parent = this.#model.parentOf(body);
    const value = parent?.type === "AwaitExpression" ? parent : body;
    const user = this.#model.parentOf(value);
    if (user?.type === "VariableDeclarator") {
      return this.#isTelling(user.id);
    }
    const handler = this.#nextHandler(value);
    return handler?.params[0] !== undefined && this.#isTelling(handler.params[0]);
  }

  /** The handler that gets the body: of `response.json().then(…)`, or of the `.then` behind the one that reads it. */
  #nextHandler(body: Node): FunctionNode | undefined {
    const parent = this.#model.parentOf(body);
    if (parent?.type === "MemberExpression" && parent.object === body) {
      return this.#handlerOf(parent);
    }
    const owner = this.#model.functionOf(body);
    const isGiven = owner !== null && (owner.body === body || parent?.type === "ReturnStatement");
    const then = isGiven ? this.#model.parentOf(owner) : null;
    const member = then?.type === "CallExpression" ? this.#model.parentOf(then) : null;
    return member?.type === "MemberExpression" ? this.#handlerOf(member) : undefined;
  }

  #handlerOf(member: ESTree.MemberExpression): FunctionNode | undefined {
    const then = this.#model.parentOf(member);
    const handler = then?.type === "CallExpression" && then.callee === member ? then.arguments[0] : undefined;
    return staticName(member) === "then" && handler !== undefined && isFunction(handler) ? handler : undefined;
  }

  #isTelling(target: Node): boolean {
    if (target.type === "ObjectPattern") {
      return target.properties.some(
        (property) => property.type === "Property" && TELLING.has(staticName(property) ?? ""),
      );
    }
    const variable = target.type === "Identifier" ? this.#model.variableOf(target) : undefined;
    return (variable === undefined ? [] : readsOf(variable)).some((read) => {
      const parent = this.#model.parentOf(read);
      return parent?.type === "MemberExpression"
        ? TELLING.has(staticName(parent) ?? "")
        : parent?.type === "VariableDeclarator" && parent.id.type === "ObjectPattern" && this.#isTelling(parent.id);
    });
  }
}
