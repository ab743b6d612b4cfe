import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { childrenOf, rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { indentAt, reindentCode } from "../text/layout.ts";
import type { Template } from "./templates.ts";
import type { Fact, TemplateId } from "./texts.ts";

/**
 * Writes a template as a file needs it. What depends on a fact is decided: conditional expressions, `if` statements and
 * spreads whose tests are facts. What nobody reads after that goes: declarations, names in patterns, parameters, code
 * behind `return`, an empty last argument.
 *
 * @param facts what the file needs
 * @param nameOf the name under which a function stands in the file; asked for each one that is called
 */
export function specialize(template: Template, facts: ReadonlySet<Fact>, nameOf: (id: TemplateId) => string): string {
  return template.comment + new Specializer(template, facts, nameOf).write();
}

type Member = ESTree.ObjectExpression["properties"][number];

/** An object that takes more columns is written over several lines. */
const LONG = 90;

class Specializer {
  readonly #template: Template;
  readonly #facts: ReadonlySet<Fact>;
  readonly #nameOf: (id: TemplateId) => string;
  readonly #gone = new Set<Node>();
  /** Constants that turned out to be another name for something. */
  readonly #aliases = new Map<Variable, Node>();

  constructor(template: Template, facts: ReadonlySet<Fact>, nameOf: (id: TemplateId) => string) {
    this.#template = template;
    this.#facts = facts;
    this.#nameOf = nameOf;
  }

  write(): string {
    while (this.#simplify()) {
      // What goes may have been the last to read something else.
    }
    return this.#render(this.#template.node);
  }

  // What is left

  /** What a test gives; undefined when it is no fact. */
  #decide(test: Node): boolean | undefined {
    if (test.type === "MemberExpression") {
      const isFact = this.#template.facts !== undefined && this.#variableOf(test.object) === this.#template.facts;
      return isFact ? this.#facts.has(staticName(test) as Fact) : undefined;
    }
    if (test.type === "UnaryExpression" && test.operator === "!") {
      const value = this.#decide(test.argument);
      return value === undefined ? undefined : !value;
    }
    if (test.type === "LogicalExpression" && test.operator === "&&") {
      const [left, right] = [this.#decide(test.left), this.#decide(test.right)];
      return left === undefined || right === undefined ? undefined : left && right;
    }
    return undefined;
  }

  /** The expression that stands there in the end. */
  #chosen(node: Node): Node {
    const value = node.type === "ConditionalExpression" ? this.#decide(node.test) : undefined;
    if (node.type === "ConditionalExpression" && value !== undefined) {
      return this.#chosen(value ? node.consequent : node.alternate);
    }
    const alias = node.type === "Identifier" ? this.#aliases.get(this.#variableOf(node) as Variable) : undefined;
    return alias === undefined ? node : this.#chosen(alias);
  }

  #variableOf(node: Node): Variable | undefined {
    return this.#template.model.variableOf(node);
  }

  #statements(list: readonly Node[]): Node[] {
    const left = list.flatMap((statement): Node[] => {
      const value = statement.type === "IfStatement" ? this.#decide(statement.test) : undefined;
      if (statement.type !== "IfStatement" || value === undefined) {
        return this.#gone.has(statement) ? [] : [statement];
      }
      const branch = value ? statement.consequent : statement.alternate;
      return branch?.type === "BlockStatement" ? this.#statements(branch.body) : [];
    });
    const end = left.findIndex(({ type }) => type === "ReturnStatement" || type === "ThrowStatement");
    return end < 0 ? left : left.slice(0, end + 1);
  }

  /** `...(has.fact && { name: value })` is a property or nothing. */
  #members(literal: ESTree.ObjectExpression): Member[] {
    return literal.properties.flatMap((member): Member[] => {
      const { argument } = member.type === "SpreadElement" ? member : { argument: undefined };
      const value = argument?.type === "LogicalExpression" ? this.#decide(argument.left) : undefined;
      if (argument?.type !== "LogicalExpression" || value === undefined) {
        return [member];
      }
      return value && argument.right.type === "ObjectExpression" ? this.#members(argument.right) : [];
    });
  }

  #left(node: Node): readonly Node[] {
    switch (node.type) {
      case "BlockStatement":
        return this.#statements(node.body);
      case "ObjectExpression":
        return this.#members(node);
      case "ObjectPattern":
      case "FunctionDeclaration":
        return childrenOf(node).filter((child) => !this.#gone.has(child));
      default:
        return childrenOf(node);
    }
  }

  // What goes

  /** One round; true when something went. */
  #simplify(): boolean {
    const before = this.#gone.size;
    const reads = new Map<Variable, number>();
    const declarations: ESTree.VariableDeclaration[] = [];
    this.#walk(this.#template.node, (node) => {
      const variable = this.#template.model.referenceOf(node)?.isRead() === true ? this.#variableOf(node) : undefined;
      if (variable !== undefined) {
        reads.set(variable, (reads.get(variable) ?? 0) + 1);
      }
      if (node.type === "VariableDeclaration") {
        declarations.push(node);
      }
    });
    const isRead = (name: Node): boolean => (reads.get(this.#variableOf(name) as Variable) ?? 0) > 0;
    for (const declaration of declarations) {
      this.#dropDeclaration(declaration, isRead);
    }
    for (const parameter of this.#template.node.params) {
      this.#dropUnread(parameter, isRead);
    }
    return this.#gone.size > before;
  }

  #walk(node: Node, enter: (node: Node) => void): void {
    const chosen = this.#chosen(node);
    enter(chosen);
    for (const child of this.#left(chosen)) {
      this.#walk(child, enter);
    }
  }

  #dropDeclaration(declaration: ESTree.VariableDeclaration, isRead: (name: Node) => boolean): void {
    const [{ id, init } = { id: undefined, init: undefined }] = declaration.declarations;
    const chosen = init ? this.#chosen(init) : undefined;
    const variable = id === undefined ? undefined : this.#variableOf(id);
    if (id === undefined || chosen === undefined) {
      return;
    }
    if (variable !== undefined && chosen !== init && isName(chosen)) {
      this.#aliases.set(variable, chosen);
      this.#gone.add(declaration);
    } else if (this.#dropUnread(id, isRead)) {
      this.#gone.add(declaration);
    }
  }

  /** Drops names that nobody reads; true when nothing is left. */
  #dropUnread(target: Node, isRead: (name: Node) => boolean): boolean {
    if (target.type === "ObjectPattern") {
      const left = target.properties.filter((part) => {
        const name = part.type === "Property" ? part.value : part.argument;
        return !this.#dropUnread(name.type === "AssignmentPattern" ? name.left : name, isRead);
      });
      target.properties.filter((part) => !left.includes(part)).forEach((part) => this.#gone.add(part));
      return left.length === 0;
    }
    const isUnread = target.type === "Identifier" && !isRead(target);
    if (isUnread) {
      this.#gone.add(target);
    }
    return isUnread;
  }

  // How it reads

  #render(node: Node): string {
    const chosen = this.#chosen(node);
    const text = this.#renderChosen(chosen);
    // As a part of a longer expression it was broken over lines.
    if (chosen === node) {
      return text;
    }
    const line = text.replaceAll(/,\n *(?=\})|\n */gu, " ");
    const { text: code } = this.#template.model;
    const isLong = chosen.type === "ObjectExpression" && line.length > LONG;
    return isLong ? reindentCode(text, indentAt(code, rangeOf(chosen)[1] - 1), indentAt(code, rangeOf(node)[0])) : line;
  }

  #renderChosen(chosen: Node): string {
    switch (chosen.type) {
      case "Identifier": {
        const id = this.#template.others.get(this.#variableOf(chosen) as Variable);
        return id === undefined ? chosen.name : this.#nameOf(id);
      }
      case "BlockStatement":
        return this.#renderBlock(chosen);
      case "ObjectExpression":
        return this.#renderLiteral(chosen);
      case "ObjectPattern": {
        const parts = this.#left(chosen);
        const isWhole = parts.length === chosen.properties.length;
        return isWhole ? this.#splice(chosen) : `{ ${parts.map((part) => this.#render(part)).join(", ")} }`;
      }
      case "Property":
        return chosen.shorthand ? this.#renderShorthand(chosen) : this.#splice(chosen);
      case "CallExpression":
      case "NewExpression":
        return this.#renderCall(chosen);
      case "FunctionDeclaration":
        return this.#renderFunction(chosen);
      default:
        return this.#splice(chosen);
    }
  }

  /** The text of a node with its children as they are in the end. */
  #splice(node: Node): string {
    const { text } = this.#template.model;
    let [at] = rangeOf(node);
    let spliced = "";
    for (const child of childrenOf(node).toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0])) {
      const [start, end] = rangeOf(child);
      spliced += text.slice(at, start) + this.#render(child);
      at = end;
    }
    return spliced + text.slice(at, rangeOf(node)[1]);
  }

  #renderShorthand(property: ESTree.Property | ESTree.AssignmentProperty): string {
    const name = this.#template.model.textOf(property.key);
    const value = this.#render(property.value);
    return value === name || property.value.type === "AssignmentPattern" ? value : `${name}: ${value}`;
  }

  #renderBlock(block: ESTree.BlockStatement): string {
    const left = this.#statements(block.body);
    if (left.length === block.body.length && left.every((statement, index) => statement === block.body[index])) {
      return this.#splice(block);
    }
    const { text } = this.#template.model;
    const outer = indentAt(text, rangeOf(block)[1] - 1);
    const lines = left.map((statement) => {
      const own = indentAt(text, rangeOf(statement)[0]);
      return `  ${outer}${reindentCode(this.#render(statement), own, `  ${outer}`)}\n`;
    });
    return `{\n${lines.join("")}${outer}}`;
  }

  #renderLiteral(literal: ESTree.ObjectExpression): string {
    const members = this.#members(literal);
    if (members.every((member, index) => member === literal.properties[index])) {
      return this.#splice(literal);
    }
    const { text } = this.#template.model;
    const [start, end] = rangeOf(literal);
    const outer = indentAt(text, end - 1);
    const isList = text.slice(start, end).includes("\n");
    const parts = members.map((member) => this.#render(member));
    return isList ? `{\n${parts.map((part) => `  ${outer}${part},\n`).join("")}${outer}}` : `{ ${parts.join(", ")} }`;
  }

  #renderCall(call: ESTree.CallExpression | ESTree.NewExpression): string {
    const given = call.arguments.filter((argument) => !this.#isNothing(argument));
    if (given.length === call.arguments.length) {
      return this.#splice(call);
    }
    const { callee } = call;
    // `promise.catch(undefined)` is the promise.
    if (given.length === 0 && callee.type === "MemberExpression" && staticName(callee) === "catch") {
      return this.#render(callee.object);
    }
    const opening = call.type === "NewExpression" ? "new " : "";
    return `${opening}${this.#render(callee)}(${given.map((argument) => this.#render(argument)).join(", ")})`;
  }

  /** True for an argument that came to nothing: a literal without any of its members, and what a fact made undefined. */
  #isNothing(argument: Node): boolean {
    const chosen = this.#chosen(argument);
    return chosen.type === "ObjectExpression"
      ? chosen.properties.length > 0 && this.#members(chosen).length === 0
      : chosen !== argument && chosen.type === "Identifier" && chosen.name === "undefined";
  }

  #renderFunction({ id, params, body, async }: ESTree.FunctionDeclaration): string {
    const given = params.filter((parameter) => !this.#gone.has(parameter)).map((parameter) => this.#render(parameter));
    return `${async === true ? "async " : ""}function ${this.#render(id)}(${given.join(", ")}) ${this.#render(body)}`;
  }
}

/** True for `name` and `object.name`, which stand for themselves wherever they are read. */
function isName(node: Node): boolean {
  return (
    node.type === "Identifier" ||
    (node.type === "MemberExpression" && !node.computed && node.object.type === "Identifier")
  );
}
