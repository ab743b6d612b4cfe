import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { promiseMethods } from "../code/builtins.ts";
import { readsOf } from "../code/bindings.ts";
import { localFunctionOf, variableOfFunction } from "../code/functions.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { usesArguments } from "../code/own-arguments.ts";
import { variableNamed } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { copyOf, nameAt, rewrite } from "../code/rewrite.ts";
import { childrenOf, isFunction, rangeOf, staticName, walk } from "../code/tree.ts";
import { isWithin } from "../code/within.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { CallbackNames } from "./callback-names.ts";
import { fileOf, namedHandlerFile } from "./handler-file.ts";
import type { HandlerFile } from "./handler-file.ts";
import { idle, Leftovers, nothing } from "./plain-leftovers.ts";
import type { Changes } from "./plain-leftovers.ts";
import { StatementWriter } from "./plain-statements.ts";

/** How often a file is rewritten: what one round wrote may be an alias of an alias. */
const ROUNDS = 3;

/**
 * The same file, written in the plainest way: the callback has one name, and is called by it where another name, an
 * object, `bind`, `call` or a function that does nothing else leads to it; handlers of promises stand where they are
 * handed over, and what expressions decide is decided by statements. All places are those of the file. It is made to be
 * looked at only: what is not the callback's business may be lost.
 */
export const plainCallbackOf = perModel((model): HandlerFile | undefined => {
  let file = namedHandlerFile(model);
  for (let round = 0; file !== undefined && round < ROUNDS; round += 1) {
    const { callback, problem } = file.handler;
    const next = callback === undefined || problem !== undefined ? undefined : new PlainWriter(file).written();
    if (next === undefined) {
      break;
    }
    file = next;
  }
  return file;
});

/** One round of rewriting. */
class PlainWriter {
  readonly #model: Model;
  readonly #handler: Handler;
  readonly #callback: Variable;
  /** What the nodes become that stand for the callback. */
  readonly #changes: Changes = new Map();
  readonly #made = new Set<Node>();
  readonly #names: CallbackNames;
  readonly #copying = new Set<Node>();
  readonly #ofInterest = new Map<Node, boolean>();
  readonly #named: ReadonlySet<Variable>;

  constructor({ model, handler }: HandlerFile) {
    this.#model = model;
    this.#handler = handler;
    if (handler.callback === undefined) {
      throw new Error("There is no callback to be followed.");
    }
    this.#callback = handler.callback.variable;
    this.#names = new CallbackNames(model, handler.node, this.#callback);
    this.#named = new Set(readsOf(this.#callback).flatMap((read) => this.#functionsAround(read)));
  }

