import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import { promiseMethods, timers } from "../code/builtins.ts";
import { callsOf } from "../code/calls.ts";
import { callSiteOf, functionGivenBy, parameterIndexOf, resolveFunction } from "../code/functions.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { chainOf } from "../control/chains.ts";
import { requestingClients, requestsOf } from "../toolbelt/requests.ts";
import { isMaking, isPromisifying, isSettler, settlersOf } from "./settlers.ts";
import type { Settlers } from "./settlers.ts";

/**
 * Finds what a V1 function starts and never waits for, and what does not answer the invocation: it may still run when
 * the function has answered. V2 has one request for each instance and may freeze it from then on.
 */
export function findUnfinishedWork(model: Model, handler: Handler): Node[] {
  const { callback } = handler;
  const names = callback === undefined ? undefined : namesOfCallback(model, callback.variable);
  return names === undefined ? [] : new WorkReader(model, names).find();
}

class WorkReader {
  readonly #model: Model;
  readonly #requests: ReadonlySet<Node>;
  readonly #callbacks: ReadonlySet<Variable>;
  readonly #settlers: Settlers;

  constructor(model: Model, callbacks: ReadonlySet<Variable>) {
    this.#model = model;
    this.#requests = requestsOf(model, requestingClients);
    this.#callbacks = callbacks;
    this.#settlers = settlersOf(model);
  }

  find(): Node[] {
    return this.#model
      .nodes("ExpressionStatement")
      .filter((statement) => this.#model.functionOf(statement) !== null)
      .flatMap((statement) => {
        const chain = chainOf(statement);
        if (chain?.mode === "awaited" || this.#isInExecutor(statement)) {
          return [];
        }
        return loneCalls(statement.expression).filter(
          (call) => this.#isStarted(call) && !this.#answers(call) && !this.#isWaitedFor(call),
        );
      });
  }

  /** True for a call that gives a promise, or that lets code run later. */
  #isStarted(call: ESTree.SimpleCallExpression): boolean {
    const { callee, arguments: given } = call;
    if (this.#requests.has(call)) {
      return true;
    }
    if ([...timers].some((name) => this.#model.isGlobal(callee, name))) {
      return true;
    }
    if (callee.type === "MemberExpression") {
      const name = staticName(callee);
      const isEach = name === "forEach" && given[0] !== undefined && this.#waits(given[0]);
      return isEach || this.#isPromiseMethod(callee);
    }
    return this.#waits(callee);
  }

  /** `load().then(…)`: anything with `catch` or `finally` is a promise, and so is what a `then` is called on here. */
  #isPromiseMethod({ object, property }: ESTree.MemberExpression): boolean {
    return (
      property.type === "Identifier" &&
      promiseMethods.has(property.name) &&
      object.type !== "Super" &&
      !this.#model.isGlobal(object, "Promise")
    );
  }

  /** True for an async function of the file that waits for something. */
  #waits(callee: Node): boolean {
    const answer = resolveFunction(this.#model, callee);
    return (
      answer.kind === "local" &&
      answer.node.async === true &&
      this.#model.nodes("AwaitExpression").some((node) => this.#model.functionOf(node) === answer.node)
    );
  }

