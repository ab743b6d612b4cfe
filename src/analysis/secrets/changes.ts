import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { functionOfName } from "../toolbelt/client-uses.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";

const MUTATORS = new Set([
  "add",
  "clear",
  "copyWithin",
  "delete",
  "fill",
  "pop",
  "push",
  "reverse",
  "set",
  "shift",
  "sort",
  "splice",
  "unshift",
]);

/** Functions that change their first argument: `Object.assign`, and those of lodash. Source: the lodash documentation. */
const CHANGING_FUNCTIONS = new Set([
  "assign",
  "assignIn",
  "defaults",
  "defaultsDeep",
  "defineProperty",
  "extend",
  "fill",
  "merge",
  "mergeWith",
  "pull",
  "pullAll",
  "remove",
  "reverse",
  "set",
  "setWith",
  "unset",
  "update",
]);

/** Methods that give something new, or what the function gives that they call, which is followed on its own. */
const NEW_RESULTS = new Set([
  "every",
  "flatMap",
  "forEach",
  "includes",
  "indexOf",
  "join",
  "map",
  "reduce",
  "replace",
  "some",
  "split",
  "startsWith",
  "then",
  "toString",
  "trim",
]);

/** True when what the expression stands for is changed in place. */
function isChanged(model: Model, target: Node): boolean {
  const parent = model.parentOf(target);
  if (parent?.type === "CallExpression" && parent.arguments[0] === target) {
    return CHANGING_FUNCTIONS.has(calledName(parent) ?? "");
  }
  if (target.type !== "MemberExpression") {
    return false;
  }
  return (
    (parent?.type === "AssignmentExpression" && parent.left === target) ||
    parent?.type === "UpdateExpression" ||
    (parent?.type === "UnaryExpression" && parent.operator === "delete") ||
    (parent?.type === "CallExpression" && parent.callee === target && MUTATORS.has(staticName(target) ?? ""))
  );
}

function calledName({ callee }: ESTree.CallExpression): string | undefined {
  return callee.type === "MemberExpression"
    ? staticName(callee)
    : callee.type === "Identifier"
      ? callee.name
      : undefined;
}

/** The whole member expression around a node: `secret.value.list` around `secret`. */
function wholeMember(model: Model, node: Node): Node {
  let target = node;
  let parent = model.parentOf(target);
  while (parent?.type === "MemberExpression" && parent.object === target) {
    target = parent;
    parent = model.parentOf(target);
  }
  return target;
}

/** Follows a secret to whatever is done with it, and with parts of it, until something changes it. */
class SecretTrail {
  change: Node | undefined;
  /** It goes where it can't be followed. */
  isLost = false;
  readonly #model: Model;
  readonly #seen = new Set<Node | Variable>();

  constructor(model: Model) {
    this.#model = model;
  }

  /** Follows an expression that stands for the secret, for a promise of it, or for a part of it. */
  visit(node: Node): void {
    if (this.change !== undefined || this.#seen.has(node)) {
      return;
    }
    this.#seen.add(node);
    const target = wholeMember(this.#model, node);
    const parent = this.#model.parentOf(target);
    if (isChanged(this.#model, target)) {
      this.change = target;
    } else if (parent !== null) {
      this.#visitUser(target, parent);
    }
  }

  #visitUser(target: Node, parent: Node): void {
    switch (parent.type) {
      case "AwaitExpression":
      case "ConditionalExpression":
      case "LogicalExpression":
      case "ChainExpression":
        this.visit(parent);
        break;
      case "SpreadElement":
        this.#visitSpread(parent);
        break;
      case "VariableDeclarator":
        this.#bind(parent.id);
        break;
      case "AssignmentExpression":
        if (parent.right === target) this.#bind(parent.left);
        break;
      case "ForOfStatement":
        this.#bind(parent.left.type === "VariableDeclaration" ? parent.left.declarations[0]?.id : parent.left);
        break;
      case "CallExpression":
        this.#visitCall(target, parent);
        break;
      case "ArrayExpression":
        this.#visitElement(target, parent);
        break;
      case "ReturnStatement":
      case "ArrowFunctionExpression":
        this.#visitResult(parent);
        break;
      default:
        this.isLost ||= parent.type === "Property" || parent.type === "NewExpression";
    }
  }

  #visitSpread(spread: Node): void {
    const literal = this.#model.parentOf(spread);
    if (literal?.type === "ObjectExpression" || literal?.type === "ArrayExpression") {
      this.visit(literal);
    }
  }

