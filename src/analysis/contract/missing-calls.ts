import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { rangeOf } from "../code/tree.ts";
import { isWithin } from "../code/within.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { chainOf } from "../control/chains.ts";
import { continuationOf, isLastIn } from "../control/continuation.ts";
import { NONE } from "../control/flow.ts";
import type { Handler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf, variablesIn } from "../code/bindings.ts";
import { findChainProblems, isComplement, namesIn } from "./callback-chains.ts";
import type { OwnerSettlement } from "./callback-owners.ts";
import { calledName, isStatement, mayAnswer } from "./callback-problems.ts";
import type { MissingCall, Place, SecondCall } from "./callback-problems.ts";
import { holds } from "./settle-statements.ts";

/** Finds the ways through the handler on which nobody calls back. */
export class MissingCalls {
  readonly #model: Model;
  readonly #handler: Handler;
  readonly #owners: readonly OwnerSettlement[];
  readonly #places: readonly Place[];

  constructor(model: Model, handler: Handler, owners: readonly OwnerSettlement[], places: readonly Place[]) {
    this.#model = model;
    this.#handler = handler;
    this.#owners = owners;
    this.#places = places;
  }

  *problems(): Generator<SecondCall | MissingCall> {
    yield* this.#missingCalls();
    yield* this.#chainProblems();
    yield* this.#innerChains();
    yield* this.#swallowedInHelpers();
  }

  #missingCalls(): MissingCall[] {
    const [own] = this.#owners;
    const { node, callback } = this.#handler;
    if (own === undefined || callback === undefined || (own.settlement.atExit & NONE) === 0) {
      return [];
    }
    const { settlement } = own;
    if (settlement.atExit === NONE) {
      return [{ kind: "never", at: callback.parameter, how: "handler", isCertain: true }];
    }
    const returns = [...settlement.atReturns].flatMap(([statement, settled]): MissingCall[] =>
      settled === NONE && this.#model.functionOf(statement) === node && !this.#isAnsweredAfter(statement, "return")
        ? [{ kind: "never", at: statement, how: "return", isCertain: true }]
        : [],
    );
    const catches = this.#model
      .nodes("CatchClause")
      .filter((clause) => this.#model.functionOf(clause) === node && this.#swallows(clause, this.#places[0]))
      .map((clause): MissingCall => ({ kind: "never", at: clause, how: "catch", isCertain: true }));
    const certain = [...returns, ...catches];
    const isOpen = (settlement.atEnd & NONE) !== 0 && catches.length === 0;
    const isCertain = isOpen && !this.#hasTwinTests() && !this.#isToldOtherwise(own);
    return isOpen ? [...certain, { kind: "never", at: node.body, how: "end", isCertain }] : certain;
  }

