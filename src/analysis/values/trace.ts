import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import { callsOf } from "../code/calls.ts";
import type { Model } from "../code/model.ts";
import { isFunction } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { visitArgument } from "./trace-arguments.ts";
import type {
  EscapeReason,
  PartHop,
  Path,
  Position,
  SameHop,
  TraceEvent,
  TracePolicy,
  TraceStart,
  Tracer,
  Use,
  Via,
} from "./trace-events.ts";
import { visitCallback } from "./trace-functions.ts";
import { storeInField, visitHeld, visitOwnThis } from "./trace-holders.ts";
import { visitElements, visitMember, visitPattern } from "./trace-members.ts";
import { awaited, promised } from "./trace-path.ts";
import { visitTest } from "./trace-tests.ts";

/**
 * Follows a value from where it comes up to all that is done with it, forward and by binding: through names and
 * patterns, arguments and results of functions of the file, promises, lists, objects and fields. Each use is an event
 * in the order in which it is met; what can't be followed is one as well (`escape`). The cost is linear in the uses.
 *
 * The asker's state goes along, so that it can be something else behind each hop. Two positions are the same when node,
 * path and state are.
 */
export function* trace<S>(
  model: Model,
  starts: readonly TraceStart<S>[],
  policy: TracePolicy<S> = {},
): Generator<TraceEvent<S>, void, undefined> {
  yield* new ForwardTracer(model, policy).run(starts);
}

class ForwardTracer<S> implements Tracer<S> {
  readonly model: Model;
  readonly #policy: TracePolicy<S>;
  /** Where the value itself has been, by the asker's state; nearly all positions are of this kind. */
  readonly #seenWhole = new Map<S, Set<Node | Variable>>();
  readonly #seenInside = new Map<Node | Variable, Map<S, Set<string>>>();
  /** Events and positions that came out of the position at hand. */
  #events: TraceEvent<S>[] = [];
  #next: Position<S>[] = [];

  constructor(model: Model, policy: TracePolicy<S>) {
    this.model = model;
    this.#policy = policy;
  }

