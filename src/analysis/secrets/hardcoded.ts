import type * as ESTree from "estree";
import { rangeOf, staticName } from "../code/tree.ts";
import type { Node, Range } from "../code/tree.ts";
import { localFunctionOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { findSecretValue, isOneWord } from "./classify.ts";
import type { SecretFinding } from "./classify.ts";

/** A secret that is written out in the file. */
export interface HardcodedSecret extends SecretFinding {
  readonly range: Range;
}

/** A text that is written out, and the expression that it makes up. */
interface WrittenText {
  readonly node: Node;
  readonly text: string;
  /** False when a part of it is known at run time only. */
  readonly isWhole: boolean;
}

/** Stands for what is known at run time only; no detector takes it for a part of a secret. */
const HOLE = "${x}";
const COMPARISONS: ReadonlySet<string> = new Set(["===", "!==", "==", "!="]);
/** Calls that take a name and the value that it gets: of Headers, URLSearchParams, Map. */
const SETTERS: ReadonlySet<string> = new Set(["set", "append", "setHeader", "header"]);
/** Calls that take the name of a secret. */
const SECRET_NAME_CALLS: ReadonlySet<string> = new Set(["readSecret", "updateSecret", "writeSecret"]);

/**
 * Finds secrets that are written out in a file: by the form of their provider wherever they stand, and by the names
 * that their values go to. Constants are followed to where they are used.
 */
export function findHardcodedSecrets(model: Model): HardcodedSecret[] {
  return textsOf(model).flatMap(({ node, text, isWhole }) => {
    const range = rangeOf(node);
    const certain = findSecretValue(undefined, text);
    if (certain !== undefined || !isWhole || !isOneWord(text)) {
      return certain === undefined ? [] : [{ ...certain, range }];
    }
    const goals = new Goals(model);
    goals.visit(node);
    const findings = goals.isSecretName ? [] : goals.names.flatMap((name) => findSecretValue(name, text) ?? []);
    const best = findings.find(({ confidence }) => confidence === "certain") ?? findings[0];
    return best === undefined ? [] : [{ ...best, range }];
  });
}

/** All texts of the file: strings, templates, and what `+` puts together. */
function textsOf(model: Model): WrittenText[] {
  const joined = model
    .nodes("BinaryExpression")
    .filter((node) => node.operator === "+" && !isConcatenation(model.parentOf(node)))
    .map((node) => textOf(node))
    .filter(({ text }) => text !== HOLE);
  const single = [...model.nodes("Literal"), ...model.nodes("TemplateLiteral")]
    .filter((node) => !isConcatenation(model.parentOf(node)) && isText(node))
    .map((node) => textOf(node));
  return [...single, ...joined];
}

function isConcatenation(node: Node | null): boolean {
  return node?.type === "BinaryExpression" && node.operator === "+";
}

function isText(node: ESTree.Literal | ESTree.TemplateLiteral): boolean {
  return node.type === "TemplateLiteral" || typeof node.value === "string";
}

function textOf(node: Node): WrittenText {
  if (node.type === "Literal" && typeof node.value === "string") {
    return { node, text: node.value, isWhole: true };
  }
  if (node.type === "TemplateLiteral") {
    const text = node.quasis.map(({ value }) => value.cooked ?? value.raw).join(HOLE);
    return { node, text, isWhole: node.expressions.length === 0 };
  }
  if (node.type === "BinaryExpression" && node.operator === "+") {
    const parts = [textOf(node.left), textOf(node.right)];
    const isWhole = parts.every((part) => part.isWhole);
    return { node, text: parts.map(({ text }) => text).join(""), isWhole };
  }
  return { node, text: HOLE, isWhole: false };
}

/** What a value is for: the names that it is given on its way. */
class Goals {
  readonly names: string[] = [];
  /** True when the value says which secret to read. */
  isSecretName = false;
  readonly #model: Model;
  readonly #seen = new Set<Node>();

  constructor(model: Model) {
    this.#model = model;
  }

  visit(node: Node): void {
    if (this.#seen.has(node)) {
      return;
    }
    this.#seen.add(node);
    const parent = this.#model.parentOf(node);
    switch (parent?.type) {
      case "VariableDeclarator":
        this.#bind(parent.id);
        break;
      case "AssignmentExpression":
        this.#add(nameOf(parent.left));
        break;
      case "AssignmentPattern":
        this.#bind(parent.left);
        this.visit(parent);
        break;
      case "Property":
        this.#visitProperty(parent);
        break;
      case "PropertyDefinition":
        this.#add(parent.key.type === "Identifier" ? parent.key.name : undefined);
        break;
      case "LogicalExpression":
        this.#add(parent.right === node ? nameOf(parent.left) : undefined);
        this.visit(parent);
        break;
      case "ConditionalExpression":
      case "ChainExpression":
        this.visit(parent);
        break;
      case "BinaryExpression":
        this.#visitOperand(parent, node);
        break;
      case "TemplateLiteral":
        this.#add(schemeName(parent.quasis[parent.expressions.findIndex((part) => part === node)]?.value.raw));
        break;
      case "CallExpression":
        this.#visitArgument(parent, node);
        break;
      default:
        break;
    }
  }

  #add(name: string | undefined): void {
    if (name !== undefined) {
      this.names.push(name);
    }
  }

  #bind(target: Node): void {
    this.#add(nameOf(target));
    const variable = target.type === "Identifier" ? this.#model.variableOf(target) : undefined;
    for (const read of variable !== undefined && isConstant(variable) ? readsOf(variable) : []) {
      this.visit(read);
    }
  }

  #visitProperty(property: ESTree.Property | ESTree.AssignmentProperty): void {
    const name = staticName(property);
    const holder = this.#model.parentOf(property);
    if (holder?.type === "ObjectExpression" && name === "value") {
      // `{ name: "x-api-key", value: "…" }`
      const sibling = holder.properties.find(
        (other) => other.type === "Property" && /^(?:key|name|header)$/iu.test(staticName(other) ?? ""),
      );
      this.#add(sibling?.type === "Property" ? literalOf(sibling.value) : undefined);
    }
    this.isSecretName ||= /SecretName$/u.test(name ?? "") || (name === "key" && isWrittenEntry(this.#model, holder));
    this.#add(name);
  }

  #visitOperand({ operator, left, right }: ESTree.BinaryExpression, node: Node): void {
    if (COMPARISONS.has(operator)) {
      this.#add(nameOf(left === node ? right : left));
    } else if (operator === "+" && right === node) {
      this.#add(schemeName(literalOf(left)));
    }
  }

  #visitArgument(call: ESTree.SimpleCallExpression, node: Node): void {
    const { callee } = call;
    const index = call.arguments.findIndex((argument) => argument === node);
    const method = callee.type === "MemberExpression" ? staticName(callee) : undefined;
    if (method !== undefined) {
      this.isSecretName ||= SECRET_NAME_CALLS.has(method);
      const [first] = call.arguments;
      this.#add(SETTERS.has(method) && index === 1 && first !== undefined ? literalOf(first) : undefined);
    }
    const parameter = localFunctionOf(this.#model, callee)?.params[index];
    if (parameter !== undefined) {
      this.#bind(parameter.type === "AssignmentPattern" ? parameter.left : parameter);
    }
  }
}

function isWrittenEntry(model: Model, entry: Node | null): boolean {
  const call = entry === null ? null : model.parentOf(entry);
  const method =
    call?.type === "CallExpression" && call.callee.type === "MemberExpression" ? staticName(call.callee) : undefined;
  return SECRET_NAME_CALLS.has(method ?? "");
}

function literalOf(node: Node): string | undefined {
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

/** The name of a variable or of a member. */
function nameOf(node: Node): string | undefined {
  if (node.type === "ChainExpression") {
    return nameOf(node.expression);
  }
  if (node.type === "Identifier") {
    return node.name;
  }
  return node.type === "MemberExpression" ? staticName(node) : undefined;
}

/** What a text in front says of the value behind it: `Bearer …`, `?api_key=…`. */
function schemeName(before: string | undefined): string | undefined {
  if (before === undefined || /(?:^|\s)(?:Bearer|Token|ApiKey) $/iu.test(before)) {
    return before === undefined ? undefined : "token";
  }
  return /(?:^|[?&;\s])(?<name>[\w-]+)=$/u.exec(before)?.groups?.["name"];
}
