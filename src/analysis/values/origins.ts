import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { visitLiteral } from "./origins-literals.ts";
import { endsBare, returnsOf } from "../code/functions.ts";
import { memberOf } from "../code/members.ts";
import { memberNameOf } from "../code/members-names.ts";
import type { Model } from "../code/model.ts";
import { perKey } from "../code/per-model.ts";
import { isNullish } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { sourcesOf } from "./origins-names.ts";
import type { Source } from "./origins-names.ts";
import { visitCall, visitNew, visitParameter } from "./origins-calls.ts";
import type { Origin, OriginSearch, OriginPosition } from "./origins-types.ts";
import type { Path } from "./trace-events.ts";
import { PROMISE, INDEXED, MAX_DEPTH, elementStep, memberStep } from "./trace-path.ts";

/**
 * Every expression that a value can come from. Constants, choices, variables with all that is written to them,
 * parameters with all that the calls give, results of functions of the file, members of objects and elements of lists
 * with all that is done to them, and promises are followed.
 */
export function originsOf(model: Model, node: Node): readonly Origin[] {
  return FOLLOWED.has(node.type) ? keptOrigins(model, node) : [{ kind: "made", node }];
}

/** True for what a `catch` has caught, or a function that handles rejections got, and nothing else. */
export function isCaught(model: Model, node: Node): boolean {
  const origins = originsOf(model, node);
  return origins.length > 0 && origins.every((origin) => origin.kind === "unknown" && origin.why === "caught");
}

/** Kept, since what a name can mean is asked by many. */
const keptOrigins = perKey((model, node: Node): readonly Origin[] =>
  new OriginFinder(model).find({ node, path: [], shown: node, dropped: "none" }),
);

/** The same of the elements of a list. */
export function elementOriginsOf(model: Model, list: Node): readonly Origin[] {
  return new OriginFinder(model).find({ node: list, path: [elementStep()], shown: list, dropped: "none" });
}

/** The expressions that pass on what another one gives. */
const FOLLOWED: ReadonlySet<string> = new Set([
  "Identifier",
  "ConditionalExpression",
  "LogicalExpression",
  "SequenceExpression",
  "AssignmentExpression",
  "ChainExpression",
  "AwaitExpression",
  "MemberExpression",
  "CallExpression",
  "NewExpression",
  "ObjectExpression",
  "ArrayExpression",
]);

class OriginFinder implements OriginSearch {
  readonly model: Model;
  readonly #origins = new Map<Node, readonly Origin[]>();
  /** Where the value itself has been sought with nothing dropped; nearly all positions are of this kind. */
  readonly #seenWhole = new Set<Node | Variable>();
  readonly #seenInside = new Map<Node | Variable, Set<string>>();
  /** What came out of the position at hand, in the order of the code. */
  #next: (OriginPosition | Origin)[] = [];

  constructor(model: Model) {
    this.model = model;
  }

  find(start: OriginPosition): readonly Origin[] {
    const todo: (OriginPosition | Origin)[] = [start];
    for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
      if ("kind" in at) {
        this.#keep(at);
      } else if (this.#isNew(at.node, at)) {
        this.#visit(at);
        todo.push(...this.#next.reverse());
        this.#next = [];
      }
    }
    return [...this.#origins.values()].flat();
  }

  /** One expression can stand for parts of several things. */
  #keep(origin: Origin): void {
    const same = this.#origins.get(origin.node) ?? [];
    const of = origin.kind === "part" ? origin.of : undefined;
    if (!same.some((other) => other.kind === origin.kind && (other.kind !== "part" || other.of === of))) {
      this.#origins.set(origin.node, [...same, origin]);
    }
  }

