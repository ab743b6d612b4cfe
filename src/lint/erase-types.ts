import type { Range } from "../analysis/code/tree.ts";
import { childrenBy, isNode } from "./any-node.ts";
import type { AnyNode, VisitorKeys } from "./any-node.ts";

/** Collects the ranges of a TypeScript text that mean nothing when it runs. */
class Eraser {
  readonly ranges: Range[] = [];
  /** Ranges of whole statements: the one before must not run on into the one behind. */
  readonly statements: Range[] = [];
  readonly #text: string;
  readonly #keys: VisitorKeys;

  constructor(text: string, keys: VisitorKeys) {
    this.#text = text;
    this.#keys = keys;
  }

  visit(node: AnyNode): void {
    if (this.#erase(node)) {
      return;
    }
    for (const child of childrenBy(this.#keys, node)) {
      this.visit(child);
    }
  }

  /** @returns true when nothing of the node is left to look at */
  #erase(node: AnyNode): boolean {
    const [start, end] = node.range;
    switch (node.type) {
      case "TSTypeAnnotation":
      case "TSTypeParameterDeclaration":
      case "TSTypeParameterInstantiation":
        this.ranges.push(node.range);
        return true;
      case "TSInterfaceDeclaration":
      case "TSTypeAliasDeclaration":
      case "TSDeclareFunction":
        this.statements.push(node.range);
        return true;
      case "ImportDeclaration":
        return this.#eraseTypeImport(node);
      case "ImportSpecifier":
        this.#eraseTypeKeyword(node);
        return true;
      case "Identifier":
        this.#eraseAnnotation(node);
        return true;
      case "TSNonNullExpression":
        this.ranges.push([end - 1, end]);
        return false;
      case "TSAsExpression":
      case "TSSatisfiesExpression":
        return this.#eraseWrapper(node, [start, end]);
      default:
        return false;
    }
  }

  #eraseTypeImport(node: AnyNode): boolean {
    if (node["importKind"] === "type") {
      this.statements.push(node.range);
      return true;
    }
    return false;
  }

  #eraseTypeKeyword(node: AnyNode): void {
    const { imported } = node;
    if (node["importKind"] === "type" && isNode(imported)) {
      this.ranges.push([node.range[0], imported.range[0]]);
    }
  }

  #eraseAnnotation(node: AnyNode): void {
    const { name } = node;
    if (typeof name === "string" && (isNode(node["typeAnnotation"]) || node["optional"] === true)) {
      this.ranges.push([node.range[0] + name.length, node.range[1]]);
    }
  }

  #eraseWrapper(node: AnyNode, [start, end]: Range): boolean {
    const { expression, typeAnnotation } = node;
    if (isNode(expression) && isNode(typeAnnotation)) {
      const keyword = node.type === "TSAsExpression" ? "as" : "satisfies";
      const from = this.#text.lastIndexOf(keyword, typeAnnotation.range[0] - keyword.length);
      this.ranges.push([from < expression.range[1] ? start : from, end]);
      this.visit(expression);
    }
    return true;
  }
}

function blank(text: string, [start, end]: Range, first = " "): string {
  const blanks = text.slice(start, end).replaceAll(/[^\n\r\u2028\u2029]/gu, " ");
  return text.slice(0, start) + first + blanks.slice(1) + text.slice(end);
}

/**
 * Blanks out the types of a TypeScript text, so that every place stays where it was. Undefined when there are none:
 * then the tree holds nothing but ESTree. What has a meaning at run time (enums, decorators, parameter properties)
 * stays, and does not parse as JavaScript.
 */
export function eraseTypes(text: string, program: unknown, visitorKeys: VisitorKeys): string | undefined {
  // A parser that knows no types has written none.
  if (!("TSTypeAnnotation" in visitorKeys)) {
    return undefined;
  }
  const eraser = new Eraser(text, visitorKeys);
  if (isNode(program)) {
    eraser.visit(program);
  }
  const { ranges, statements } = eraser;
  if (ranges.length === 0 && statements.length === 0) {
    return undefined;
  }
  const plain = ranges.reduce((erased, range) => blank(erased, range), text);
  return statements.reduce((erased, range) => blank(erased, range, ";"), plain);
}
