import type * as ESTree from "estree";
import { childrenOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import {
  ELEMENT_METHODS,
  KIND_BY_CALL,
  KIND_BY_TYPE,
  LIST_METHODS,
  METHODS,
  NUMBER_METHODS,
  TEXT_METHODS,
} from "./methods.ts";
import type { Kind } from "./methods.ts";

/** What the code does with a field, by its name: from that follows what a value must look like to lead anywhere. */
export interface Field {
  readonly name: string;
  kind: Kind | undefined;
  /** Values that the code compares it with. */
  readonly literals: Set<string | number | boolean | null>;
  /** Numbers that it is compared with as more or less: at them it turns. */
  readonly bounds: Set<number>;
  /** Fields that are read of it, or of its elements. */
  readonly children: Set<string>;
  /** Whether the code decides something by it. */
  isTested: boolean;
}

/** All that the scenarios of a function follow from. */
export interface Reads {
  readonly fields: ReadonlyMap<string, Field>;
  /** Numbers that look like the status of an answer. */
  readonly statuses: ReadonlySet<number>;
  /** Numbers that the code compares the length of something with. */
  readonly lengths: ReadonlySet<number>;
  /** Names of fields that may stand outermost, whatever else they are read of. */
  readonly outermost: ReadonlySet<string>;
  /** Names of environment variables. */
  readonly environment: ReadonlySet<string>;
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
  for (let pass = 0; pass < PASSES; pass += 1) reader.visit(program);
  return reader;
}

class Reader implements Reads {
  readonly fields = new Map<string, Field>();
  readonly statuses = new Set<number>();
  readonly lengths = new Set<number>();
  readonly outermost = new Set<string>();
  readonly environment = new Set<string>();
  readonly pairs = new Map<string, readonly [string, string]>();
  readonly #aliases = new Map<string, string>();
  /** The parameters of the functions of the file, by their names. */
  readonly #params = new Map<string, readonly Node[]>();
  /** The names in object literals, by the names of their variables. */
  readonly #tables = new Map<string, readonly string[]>();
  readonly #loopTests = new Set<Node>();
  /** What is called is no data. */
  readonly #callees = new Set<Node>();

  visit(node: Node): void {
    this.#read(node);
    for (const child of childrenOf(node)) this.visit(child);
  }

  #field(name: string): Field {
    const known = this.fields.get(name);
    if (known !== undefined) return known;
    const sets = { literals: new Set<never>(), bounds: new Set<number>(), children: new Set<string>() };
    const made = { name, kind: undefined, ...sets, isTested: false };
    this.fields.set(name, made);
    return made;
  }

  /** The field that an expression reads, through names, `await`, `||` and `??`. */
  #fieldOf(node: Node | null | undefined): Field | undefined {
    if (node === null || node === undefined) return undefined;
    switch (node.type) {
      case "Identifier": {
        // A parameter is often called like the field that it is given.
        const name = this.#aliases.get(node.name) ?? node.name;
        return this.fields.get(name);
      }
      case "MemberExpression": {
        const name = staticName(node);
        if (name === undefined) return this.#fieldOf(node.object);
        return this.fields.get(name);
      }
      case "ChainExpression":
        return this.#fieldOf(node.expression);
      case "AwaitExpression":
        return this.#fieldOf(node.argument);
      case "LogicalExpression":
        return this.#fieldOf(node.left) ?? this.#fieldOf(node.right);
      case "CallExpression":
        return this.#fieldOfCall(node);
      default:
        return undefined;
    }
  }

  /** `text.trim().toLowerCase() === "x"` compares the text, and `JSON.parse(text).id` reads of it. */
  #fieldOfCall({ callee, arguments: [first] }: ESTree.SimpleCallExpression): Field | undefined {
    if (callee.type !== "MemberExpression") return undefined;
    const { object } = callee;
    const method = staticName(callee) ?? "";
    if (method === "parse" && object.type === "Identifier" && object.name === "JSON") return this.#fieldOf(first);
    return METHODS.has(method) ? this.#fieldOf(object) : undefined;
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
        this.#bind(node.id, node.init);
        break;
      case "AssignmentExpression":
        if (node.left.type !== "MemberExpression") this.#bind(node.left, node.right);
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
        for (const { test } of node.cases) if (test) this.#literal(this.#fieldOf(node.discriminant), test);
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
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        if (node.type === "FunctionDeclaration") this.#params.set(node.id.name, node.params);
        for (const param of node.params) if (param.type === "ObjectPattern") this.#bindPattern(param, undefined);
        break;
      default:
        break;
    }
  }

  #readMember(node: ESTree.MemberExpression): void {
    const name = staticName(node);
    if (name === undefined) this.#lookUp(node);
    if (name === undefined || node.object.type === "Super") return;
    if (node.object.type === "MemberExpression" && staticName(node.object) === "env") {
      this.environment.add(name);
      return;
    }
    if (name === "length") {
      const field = this.#fieldOf(node.object);
      if (field !== undefined) field.kind ??= "list";
      return;
    }
    if (METHODS.has(name) || this.#callees.has(node)) return;
    this.#field(name);
    this.#fieldOf(node.object)?.children.add(name);
    // A variable that is called like a field may well be something else.
    if (node.object.type === "Identifier" && !this.#aliases.has(node.object.name)) this.outermost.add(name);
  }

  /** `RATES[input.payload.currency]` asks for one of the names in the table. */
  #lookUp({ object, property }: ESTree.MemberExpression): void {
    const field = property.type === "PrivateIdentifier" ? undefined : this.#fieldOf(property);
    for (const name of (object.type === "Identifier" && this.#tables.get(object.name)) || []) field?.literals.add(name);
  }

  #readCall(node: ESTree.CallExpression | ESTree.NewExpression): void {
    const { callee } = node;
    const [first] = node.arguments;
    this.#callees.add(callee);
    if (callee.type === "Identifier") {
      for (const [at, param] of (this.#params.get(callee.name) ?? []).entries()) this.#bind(param, node.arguments[at]);
    }
    if (callee.type === "Identifier" && first !== undefined && first.type !== "SpreadElement") {
      const kind = KIND_BY_CALL.get(callee.name);
      const field = this.#fieldOf(first);
      if (kind !== undefined && field !== undefined) field.kind ??= kind;
      return;
    }
    if (callee.type !== "MemberExpression") return;
    const method = staticName(callee);
    const field = this.#fieldOf(callee.object);
    if (method === undefined) return;
    if (first !== undefined && first.type !== "SpreadElement") this.#readArgument(method, callee, first);
    if (field === undefined) return;
    if (LIST_METHODS.has(method)) field.kind = "list";
    else if (TEXT_METHODS.has(method)) field.kind ??= "text";
    else if (NUMBER_METHODS.has(method)) field.kind ??= "number";
  }

  #readArgument(method: string, callee: ESTree.MemberExpression, argument: Node): void {
    const object = callee.object;
    const field = this.#fieldOf(object);
    if (method === "parse" && object.type === "Identifier" && object.name === "JSON") {
      const parsed = this.#fieldOf(argument);
      if (parsed !== undefined) parsed.kind = "json";
    }
    if (["includes", "startsWith", "endsWith", "indexOf", "match"].includes(method)) this.#literal(field, argument);
    // `["a", "b"].includes(x)`
    if (object.type === "ArrayExpression") {
      for (const element of object.elements) if (element) this.#literal(this.#fieldOf(argument), element);
    }
    if (field === undefined || !isFunction(argument)) return;
    for (const place of ELEMENT_METHODS.get(method) ?? []) {
      const element = argument.params[place];
      if (element?.type === "Identifier") this.#aliases.set(element.name, field.name);
      if (element?.type === "ObjectPattern") this.#bindPattern(element, field);
    }
  }

  #readLoop(node: ESTree.ForOfStatement): void {
    const field = this.#fieldOf(node.right);
    if (field === undefined || node.left.type !== "VariableDeclaration") return;
    field.kind ??= "list";
    const target = node.left.declarations[0]?.id;
    if (target?.type === "Identifier") this.#aliases.set(target.name, field.name);
    if (target?.type === "ObjectPattern") this.#bindPattern(target, field);
  }

  #bind(target: Node, init: Node | null | undefined): void {
    if (target.type === "Identifier" && isFunction(init)) this.#params.set(target.name, init.params);
    const field = init?.type === "SpreadElement" ? undefined : this.#fieldOf(init);
    if (target.type === "Identifier" && init?.type === "ObjectExpression") {
      const names = init.properties.map((property) =>
        property.type === "Property" ? staticName(property) : undefined,
      );
      this.#tables.set(
        target.name,
        names.filter((name) => name !== undefined),
      );
    }
    if (target.type === "Identifier") {
      if (field !== undefined) this.#aliases.set(target.name, field.name);
    } else if (target.type === "ObjectPattern") {
      this.#bindPattern(target, field);
    }
  }

  #bindPattern(pattern: ESTree.ObjectPattern, of: Field | undefined): void {
    for (const property of pattern.properties) {
      if (property.type !== "Property" || property.key.type !== "Identifier" || property.computed) continue;
      const { name } = property.key;
      const field = this.#field(name);
      of?.children.add(name);
      const value = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
      if (value.type === "Identifier") this.#aliases.set(value.name, name);
      if (value.type === "ObjectPattern") this.#bindPattern(value, field);
    }
  }

  #compare(node: ESTree.BinaryExpression): void {
    const { operator, left, right } = node;
    if (!/^(?:[!=]==?|[<>]=?)$/u.test(operator)) return;
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if (one.type === "PrivateIdentifier" || other.type === "PrivateIdentifier") continue;
      const [field, second] = [this.#fieldOf(one), this.#fieldOf(other)];
      this.#literal(field, other);
      this.#typeOf(one, other);
      if (/[<>]/u.test(operator)) {
        this.#bound(field, other, this.#loopTests.has(node));
      } else if (field !== undefined && second !== undefined && field !== second) {
        this.pairs.set(`${field.name} ${second.name}`, [field.name, second.name]);
      }
      if (isLength(one) && other.type === "Literal" && typeof other.value === "number") this.lengths.add(other.value);
      if (other.type === "Literal" && typeof other.value === "number" && other.value >= 100 && other.value < 600) {
        this.statuses.add(other.value);
      }
    }
  }

  /** What a loop counts up to is left alone: large numbers would make it long. */
  #bound(field: Field | undefined, other: Node, isOfLoop: boolean): void {
    if (field === undefined) return;
    if (!isOfLoop) field.kind ??= "number";
    if (other.type === "Literal" && typeof other.value === "number") field.bounds.add(other.value);
  }

  /** `typeof x === "number"` */
  #typeOf(one: Node, other: Node): void {
    if (one.type !== "UnaryExpression" || one.operator !== "typeof" || other.type !== "Literal") return;
    const field = this.#fieldOf(one.argument);
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
    const field = this.#fieldOf(inner);
    if (field !== undefined) field.isTested = true;
  }
}

function isLength(node: Node): boolean {
  return node.type === "MemberExpression" && staticName(node) === "length";
}

function isFunction(node: Node | null | undefined): node is ESTree.ArrowFunctionExpression | ESTree.FunctionExpression {
  return node?.type === "ArrowFunctionExpression" || node?.type === "FunctionExpression";
}
