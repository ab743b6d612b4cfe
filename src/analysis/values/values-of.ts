import type * as ESTree from "estree";
import type { Knowledge, TextPart, Value } from "./values-of-types.ts";
import { errorClasses } from "../code/builtins.ts";
import { classOf, lineageOf } from "../code/members.ts";
import type { Model } from "../code/model.ts";
import { globalPath, importedPath } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { isNullish, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { originsOf } from "./origins.ts";
import { truthOf } from "./truth.ts";
import type { Origin } from "./origins-types.ts";

/**
 * Everything that an expression can give: a finite set, in which `unknown` stands for what can't be known.
 *
 * @param knowledge should be the same function each time, so that what is found is kept
 */
export function valuesOf<K = never>(model: Model, node: Node, knowledge?: Knowledge<K>): Value<K>[] {
  return evaluatorFor(model, knowledge).of(node);
}

const evaluators = perModel(() => new Map<unknown, unknown>());

function evaluatorFor<K>(model: Model, knowledge: Knowledge<K> | undefined): Evaluator<K> {
  const known = evaluators(model).get(knowledge) as Evaluator<K> | undefined;
  const evaluator = known ?? new Evaluator(model, knowledge);
  evaluators(model).set(knowledge, evaluator);
  return evaluator;
}

/** What functions of the language give, whatever they are called with. */
const RESULTS: ReadonlyMap<string, "text" | "number" | "boolean" | "made-object"> = new Map([
  ["Array.isArray", "boolean"],
  ["Boolean", "boolean"],
  ["Date.now", "number"],
  ["Number", "number"],
  ["Object.assign", "made-object"],
  ["Object.create", "made-object"],
  ["Object.fromEntries", "made-object"],
  ["String", "text"],
  ["atob", "text"],
  ["btoa", "text"],
  ["decodeURIComponent", "text"],
  ["encodeURI", "text"],
  ["encodeURIComponent", "text"],
  ["parseFloat", "number"],
  ["parseInt", "number"],
]);
/** Methods that give texts, whatever they are called on. */
const TEXT_METHODS: ReadonlySet<string> = new Set([
  "join",
  "toISOString",
  "toLowerCase",
  "toString",
  "toUpperCase",
  "trim",
]);
/** Functions of Node.js that give texts, by their modules. */
const TEXT_FUNCTIONS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["os", new Set(["homedir", "hostname", "tmpdir"])],
  ["path", new Set(["basename", "dirname", "extname", "format", "join", "normalize", "relative", "resolve"])],
  ["url", new Set(["fileURLToPath"])],
]);
const COMPARISON = /^(?:[!=<>]=?=?|in|instanceof)$/u;
/** What `JSON.stringify` may leave out. */
const NOT_STRINGIFIED: ReadonlySet<string> = new Set([
  "nothing",
  "falsy",
  "unknown",
  "function",
  "class",
  "stringified",
]);

class Evaluator<K> {
  readonly #model: Model;
  readonly #knowledge: Knowledge<K> | undefined;
  readonly #known = new Map<Node, Value<K>>();
  readonly #open = new Set<Node>();
  /** How often a value was told by leaving out one that is being told. */
  #omissions = 0;

  constructor(model: Model, knowledge: Knowledge<K> | undefined) {
    this.#model = model;
    this.#knowledge = knowledge;
  }

  of(node: Node): Value<K>[] {
    return originsOf(this.#model, node).flatMap((origin) => this.#ofOrigin(origin) ?? []);
  }

  #ofOrigin(origin: Origin): Value<K> | undefined {
    const { node, kind } = origin;
    if (kind === "nothing" || kind === "falsy") {
      return { kind, node };
    }
    const what = kind === "part" ? this.#knowledge?.(origin.of, origin.path) : this.#knowledge?.(node, []);
    if (what !== undefined) {
      return { kind: "known", node, what };
    }
    if (kind !== "made") {
      return { kind: "unknown", node, why: kind === "part" ? kind : origin.why, isPresent: origin.isPresent === true };
    }
    const value = this.#ofMade(node);
    return value?.kind === "unknown" && origin.isPresent === true ? { ...value, isPresent: true } : value;
  }

