import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import { callsOf } from "../code/calls.ts";
import type { Model } from "../code/model.ts";
import { rangeOf } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { isWithin } from "../code/within.ts";
import { makingOf } from "./callback-makers.ts";
import type { CallbackNames } from "./callback-names.ts";

/** What nodes become; the function gets the node with what has changed in it. */
export type Changes = Map<Node, (inner: Node) => Node>;

/** What is left when all that led to the callback has become the callback: it would look as if it still had it. */
export class Leftovers {
  readonly #model: Model;
  readonly #handler: FunctionNode;
  readonly #names: CallbackNames;
  readonly #changes: Changes;

  constructor(model: Model, handler: FunctionNode, names: CallbackNames, changes: Changes) {
    this.#model = model;
    this.#handler = handler;
    this.#names = names;
    this.#changes = changes;
  }

  /** Functions, and objects with the callback, that nobody needs any more. */
  empty(isOfInterest: (node: Node) => boolean): void {
    for (const type of ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"] as const) {
      for (const node of this.#model.nodes(type)) {
        const isInner = node !== this.#handler && isWithin(this.#model, node, this.#handler);
        if (isInner && isOfInterest(node) && this.#isReplaced(node)) {
          this.#changes.set(
            node,
            () =>
              ({
                ...node,
                params: [],
                body: { type: "BlockStatement", body: [], range: node.body.range },
              }) as unknown as Node,
          );
        }
      }
    }
    this.#emptyMade();
    for (const property of this.#model.nodes("Property")) {
      const holder = this.#model.parentOf(property);
      const isHeld = holder?.type === "ObjectExpression" && isWithin(this.#model, property, this.#handler);
      if (isHeld && this.#names.given(property.value) !== undefined && this.#isCalledOnly(holder)) {
        this.#changes.set(property, () => ({ ...property, shorthand: false, value: nothing(property.value) }) as Node);
      }
    }
  }

  /** `const respond = responder(callback)` where all that is called of it has become the callback. */
  #emptyMade(): void {
    for (const { made, reads } of makingOf(this.#model)) {
      const isOwn = made.arguments.some((argument) => this.#names.isCallback(argument));
      const isDone = reads.every((read) => {
        const member = this.#model.parentOf(read);
        const callee = member?.type === "MemberExpression" && member.object === read ? member : read;
        const call = this.#model.parentOf(callee);
        return call?.type === "CallExpression" && call.callee === callee && this.#changes.has(call);
      });
      if (isOwn && isDone && isWithin(this.#model, made, this.#handler)) {
        this.#changes.set(made, () => nothing(made));
      }
    }
  }

  #isReplaced(node: FunctionNode): boolean {
    const { sites, callbacks, isOpen } = callsOf(this.#model, node);
    const all = [...sites.map(({ call }): Node => call), ...callbacks.map(({ argument }) => argument)];
    return !isOpen && all.length > 0 && all.every((each) => each !== node && this.#changes.has(each));
  }

  /** True for an object of which nothing is used but members that are called, or that are not the callback. */
  #isCalledOnly(object: Node): boolean {
    const parent = this.#model.parentOf(object);
    const variable = parent?.type === "VariableDeclarator" ? this.#model.variableOf(parent.id) : undefined;
    return (
      variable !== undefined &&
      isConstant(variable) &&
      readsOf(variable).every((read) => {
        const member = this.#model.parentOf(read);
        const user = member === null ? null : this.#model.parentOf(member);
        return (
          member?.type === "MemberExpression" &&
          member.object === read &&
          !member.computed &&
          user !== null &&
          (this.#changes.has(user) || this.#changes.has(member) || !this.#names.isCallback(member))
        );
      })
    );
  }
}

/** A function that does nothing that matters here. */
export function idle(at: Node): Node {
  const range = rangeOf(at);
  const body: ESTree.BlockStatement = { type: "BlockStatement", body: [], range: [...range] };
  return {
    type: "ArrowFunctionExpression",
    params: [],
    body,
    expression: false,
    async: false,
    range: [...range],
  };
}

/** No value, in place of another one. */
export function nothing(at: Node): Node {
  return { type: "Literal", value: 0, raw: "0", range: [...rangeOf(at)] };
}