  /** Whoever made the promise waits for what its executor starts, also by way of functions that nothing else calls. */
  #isInExecutor(node: Node, seen: ReadonlySet<Node> = new Set()): boolean {
    for (let owner = this.#model.functionOf(node); owner !== null; owner = this.#model.functionOf(owner)) {
      const { sites, callbacks } = callsOf(this.#model, owner);
      const inner = new Set([...seen, owner]);
      const isMade =
        !seen.has(owner) &&
        callbacks.every(({ call }) => isMaking(this.#model, call) || isPromisifying(this.#model, call)) &&
        sites.every(({ call }) => this.#isInExecutor(call, inner));
      if (isMade && sites.length + callbacks.length > 0) {
        return true;
      }
    }
    return false;
  }

  /** `pending.catch(() => {})`, where something else waits for `pending`, and what is done behind it starts nothing. */
  #isWaitedFor(call: ESTree.SimpleCallExpression): boolean {
    const { object, handlers } = chainOn(call);
    const variable = object.type === "Identifier" ? this.#model.variableOf(object) : undefined;
    if (variable === undefined || handlers.length === 0) {
      return false;
    }
    const isOther = readsOf(variable).some(
      (read) => read !== object && this.#model.parentOf(read)?.type !== "MemberExpression",
    );
    return isOther && handlers.every((handler) => !this.#goesOn(handler));
  }

  /** Whether the code of a handler starts something in its turn. */
  #goesOn(handler: Node): boolean {
    const code = functionGivenBy(this.#model, handler);
    if (code === undefined) {
      return false;
    }
    let isStarting = code.async === true;
    walk(code, (node) => {
      isStarting ||= node.type === "CallExpression" && this.#isStarted(node);
      return !isStarting;
    });
    return isStarting;
  }

  /** True when the callback can be reached from here, so that this is what the caller waits for. */
  #answers(call: Node): boolean {
    const open = new Set<Node>([call]);
    let isReached = false;
    open.forEach((code) => {
      walk(code, (node) => {
        const variable = node.type === "Identifier" ? this.#model.variableOf(node) : undefined;
        isReached ||= variable !== undefined && this.#callbacks.has(variable);
        isReached ||= isSettler(this.#model, this.#settlers, node);
        const used =
          node.type === "Identifier" || node.type === "MemberExpression"
            ? functionGivenBy(this.#model, node)
            : undefined;
        if (used !== undefined) {
          open.add(used);
        }
        return !isReached;
      });
    });
    return isReached;
  }
}

/** What a chain of promises begins with, and what is done behind it: `pending.then(show).catch(report)`. */
function chainOn(call: ESTree.SimpleCallExpression): { readonly object: Node; readonly handlers: readonly Node[] } {
  const { callee, arguments: given } = call;
  if (callee.type !== "MemberExpression" || !promiseMethods.has(staticName(callee) ?? "")) {
    return { object: call, handlers: [] };
  }
  const { object } = callee;
  const inner = object.type === "CallExpression" ? chainOn(object) : { object, handlers: [] };
  return { object: inner.object, handlers: [...inner.handlers, ...given] };
}

/** The calls of a statement whose values nobody takes. */
function loneCalls(expression: Node): ESTree.SimpleCallExpression[] {
  switch (expression.type) {
    case "CallExpression":
      return [expression];
    case "ChainExpression":
      return loneCalls(expression.expression);
    case "UnaryExpression":
      return expression.operator === "void" ? loneCalls(expression.argument) : [];
    case "LogicalExpression":
      return loneCalls(expression.right);
    case "ConditionalExpression":
      return [...loneCalls(expression.consequent), ...loneCalls(expression.alternate)];
    case "SequenceExpression":
      return expression.expressions.flatMap(loneCalls);
    default:
      return [];
  }
}

/**
 * The callback under all names that it gets: by an alias, and as an argument of functions of the file. Undefined when it
 * is kept in an object, so that anything may call it.
 */
function namesOfCallback(model: Model, callback: Variable): ReadonlySet<Variable> | undefined {
  const names = new Set<Variable>([callback]);
  for (const variable of names) {
    for (const read of readsOf(variable)) {
      const user = model.parentOf(read);
      if (user === null || KEEPERS.test(user.type)) {
        return undefined;
      }
      const target = nameGiven(model, user, read);
      const name = target === undefined ? undefined : model.variableOf(target);
      if (target !== undefined && name === undefined) {
        return undefined;
      }
      for (const holder of [name, ...listeners(model, read)]) {
        if (holder !== undefined) {
          names.add(holder);
        }
      }
    }
  }
  return names;
}

/**
 * `bus.once("done", () => callback())`: whoever has `bus` can call the callback; and so can the function of the file that
 * gets `() => callback()` as an argument.
 */
function listeners(model: Model, read: Node): Variable[] {
  const found: Variable[] = [];
  for (let owner = model.functionOf(read); owner !== null; owner = model.functionOf(owner)) {
    const call = model.parentOf(owner);
    const parameter = call === null ? undefined : nameGiven(model, call, owner);
    const named = parameter === undefined ? undefined : model.variableOf(parameter);
    found.push(...(named === undefined ? [] : [named]));
    const callee = call?.type === "CallExpression" && call.callee !== owner ? call.callee : undefined;
    const object =
      callee?.type === "MemberExpression" && !promiseMethods.has(staticName(callee) ?? "") ? callee.object : undefined;
    const variable = object === undefined ? undefined : model.variableOf(object);
    found.push(...(variable === undefined ? [] : [variable]));
  }
  return found;
}

const KEEPERS =
  /^(?:Property|ArrayExpression|PropertyDefinition|ReturnStatement|ConditionalExpression|LogicalExpression)$/u;

/** What gets the value of a read: the name of a declaration, the target of an assignment, a parameter. */
function nameGiven(model: Model, user: Node, read: Node): Node | undefined {
  if (user.type === "VariableDeclarator") {
    return user.id;
  }
  if (user.type === "AssignmentExpression") {
    return user.left;
  }
  const site = user.type === "CallExpression" && user.callee !== read ? callSiteOf(model, user) : undefined;
  const index = site === undefined ? undefined : parameterIndexOf(site, read);
  return index === undefined ? undefined : site?.node.params[index];
}
