import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { returnsOf } from "../code/functions.ts";
import { memberNameOf, memberOf } from "../code/members.ts";
import type { Model } from "../code/model.ts";
import { isNullish } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { sourcesOf } from "./origins-names.ts";
import type { Source } from "./origins-names.ts";
import { changesOfList } from "./list-changes.ts";
import { changesOfLiteral } from "./object-changes.ts";
import { visitCall, visitNew, visitParameter } from "./origins-calls.ts";
import type { Origin, OriginSearch, OriginPosition } from "./origins-types.ts";
import type { Path } from "./trace-events.ts";
import { PROMISE, INDEXED, MAX_DEPTH, elementStep, isInList, memberStep, outOf } from "./trace-path.ts";

/**
 * Every expression that a value can come from. Constants, choices, variables with all that is written to them,
 * parameters with all that the calls give, results of functions of the file, members of objects and elements of lists
 * with all that is done to them, and promises are followed.
 */
export function originsOf(model: Model, node: Node): readonly Origin[] {
  return new OriginFinder(model).find({ node, path: [], shown: node, dropped: "none" });
}

/** The same of the elements of a list. */
export function elementOriginsOf(model: Model, list: Node): readonly Origin[] {
  return new OriginFinder(model).find({ node: list, path: [elementStep()], shown: list, dropped: "none" });
}

class OriginFinder implements OriginSearch {
  readonly model: Model;
  readonly #origins = new Map<Node, readonly Origin[]>();
  readonly #seen = new Map<Node | Variable, Set<string>>();
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
    const seen = this.#seen.get(key) ?? new Set();
    const text = [dropped, ...path].join();
    const isNew = !seen.has(text);
    this.#seen.set(key, seen.add(text));
    return isNew;
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

  /** The node makes the value, also where somebody waits for it; a part of it can't be told. */
  #addMade(at: OriginPosition): void {
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
    if (mayEndEmpty(node)) {
      this.add({ kind: "nothing", node }, at);
    }
  }

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
        this.#visitLiteral(node, at);
        break;
      default:
        this.#addMade(at);
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
      this.#addMade(at);
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
      this.#addMade(at);
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
        this.#addMade({ ...at, node: source.node, path });
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

  #visitLiteral(node: ESTree.ObjectExpression | ESTree.ArrayExpression, at: OriginPosition): void {
    const [step, ...rest] = at.path[0] === PROMISE ? at.path.slice(1) : at.path;
    if (step === undefined) {
      this.#addMade(at);
    } else if (node.type === "ArrayExpression") {
      this.#visitElements(node, step, { ...at, path: rest });
    } else {
      this.#visitProperties(node, isInList([step]) ? memberStep() : step, { ...at, path: rest });
    }
  }

  #visitElements(list: ESTree.ArrayExpression, step: string, at: OriginPosition): void {
    const { isChanged, added, isLost } = changesOfList(this.model, list);
    if (!isInList([step])) {
      this.#addMade({ ...at, path: [step, ...at.path] });
      return;
    }
    const isCounted = !isChanged && list.elements.every((element) => element?.type !== "SpreadElement");
    list.elements.forEach((element, index) => {
      if (isCounted && outOf([step], elementStep(index)) === undefined) {
        return;
      }
      if (element === null) {
        this.add({ kind: "nothing", node: list }, at);
      } else if (element.type === "SpreadElement") {
        this.go(element.argument, [elementStep(), ...at.path], at);
      } else {
        this.go(element, at.path, at);
      }
    });
    for (const node of added) {
      this.go(node, at.path, at);
    }
    if (step === INDEXED) {
      this.add({ kind: "nothing", node: list }, at);
    }
    if (isLost) {
      this.add({ kind: "unknown", node: list, why: "changed" }, at);
    }
  }

  /** @param step the member that is looked for, in one of the properties, what is spread over them, or written later */
  #visitProperties(literal: ESTree.ObjectExpression, step: string, at: OriginPosition): void {
    const isSure = (property: Node): boolean =>
      property.type === "Property" && step !== memberStep() && stepOf(this.model, property) === step;
    const last = literal.properties.findLastIndex(isSure);
    for (const property of literal.properties.slice(Math.max(last, 0))) {
      if (property.type === "SpreadElement") {
        this.go(property.argument, [step, ...at.path], at);
      } else if (outOf([step], stepOf(this.model, property)) === undefined) {
        continue;
      } else if (property.kind === "init") {
        this.go(property.value, at.path, at);
      } else {
        this.add({ kind: "unknown", node: property, why: "changed" }, at);
      }
    }
    if (last < 0) {
      this.add({ kind: "nothing", node: literal }, at);
    }
    this.#visitChanges(literal, step, at);
  }

  #visitChanges(literal: ESTree.ObjectExpression, step: string, at: OriginPosition): void {
    for (const change of changesOfLiteral(this.model, literal)) {
      if (change.kind === "merge") {
        const source = change.source.type === "SpreadElement" ? undefined : change.source;
        if (source === undefined) {
          this.add({ kind: "unknown", node: change.source, why: "spread" }, at);
        } else {
          this.go(source, [step, ...at.path], at);
        }
      } else if (change.kind === "lost") {
        this.add({ kind: "unknown", node: change.node, why: "changed" }, at);
      } else if (change.kind === "set" && outOf([step], memberStep(change.name)) !== undefined) {
        this.go(change.value, at.path, at);
      } else if (change.kind === "delete" && outOf([step], memberStep(change.name)) !== undefined) {
        this.add({ kind: "nothing", node: literal }, at);
      }
    }
  }
}

function stepOf(model: Model, property: ESTree.Property): string {
  return memberStep(memberNameOf(model, property));
}

/** The step of `list[2]` and `list[index]`. */
function indexStep({ property }: ESTree.MemberExpression): string {
  return property.type === "Literal" && typeof property.value === "number" ? elementStep(property.value) : INDEXED;
}

/** True when a function can end without a `return` that gives a value. */
function mayEndEmpty({ body }: FunctionNode): boolean {
  const last = body.type === "BlockStatement" ? body.body.at(-1) : undefined;
  const isLeft = last?.type === "ThrowStatement" || (last?.type === "ReturnStatement" && last.argument);
  return body.type === "BlockStatement" && !isLeft;
}
