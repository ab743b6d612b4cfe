import type * as ESTree from "estree";
import { childrenOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { ELEMENT_METHODS, KIND_BY_CALL, KIND_BY_TYPE, METHODS } from "./methods.ts";
import { FieldNames, isFunction, learnKind } from "./field-names.ts";
import type { Field } from "./field-names.ts";

/** All that the scenarios of a function follow from. */
export interface Reads {
  readonly fields: ReadonlyMap<string, Field>;
  /** Numbers that look like the status of an answer. */
  readonly statuses: ReadonlySet<number>;
  /** Numbers that the code compares the length of something with. */
  readonly lengths: ReadonlySet<number>;
  /** Names of fields that may stand outermost, whatever else they are read of. */
  readonly outermost: ReadonlySet<string>;
  /** Names of environment variables, each with the texts that it is compared with. */
  readonly environment: ReadonlyMap<string, ReadonlySet<string>>;
  /** Fields that the code compares with each other. */
  readonly pairs: ReadonlyMap<string, readonly [string, string]>;
}

const PASSES = 3;

/**
 * Reads from the tree which fields a function reads, and what it compares them with. Names are enough here: a value
 * that nobody asks for changes nothing, and what a value leads to is seen by running.
 */
export function readsOf(program: ESTree.Program): Reads {
  const reader = new Reader();
  // What a name stands for may be known by what stands below it, and so may what that stands for.
  for (let pass = 0; pass < PASSES; pass += 1) {
    // Of what a length is, list or text, may be known later as well.
    reader.lengths.clear();
    reader.visit(program);
  }
  return reader;
}

class Reader implements Reads {
  readonly #names = new FieldNames();
  readonly fields = this.#names.fields;
  readonly statuses = new Set<number>();
  readonly lengths = new Set<number>();
  readonly outermost = new Set<string>();
  readonly environment = new Map<string, Set<string>>();
  readonly pairs = new Map<string, readonly [string, string]>();
  readonly #loopTests = new Set<Node>();
  /** What is called is no data. */
  readonly #callees = new Set<Node>();

  visit(node: Node): void {
    this.#read(node);
    for (const child of childrenOf(node)) this.visit(child);
  }

  #read(node: Node): void {
    switch (node.type) {
      case "MemberExpression":
        this.#readMember(node);
        break;
      case "CallExpression":
      case "NewExpression":
        this.#readCall(node);
        break;
      case "VariableDeclarator":
        this.#names.bind(node.id, node.init);
        break;
      case "AssignmentExpression":
        if (node.left.type !== "MemberExpression") this.#names.bind(node.left, node.right);
        break;
      case "ForOfStatement":
        this.#readLoop(node);
        break;
      case "BinaryExpression":
        this.#compare(node);
        break;
      case "ForStatement":
        if (node.test) this.#loopTests.add(node.test);
        break;
      case "SwitchStatement":
        for (const { test } of node.cases) if (test) this.#literal(this.#names.fieldOf(node.discriminant), test);
        break;
      case "IfStatement":
      case "ConditionalExpression":
        this.#test(node.test);
        break;
      case "WhileStatement":
      case "DoWhileStatement":
        this.#loopTests.add(node.test);
        this.#test(node.test);
        break;
      case "LogicalExpression":
        this.#test(node.left);
        if (node.operator === "||") this.#names.fieldOf(node.left)?.alike.add("falsy");
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        if (node.type === "FunctionDeclaration") this.#names.params.set(node.id.name, node.params);
        for (const param of node.params) if (param.type === "ObjectPattern") this.#names.bindPattern(param, undefined);
        break;
      default:
        break;
    }
  }

  #readMember(node: ESTree.MemberExpression): void {
    const name = staticName(node);
    if (name === undefined) this.#lookUp(node);
    if (name === undefined || node.object.type === "Super") return;
    if (variableIn(node) !== undefined) {
      this.#variable(name);
      return;
    }
    if (name === "length") {
      const field = this.#names.fieldOf(node.object);
      if (field !== undefined) learnKind(field, name);
      return;
    }
    if (METHODS.has(name) || this.#callees.has(node)) return;
    this.#names.field(name);
    this.#names.fieldOf(node.object)?.children.add(name);
    // A variable that is called like a field may well be something else.
    if (node.object.type === "Identifier" && !this.#names.isAlias(node.object.name)) this.outermost.add(name);
  }

  /** The texts that an environment variable is compared with. */
  #variable(name: string): Set<string> {
    const texts = this.environment.get(name) ?? new Set();
    this.environment.set(name, texts);
    return texts;
  }

  /** `RATES[input.payload.currency]` asks for one of the names in the table. */
  #lookUp({ object, property }: ESTree.MemberExpression): void {
    const field = property.type === "PrivateIdentifier" ? undefined : this.#names.fieldOf(property);
    for (const name of object.type === "Identifier" ? this.#names.namesInTable(object.name) : [])
      field?.literals.add(name);
  }

  #readCall(node: ESTree.CallExpression | ESTree.NewExpression): void {
    const { callee } = node;
    const [first] = node.arguments;
    this.#callees.add(callee);
    if (callee.type === "Identifier") {
      for (const [at, param] of (this.#names.params.get(callee.name) ?? []).entries())
        this.#names.bind(param, node.arguments[at]);
    }
    if (callee.type === "Identifier" && first !== undefined && first.type !== "SpreadElement") {
      const kind = KIND_BY_CALL.get(callee.name);
      const field = this.#names.fieldOf(first);
      if (kind !== undefined && field !== undefined) field.kind ??= kind;
      return;
    }
    if (callee.type !== "MemberExpression") return;
    const method = staticName(callee);
    const field = this.#names.fieldOf(callee.object);
    if (method === undefined) return;
    // `list.slice(0, 3)` makes a difference to lists of four.
    for (const bound of method === "slice" ? node.arguments : []) {
      if (bound.type === "Literal" && typeof bound.value === "number" && bound.value > 0) this.lengths.add(bound.value);
    }
    if (first !== undefined && first.type !== "SpreadElement") this.#readArgument(method, callee, first);
    if (field === undefined) return;
    if (/^to(?:Lower|Upper)Case$/u.test(method)) field.alike.add("case");
    learnKind(field, method);
  }

  #readArgument(method: string, callee: ESTree.MemberExpression, argument: Node): void {
    const object = callee.object;
    const field = this.#names.fieldOf(object);
    if (method === "parse" && object.type === "Identifier" && object.name === "JSON") {
      const parsed = this.#names.fieldOf(argument);
      if (parsed !== undefined) parsed.kind = "json";
    }
    if (["includes", "startsWith", "endsWith", "indexOf", "match"].includes(method)) this.#literal(field, argument);
    // `["a", "b"].includes(x)`
    if (object.type === "ArrayExpression") {
      for (const element of object.elements) if (element) this.#literal(this.#names.fieldOf(argument), element);
    }
    if (field === undefined || !isFunction(argument)) return;
    for (const place of ELEMENT_METHODS.get(method) ?? []) {
      const element = argument.params[place];
      if (element?.type === "Identifier") this.#names.alias(element.name, field);
      if (element?.type === "ObjectPattern") this.#names.bindPattern(element, field);
    }
  }

  #readLoop(node: ESTree.ForOfStatement): void {
    const field = this.#names.fieldOf(node.right);
    if (field === undefined || node.left.type !== "VariableDeclaration") return;
    field.kind ??= "list";
    const target = node.left.declarations[0]?.id;
    if (target?.type === "Identifier") this.#names.alias(target.name, field);
    if (target?.type === "ObjectPattern") this.#names.bindPattern(target, field);
  }

  #compare(node: ESTree.BinaryExpression): void {
    const { operator, left, right } = node;
    if (/^[-*/%]$/u.test(operator)) for (const side of [left, right]) this.#calculate(side);
    if (!/^(?:[!=]==?|[<>]=?)$/u.test(operator)) return;
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (one.type === "PrivateIdentifier" || other.type === "PrivateIdentifier") continue;
      const [field, second] = [this.#names.fieldOf(one), this.#names.fieldOf(other)];
      this.#literal(field, other);
      if (/^[!=]=$/u.test(operator)) field?.alike.add("loose");
      const variable = variableIn(one);
      if (variable !== undefined && other.type === "Literal" && typeof other.value === "string")
        this.#variable(variable).add(other.value);
      this.#typeOf(one, other);
      if (/[<>]/u.test(operator)) {
        this.#bound(field, other, this.#loopTests.has(node));
      } else if (field !== undefined && second !== undefined && field !== second) {
        this.pairs.set(`${field.name} ${second.name}`, [field.name, second.name]);
      }
      this.#length(one, other);
      if (other.type === "Literal" && typeof other.value === "number" && other.value >= 100 && other.value < 600) {
        this.statuses.add(other.value);
      }
    }
  }

  /** What is calculated with is a number; an element of a list goes by the name of the list. */
  #calculate(side: Node): void {
    const field = this.#names.fieldOf(side);
    field?.alike.add("calculated");
    if (field?.kind === "list") field.hasNumbers = true;
    else if (field !== undefined) field.kind ??= "number";
  }

  /** What a loop counts up to is left alone: large numbers would make it long. */
  #bound(field: Field | undefined, other: Node, isOfLoop: boolean): void {
    if (field === undefined) return;
    if (!isOfLoop) field.kind ??= "number";
    if (other.type === "Literal" && typeof other.value === "number") field.bounds.add(other.value);
  }

  /** `list.length > 3` */
  #length(one: Node, other: Node): void {
    if (one.type !== "MemberExpression" || staticName(one) !== "length") return;
    if (other.type !== "Literal" || typeof other.value !== "number") return;
    const field = this.#names.fieldOf(one.object);
    field?.lengths.add(other.value);
    if (field?.kind !== "text") this.lengths.add(other.value);
  }

  /** `typeof x === "number"` */
  #typeOf(one: Node, other: Node): void {
    if (one.type !== "UnaryExpression" || one.operator !== "typeof" || other.type !== "Literal") return;
    const field = this.#names.fieldOf(one.argument);
    const kind = KIND_BY_TYPE.get(String(other.value));
    if (field === undefined || kind === undefined) return;
    field.kind ??= kind;
    field.isTested = true;
  }

  #literal(field: Field | undefined, node: Node): void {
    if (node.type === "Literal" && typeof node.value === "number" && node.value >= 100 && node.value < 600) {
      this.statuses.add(node.value);
    }
    if (field === undefined || node.type !== "Literal") return;
    const { value } = node;
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null) {
      field.literals.add(value);
      field.isTested = true;
    }
  }

  #test(node: Node): void {
    const inner = node.type === "UnaryExpression" && node.operator === "!" ? node.argument : node;
    const field = this.#names.fieldOf(inner);
    if (field !== undefined) field.isTested = true;
  }
}

/** The name in `process.env.MODE`. */
function variableIn(node: Node): string | undefined {
  const isOne =
    node.type === "MemberExpression" && node.object.type === "MemberExpression" && staticName(node.object) === "env";
  return isOne ? staticName(node) : undefined;
}