  #isNew(key: Node | Variable, { path, dropped }: OriginPosition): boolean {
    if (path.length === 0 && dropped === "none") {
      const before = this.#seenWhole.size;
      return this.#seenWhole.add(key).size > before;
    }
    const seen = this.#seenInside.get(key) ?? new Set();
    const before = seen.size;
    this.#seenInside.set(key, seen.add([dropped, ...path].join()));
    return seen.size > before;
  }

  go(node: Node, path: Path, from: OriginPosition): void {
    if (path.length > MAX_DEPTH) {
      this.add({ kind: "unknown", node: from.shown, why: "deep" }, from);
    } else {
      this.#next.push({ ...from, node, path, shown: path.length === 0 ? node : from.shown });
    }
  }

  add(origin: Origin, at: OriginPosition): void {
    const isNothing = origin.kind === "nothing" || (origin.kind === "made" && isNullish(origin.node));
    const isFalsy = origin.kind === "made" && origin.node.type === "Literal" && !origin.node.value;
    const isDropped = at.dropped !== "none" && (isNothing || (isFalsy && at.dropped === "falsy"));
    if (!isDropped) {
      this.#next.push(at.dropped === "none" ? origin : { ...origin, isPresent: true });
    }
  }

  made(at: OriginPosition): void {
    if (at.path.every((step) => step === PROMISE)) {
      this.add({ kind: "made", node: at.node }, at);
    } else {
      this.part(at);
    }
  }

  part(at: OriginPosition): void {
    this.add({ kind: "part", node: at.shown, of: at.node, path: at.path }, at);
  }

  results(node: FunctionNode, path: Path, at: OriginPosition): void {
    for (const result of returnsOf(this.model, node)) {
      this.go(result, path, at);
    }
    if (endsBare(this.model, node)) {
      this.add({ kind: "nothing", node }, at);
    }
  }

  /** The types are those of {@link FOLLOWED}. */
  #visit(at: OriginPosition): void {
    const { node, path } = at;
    switch (node.type) {
      case "Identifier":
        this.#visitName(node, at);
        break;
      case "ConditionalExpression":
        this.go(node.consequent, path, at);
        this.go(node.alternate, path, at);
        break;
      case "LogicalExpression":
        this.#visitLogical(node, at);
        break;
      case "SequenceExpression":
        this.go(node.expressions.at(-1) ?? node, path, at);
        break;
      case "AssignmentExpression":
        this.#visitAssignment(node, at);
        break;
      case "ChainExpression":
        this.go(node.expression, path, at);
        this.add({ kind: "nothing", node }, at);
        break;
      case "AwaitExpression":
        this.go(node.argument, path[0] === PROMISE ? path : [PROMISE, ...path], at);
        break;
      case "MemberExpression":
        this.#visitMember(node, at);
        break;
      case "CallExpression":
        visitCall(this, node, at);
        break;
      case "NewExpression":
        visitNew(this, node, at);
        break;
      case "ObjectExpression":
      case "ArrayExpression":
        visitLiteral(this, node, at);
        break;
      default:
        this.made(at);
    }
  }

  #visitLogical(node: ESTree.LogicalExpression, at: OriginPosition): void {
    if (node.operator === "&&") {
      this.add({ kind: "falsy", node: node.left }, at);
    } else {
      const dropped = node.operator === "??" ? "nothing" : "falsy";
      this.go(node.left, at.path, at.path.length === 0 ? { ...at, dropped } : at);
    }
    this.go(node.right, at.path, at);
  }

  #visitAssignment({ operator, left, right }: ESTree.AssignmentExpression, at: OriginPosition): void {
    if (!/^(?:&&|\|\||\?\?)?=$/u.test(operator)) {
      this.made(at);
      return;
    }
    if (operator !== "=") {
      this.go(left, at.path, at);
    }
    this.go(right, at.path, at);
  }

  #visitName(name: ESTree.Identifier, at: OriginPosition): void {
    const variable = this.model.variableOf(name);
    if (variable === undefined) {
      this.made(at);
    } else if (this.#isNew(variable, at)) {
      for (const source of sourcesOf(this.model, variable, at.path)) {
        this.#visitSource(source, at);
      }
    }
  }

  #visitSource(source: Source, at: OriginPosition): void {
    const { path } = source;
    switch (source.kind) {
      case "value":
        this.go(source.node, path, at);
        break;
      case "parameter":
        visitParameter(this, source, { ...at, path });
        break;
      case "nothing":
        this.add({ kind: "nothing", node: source.node }, at);
        break;
      case "made":
        this.made({ ...at, node: source.node, path });
        break;
      default:
        this.add({ kind: "unknown", node: source.node, why: source.kind }, at);
    }
  }

  #visitMember(member: ESTree.MemberExpression, at: OriginPosition): void {
    const value = memberOf(this.model, member);
    if (value === undefined) {
      const name = memberNameOf(this.model, member);
      this.go(member.object, [name === undefined ? indexStep(member) : memberStep(name), ...at.path], at);
    } else {
      this.go(value, at.path, at);
    }
  }
}

/** The step of `list[2]` and `list[index]`. */
function indexStep({ property }: ESTree.MemberExpression): string {
  return property.type === "Literal" && typeof property.value === "number" ? elementStep(property.value) : INDEXED;
}