  *run(starts: readonly TraceStart<S>[]): Generator<TraceEvent<S>, void, undefined> {
    const todo = starts
      .filter(({ isTarget }) => isTarget !== true)
      .map(({ node, state, path = [] }) => ({ node, state, path }))
      .reverse();
    for (const { node, state, path = [] } of starts.filter(({ isTarget }) => isTarget === true)) {
      this.bind(node, { node, state, path }, "parameter");
      yield* this.#take(todo);
    }
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      if (this.#isNew(at.node, at)) {
        this.#visit(at);
        yield* this.#take(todo);
      }
    }
  }

  /** The events at hand; the positions are put where they belong. */
  #take(todo: Position<S>[]): readonly TraceEvent<S>[] {
    const events = this.#events;
    for (let next = this.#next.pop(); next !== undefined; next = this.#next.pop()) {
      todo.push(next);
    }
    this.#events = events.length === 0 ? events : [];
    return events;
  }

  #isNew(place: Node | Variable, { state, path }: Position<S>): boolean {
    if (path.length === 0) {
      const places = this.#seenWhole.get(state);
      if (places === undefined) {
        this.#seenWhole.set(state, new Set([place]));
        return true;
      }
      const before = places.size;
      return places.add(place).size > before;
    }
    const states = this.#seenInside.get(place) ?? new Map<S, Set<string>>();
    const paths = states.get(state) ?? new Set();
    const before = paths.size;
    this.#seenInside.set(place, states.set(state, paths.add(path.join())));
    return paths.size > before;
  }

  go(node: Node, path: Path | undefined, state: S, from: Position<S>): void {
    if (path === undefined) {
      this.escape(from, "deep");
    } else {
      this.#next.push({ node, path, state });
    }
  }

  same(hop: SameHop<S>): S | undefined {
    const state = this.#policy.same === undefined ? hop.state : this.#policy.same(hop);
    this.#events.push({ ...hop, isFollowed: state !== undefined });
    return state;
  }

  part(hop: PartHop<S>): S | undefined {
    const state = this.#policy.part?.(hop);
    this.#events.push({ ...hop, isFollowed: state !== undefined });
    return state;
  }

  partIfWanted(hop: PartHop<S>): S | undefined {
    const state = this.#policy.part?.(hop);
    if (state !== undefined) {
      this.#events.push({ ...hop, isFollowed: true });
    }
    return state;
  }

  use(use: Use<S>): void {
    if (use.path.length === 0 || use.type === "escape" || use.type === "show") {
      this.#events.push(use);
    }
  }

  escape(at: Position<S>, reason: EscapeReason): void {
    this.use({ type: "escape", ...at, reason });
  }

  bind(target: Node, at: Position<S>, via: Via): void {
    switch (target.type) {
      case "Identifier":
        this.#bindName(target, at, via);
        break;
      case "AssignmentPattern":
        this.bind(target.left, at, via);
        break;
      case "ObjectPattern":
      case "ArrayPattern":
        visitPattern(this, target, at, via);
        break;
      case "MemberExpression":
        storeInField(this, target, at);
        break;
      case "VariableDeclaration":
        target.declarations.forEach(({ id }) => {
          this.bind(id, at, via);
        });
        break;
      default:
        this.escape(at, "unknown");
    }
  }

  #bindName(target: ESTree.Identifier, at: Position<S>, via: Via): void {
    const variable = this.model.variableOf(target);
    if (variable === undefined) {
      this.escape(at, "global");
      return;
    }
    const state = this.same({ type: "bind", ...at, variable, target, via });
    if (state !== undefined) {
      // Of a name that is written often, all is known already.
      for (const read of this.#isNew(variable, { ...at, state }) ? readsOf(variable) : []) {
        this.go(read, at.path, state, at);
      }
      if (/^Export/u.test(this.model.parentOf(this.model.statementOf(target))?.type ?? "")) {
        this.escape(at, "exported");
      }
    }
  }

  choose(by: Node, at: Position<S>): void {
    const state = this.same({ type: "choice", ...at, by });
    if (state !== undefined) {
      this.go(by, at.path, state, at);
    }
  }

  #visit(at: Position<S>): void {
    if (at.node.type === "ObjectExpression" && at.path.length === 0) {
      visitOwnThis(this, at.node, at);
    }
    const parent = this.model.parentOf(at.node);
    if (parent !== null && !this.#visitPlace(parent, at) && !visitTest(this, parent, at)) {
      this.escape(at, parent.type.startsWith("Export") ? "exported" : "unknown");
    }
  }

  /** Places where the value goes on, or a part of it. */
  #visitPlace(parent: Node, at: Position<S>): boolean {
    const { node, path, state } = at;
    switch (parent.type) {
      case "ChainExpression":
        this.go(parent, path, state, at);
        return true;
      case "VariableDeclarator":
        this.bind(parent.id, at, "declaration");
        return true;
      case "AssignmentPattern":
        this.bind(parent.left, at, "declaration");
        return true;
      case "AssignmentExpression":
        this.#visitAssignment(parent, at);
        return true;
      case "AwaitExpression":
        this.#visitAwait(parent, at);
        return true;
      case "CallExpression":
      case "NewExpression":
        if (parent.callee === node) {
          this.#visitCall(parent, at);
        } else {
          visitArgument(this, parent, at);
        }
        return true;
      case "TaggedTemplateExpression":
        this.#visitCall(parent, at);
        return true;
      case "MemberExpression":
        if (parent.object === node) {
          visitMember(this, parent, at);
        } else {
          this.use({ type: "convert", ...at, by: parent });
        }
        return true;
      case "Property":
      case "PropertyDefinition":
      case "ArrayExpression":
      case "SpreadElement":
        visitHeld(this, parent, at);
        return true;
      case "ForOfStatement":
        visitElements(this, parent, at, (element) => {
          this.bind(parent.left, element, "loop");
        });
        return true;
      case "ForInStatement":
        this.use({ type: "enumerate", ...at, by: parent });
        return true;
      case "ReturnStatement":
        this.#visitReturn(this.model.functionOf(parent), at);
        return true;
      case "ArrowFunctionExpression":
        this.#visitReturn(parent, at);
        return true;
      default:
        return false;
    }
  }

  #visitAssignment(assignment: ESTree.AssignmentExpression, at: Position<S>): void {
    const { operator, left, right } = assignment;
    if (right !== at.node) {
      this.use({ type: /^(?:&&|\|\||\?\?)=$/u.test(operator) ? "test" : "convert", ...at, by: assignment });
    } else if (/^(?:&&|\|\||\?\?)?=$/u.test(operator)) {
      this.bind(left, at, "assignment");
      if (this.model.parentOf(assignment)?.type !== "ExpressionStatement") {
        this.choose(assignment, at);
      }
    } else {
      this.use({ type: "convert", ...at, by: assignment });
    }
  }

  #visitAwait(by: ESTree.AwaitExpression, at: Position<S>): void {
    const state = this.same({ type: "promise", ...at, step: "await", by });
    if (state !== undefined) {
      this.go(by, awaited(at.path), state, at);
    }
  }

  #visitCall(
    call: ESTree.SimpleCallExpression | ESTree.NewExpression | ESTree.TaggedTemplateExpression,
    at: Position<S>,
  ): void {
    const state = at.path.length === 0 ? this.part({ type: "call", ...at, call }) : undefined;
    if (state !== undefined) {
      this.go(call, [], state, at);
    }
  }

  #visitReturn(owner: FunctionNode | null, at: Position<S>): void {
    if (owner === null || !isFunction(owner) || owner.generator === true) {
      this.escape(at, owner === null ? "unknown" : "yielded");
      return;
    }
    const calls = callsOf(this.model, owner);
    const state = this.same({ type: "return", ...at, owner, calls });
    if (state === undefined) {
      return;
    }
    const path = owner.async === true ? promised(at.path) : at.path;
    for (const { call } of calls.sites) {
      if (call.type === "CallExpression") {
        this.go(call, path, state, at);
      }
    }
    const unseen = calls.callbacks.filter((use) => !visitCallback(this, use, { ...at, path, state }));
    if (unseen.length > 0 || calls.isOpen) {
      this.escape(at, "returned");
    }
  }
}
