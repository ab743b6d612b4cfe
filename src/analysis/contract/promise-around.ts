import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import { timers } from "../code/builtins.ts";
import { cannotThrow, isAsync, isPure } from "../code/effects.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { bareExpression, isFunction, isInside, isNullish, staticName, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { mentions } from "../control/chains.ts";
import { continuationOf, isLastIn } from "../control/continuation.ts";
import { ABSENT, ERROR, mayBeAbsent, mayBeDropped } from "../errors/reason-set.ts";
import type { Reasons } from "../errors/reason-set.ts";
import { reasonsGivenAt, reasonsOf } from "../errors/reasons.ts";

/** A call of the callback, as the promise is settled in its place. */
export interface PromiseCall {
  readonly call: ESTree.SimpleCallExpression;
  readonly kind: "absent" | "error" | "either";
  readonly reasons: Reasons;
  readonly error: Node | undefined;
  readonly value: Node | undefined;
}

/** The last statements of a list, which answer by way of functions that others call, and their uses of the callback. */
export interface PromiseAround {
  readonly statements: readonly Node[];
  readonly calls: readonly PromiseCall[];
  /** Places where the callback is handed to another function, which gives it an error, or may give it one. */
  readonly values: readonly { readonly read: Node; readonly isError: boolean }[];
  /** What is returned, and may be a promise whose error counts. */
  readonly returned: readonly Node[];
}

/** True for what `.catch` gets, or `.then` as its second function. */
function isRejectionHandler({ callee, arguments: given }: ESTree.SimpleCallExpression, read: Node): boolean {
  const method = callee.type === "MemberExpression" ? staticName(callee) : undefined;
  return given.indexOf(read as ESTree.Expression) === (method === "catch" ? 0 : method === "then" ? 1 : Number.NaN);
}

/** Finds the statements around a place that can run while a promise is made; see {@link promiseAround}. */
class Search {
  readonly #model: Model;
  readonly #owner: FunctionNode;
  readonly #callback: Variable;
  readonly #settling: ReadonlySet<Variable>;

  constructor(model: Model, owner: FunctionNode, callback: Variable, settling: ReadonlySet<Variable>) {
    this.#model = model;
    this.#owner = owner;
    this.#callback = callback;
    this.#settling = settling;
  }

  around(place: Node): PromiseAround | undefined {
    for (let node = place; node !== this.#owner.body;) {
      const parent = this.#model.parentOf(node);
      if (parent === null) {
        return undefined;
      }
      if (parent.type === "BlockStatement" && this.#model.functionOf(parent) === this.#owner && this.#isPlain(parent)) {
        const from = this.#grown(parent.body, parent.body.indexOf(node as ESTree.Statement));
        const found = from === undefined ? undefined : this.#planned(parent.body.slice(from));
        if (found !== undefined) {
          return found;
        }
      }
      node = parent;
    }
    return undefined;
  }