  /** A text that is made of itself, as `text = text + more`, is what its other parts make of it. */
  #ofMade(node: Node): Value<K> | undefined {
    const known = this.#known.get(node);
    if (known !== undefined) {
      return known;
    }
    if (this.#open.has(node)) {
      this.#omissions += 1;
      return undefined;
    }
    const before = this.#omissions;
    this.#open.add(node);
    const value = this.#classify(node);
    this.#open.delete(node);
    if (this.#omissions === before || this.#open.size === 0) {
      this.#known.set(node, value);
    }
    return value;
  }

  #classify(node: Node): Value<K> {
    if (isNullish(node)) {
      return { kind: "nothing", node };
    }
    switch (node.type) {
      case "Literal":
        return literalValue(node);
      case "TemplateLiteral":
        return { kind: "text", node, parts: this.#templateParts(node) };
      case "BinaryExpression":
        return this.#ofBinary(node);
      case "UnaryExpression":
        return node.operator === "!" ? { kind: "boolean", node, value: this.#notOf(node.argument) } : unaryValue(node);
      case "UpdateExpression":
        return { kind: "number", node, value: undefined };
      case "ObjectExpression":
        return { kind: "object", node };
      case "ArrayExpression":
        return { kind: "list", node };
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return { kind: "function", node };
      case "ClassDeclaration":
      case "ClassExpression":
        return { kind: "class", node };
      case "NewExpression":
        return this.#ofNew(node);
      case "CallExpression":
        return this.#ofCall(node);
      case "AssignmentExpression":
        return node.operator === "+="
          ? this.#sum(node, node.left, node.right)
          : { kind: "number", node, value: undefined };
      default:
        return { kind: "unknown", node, why: "expression", isPresent: false };
    }
  }

  #ofBinary(node: ESTree.BinaryExpression): Value<K> {
    const { operator, left, right } = node;
    if (COMPARISON.test(operator)) {
      return { kind: "boolean", node, value: undefined };
    }
    return operator === "+" ? this.#sum(node, left, right) : { kind: "number", node, value: undefined };
  }

  #sum(node: Node, left: Node, right: Node): Value<K> {
    return this.#isText(left) || this.#isText(right)
      ? { kind: "text", node, parts: joined([...this.#textParts(left), ...this.#textParts(right)]) }
      : { kind: "sum", node };
  }

  /** What `!` makes of an expression, where all that it can give is truthy, or all is falsy: `!0`, as minifiers write. */
  #notOf(argument: Node): boolean | undefined {
    const before = this.#omissions;
    const truths = new Set(this.of(argument).map((value) => truthOf(value)));
    const [truth, ...others] = truths;
    return truth === undefined || others.length > 0 || this.#omissions > before ? undefined : !truth;
  }

  #isText(node: Node): boolean {
    return this.of(node).every(({ kind }) => kind === "text");
  }

  #templateParts({ quasis, expressions }: ESTree.TemplateLiteral): TextPart[] {
    const parts = quasis.flatMap(({ value }, index): TextPart[] => {
      const expression = expressions[index];
      return [value.cooked ?? value.raw, ...(expression === undefined ? [] : this.#textParts(expression))];
    });
    return joined(parts);
  }

  /** The pieces that an expression adds to a text: those of the one text that it can give, or the expression itself. */
  #textParts(node: Node): TextPart[] {
    const before = this.#omissions;
    const [value, ...others] = this.of(node);
    if (others.length > 0 || this.#omissions > before) {
      return [node];
    }
    return value?.kind === "text"
      ? [...value.parts]
      : value?.kind === "number" && value.value !== undefined
        ? [String(value.value)]
        : [node];
  }

  #ofNew(node: ESTree.NewExpression): Value<K> {
    const of = globalPath(this.#model, node.callee);
    if (of === "Promise") {
      return { kind: "promise", node };
    }
    const isError = of === undefined ? this.#extendsError(node.callee) : errorClasses.has(of);
    return isError ? { kind: "error", node } : { kind: "instance", node, of };
  }

  /** True for a class of the file that extends an error class. */
  #extendsError(callee: Node): boolean {
    const made = classOf(this.#model, callee);
    const top = made === undefined ? undefined : lineageOf(this.#model, made).at(-1)?.superClass;
    return top !== undefined && top !== null && errorClasses.has(globalPath(this.#model, top) ?? "");
  }

  #ofCall(node: ESTree.CallExpression): Value<K> {
    const { callee } = node;
    const path = globalPath(this.#model, callee) ?? "";
    const method = callee.type === "MemberExpression" && !callee.optional ? staticName(callee) : undefined;
    if (path === "JSON.stringify") {
      return this.#ofStringify(node);
    }
    if (path.startsWith("Promise.")) {
      return { kind: "promise", node };
    }
    if (errorClasses.has(path)) {
      return { kind: "error", node };
    }
    const isText = TEXT_METHODS.has(method ?? "") || givesText(this.#model, callee);
    const kind = RESULTS.get(path) ?? (isText ? "text" : undefined);
    switch (kind) {
      case undefined:
        return { kind: "unknown", node, why: "foreign", isPresent: false };
      case "text":
        return { kind, node, parts: [node] };
      default:
        return kind === "made-object" ? { kind, node } : { kind, node, value: undefined };
    }
  }

  #ofStringify(node: ESTree.CallExpression): Value<K> {
    const [shown] = node.arguments;
    const values = shown === undefined || shown.type === "SpreadElement" ? [] : this.of(shown);
    const isText = values.length > 0 && values.every(({ kind }) => !NOT_STRINGIFIED.has(kind));
    return isText ? { kind: "text", node, parts: [node] } : { kind: "stringified", node };
  }
}

function givesText(model: Model, callee: Node): boolean {
  const { source = "", path = [] } = importedPath(model, callee) ?? {};
  const [name = "", ...others] = path;
  return others.length === 0 && TEXT_FUNCTIONS.get(source.replace(/^node:/u, ""))?.has(name) === true;
}

function literalValue(node: ESTree.Literal): Value {
  switch (typeof node.value) {
    case "string":
      return { kind: "text", node, parts: [node.value] };
    case "number":
      return { kind: "number", node, value: node.value };
    case "boolean":
      return { kind: "boolean", node, value: node.value };
    default:
      return "regex" in node ? { kind: "pattern", node } : { kind: "number", node, value: undefined };
  }
}

function unaryValue(node: ESTree.UnaryExpression): Value {
  switch (node.operator) {
    case "typeof":
      return { kind: "text", node, parts: [node] };
    case "delete":
      return { kind: "boolean", node, value: undefined };
    case "void":
      return { kind: "nothing", node };
    default:
      return { kind: "number", node, value: undefined };
  }
}

/** Puts pieces of a text that stand side by side together. */
function joined(parts: readonly TextPart[]): TextPart[] {
  const all: TextPart[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (typeof part === "string" && typeof last === "string") {
      all.splice(-1, 1, last + part);
    } else if (part !== "") {
      all.push(part);
    }
  }
  return all;
}
