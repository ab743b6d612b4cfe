import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction, staticName } from "./tree.ts";
import type { FunctionNode, Node } from "./tree.ts";
import { resolveFunction, returnsOf } from "./functions.ts";
import type { Model } from "./model.ts";

/** `given`: what an expression gives · `involved`: what takes part in making it. */
type Role = "given" | "involved";

/** Finds the functions of the file that an expression can give, through names, objects, choices and calls. */
export class FunctionSearch {
  readonly #model: Model;
  readonly #seen = new Map<Node, Role>();
  readonly #given = new Set<FunctionNode>();
  readonly #involved = new Set<FunctionNode>();

  constructor(model: Model) {
    this.#model = model;
  }

  /** The functions that the expression gives whenever it gives one of the file. */
  get given(): readonly FunctionNode[] {
    return [...this.#given];
  }

  /** These, and those that are handed to what makes the value. */
  get involved(): readonly FunctionNode[] {
    return [...this.#involved];
  }

  follow(node: Node, role: Role = "given"): void {
    const known = this.#seen.get(node);
    if (known === "given" || known === role) {
      return;
    }
    this.#seen.set(node, role);
    if (isFunction(node)) {
      this.#involved.add(node);
      if (role === "given") {
        this.#given.add(node);
      }
      return;
    }
    for (const next of this.#choices(node)) {
      this.follow(next, role);
    }
    if (node.type === "Identifier") {
      this.variable(this.#model.variableOf(node), role);
    } else if (node.type === "ObjectExpression") {
      this.#member(node, undefined, role);
    } else if (node.type === "ArrayExpression") {
      this.#all(node.elements);
    } else if (node.type === "NewExpression") {
      this.#all(node.arguments);
    } else if (node.type === "MemberExpression") {
      const answer = resolveFunction(this.#model, node);
      if (answer.kind === "local") {
        this.follow(answer.node, role);
      } else {
        this.#member(node.object, staticName(node), role);
      }
    } else if (node.type === "CallExpression") {
      this.#call(node, role);
    }
  }

  /** Whatever a variable gets: by its declaration, and by every assignment. */
  variable(variable: Variable | undefined, role: Role = "given"): void {
    for (const definition of variable?.defs ?? []) {
      if (definition.type === "FunctionName") {
        this.follow(definition.node, role);
      }
    }
    for (const reference of variable?.references ?? []) {
      if (reference.isWrite() && reference.writeExpr) {
        this.written(reference.identifier as Node, reference.writeExpr, role);
      }
    }
  }

  /** What a name gets by a declaration or an assignment, of which it may be one part: `const { lambda } = handlers`. */
  written(name: Node, value: Node, role: Role = "given"): void {
    const holder = this.#model.parentOf(name);
    const isWhole = holder?.type === "VariableDeclarator" || holder?.type === "AssignmentExpression";
    const pattern = holder?.type === "Property" ? this.#model.parentOf(holder) : null;
    const around = pattern === null ? null : this.#model.parentOf(pattern);
    if (isWhole) {
      this.follow(value, role);
    } else if (holder?.type === "Property" && around?.type === "VariableDeclarator") {
      this.#member(value, staticName(holder), role);
    } else {
      this.follow(value, "involved");
    }
  }

  #choices(node: Node): readonly Node[] {
    switch (node.type) {
      case "ConditionalExpression":
        return [node.consequent, node.alternate];
      case "LogicalExpression":
        return [node.left, node.right];
      case "AssignmentExpression":
        return [node.right];
      case "SequenceExpression":
        return node.expressions.slice(-1);
      default:
        return [];
    }
  }

  /** Takes all of them for what takes part. */
  #all(nodes: readonly (Node | null)[]): void {
    for (const node of nodes) {
      if (node !== null) {
        this.follow(node.type === "SpreadElement" ? node.argument : node, "involved");
      }
    }
  }

  /** What a property of an object gives; each one takes part where the name is not known. */
  #member(object: Node, name: string | undefined, role: Role): void {
    const definition = object.type === "Identifier" ? this.#model.variableOf(object)?.defs[0] : undefined;
    const holder = definition?.type === "Variable" ? definition.node.init : object;
    if (holder?.type !== "ObjectExpression") {
      this.follow(object, "involved");
      return;
    }
    for (const property of holder.properties) {
      if (property.type === "Property" && (name === undefined || staticName(property) === name)) {
        this.follow(property.value, name === undefined ? "involved" : role);
      }
    }
  }

  #call({ callee, arguments: given }: ESTree.SimpleCallExpression, role: Role): void {
    const target = callee.type === "Super" ? undefined : resolveFunction(this.#model, callee);
    const called = target?.kind === "local" ? target.node : undefined;
    if (callee.type === "MemberExpression") {
      // A bound function takes what the platform gives behind the arguments that it has already.
      const isBound = staticName(callee) === "bind" && given.length <= 1;
      this.follow(callee.object, isBound ? role : "involved");
    }
    for (const returned of called === undefined ? [] : returnsOf(this.#model, called)) {
      this.follow(returned, called?.async === true || called?.generator === true ? "involved" : role);
    }
    for (const argument of given) {
      this.follow(argument, "involved");
    }
  }
}