  /** True when conditions that depend on each other decide who calls back: of two, always one may hold. */
  #hasTwinTests(): boolean {
    const { node, callback } = this.#handler;
    const reads = callback === undefined ? [] : readsOf(callback.variable);
    const tests = this.#model
      .nodes("IfStatement")
      .filter(
        (each) => this.#model.functionOf(each) === node && reads.some((read) => isWithin(this.#model, read, each)),
      )
      .map(({ test }) => test);
    const names = tests.map((test) => namesIn(this.#model, test));
    return tests.some((test, index) => {
      const parent = this.#model.parentOf(this.#model.parentOf(test) ?? test);
      const isElse = parent?.type === "IfStatement" && !isComplement(this.#model, parent.test, test);
      const others = names.slice(0, index);
      const isTwin = others.some((other) => [...(names[index] ?? [])].some((name) => other.has(name)));
      return (!isElse && isTwin) || this.#tellsOfCall(test, reads);
    });
  }

  /** `let failed`: true for a condition about a variable that is written where somebody calls back. */
  #tellsOfCall(test: Node, reads: readonly Node[]): boolean {
    return [...variablesIn(this.#model, test)].some(({ references }) =>
      references.some((reference) => {
        const statement = this.#model.statementOf(reference.identifier as Node);
        const block = this.#model.parentOf(statement);
        const isInner = block?.type === "BlockStatement" && block !== this.#handler.node.body;
        return reference.isWrite() && isInner && reads.some((read) => isWithin(this.#model, read, block));
      }),
    );
  }

  /** True when a helper that may end without a call tells so: by what it gives, or by a variable that it looks at. */
  #isToldOtherwise({ owner, known }: OwnerSettlement): boolean {
    return [...known.uncertain].some((call) => {
      const targets = known.targets.get(call) ?? [];
      const isUsed = !isStatement(this.#model, call) && this.#model.parentOf(call)?.type !== "ReturnStatement";
      const looks = (node: ESTree.IfStatement): boolean =>
        targets.some(
          (target) =>
            isWithin(this.#model, node, target) &&
            [...variablesIn(this.#model, node.test)].some(
              (variable) => !isConstant(variable) && !isWithin(this.#model, variable.scope.block, target),
            ),
        );
      return this.#model.functionOf(call) === owner.node && (isUsed || this.#model.nodes("IfStatement").some(looks));
    });
  }

  /** What chains of promises leave unanswered, and the `finally` that answers once more. */
  *#chainProblems(): Generator<SecondCall | MissingCall> {
    for (const { owner } of this.#owners) {
      const statements = [...this.#model.nodes("ExpressionStatement"), ...this.#model.nodes("ReturnStatement")];
      for (const statement of statements.filter((each) => this.#model.functionOf(each) === owner.node)) {
        const chain = chainOf(statement);
        const others = readsOf(owner.callback).filter((read) => !isWithin(this.#model, read, statement));
        const isOnly = others.every((read) => this.#isLeft(read, owner.node));
        const way = statement.type === "ReturnStatement" ? "return" : "fall";
        if (chain !== undefined && chain.mode !== "awaited" && isOnly && !this.#isAnsweredAfter(statement, way)) {
          yield* findChainProblems(this.#model, chain, owner.callback);
        }
      }
    }
  }

  /** A chain that a handler of another one begins and does not return: that one never hears what becomes of it. */
  *#innerChains(): Generator<SecondCall | MissingCall> {
    const owners = new Set<Node | null>(this.#owners.map(({ owner }) => owner.node));
    for (const statement of this.#model.nodes("ExpressionStatement")) {
      const chain = chainOf(statement);
      const node = this.#model.functionOf(statement);
      const call = node === null || owners.has(node) ? null : this.#model.parentOf(node);
      const outer = call === null ? undefined : chainOf(this.#model.statementOf(call));
      const callback = this.#places.find((place) => isWithin(this.#model, statement, place.node))?.callback;
      if (
        chain?.mode === "floating" &&
        node !== null &&
        callback !== undefined &&
        outer?.links.some((link) => link.call === call) === true &&
        isLastIn(this.#model, statement, node) &&
        this.#answersAlone(statement, node, outer.statement, callback)
      ) {
        yield* findChainProblems(this.#model, chain, callback);
      }
    }
  }

  /** True when whoever else calls back is another handler of the outer chain, or leaves at once. */
  #answersAlone(statement: Node, node: FunctionNode, outer: Node, callback: Variable): boolean {
    return readsOf(callback).every(
      (read) =>
        isWithin(this.#model, read, statement) ||
        (isWithin(this.#model, read, outer) && !isWithin(this.#model, read, node)) ||
        this.#isLeft(read, node),
    );
  }

  /** True for a call of the callback behind which the function is left at once. */
  #isLeft(read: Node, owner: FunctionNode): boolean {
    const statement = this.#model.statementOf(read);
    const isOwn = this.#model.functionOf(read) === owner;
    return (
      isOwn &&
      (statement.type === "ReturnStatement" || continuationOf(this.#model, statement, owner).after.length === 0)
    );
  }

  #isAnsweredAfter(statement: Node, way: "fall" | "return", place = this.#places[0]): boolean {
    const owner = place?.node ?? this.#handler.node;
    const { after, repeats } = continuationOf(this.#model, statement, owner, way);
    return repeats || place === undefined || after.some((next) => mayAnswer(this.#model, next, place));
  }

  /** True for a `catch` after which the function ends and nobody ever calls back. */
  #swallows(clause: ESTree.CatchClause, place: Place | undefined): boolean {
    const statement = this.#model.parentOf(clause);
    if (statement?.type !== "TryStatement" || place === undefined) {
      return false;
    }
    const variable = place.callback;
    const [start] = rangeOf(statement);
    const isFirst = readsOf(variable).every(
      (read) => rangeOf(read)[0] > start || this.#model.functionOf(read) !== place.node,
    );
    const waitsFirst = this.#model.nodes("AwaitExpression").some((node) => {
      const [at] = rangeOf(node);
      const inside = at > start && at < rangeOf(statement.block)[1] && this.#model.functionOf(node) === place.node;
      return inside && readsOf(variable).every((read) => this.#calledAt(read) > at);
    });
    const isLeft = holds(clause, /^(?:Throw|Break|Continue)Statement$/u) || this.#endsProcess(clause);
    return (
      isFirst &&
      waitsFirst &&
      !isLeft &&
      !mayAnswer(this.#model, clause.body, place) &&
      !this.#isAnsweredAfter(statement, "fall", place)
    );
  }

  /** A `catch` in a helper whose calls are the last thing that the handler does. */
  #swallowedInHelpers(): MissingCall[] {
    const places = this.#places;
    return this.#owners.slice(1).flatMap(({ owner }) => {
      const place = places.find(({ node }) => node === owner.node);
      const calls = "calls" in owner ? (owner.calls as readonly ESTree.SimpleCallExpression[]) : [];
      const isLast = calls.every((call) => {
        const statement = this.#model.statementOf(call);
        const isWhole = isStatement(this.#model, call) || this.#model.parentOf(call) === statement;
        const isOwn = this.#model.functionOf(call) === this.#handler.node;
        return (
          isOwn &&
          isWhole &&
          !this.#isAnsweredAfter(statement, statement.type === "ReturnStatement" ? "return" : "fall")
        );
      });
      const clauses = calls.length > 0 && isLast ? this.#model.nodes("CatchClause") : [];
      return clauses
        .filter((clause) => this.#model.functionOf(clause) === owner.node && this.#swallows(clause, place))
        .map((clause): MissingCall => ({ kind: "never", at: clause, how: "catch", isCertain: true }));
    });
  }

  /** Where the callback is called: behind its arguments. */
  #calledAt(read: Node): number {
    const call = callOf(this.#model, read);
    return call === undefined ? rangeOf(read)[0] : rangeOf(call)[1];
  }

  #endsProcess(node: Node): boolean {
    return this.#model
      .nodes("CallExpression")
      .some(
        (call) =>
          calledName(call) === "exit" && rangeOf(call)[0] > rangeOf(node)[0] && rangeOf(call)[1] < rangeOf(node)[1],
      );
  }
}
