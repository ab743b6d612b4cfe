import type * as ESTree from "estree";
import { constantOf } from "../code/bindings.ts";
import { listMethods } from "../code/builtins.ts";
import { returnsOf, localFunctionOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { globalPath, isCallOf } from "../code/names.ts";
import { isFunction, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isOfInput } from "./input.ts";
import { originsOf } from "./origins.ts";
import type { Origin } from "./origins-types.ts";
import { PROMISE } from "./trace-path.ts";
import { valuesOf } from "./values-of.ts";

/** Functions of the language that make no promise, whatever they are called with. */
export const plainFunctions: ReadonlySet<string> = new Set([
  "Array.from",
  "Array.isArray",
  "Boolean",
  "Date.now",
  "JSON.parse",
  "JSON.stringify",
  "Math.ceil",
  "Math.floor",
  "Math.max",
  "Math.min",
  "Math.round",
  "Number",
  "Object.assign",
  "Object.entries",
  "Object.fromEntries",
  "Object.keys",
  "Object.values",
  "String",
  "decodeURIComponent",
  "encodeURIComponent",
  "parseFloat",
  "parseInt",
]);
/**
 * Methods of lists and texts that give none, and that nothing else has which people wait for: `every`, `find` and
 * `reduce` of a stream give promises.
 */
const PLAIN_METHODS: ReadonlySet<string> = new Set([
  "concat",
  "filter",
  "flat",
  "flatMap",
  "includes",
  "indexOf",
  "join",
  "map",
  "padStart",
  "slice",
  "sort",
  "split",
  "startsWith",
  "toFixed",
  "toISOString",
  "toLowerCase",
  "toString",
  "toUpperCase",
  "trim",
]);
const PLAIN_INSTANCES: ReadonlySet<string | undefined> = new Set(["Date", "Map", "RegExp", "Set", "URL"]);

/** True when the expression certainly gives no promise, so that `await` in front of it would wait for nothing. */
export function isNoPromise(model: Model, node: Node): boolean {
  return new PlainValues(model).has(node);
}

/** The same of all that a function gives. */
export function givesNoPromise(model: Model, callee: Node): boolean {
  return plainFunctions.has(globalPath(model, callee) ?? "") || new PlainValues(model).givesNone(callee);
}

class PlainValues {
  readonly #model: Model;
  readonly #seen = new Set<Node>();

  constructor(model: Model) {
    this.#model = model;
  }

  has(node: Node): boolean {
    switch (node.type) {
      case "Literal":
      case "TemplateLiteral":
      case "ObjectExpression":
      case "ArrayExpression":
      case "AwaitExpression":
      case "BinaryExpression":
      case "UnaryExpression":
      case "UpdateExpression":
      case "ArrowFunctionExpression":
      case "FunctionExpression":
        return true;
      case "ConditionalExpression":
        return this.has(node.consequent) && this.has(node.alternate);
      case "LogicalExpression":
        return (node.operator === "&&" || this.has(node.left)) && this.has(node.right);
      case "SequenceExpression":
        return this.has(node.expressions.at(-1) ?? node);
      case "ChainExpression":
        return this.has(node.expression);
      case "NewExpression":
        return valuesOf(this.#model, node).every(
          (value) => value.kind === "error" || (value.kind === "instance" && PLAIN_INSTANCES.has(value.of)),
        );
      case "CallExpression":
        return this.#ofCall(node);
      case "Identifier":
      case "MemberExpression":
        return this.#ofName(node);
      default:
        return false;
    }
  }

  #ofCall(call: ESTree.SimpleCallExpression): boolean {
    const { callee } = call;
    if (plainFunctions.has(globalPath(this.#model, callee) ?? "")) {
      return true;
    }
    const name = callee.type === "MemberExpression" ? staticName(callee) : undefined;
    if (callee.type === "MemberExpression" && name !== undefined) {
      const isPlain = (PLAIN_METHODS.has(name) || this.#addsUp(name, call)) && this.has(callee.object);
      return isPlain || (listMethods.has(name) && !name.startsWith("reduce") && this.#isData(callee.object));
    }
    return this.givesNone(callee);
  }

  /** `numbers.reduce((sum, number) => sum + number, 0)` */
  #addsUp(name: string, { arguments: [reduce, start, ...others] }: ESTree.SimpleCallExpression): boolean {
    const isReduce = name === "reduce" && reduce !== undefined && isFunction(reduce) && reduce.async !== true;
    const isPlain = isReduce && start !== undefined && others.length === 0 && this.has(start);
    return isPlain && returnsOf(this.#model, reduce).every((result) => this.has(result));
  }

  /** True for a function of the file of which this is so of all that it returns. */
  givesNone(callee: Node): boolean {
    const local = localFunctionOf(this.#model, callee);
    if (local === undefined || local.async === true || local.generator === true || this.#seen.has(local)) {
      return false;
    }
    this.#seen.add(local);
    return returnsOf(this.#model, local).every((result) => this.has(result));
  }

  /** True for what comes out of a text of JSON, with all that is in it. */
  #isData(node: Node): boolean {
    const origins = originsOf(this.#model, node);
    return (
      origins.length > 0 &&
      origins.every((origin) => {
        const of = origin.kind === "part" ? origin.of : origin.node;
        return isCallOf(this.#model, of, "JSON.parse") || isBodyRead(of) || isOfInput(this.#model, of);
      })
    );
  }

  #ofName(node: Node): boolean {
    const variable = constantOf(this.#model, node);
    const [definition] = variable?.defs ?? [];
    if (definition?.type === "Parameter" && isThenParameter(this.#model, definition.name)) {
      return true;
    }
    if (definition?.type === "Variable" && definition.node.id.type === "Identifier" && definition.node.init) {
      return this.#isNew(definition.node.init) && this.has(definition.node.init);
    }
    const origins = originsOf(this.#model, node);
    return origins.length > 0 && origins.every((origin) => this.#isPlainOrigin(node, origin));
  }

  #isPlainOrigin(node: Node, origin: Origin): boolean {
    switch (origin.kind) {
      case "nothing":
      case "falsy":
        return true;
      case "part":
        return (
          (origin.path[0] === PROMISE && origin.path.length > 1) ||
          isCallOf(this.#model, origin.of, "JSON.parse") ||
          isOfInput(this.#model, origin.of)
        );
      case "made":
        return origin.node !== node && this.#isNew(origin.node) && this.has(origin.node);
      default:
        return false;
    }
  }

  #isNew(node: Node): boolean {
    const isNew = !this.#seen.has(node);
    this.#seen.add(node);
    return isNew;
  }
}

/** `response.json()`, whatever reads the body. */
function isBodyRead(node: Node): boolean {
  return (
    node.type === "CallExpression" &&
    node.arguments.length === 0 &&
    node.callee.type === "MemberExpression" &&
    staticName(node.callee) === "json"
  );
}

/** True for the parameter that gets what a promise gives: `load().then((answer) => …)`. */
function isThenParameter(model: Model, name: Node): boolean {
  const around = model.parentOf(name);
  const call = around !== null && isFunction(around) ? model.parentOf(around) : null;
  return (
    around !== null &&
    isFunction(around) &&
    around.params[0] === name &&
    call?.type === "CallExpression" &&
    call.arguments[0] === around &&
    call.callee.type === "MemberExpression" &&
    staticName(call.callee) === "then"
  );
}
