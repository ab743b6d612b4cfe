import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { localFunctionOf } from "../code/functions.ts";
import { usesArguments } from "../code/own-arguments.ts";
import { isFunction, isNullish, staticName, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { errorClasses } from "../code/builtins.ts";
import { findHandler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { perModel } from "../code/per-model.ts";
import { readsOf } from "../code/bindings.ts";
import { originsOf } from "../values/origins.ts";

/** Members of an error that are texts for people. */
const TEXTS = new Set(["message", "stack"]);

/** True when the block waits for something itself: only then can its catch hear that a request failed. */
export function waits(block: Node): boolean {
  let found = false;
  walk(block, (node) => {
    found ||= node.type === "AwaitExpression" || (node.type === "ForOfStatement" && node.await);
    return !found && !isFunction(node);
  });
  return found;
}

/**
 * The functions of the file that can be called there; none where there may be others. What the V1 callback gets first
 * goes to the platform.
 */
export function functionsCalledAt(model: Model, callee: Node, index: number): readonly FunctionNode[] {
  const known = localFunctionOf(model, callee);
  if (known !== undefined) {
    return [known];
  }
  const callback = findHandler(model)?.callback?.variable;
  const isCallback = (node: Node): boolean => callback !== undefined && model.variableOf(node) === callback;
  const origins = originsOf(model, callee).filter(({ node }) => index > 0 || !isCallback(node));
  const functions = origins.flatMap(({ kind, node }) => (kind === "made" && isFunction(node) ? [node] : []));
  return functions.length === origins.length ? functions : [];
}

/** What the file does with errors, distinguished by whether it can notice which error it was. */
class ErrorUses {
  readonly #model: Model;
  readonly #callback: Variable | undefined;
  readonly telling: Node[] = [];
  /** All reads of errors by their names. */
  readonly reads: Node[] = [];
  readonly #seen = new Set<Variable>();

  constructor(model: Model) {
    this.#model = model;
    this.#callback = findHandler(model)?.callback?.variable;
  }

  visitParameter(parameter: Node): void {
    const variable = parameter.type === "Identifier" ? this.#model.variableOf(parameter) : undefined;
    if (variable !== undefined) {
      this.#visitVariable(variable);
    } else if (parameter.type !== "ObjectPattern" || !parameter.properties.every(isText)) {
      this.telling.push(parameter);
    }
  }

  /** A variable that holds errors, with those that get them from it. */
  #visitVariable(variable: Variable): void {
    if (this.#seen.has(variable)) {
      return;
    }
    this.#seen.add(variable);
    for (const read of readsOf(variable)) {
      const kept = this.#assignedTo(read);
      const parameters = this.#parametersFor(read);
      this.reads.push(read);
      if (kept !== undefined) {
        this.#visitVariable(kept);
      } else if (parameters !== undefined) {
        parameters.forEach((parameter) => {
          this.visitParameter(parameter);
        });
      } else if (!this.#isForPeople(read)) {
        this.telling.push(read);
      }
    }
  }

  /** The variable that an error is kept in: `failure = error;` or `const failure = error;`. */
  #assignedTo(read: Node): Variable | undefined {
    const parent = this.#model.parentOf(read);
    if (parent?.type === "VariableDeclarator" && parent.init === read && parent.id.type === "Identifier") {
      return this.#model.variableOf(parent.id);
    }
    const isStatement =
      parent?.type === "AssignmentExpression" &&
      parent.right === read &&
      this.#model.parentOf(parent)?.type === "ExpressionStatement";
    return isStatement && parent.left.type === "Identifier" ? this.#model.variableOf(parent.left) : undefined;
  }

  /** What gets an error as its argument: parameters of functions of the file, callbacks given to a helper included. */
  #parametersFor(read: Node): readonly Node[] | undefined {
    const call = this.#model.parentOf(read);
    const index = call?.type === "CallExpression" ? call.arguments.findIndex((argument) => argument === read) : -1;
    if (call?.type !== "CallExpression" || index === -1) {
      return undefined;
    }
    const functions = functionsCalledAt(this.#model, call.callee, index);
    const isPlain = call.arguments.slice(0, index).every(({ type }) => type !== "SpreadElement");
    const isTaken = functions.every(
      (called) =>
        !called.params.slice(0, index + 1).some(({ type }) => type === "RestElement") &&
        !usesArguments(this.#model, called),
    );
    return isPlain && isTaken && functions.length > 0
      ? functions.flatMap(({ params }) => params[index] ?? [])
      : undefined;
  }

  /** The handler given to `.catch(…)`, or as the second one to `.then(…)`. */
  visitHandler(handler: Node): void {
    const known = localFunctionOf(this.#model, handler);
    if (known !== undefined) {
      known.params.slice(0, 1).forEach((parameter) => {
        this.visitParameter(parameter);
      });
    } else if (!this.#takesAny(handler)) {
      this.telling.push(handler);
    }
  }

  /** True for what is the same for every error: it is thrown on, handed to the platform, or shown to people. */
  #isForPeople(node: Node): boolean {
    const parent = this.#model.parentOf(node);
    switch (parent?.type) {
      case "ThrowStatement":
        return true;
      case "UnaryExpression":
        return parent.operator === "!";
      case "IfStatement":
        return parent.test === node;
      case "ConditionalExpression":
        return parent.test === node || this.#isForPeople(parent);
      case "LogicalExpression":
        // What an error is falsy for never comes out of `error && …`.
        return (parent.operator === "&&" && parent.left === node) || this.#isForPeople(parent);
      case "BinaryExpression":
        return parent.operator === "+"
          ? this.#isForPeople(parent)
          : (parent.operator === "instanceof" && this.#isError(parent.right)) || isComparedWithNothing(parent);
      case "MemberExpression":
        return parent.object === node && TEXTS.has(staticName(parent) ?? "") && this.#isForPeople(parent);
      case "Property":
        return parent.value === node && this.#isForPeople(this.#model.parentOf(parent) ?? parent);
      case "ObjectExpression":
      case "TemplateLiteral":
        return this.#isForPeople(parent);
      case "CallExpression":
      case "NewExpression":
        // What the callback gets as its result goes to the caller as it is.
        return (
          parent.callee !== node &&
          ((this.#takesAny(parent.callee) && !this.#isResult(parent, node)) || this.#isWrapped(parent, node))
        );
      default:
        return false;
    }
  }

  #isResult(call: ESTree.CallExpression | ESTree.NewExpression, node: Node): boolean {
    return call.arguments[0] !== node && this.#isCallback(call.callee);
  }

  /** `new Error(error.message)` or `String(error)`, where what it gives is for people as well, and nobody reads a cause. */
  #isWrapped(call: ESTree.CallExpression | ESTree.NewExpression, node: Node): boolean {
    const { callee } = call;
    const isPlatform = callee.type === "Identifier" && this.#model.variableOf(callee) === undefined;
    return (
      isPlatform &&
      (errorClasses.has(callee.name) || callee.name === "String") &&
      (call.arguments[0] === node || !readsCauses(this.#model)) &&
      this.#isForPeople(call)
    );
  }

  #isError(node: Node): boolean {
    return this.#model.isGlobal(node, "Error");
  }

  /** True for functions that do the same with every error: the V1 callback, the console, `reject`. */
  #takesAny(callee: Node): boolean {
    if (callee.type === "MemberExpression") {
      const isReject = staticName(callee) === "reject" && this.#model.isGlobal(callee.object, "Promise");
      return isReject || this.#model.isGlobal(callee.object, "console");
    }
    const variable = this.#model.variableOf(callee);
    return variable !== undefined && (this.#isCallback(callee) || this.#isReject(variable));
  }

  /** True for the V1 callback by any name: kept in a constant, or handed to a helper. */
  #isCallback(callee: Node): boolean {
    if (this.#callback === undefined || this.#isItself(callee)) {
      return this.#callback !== undefined;
    }
    const origins = originsOf(this.#model, callee);
    return origins.length > 0 && origins.every(({ kind, node }) => kind === "unknown" && this.#isItself(node));
  }

  /** The V1 callback under its own name. */
  #isItself(node: Node): boolean {
    return this.#callback !== undefined && this.#model.variableOf(node) === this.#callback;
  }

  /** The second parameter of the function given to `new Promise(…)`. */
  #isReject(variable: Variable): boolean {
    const [definition] = variable.defs;
    const executor = definition?.type === "Parameter" ? definition.node : undefined;
    const made = executor === undefined ? null : this.#model.parentOf(executor);
    return (
      executor?.params[1] === definition?.name &&
      made?.type === "NewExpression" &&
      this.#model.isGlobal(made.callee, "Promise")
    );
  }
}

/** `error !== null`: every error is something. */
function isComparedWithNothing({ operator, left, right }: ESTree.BinaryExpression): boolean {
  return /^[=!]==?$/u.test(operator) && (isNullish(left) || isNullish(right));
}

/** True where the file takes the cause out of something. */
function readsCauses(model: Model): boolean {
  const patterns = model.nodes("ObjectPattern").flatMap(({ properties }) => properties);
  return [...model.nodes("MemberExpression"), ...patterns].some(
    (part) => part.type !== "RestElement" && staticName(part) === "cause",
  );
}

function isText(property: ESTree.ObjectPattern["properties"][number]): boolean {
  return property.type === "Property" && TEXTS.has(staticName(property) ?? "");
}

const errorUses = perModel((model): ErrorUses => {
  const uses = new ErrorUses(model);
  for (const statement of model.nodes("TryStatement")) {
    if (statement.handler?.param && waits(statement.block)) {
      uses.visitParameter(statement.handler.param);
    }
  }
  for (const call of model.nodes("CallExpression")) {
    const method = call.callee.type === "MemberExpression" ? staticName(call.callee) : undefined;
    const handler = method === "catch" ? call.arguments[0] : method === "then" ? call.arguments[1] : undefined;
    if (handler !== undefined) {
      uses.visitHandler(handler);
    }
  }
  return uses;
});

/**
 * The places where the file could notice which error it caught: reads of `error.statusCode` and its like, comparisons
 * of messages, errors that go where they can't be followed. Throwing on, logging and wrapping are none.
 */
export function findTellingErrorUses(model: Model): readonly Node[] {
  return errorUses(model).telling;
}

/** All reads of caught errors by their names. */
export function errorReads(model: Model): readonly Node[] {
  return errorUses(model).reads;
}
