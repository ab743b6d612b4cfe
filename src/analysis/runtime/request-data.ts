import type { Variable } from "eslint-scope";
import { callsOf } from "../code/calls.ts";
import { argumentFor, parameterOf } from "../code/functions.ts";
import { handlerFunctionOf } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { isFunction, isInside, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";

/** Tells what comes from the input of the handler. */
export class RequestData {
  readonly #model: Model;
  readonly #handler: FunctionNode | undefined;
  readonly #known = new Map<Variable, boolean>();

  constructor(model: Model) {
    this.#model = model;
    this.#handler = handlerFunctionOf(model);
  }

  /** True when the value of an expression is made of the input. */
  isIn(node: Node): boolean {
    let isFound = false;
    walk(node, (inner) => {
      const variable =
        inner.type === "Identifier" && this.#model.referenceOf(inner) !== undefined
          ? this.#model.variableOf(inner)
          : undefined;
      isFound ||= variable !== undefined && this.#holds(variable);
      return !isFunction(inner);
    });
    return isFound;
  }

  #holds(variable: Variable): boolean {
    const known = this.#known.get(variable);
    if (known !== undefined) {
      return known;
    }
    // What hangs on itself has it from elsewhere.
    this.#known.set(variable, false);
    const holds = this.#compute(variable);
    this.#known.set(variable, holds);
    return holds;
  }

  #compute(variable: Variable): boolean {
    const [definition] = variable.defs;
    if (definition?.type === "Parameter") {
      return this.#isGiven(variable, definition.node);
    }
    if (definition?.type !== "Variable" || this.#model.functionOf(definition.node) === null) {
      return false;
    }
    const loop = this.#model.parentOf(this.#model.parentOf(definition.node) ?? definition.node);
    const isOfLoop = loop?.type === "ForOfStatement" && isInside(definition.node, loop.left);
    return (
      (isOfLoop && this.isIn(loop.right)) ||
      variable.references.some(({ writeExpr }) => writeExpr && !isOfLoop && this.isIn(writeExpr))
    );
  }

  #isGiven(variable: Variable, owner: FunctionNode): boolean {
    const index = parameterOf(owner, variable)?.index ?? -1;
    if (owner === this.#handler) {
      return index === 0;
    }
    const call = this.#model.parentOf(owner);
    if (call?.type === "CallExpression" && call.callee.type === "MemberExpression" && call.arguments[0] === owner) {
      // `input.payload.rows.forEach((row) => …)`
      return index === 0 && this.isIn(call.callee.object);
    }
    return callsOf(this.#model, owner).sites.some((site) => {
      const argument = argumentFor(site, index);
      return argument.kind === "given" && this.isIn(argument.node);
    });
  }
}
