import type { Variable } from "eslint-scope";
import { callsOf } from "../code/calls.ts";
import { argumentFor, parameterOf } from "../code/functions.ts";
import { handlerFunctionOf } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { isFunction, isInside, rootOf, walk } from "../code/tree.ts";
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

  /** True for the input, and what is read out of it, without a call in between. */
  isPart(node: Node): boolean {
    let isRead = this.isIn(node);
    walk(node, (inner) => {
      isRead &&= inner.type !== "CallExpression" && inner.type !== "AwaitExpression";
      return true;
    });
    return isRead && this.#sources(node).every((source) => this.isPart(source));
  }

  /** The values of the variable at the root of an expression. */
  #sources(node: Node): readonly Node[] {
    const root = rootOf(node);
    const variable = root.type === "Identifier" ? this.#model.variableOf(root) : undefined;
    const isOwn = variable?.defs[0]?.type === "Variable";
    return isOwn ? variable.references.flatMap(({ writeExpr }) => (writeExpr ? [writeExpr as Node] : [])) : [];
  }

  /** True for `errors.push("No name")` where the input decides: what is added is about this request alone. */
  isAddedFor(node: Node): boolean {
    const isPush = node.type === "CallExpression";
    for (let above = this.#model.parentOf(node); isPush && above !== null; above = this.#model.parentOf(above)) {
      if (isFunction(above)) {
        return false;
      }
      const isChosen = above.type === "IfStatement" && above.test !== node && this.isIn(above.test);
      const isRound = above.type === "ForOfStatement" && this.isIn(above.right);
      if (isChosen || isRound) {
        return true;
      }
    }
    return false;
  }

  #holds(variable: Variable): boolean {
    const known = this.#known.get(variable);
    if (known !== undefined) {
      return known;
    }
    // A cyclic definition has it from elsewhere.
    this.#known.set(variable, false);
    const holds = this.#compute(variable);
    this.#known.set(variable, holds);
    return holds;
  }

  #compute(variable: Variable): boolean {
    const [definition] = variable.defs;
    if (definition?.type === "CatchClause") {
      return this.#model.functionOf(definition.node) !== null;
    }
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
      // The callback of V1 answers one request as well.
      return index === 0 || index === 1;
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
