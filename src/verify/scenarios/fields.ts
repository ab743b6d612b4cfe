import type * as ESTree from "estree";
import { childrenOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { ALIKE_BY_METHOD, ELEMENT_METHODS, ENCODERS, KIND_BY_CALL, METHODS, PATTERN_METHODS } from "./methods.ts";
import { ENVELOPES, FieldNames, isFunction, learnKind } from "./field-names.ts";
import type { Field } from "./field-names.ts";
import { Comparisons, variableIn } from "./comparisons.ts";

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
  /** Texts in which the code finds what it looks for in others than fields, such as the bodies of answers. */
  readonly texts: ReadonlySet<string>;
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
  reader.giveCounts();
  return reader;
}

class Reader implements Reads {
  readonly #names = new FieldNames();
  readonly #compared = new Comparisons(this.#names);
  readonly fields = this.#names.fields;
  readonly statuses = this.#compared.statuses;
  readonly lengths = this.#compared.lengths;
  readonly environment = this.#compared.environment;
  readonly pairs = this.#compared.pairs;
  readonly outermost = new Set<string>();
  readonly texts = new Set<string>();
  /** What is called is no data. */
  readonly #callees = new Set<Node>();

  giveCounts(): void {
    this.#compared.loops.give();
  }

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
        this.#takeVariables(node);
        break;
      case "Property":
        if (QUERY_OPTIONS.has(staticName(node) ?? "")) this.#encode(node.value);
        break;
      case "AssignmentExpression":
        if (node.left.type !== "MemberExpression") this.#names.bind(node.left, node.right);
        break;
      case "ForOfStatement":
        this.#readLoop(node);
        break;
      case "BinaryExpression":
        this.#compared.compare(node);
        break;
      case "ForStatement":
        if (node.test) this.#compared.loops.addTest(node.test);
        break;
      case "SwitchStatement":
        for (const { test } of node.cases)
          if (test) this.#compared.literal(this.#names.fieldOf(node.discriminant), test);
        break;
      case "IfStatement":
      case "ConditionalExpression":
        this.#compared.test(node.test);
        break;
      case "WhileStatement":
      case "DoWhileStatement":
        this.#compared.loops.addTest(node.test);
        this.#compared.test(node.test);
        break;
      case "LogicalExpression":
        this.#compared.test(node.left);
        if (node.operator === "||") this.#names.fieldOf(node.left)?.alike.add("falsy");
        break;
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        if (node.type === "FunctionDeclaration") this.#names.addFunction(node.id.name, node.params);
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
      this.#compared.variable(name);
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

  /** `const { MODE } = process.env` */
  #takeVariables({ id, init }: ESTree.VariableDeclarator): void {
    if (id.type !== "ObjectPattern" || init?.type !== "MemberExpression" || staticName(init) !== "env") return;
    for (const property of id.properties) {
      const name = property.type === "Property" ? staticName(property) : undefined;
      if (name !== undefined) this.#compared.variable(name).add("");
    }
  }

  /** What is sent in a query or a form is encoded. */
  #encode(sent: Node): void {
    for (const property of sent.type === "ObjectExpression" ? sent.properties : []) {
      if (property.type === "Property") this.#names.fieldOf(property.value)?.alike.add("encoded");
    }
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
    for (const params of callee.type === "Super" ? [] : this.#names.paramsOf(callee)) {
      for (const [at, param] of params.entries()) this.#names.bind(param, node.arguments[at]);
    }
    if (callee.type === "Identifier" && first !== undefined && first.type !== "SpreadElement") {
      const kind = KIND_BY_CALL.get(callee.name);
      const field = this.#names.fieldOf(first);
      if (kind !== undefined && field !== undefined) field.kind ??= kind;
      if (ENCODERS.has(callee.name)) field?.alike.add("encoded");
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
    const alike = ALIKE_BY_METHOD.get(method);
    if (alike !== undefined) field.alike.add(alike);
    learnKind(field, method);
  }

  #readArgument(method: string, callee: ESTree.MemberExpression, argument: Node): void {
    const object = callee.object;
    const field = this.#names.fieldOf(object);
    if (method === "parse" && object.type === "Identifier") {
      const parsed = this.#names.fieldOf(argument);
      if (parsed !== undefined && object.name === "JSON") parsed.kind = "json";
      if (parsed !== undefined && object.name === "Date") parsed.kind ??= "date";
    }
    this.#findPattern(method, object, argument);
    if (["includes", "startsWith", "endsWith", "indexOf", "match"].includes(method)) {
      this.#compared.literal(field, argument);
      field?.alike.add("part");
    }
    // `["a", "b"].includes(x)`
    if (object.type === "ArrayExpression") {
      for (const element of object.elements)
        if (element) this.#compared.literal(this.#names.fieldOf(argument), element);
    }
    if (field === undefined || !isFunction(argument)) return;
    for (const place of ELEMENT_METHODS.get(method) ?? []) {
      const element = argument.params[place];
      if (element?.type === "Identifier") this.#names.alias(element.name, field);
      if (element?.type === "ObjectPattern") this.#names.bindPattern(element, field);
    }
  }

  /** `/\d+/.exec(text)` asks for a text with digits. */
  #findPattern(method: string, object: Node, argument: Node): void {
    const isPatternFirst = PATTERN_METHODS.get(method);
    if (isPatternFirst === undefined) return;
    const [pattern, searched] = isPatternFirst ? [object, argument] : [argument, object];
    const sample = this.#names.sampleOf(pattern);
    if (sample === undefined) return;
    const field = this.#names.fieldOf(searched);
    // What is replaced, or what divides, may be there more than once.
    const text = /^(?:replace|split)/u.test(method) ? `1${sample}2${sample}3` : sample;
    if (field === undefined || ENVELOPES.has(field.name)) this.texts.add(text);
    else if (field.kind === undefined || field.kind === "text") {
      field.kind = "text";
      field.literals.add(text);
      field.isTested = true;
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
}

/** Options of requests whose fields go into an address or a form. */
const QUERY_OPTIONS = new Set(["qs", "form"]);