  /** True for a block that is reached by `if` alone: no `catch` hears its errors, no loop comes back to it. */
  #isPlain(block: Node): boolean {
    for (let node: Node | null = block; node !== null; node = this.#model.parentOf(node)) {
      if (node === this.#owner.body) {
        return true;
      }
      if (node.type !== "BlockStatement" && node.type !== "IfStatement") {
        return false;
      }
    }
    return false;
  }

  /** Where the statements begin when all goes along that they share a variable with, or that may settle before them. */
  #grown(list: readonly Node[], start: number): number | undefined {
    let from = start;
    for (let known = -1; known !== from;) {
      known = from;
      for (const place of this.#tiesOf(list.slice(from))) {
        const at = list.findIndex((statement) => isInside(place, statement));
        if (at === -1) {
          return undefined;
        }
        from = Math.min(from, at);
      }
    }
    return from;
  }

  /** Places in front of the statements that must go with them. */
  #tiesOf(statements: readonly Node[]): Node[] {
    const isOwn = (place: Node): boolean => statements.some((statement) => isInside(place, statement));
    const declared = this.#model.scopeManager.scopes
      .filter(
        ({ block }) =>
          block === this.#owner ||
          block === this.#owner.body ||
          isInside(this.#owner.body, block) ||
          isInside(block, this.#owner),
      )
      .flatMap(({ variables }) => variables)
      .filter(({ identifiers }) => identifiers.some(isOwn));
    const shared = declared.flatMap(({ identifiers, references }) =>
      [...identifiers, ...references.map(({ identifier }) => identifier as Node)].filter((place) => !isOwn(place)),
    );
    const settling = [...this.#settling]
      .flatMap(readsOf)
      .filter((read) => isInside(read, this.#owner.body) && !isOwn(read) && this.#leadsTo(read, statements));
    return [...shared, ...settling];
  }

  /** True when control may come from a read of the callback to the statements, or when it may be called at any time. */
  #leadsTo(read: Node, statements: readonly Node[]): boolean {
    let statement = this.#model.statementOf(read);
    for (let inner = this.#model.functionOf(statement); inner !== this.#owner && inner !== null;) {
      if (this.#isDeclared(inner)) {
        return false;
      }
      statement = this.#model.statementOf(inner);
      inner = this.#model.functionOf(statement);
    }
    const { after, repeats } = continuationOf(this.#model, statement, this.#owner);
    return repeats || after.some((node) => statements.some((own) => isInside(own, node)));
  }

  /** True for a function that does nothing until it is called by its name. */
  #isDeclared(node: FunctionNode): boolean {
    return node.type === "FunctionDeclaration" || this.#model.parentOf(node)?.type === "VariableDeclarator";
  }

  #planned(statements: readonly Node[]): PromiseAround | undefined {
    const last = statements.at(-1);
    if (last === undefined) {
      return undefined;
    }
    const returned = this.#returnedBy(statements);
    const uses = this.#usesIn(statements);
    return isLastIn(this.#model, last, this.#owner, "fall") &&
      this.#failsAtOnce(statements) &&
      returned !== undefined &&
      uses !== undefined
      ? { statements, returned, ...uses }
      : undefined;
  }

  /**
   * True when what the statements throw ends the function before anything can answer: an async function is heard a few
   * turns later than a promise, and a promise may be faster.
   */
  #failsAtOnce(statements: readonly Node[]): boolean {
    if (!isAsync(this.#owner)) {
      return true;
    }
    const starts = statements.findIndex(
      (statement) => statement.type !== "FunctionDeclaration" && mentions(this.#model, statement, this.#settling),
    );
    return statements
      .slice(starts + 1)
      .every((statement) => cannotThrow(this.#model, statement) || this.#isPlainAnswer(statement));
  }

  /** `callback(null, "started");`, which computes nothing. */
  #isPlainAnswer(statement: Node): boolean {
    const call = bareExpression(statement);
    return (
      call?.type === "CallExpression" &&
      this.#model.variableOf(call.callee) === this.#callback &&
      call.arguments.every((argument) => isPure(this.#model, argument))
    );
  }

  /** What the statements return that may be a promise; undefined where they wait, jump out, or return something else in the end. */
  #returnedBy(statements: readonly Node[]): readonly Node[] | undefined {
    const own: Node[] = [];
    for (const statement of statements) {
      walk(statement, (node) => {
        own.push(node);
        return !isFunction(node);
      });
    }
    // What a `finally` does instead leaves the promise that was to be returned to nobody.
    const finalizers = own.flatMap((node) => (node.type === "TryStatement" && node.finalizer ? [node.finalizer] : []));
    const leaves = own.some(
      (node) =>
        /^(?:Await|Yield)Expression$/u.test(node.type) ||
        (/^(?:Return|Break|Continue|Throw)Statement$/u.test(node.type) &&
          finalizers.some((finalizer) => isInside(node, finalizer))) ||
        (node.type === "ForOfStatement" && node.await) ||
        ((node.type === "BreakStatement" || node.type === "ContinueStatement") && node.label),
    );
    const returned = own.flatMap((node) =>
      node.type === "ReturnStatement" && node.argument && !this.#isIgnored(node.argument) ? [node.argument] : [],
    );
    return leaves ? undefined : returned;
  }

  #isIgnored(node: Node): boolean {
    return (
      isPure(this.#model, node) ||
      (node.type === "CallExpression" &&
        (this.#model.variableOf(node.callee) === this.#callback ||
          timers.has(globalPath(this.#model, node.callee) ?? "")))
    );
  }

  #usesIn(statements: readonly Node[]): Pick<PromiseAround, "calls" | "values"> | undefined {
    const calls: PromiseCall[] = [];
    const values: { read: Node; isError: boolean }[] = [];
    const reads = readsOf(this.#callback).filter((read) => statements.some((statement) => isInside(read, statement)));
    for (const read of reads) {
      const parent = this.#model.parentOf(read);
      if (parent?.type !== "CallExpression") {
        return undefined;
      }
      const call = parent.callee === read ? this.#callOf(parent) : undefined;
      const reasons = call === undefined ? reasonsGivenAt(this.#model, read) : ERROR;
      if ((parent.callee === read && call === undefined) || mayBeDropped(reasons)) {
        return undefined;
      }
      if (call === undefined) {
        values.push({ read, isError: reasons === ERROR && isRejectionHandler(parent, read) });
      } else {
        calls.push(call);
      }
    }
    const isNested = calls.some(({ call }) => calls.some((other) => other.call !== call && isInside(call, other.call)));
    const isDone =
      values.length === 0 &&
      calls.every(({ value }) => value?.type === "NewExpression" && this.#model.isGlobal(value.callee, "Promise"));
    return isDone || isNested ? undefined : { calls, values };
  }

  #callOf(call: ESTree.SimpleCallExpression): PromiseCall | undefined {
    const [error, value] = call.arguments;
    if (call.optional || call.arguments.length > 2 || call.arguments.some(({ type }) => type === "SpreadElement")) {
      return undefined;
    }
    const reasons = reasonsOf(this.#model, error);
    const kind = reasons === ABSENT ? "absent" : mayBeAbsent(reasons) ? "either" : "error";
    const isPureValue = value === undefined || isNullish(value) || isPure(this.#model, value);
    const isKept =
      kind === "absent"
        ? error === undefined || isPure(this.#model, error)
        : isPureValue && (kind === "error" || error?.type === "Identifier");
    return isKept ? { call, kind, reasons, error, value } : undefined;
  }
}

/**
 * The statements around a place in which the callback is not followed, when they can run while a promise is made: control
 * leaves the function behind them, nothing has answered before them, and nothing else hears what they throw.
 *
 * @param settling the callback, and the functions of the file that call it for others
 */
export function promiseAround(
  model: Model,
  { node, callback }: Handler,
  settling: ReadonlySet<Variable>,
  place: Node,
): PromiseAround | undefined {
  const isKnown = callback !== undefined && node.body.type === "BlockStatement" && isInside(place, node.body);
  return isKnown ? new Search(model, node, callback.variable, settling).around(place) : undefined;
}