  /** Undefined when all is plain already. */
  written(): HandlerFile | undefined {
    const { isOnlyCalled } = this.#names;
    if (!isOnlyCalled) {
      this.#aliases();
    }
    for (const call of this.#model
      .nodes("CallExpression")
      .filter((each) => isWithin(this.#model, each, this.#handler.node))) {
      if (!isOnlyCalled) {
        this.#call(call);
      }
      this.#handed(call);
    }
    if (!isOnlyCalled || this.#changes.size > 0) {
      const leftovers = new Leftovers(this.#model, this.#handler.node, this.#names, this.#changes);
      leftovers.empty((node) => this.#isOfInterest(node));
    }
    const writer = new StatementWriter((node) => this.#isOfInterest(node));
    const isLeftOut = (node: Node): boolean => this.#changes.size === 0 && !this.#isOfInterest(node);
    const program = rewrite(
      this.#model.program,
      (node, inner) => {
        const change = this.#changes.get(node);
        return change === undefined
          ? (writer.call(node, inner) ?? writer.statements(node, inner))
          : (writer.call(node, change(inner)) ?? [change(inner)]);
      },
      isLeftOut,
    );
    return program === this.#model.program ? undefined : fileOf(this.#model, program);
  }

  /** The names of the functions around a place, up to the handler. */
  #functionsAround(place: Node): Variable[] {
    const found: Variable[] = [];
    for (let node = this.#model.functionOf(place); node !== null; node = this.#model.functionOf(node)) {
      const variable = variableOfFunction(this.#model, node);
      if (node === this.#handler.node) {
        break;
      }
      found.push(...(variable === undefined ? [] : [variable]));
    }
    return found;
  }

  /** True for what mentions the callback, or a function that does. It is asked of each node and of what is around it. */
  #isOfInterest(node: Node): boolean {
    const known = this.#ofInterest.get(node);
    if (known !== undefined) {
      return known;
    }
    const variable = node.type === "Identifier" ? this.#model.variableOf(node) : undefined;
    const isMention =
      this.#made.has(node) || variable === this.#callback || (variable !== undefined && this.#named.has(variable));
    const isOfInterest = isMention || childrenOf(node).some((child) => this.#isOfInterest(child));
    this.#ofInterest.set(node, isOfInterest);
    return isOfInterest;
  }

  #name(at: Node): ESTree.Identifier {
    const name = nameAt(this.#callback.name, rangeOf(at));
    this.#made.add(name);
    return name;
  }

  /** Every read of a second name becomes the callback, and the second name nothing. */
  #aliases(): void {
    for (const { id, init } of this.#model.nodes("VariableDeclarator")) {
      const variable = id.type === "Identifier" ? this.#model.variableOf(id) : undefined;
      if (variable === undefined || !isWithin(this.#model, id, this.#handler.node) || !this.#mayBeAlias(variable)) {
        continue;
      }
      const reads = readsOf(variable);
      const [first] = reads;
      if (first !== undefined && this.#names.isCallback(first) && reads.every((read) => this.#names.isSeen(read))) {
        for (const read of reads) {
          this.#changes.set(read, () => this.#name(read));
        }
        const values = variable.references.flatMap(({ writeExpr }) => (writeExpr ? [writeExpr as Node] : []));
        for (const value of init ? [init, ...values] : values) {
          this.#changes.set(value, () => nothing(value));
        }
      }
    }
  }

  /** True when something is written to the variable that may be the callback. */
  #mayBeAlias({ references }: Variable): boolean {
    return references.some(
      ({ writeExpr }) =>
        writeExpr !== undefined &&
        writeExpr !== null &&
        (writeExpr.type === "Identifier" || writeExpr.type === "MemberExpression") &&
        this.#names.isCallback(writeExpr),
    );
  }

  #call(call: ESTree.SimpleCallExpression): void {
    const { callee } = call;
    if (callee.type === "Super" || !this.#names.isSeen(call)) {
      return;
    }
    const method = callee.type === "MemberExpression" ? staticName(callee) : undefined;
    const isMethod = callee.type === "MemberExpression" && (method === "call" || method === "apply");
    const given = this.#names.given(isMethod ? callee.object : callee);
    const isPlain = callee.type === "Identifier" && this.#model.variableOf(callee) === this.#callback;
    if (isPlain || (given === undefined && !this.#names.isWrapperCall(call))) {
      return;
    }
    this.#changes.set(call, (inner) => {
      const all = inner.type === "CallExpression" ? inner.arguments : call.arguments;
      // `respond(callback, order)`: the function that answers gets the callback besides.
      const own = given === undefined ? all.filter((_, index) => !this.#isCallbackAt(call, index)) : all;
      const args = given === undefined || !isMethod ? own : method === "call" ? own.slice(1) : [];
      const list = [...(given ?? []).map((part) => copyOf(part)), ...args] as ESTree.Expression[];
      return { ...call, callee: this.#name(callee), arguments: list, optional: false };
    });
  }

  #isCallbackAt({ arguments: given }: ESTree.SimpleCallExpression, index: number): boolean {
    const argument = given[index];
    return argument !== undefined && this.#names.isCallback(argument);
  }

  /** `.then(onOrders).catch(fail)`: functions that are handed to promises and timers by name. */
  #handed({ callee, arguments: given }: ESTree.SimpleCallExpression): void {
    const name =
      callee.type === "MemberExpression" ? staticName(callee) : callee.type === "Identifier" ? callee.name : "";
    const isTaken = callee.type === "MemberExpression" ? promiseMethods.has(name ?? "") : TIMERS.test(name ?? "");
    for (const argument of isTaken ? given : []) {
      if (isFunction(argument) || this.#changes.has(argument) || !this.#names.isSeen(argument)) {
        continue;
      }
      if (isConsoleMethod(this.#model, argument)) {
        this.#changes.set(argument, () => idle(argument));
        continue;
      }
      const bound = this.#names.given(argument);
      const node = bound === undefined ? localFunctionOf(this.#model, argument) : undefined;
      if (bound?.length === 0 && argument.type !== "Identifier") {
        this.#changes.set(argument, () => this.#name(argument));
      } else if (bound !== undefined && bound.length > 0) {
        this.#changes.set(argument, () => this.#arrow(argument, bound));
      } else if (node !== undefined && this.#canStandAt(node, argument)) {
        this.#changes.set(argument, (inner) => this.#copied(node) ?? inner);
      }
    }
  }

  /** `callback.bind(null, null)` as a function: `(value) => callback(null, value)`. */
  #arrow(at: Node, bound: readonly Node[]): Node {
    const range = rangeOf(at);
    const body = {
      type: "CallExpression",
      callee: this.#name(at),
      arguments: bound.map((part) => copyOf(part)),
      optional: false,
      range: [...range],
    } as ESTree.SimpleCallExpression;
    return {
      type: "ArrowFunctionExpression",
      params: [],
      body,
      expression: true,
      async: false,
      range: [...range],
    };
  }

  /** True when a function means the same at another place: it has no `this`, and all its names are known there. */
  #canStandAt(node: FunctionNode, at: Node): boolean {
    if (isWithin(this.#model, at, node) || usesArguments(this.#model, node) || node.generator === true) {
      return false;
    }
    let isSame = true;
    walk(node, (part) => {
      const variable = part.type === "Identifier" ? this.#model.variableOf(part) : undefined;
      const isOuter = variable !== undefined && !isWithin(this.#model, variable.scope.block, node);
      isSame &&=
        part.type !== "ThisExpression" && (!isOuter || variableNamed(this.#model, variable.name, at) === variable);
      return isSame;
    });
    return isSame;
  }

  /** A copy with all changes, as an expression. */
  #copied(node: FunctionNode): Node | undefined {
    if (this.#copying.has(node)) {
      return undefined;
    }
    this.#copying.add(node);
    const changes = this.#changes;
    const written = rewrite({ ...node }, (part, inner) => {
      const change = part === node ? undefined : changes.get(part);
      return change === undefined ? undefined : [change(inner)];
    });
    this.#copying.delete(node);
    const copy = copyOf(written, (part, same) => {
      if (this.#made.has(part) || this.#model.variableOf(part) === this.#callback) {
        this.#made.add(same);
      }
    });
    return copy.type === "FunctionDeclaration" ? { ...copy, type: "FunctionExpression" } : copy;
  }
}

const TIMERS = /^(?:setImmediate|setTimeout)$/u;

/** `console.error`, as it is handed over. */
function isConsoleMethod(model: Model, node: Node): boolean {
  return node.type === "MemberExpression" && model.isGlobal(node.object, "console");
}
