import type * as ESTree from "estree";
import { isString, followConstant } from "../values/constants.ts";
import { errorClasses } from "../code/builtins.ts";
import { classOf, lineageOf } from "../code/members.ts";
import { sourcesOf } from "../values/origins-names.ts";
import type { Source } from "../values/origins-names.ts";
import { callSiteOf, endsBare, returnsOf } from "../code/functions.ts";
import { isCallOf, packageOf } from "../code/names.ts";
import { isNullish, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { perModel } from "../code/per-model.ts";
import { argumentsFor, givenAt } from "./arguments.ts";
import type { Given } from "./arguments.ts";
import { leftByGuards } from "./narrowing.ts";
import { raisesHeardBy, raisesOf } from "./raises.ts";
import type { Raise } from "./raises.ts";
import { ABSENT, ANYTHING, ERROR, NOTHING, OBJECT, PRIMITIVE, TEXT } from "./reason-set.ts";
import type { Reasons } from "./reason-set.ts";

/** So many expressions are looked at for one answer; what is left then can be anything. */
const LIMIT = 2_000;

/** Members of an Error that are texts. */
const TEXTS = new Set(["message", "name", "stack"]);

/** Functions of the language that give a number or a boolean. */
const PRIMITIVE_FUNCTIONS = new Set(["Boolean", "Number", "isNaN", "parseFloat", "parseInt"]);

const ERROR_GLOBALS: ReadonlySet<string> = new Set([...errorClasses, "AggregateError", "DOMException"]);

/** Finds out what one expression can be; what it comes back to on the way adds nothing. */
class ReasonReader {
  readonly #model: Model;
  readonly #open = new Set<object>();
  #left = LIMIT;

  constructor(model: Model) {
    this.#model = model;
  }

  of(node: Node): Reasons {
    this.#left -= 1;
    return this.#left < 0 ? ANYTHING : this.#whole(node) & leftByGuards(this.#model, node);
  }

  raisedBy(raises: readonly Raise[]): Reasons {
    return union(raises, ({ reason }) => (reason === undefined ? ABSENT : this.of(reason)));
  }

  #whole(node: Node): Reasons {
    if (isNullish(node)) {
      return ABSENT;
    }
    switch (node.type) {
      case "Literal":
        return typeof node.value === "string" ? TEXT : "regex" in node ? OBJECT : PRIMITIVE;
      case "TemplateLiteral":
        return TEXT;
      case "ObjectExpression":
      case "ArrayExpression":
      case "ClassDeclaration":
      case "ClassExpression":
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return OBJECT;
      case "UnaryExpression":
        return node.operator === "typeof" ? TEXT : node.operator === "void" ? ABSENT : PRIMITIVE;
      case "UpdateExpression":
        return PRIMITIVE;
      case "BinaryExpression":
        return this.#binary(node);
      case "LogicalExpression":
        return this.#logical(node.operator, this.of(node.left), this.of(node.right));
      case "ConditionalExpression":
        return this.of(node.consequent) | this.of(node.alternate);
      case "SequenceExpression":
        return union(node.expressions.slice(-1), (last) => this.of(last));
      case "AssignmentExpression":
        return node.operator === "=" ? this.of(node.right) : ANYTHING;
      case "ChainExpression":
        return this.of(node.expression) | ABSENT;
      case "AwaitExpression":
        return this.#awaited(node.argument);
      case "NewExpression":
        return this.#created(node.callee);
      case "CallExpression":
        return this.#call(node);
      case "MemberExpression":
        return this.#member(node);
      case "Identifier":
        return this.#name(node);
      default:
        return ANYTHING;
    }
  }

  #binary(node: ESTree.BinaryExpression): Reasons {
    if (node.operator !== "+") {
      return PRIMITIVE;
    }
    const sides = [node.left, node.right].map((side) => this.of(side));
    return sides.includes(TEXT) ? TEXT : sides.every((side) => side === PRIMITIVE) ? PRIMITIVE : TEXT | PRIMITIVE;
  }

  #logical(operator: ESTree.LogicalOperator, left: Reasons, right: Reasons): Reasons {
    return (operator === "&&" ? left & ~(ERROR | OBJECT) : left & ~ABSENT) | right;
  }

  #awaited(node: Node): Reasons {
    const called = node.type === "CallExpression" ? callSiteOf(this.#model, node)?.node : undefined;
    return called?.async === true && called.generator !== true ? this.#returned(called) : ANYTHING;
  }

  #created(callee: Node): Reasons {
    const variable = this.#model.variableOf(callee);
    if (callee.type === "Identifier" && variable === undefined) {
      return ERROR_GLOBALS.has(callee.name) || !Object.hasOwn(globalThis, callee.name) ? ERROR : OBJECT;
    }
    const made = classOf(this.#model, callee);
    if (made !== undefined) {
      const top = lineageOf(this.#model, made).at(-1)?.superClass;
      return top ? this.#created(top) : OBJECT;
    }
    return packageOf(this.#model, callee) === undefined ? ERROR | OBJECT : ERROR;
  }

  #call(node: ESTree.SimpleCallExpression): Reasons {
    const { callee, arguments: given } = node;
    const [first] = given;
    if (callee.type === "Identifier" && this.#model.variableOf(callee) === undefined) {
      return ERROR_GLOBALS.has(callee.name)
        ? ERROR
        : callee.name === "String"
          ? TEXT
          : PRIMITIVE_FUNCTIONS.has(callee.name)
            ? PRIMITIVE
            : ANYTHING;
    }
    if (first !== undefined && isCallOf(this.#model, node, "Object.assign")) {
      return this.of(first);
    }
    if (first !== undefined && isCallOf(this.#model, node, "JSON.stringify")) {
      return TEXT | (given.length === 1 ? this.of(first) & ABSENT : ABSENT);
    }
    const target = callSiteOf(this.#model, node)?.node;
    if (target !== undefined) {
      return target.async === true || target.generator === true ? OBJECT : this.#returned(target);
    }
    return isString(this.#model, node) ? TEXT : ANYTHING;
  }

  #returned(node: FunctionNode): Reasons {
    return this.#once(
      node,
      () =>
        union(returnsOf(this.#model, node), (value) => this.of(value)) |
        (endsBare(this.#model, node) ? ABSENT : NOTHING),
    );
  }

  #member(node: ESTree.MemberExpression): Reasons {
    const constant = followConstant(this.#model, node);
    return constant === node ? this.#property(staticName(node), () => this.of(node.object)) : this.of(constant);
  }

  #property(name: string | undefined, object: () => Reasons): Reasons {
    return name !== undefined && TEXTS.has(name) && object() === ERROR ? TEXT : ANYTHING;
  }

  #name(node: ESTree.Identifier): Reasons {
    const variable = this.#model.variableOf(node);
    if (variable === undefined || variable.defs.length !== 1) {
      return variable === undefined && (node.name === "NaN" || node.name === "Infinity") ? PRIMITIVE : ANYTHING;
    }
    return this.#once(variable, () => union(sourcesOf(this.#model, variable, []), (source) => this.#source(source)));
  }

  /** What a variable is by its declaration, by an assignment, or by the calls of its function. */
  #source(source: Source): Reasons {
    const [step, ...others] = source.path;
    if (step !== undefined) {
      const whole = (): Reasons => this.#source({ ...source, path: [] });
      return others.length > 0 ? ANYTHING : this.#property(step.replace(/^\./u, ""), whole);
    }
    switch (source.kind) {
      case "value":
        return this.of(source.node);
      case "parameter":
        return this.#given(source.owner, source.index) & (source.isOptional ? ~ABSENT : ANYTHING);
      case "nothing":
        return ABSENT;
      case "made":
        return source.node.type === "AssignmentExpression" && source.node.operator === "+="
          ? TEXT | PRIMITIVE
          : PRIMITIVE;
      case "caught":
        return source.node.type === "CatchClause" ? this.caughtBy(source.node) : ANYTHING;
      default:
        return ANYTHING;
    }
  }

  /** What a `catch`, or a function that handles rejections, gets: what comes from outside is an Error. */
  caughtBy(listener: ESTree.CatchClause | FunctionNode): Reasons {
    return this.#once(listener, () => ERROR | this.raisedBy(raisesHeardBy(this.#model, listener)));
  }

  #given(owner: FunctionNode, index: number): Reasons {
    return union(argumentsFor(this.#model, owner, index), (given) => this.from(given, () => this.caughtBy(owner)));
  }

  /** What a function gets for a parameter at one place. */
  from(given: Given, caught: () => Reasons): Reasons {
    switch (given.kind) {
      case "value":
        return this.of(given.node);
      case "caught":
        return caught();
      case "event":
        return ERROR;
      case "node-style":
        return ERROR | ABSENT;
      case "missing":
        return ABSENT;
      case "unknown":
        return ANYTHING;
    }
  }

  #once(key: object, find: () => Reasons): Reasons {
    if (this.#open.has(key)) {
      return NOTHING;
    }
    this.#open.add(key);
    const reasons = find();
    this.#open.delete(key);
    return reasons;
  }
}

function union<T>(items: readonly T[], reasonsOfItem: (item: T) => Reasons): Reasons {
  return items.reduce((reasons: Reasons, item) => reasons | reasonsOfItem(item), NOTHING);
}

/** What an expression can be that is given as the reason of a failure. What is never reached counts as an Error. */
export function reasonsOf(model: Model, node: Node | undefined): Reasons {
  if (node === undefined) {
    return ABSENT;
  }
  return node.type === "SpreadElement" ? ANYTHING : new ReasonReader(model).of(node) || ERROR;
}

/** What a `catch` of the file, or a function that handles rejections, may get at most. */
export const caughtReasons = perModel((model): Reasons => ERROR | new ReasonReader(model).raisedBy(raisesOf(model)));

/** What the V1 callback gets as its error where it is called, or handed on. */
export function reasonsGivenAt(model: Model, callback: Node): Reasons {
  const reader = new ReasonReader(model);
  return (
    union(givenAt(model, callback, { index: 0, arity: 2 }), (given) =>
      reader.from(given, () => caughtReasons(model)),
    ) || ERROR
  );
}
