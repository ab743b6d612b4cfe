import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { arrayMembers, stringMembers } from "../../platform/runtime-names.ts";
import { isFunction, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";

/** What a function does with the bodies that an invocation of other functions gives. */
export interface BodyUse {
  /** A member is read that a text does not have: the body is taken for a parsed value. */
  readonly asValue: readonly Node[];
  /** It is parsed, or used as text. */
  readonly asText: readonly Node[];
  /** Results or bodies go where they can't be followed. */
  readonly unclear: readonly Node[];
  /** Members of failed invocations that V2 names in another way. */
  readonly errorReads: readonly Node[];
}

/** What a node stands for: the promise of the results, the list of results, one result, or its body. */
type Kind = "promise" | "list" | "item" | "body";

/** Methods of arrays whose function gets an element first (second for `reduce`), and what they give. */
const LIST_METHODS: ReadonlyMap<string, "list" | "item" | undefined> = new Map([
  ["filter", "list"],
  ["slice", "list"],
  ["find", "item"],
  ["at", "item"],
  ["pop", "item"],
  ["shift", "item"],
  ["map", undefined],
  ["flatMap", undefined],
  ["forEach", undefined],
  ["some", undefined],
  ["every", undefined],
  ["reduce", undefined],
] as const);

class ResultTrail {
  readonly asValue: Node[] = [];
  readonly asText: Node[] = [];
  readonly unclear: Node[] = [];
  readonly errorReads: Node[] = [];
  readonly #model: Model;
  readonly #errorMembers: ReadonlySet<string>;
  readonly #seen = new Map<Variable, Set<Kind>>();

  constructor(model: Model, errorMembers: ReadonlySet<string>) {
    this.#model = model;
    this.#errorMembers = errorMembers;
  }

  visit(node: Node, kind: Kind): void {
    const parent = this.#model.parentOf(node);
    if (parent === null || parent.type === "ExpressionStatement") {
      return;
    }
    if (parent.type === "AwaitExpression") {
      this.visit(parent, kind === "promise" ? "list" : kind);
    } else if (parent.type === "VariableDeclarator" && parent.init === node) {
      this.#bind(parent.id, kind);
    } else if (parent.type === "ForOfStatement" && parent.right === node && kind === "list") {
      this.#bindLoop(parent);
    } else if (parent.type === "MemberExpression" && parent.object === node) {
      this.#visitMember(parent, kind);
    } else if (!this.#isTested(parent, node)) {
      this.#visitOther(node, parent, kind);
    }
  }

  #visitOther(node: Node, parent: Node, kind: Kind): void {
    if (kind !== "body") {
      this.unclear.push(node);
      return;
    }
    const isParsed =
      parent.type === "CallExpression" &&
      parent.callee.type === "MemberExpression" &&
      staticName(parent.callee) === "parse" &&
      this.#model.isGlobal(parent.callee.object, "JSON");
    (isParsed ? this.asText : this.unclear).push(node);
  }

  #isTested(parent: Node, node: Node): boolean {
    return (
      (parent.type === "UnaryExpression" && parent.operator === "!") ||
      ((parent.type === "IfStatement" || parent.type === "ConditionalExpression") && parent.test === node)
    );
  }

  #visitMember(member: ESTree.MemberExpression, kind: Kind): void {
    const name = staticName(member);
    if (kind === "body") {
      this.#visitBodyMember(member, name);
    } else if (kind === "item") {
      this.#visitItemMember(member, name);
    } else if (kind === "promise") {
      this.#visitThen(member, name);
    } else if (member.computed) {
      this.visit(member, "item");
    } else {
      this.#visitListMember(member, name);
    }
  }

  #visitBodyMember(member: ESTree.MemberExpression, name: string | undefined): void {
    if (name !== undefined && this.#errorMembers.has(name)) {
      this.errorReads.push(member);
    }
    const parent = this.#model.parentOf(member);
    const isMethod = parent?.type === "CallExpression" && parent.callee === member;
    if (name === undefined || (arrayMembers.has(name) && (isMethod || name === "length"))) {
      this.unclear.push(member);
    } else {
      (isMethod && stringMembers.has(name) ? this.asText : this.asValue).push(member);
    }
  }

  #visitItemMember(member: ESTree.MemberExpression, name: string | undefined): void {
    if (name === "body") {
      this.visit(member, "body");
    } else if (name === undefined) {
      this.unclear.push(member);
    }
  }

  #visitThen(member: ESTree.MemberExpression, name: string | undefined): void {
    const call = this.#model.parentOf(member);
    const [handler] = call?.type === "CallExpression" ? call.arguments : [];
    if (name === "then" && handler !== undefined && isFunction(handler)) {
      this.#bind(handler.params[0], "list");
    } else if (call?.type === "CallExpression" && (name === "catch" || name === "finally")) {
      this.visit(call, "promise");
    } else {
      this.unclear.push(member);
    }
  }

  #visitListMember(member: ESTree.MemberExpression, name: string | undefined): void {
    const call = this.#model.parentOf(member);
    if (name === "length") {
      return;
    }
    if (name === undefined || !LIST_METHODS.has(name) || call?.type !== "CallExpression" || call.callee !== member) {
      this.unclear.push(member);
      return;
    }
    const [handler] = call.arguments;
    if (handler !== undefined && isFunction(handler)) {
      this.#bind(handler.params[name === "reduce" ? 1 : 0], "item");
    } else if (name !== "at" && name !== "pop" && name !== "shift" && name !== "slice") {
      this.unclear.push(call);
    }
    const given = LIST_METHODS.get(name);
    if (given !== undefined) {
      this.visit(call, given);
    }
  }

  #bindLoop({ left }: ESTree.ForOfStatement): void {
    const target = left.type === "VariableDeclaration" ? left.declarations[0]?.id : left;
    this.#bind(target, "item");
  }

  #bind(target: Node | null | undefined, kind: Kind): void {
    if (target === null || target === undefined) {
      return;
    }
    if (target.type === "ArrayPattern" && kind === "list") {
      for (const element of target.elements) {
        this.#bind(element, "item");
      }
    } else if (target.type === "ObjectPattern" && (kind === "item" || kind === "body")) {
      this.#bindPattern(target, kind);
    } else {
      this.#bindName(target, kind);
    }
  }

  #bindPattern(pattern: ESTree.ObjectPattern, kind: "item" | "body"): void {
    for (const property of pattern.properties) {
      const name = property.type === "Property" ? staticName(property) : undefined;
      if (property.type !== "Property" || name === undefined) {
        this.unclear.push(property);
      } else if (kind === "body") {
        this.asValue.push(property);
      } else if (name === "body") {
        this.#bind(property.value, "body");
      }
      if (kind === "body" && name !== undefined && this.#errorMembers.has(name)) {
        this.errorReads.push(property);
      }
    }
  }

  #bindName(target: Node, kind: Kind): void {
    const variable = target.type === "Identifier" ? this.#model.variableOf(target) : undefined;
    if (variable === undefined || !isConstant(variable)) {
      this.unclear.push(target);
      return;
    }
    const kinds = this.#seen.get(variable) ?? new Set();
    if (!kinds.has(kind)) {
      this.#seen.set(variable, kinds.add(kind));
      for (const read of readsOf(variable)) {
        this.visit(read, kind);
      }
    }
  }
}

/** Follows what a call of `invoke` gives to everything that is done with the bodies in it. */
export function bodyUseOf(model: Model, call: Node, errorMembers: ReadonlySet<string>): BodyUse {
  const trail = new ResultTrail(model, errorMembers);
  trail.visit(call, "promise");
  return trail;
}
