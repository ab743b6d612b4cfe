import { variableNamed } from "../code/names.ts";
import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { constantOf, readsOf } from "../code/bindings.ts";
import { callOf } from "../code/called.ts";
import { isInert, isSafeConsoleCall } from "../code/effects.ts";
import type { Model } from "../code/model.ts";
import { bareExpression, bodyPartsOf, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { originsOf } from "../values/origins.ts";
import { alwaysGets, calledFunction, fieldValue } from "./callback-makers.ts";

/** What leads to the callback of a handler: other names, members of objects, `bind`, and functions that only call it. */
export class CallbackNames {
  readonly #model: Model;
  readonly #handler: FunctionNode;
  readonly #callback: Variable;
  readonly #wrappers = new Map<FunctionNode, boolean>();
  readonly #parameters = new Map<Node, boolean>();
  /** The handler does nothing but call it, and hands it on to nobody: there is no other way to it. */
  readonly isOnlyCalled: boolean;

  constructor(model: Model, handler: FunctionNode, callback: Variable) {
    this.#model = model;
    this.#handler = handler;
    this.#callback = callback;
    this.isOnlyCalled = readsOf(callback).every(
      (read) => callOf(model, read) !== undefined && model.functionOf(read) === handler,
    );
  }

  /** True where the callback's name means the callback. */
  isSeen(at: Node): boolean {
    const { name } = this.#callback;
    return variableNamed(this.#model, name, at) === this.#callback;
  }

  /** True for an expression that can be nothing but the callback, under any name. */
  isCallback(node: Node): boolean {
    if (node.type === "Identifier" && this.#model.variableOf(node) === this.#callback) {
      return true;
    }
    if (this.isOnlyCalled) {
      return false;
    }
    const definition = node.type === "Identifier" ? this.#model.variableOf(node)?.defs[0] : undefined;
    const isName = node.type === "Identifier" && definition?.type === "Variable";
    if (!isName && node.type !== "MemberExpression") {
      return false;
    }
    const origins = originsOf(this.#model, node).filter(({ kind }) => kind !== "nothing");
    const parameter = this.#handler.params[1];
    return (
      origins.length > 0 &&
      origins.every(
        (origin) =>
          (origin.kind === "unknown" && origin.why === "parameter" && origin.node === parameter) ||
          (origin.node.type === "Identifier" && this.#model.variableOf(origin.node) === this.#callback),
      )
    );
  }

  /** The same for what is the callback in another function: a parameter that always gets it, a field that holds it. */
  #leadsThere(node: Node): boolean {
    const definition = node.type === "Identifier" ? this.#model.variableOf(node)?.defs[0] : undefined;
    const field = node.type === "MemberExpression" ? fieldValue(this.#model, node) : undefined;
    return (
      this.isCallback(node) ||
      (definition?.type === "Parameter" && this.#isGiven(definition.name)) ||
      (field !== undefined && this.#leadsThere(field))
    );
  }

  #isGiven(parameter: Node): boolean {
    const known = this.#parameters.get(parameter);
    if (known !== undefined) {
      return known;
    }
    this.#parameters.set(parameter, false);
    const isGiven = alwaysGets(this.#model, parameter, (node) => this.#leadsThere(node));
    this.#parameters.set(parameter, isGiven);
    return isGiven;
  }

  /** The arguments that come first in each call of an expression that gives the callback; undefined for all others. */
  given(node: Node): readonly Node[] | undefined {
    if (this.isCallback(node)) {
      return [];
    }
    const definition = node.type === "Identifier" ? constantOf(this.#model, node)?.defs[0] : undefined;
    if (definition?.type === "Variable" && definition.node.id.type === "Identifier" && definition.node.init) {
      return definition.node.init.type === "CallExpression" ? this.given(definition.node.init) : undefined;
    }
    if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") {
      return undefined;
    }
    const isBound = staticName(node.callee) === "bind" && this.isCallback(node.callee.object);
    return isBound ? node.arguments.slice(1) : undefined;
  }

  /** True for a call of a function that does nothing but call back. */
  isWrapperCall({ callee }: ESTree.SimpleCallExpression): boolean {
    const node = this.isOnlyCalled ? undefined : calledFunction(this.#model, callee);
    return node !== undefined && this.#isWrapper(node);
  }

  /** True for a function that does nothing but call back, whatever it logs before. */
  #isWrapper(node: FunctionNode): boolean {
    const known = this.#wrappers.get(node);
    if (known !== undefined) {
      return known;
    }
    this.#wrappers.set(node, false);
    const statements = bodyPartsOf(node);
    const whole = bareExpression(statements.at(-1));
    const isQuiet = statements.slice(0, -1).every((statement) => this.#isQuiet(statement));
    const isOne = whole?.type === "CallExpression" && this.#callsBack(whole);
    const isWrapper = isQuiet && isOne && node.async !== true && node.generator !== true && !hasDefaults(node);
    this.#wrappers.set(node, isWrapper);
    return isWrapper;
  }

  #callsBack(call: ESTree.SimpleCallExpression): boolean {
    const { callee } = call;
    const name = callee.type === "MemberExpression" ? staticName(callee) : undefined;
    const target = callee.type === "MemberExpression" && (name === "call" || name === "apply") ? callee.object : callee;
    return (
      target.type !== "Super" &&
      (this.given(target) !== undefined || this.#leadsThere(target) || (target === callee && this.isWrapperCall(call)))
    );
  }

  #isQuiet(statement: Node): boolean {
    return (
      isInert(this.#model, statement) ||
      (statement.type === "ExpressionStatement" && isSafeConsoleCall(this.#model, statement.expression))
    );
  }
}

function hasDefaults({ params }: FunctionNode): boolean {
  return params.some(({ type }) => type === "AssignmentPattern");
}