  /** An element of the list that `Promise.all` takes comes out at the same place. */
  #visitElement(element: Node, list: ESTree.ArrayExpression): void {
    const call = this.#model.parentOf(list);
    const awaited = call === null ? null : this.#model.parentOf(call);
    const declarator = awaited === null ? null : this.#model.parentOf(awaited);
    if (
      call?.type === "CallExpression" &&
      declarator?.type === "VariableDeclarator" &&
      declarator.id.type === "ArrayPattern"
    ) {
      this.#bind(declarator.id.elements[list.elements.findIndex((item) => item === element)]);
    } else {
      this.visit(call ?? list);
    }
  }

  /** A function that gives the secret: so do its calls. */
  #visitResult(node: Node): void {
    const owner: Node | null = isFunction(node) ? node : this.#model.functionOf(node);
    if (owner === null || !isFunction(owner)) {
      return;
    }
    const holder = this.#model.parentOf(owner);
    const name =
      owner.type === "FunctionDeclaration" ? owner.id : holder?.type === "VariableDeclarator" ? holder.id : undefined;
    const variable = name === undefined ? undefined : this.#model.variableOf(name);
    for (const read of variable === undefined ? [] : readsOf(variable)) {
      const call = this.#model.parentOf(read);
      if (call?.type === "CallExpression") {
        this.visit(call);
      }
    }
    // The function of a `then` or of an array method gives the result of the call around it.
    if (holder?.type === "CallExpression") {
      this.visit(holder);
    }
  }

  #visitCall(target: Node, call: ESTree.CallExpression): void {
    if (call.callee === target) {
      this.#visitMethod(target, call);
      return;
    }
    const called = functionOfName(this.#model, call.callee);
    const index = call.arguments.findIndex((argument) => argument === target);
    if (called !== undefined) {
      this.#bind(called.params[index]);
    }
  }

  /** `secret.value.list.find((item) => …)`, and `client.readSecret(key).then((secret) => …)`. */
  #visitMethod(target: Node, call: ESTree.CallExpression): void {
    const handlers = call.arguments.flatMap((argument): FunctionNode[] =>
      isFunction(argument)
        ? [argument]
        : [functionOfName(this.#model, argument)].filter((found) => found !== undefined),
    );
    for (const handler of handlers) {
      for (const parameter of handler.params) {
        this.#bind(parameter);
      }
    }
    const name = target.type === "MemberExpression" ? staticName(target) : undefined;
    if (!NEW_RESULTS.has(name ?? "")) {
      this.visit(call);
    }
  }

  #bind(target: Node | null | undefined): void {
    switch (target?.type) {
      case "Identifier": {
        const variable = this.#model.variableOf(target);
        if (variable !== undefined && !this.#seen.has(variable)) {
          this.#seen.add(variable);
          readsOf(variable).forEach((read) => {
            this.visit(read);
          });
        }
        break;
      }
      case "ObjectPattern":
        for (const property of target.properties) {
          this.#bind(property.type === "Property" ? property.value : property.argument);
        }
        break;
      case "ArrayPattern":
        target.elements.forEach((element) => {
          this.#bind(element);
        });
        break;
      case "AssignmentPattern":
        this.#bind(target.left);
        break;
      case "RestElement":
        this.#bind(target.argument);
        break;
      default:
        this.isLost ||= target?.type === "MemberExpression";
    }
  }
}

/** Anything below a `value` that the file changes. */
export function changeOfAnyValue(model: Model): Node | undefined {
  return model
    .nodes("MemberExpression")
    .filter((member) => staticName(member) === "value")
    .map((member) => wholeMember(model, member))
    .find((target) => isChanged(model, target));
}

/**
 * The place where an object that came out of a secret read is changed, if there is one. Where a secret goes out of
 * sight, every change of something below a `value` counts.
 */
export function findChange(model: Model, read: Node): Node | undefined {
  const trail = new SecretTrail(model);
  trail.visit(read);
  return trail.change ?? (trail.isLost ? changeOfAnyValue(model) : undefined);
}
