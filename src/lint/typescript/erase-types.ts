import { isKnownType } from "../../analysis/code/tree.ts";
import type { Range } from "../../analysis/code/tree.ts";
import { copyOf, isNode, listOf, withChildren } from "../any-node.ts";
import type { AnyNode, VisitorKeys } from "../any-node.ts";
import { assignment, call, identifier, member, statement, variable } from "./build.ts";
import { decoratorCalls, isTypeMember, staticBlockOf, withKeptParameters } from "./classes.ts";
import { enumStatements } from "./enums.ts";
import { namespaceStatements } from "./namespaces.ts";

/** A tree that ESTree knows, and what is left in it that it does not know. */
export interface Erased {
  readonly program: AnyNode;
  readonly unknown: AnyNode | undefined;
}

/** What only the parser's scopes tell: which names of a file mean nothing but types. */
export interface TypeNames {
  /** True for an import that the file uses as a type and nowhere as a value. */
  readonly isTypeImport: (specifier: AnyNode) => boolean;
  /** True for a name of the module level that is a type alone. */
  readonly isType: (name: string) => boolean;
}

/** What stands around an expression and means nothing when the file runs. */
const WRAPPERS = new Set([
  "TSAsExpression",
  "TSSatisfiesExpression",
  "TSNonNullExpression",
  "TSTypeAssertion",
  "TSInstantiationExpression",
]);

const TYPE_STATEMENTS = new Set([
  "TSInterfaceDeclaration",
  "TSTypeAliasDeclaration",
  "TSDeclareFunction",
  "TSNamespaceExportDeclaration",
]);

/** True for a parser that knows types: one that knows none has written none. */
export function knowsTypes(visitorKeys: VisitorKeys): boolean {
  return "TSTypeAnnotation" in visitorKeys;
}

/**
 * Makes the tree of the JavaScript that a TypeScript file runs as. Every node stays where it was written, and nothing of
 * the tree that the parser gave is changed.
 */
export function eraseTypes(text: string, program: AnyNode, names: TypeNames): Erased {
  const eraser = new Eraser(text, names);
  return { program: eraser.node(program), unknown: eraser.unknown };
}

class Eraser {
  unknown: AnyNode | undefined;
  readonly #text: string;
  readonly #names: TypeNames;

  constructor(text: string, names: TypeNames) {
    this.#text = text;
    this.#names = names;
  }

  /** A node that is not a statement, or a statement that can't vanish. */
  readonly node = (node: AnyNode): AnyNode => {
    if (WRAPPERS.has(node.type)) {
      return this.node(node["expression"] as AnyNode);
    }
    switch (node.type) {
      case "Identifier":
      case "ObjectPattern":
      case "ArrayPattern":
      case "RestElement":
        return this.#children(this.#withoutAnnotation(node));
      case "FunctionDeclaration":
      case "FunctionExpression":
      case "ArrowFunctionExpression":
        return this.#children(withKeptParameters(withoutThis(node)));
      case "ClassDeclaration":
      case "ClassExpression":
        return this.#children(this.#class(node));
      case "AccessorProperty":
        return this.#children(copyOf(node, { type: "PropertyDefinition" }));
      case "Program":
      case "BlockStatement":
      case "StaticBlock":
        return this.#withList(node, "body");
      case "SwitchCase":
        return this.#children(this.#withList(node, "consequent"));
      default:
        if (!isKnownType(node.type)) {
          this.unknown ??= node;
        }
        return this.#children(node);
    }
  };

  #children(node: AnyNode): AnyNode {
    return withChildren(node, (child) => [this.node(child)]);
  }

  #withList(node: AnyNode, key: "body" | "consequent"): AnyNode {
    const list = listOf(node[key]);
    const plain = this.#statements(list);
    return plain.length === list.length && plain.every((each, index) => each === list[index])
      ? node
      : copyOf(node, { [key]: plain });
  }

  readonly #statements = (list: readonly AnyNode[]): AnyNode[] => {
    const declared = new Set(list.flatMap(declaredName));
    return list.flatMap((each) => this.#statement(each, declared));
  };

  /** @param declared the names that have an object already, to which an enum or a namespace adds */
  #statement(node: AnyNode, declared: Set<unknown>): AnyNode[] {
    if (TYPE_STATEMENTS.has(node.type) || node["declare"] === true) {
      return [];
    }
    switch (node.type) {
      case "TSEnumDeclaration":
        return this.#filled(node, declared, (isDeclared) => enumStatements(node, this.node, isDeclared));
      case "TSModuleDeclaration":
        return this.#filled(node, declared, (isDeclared) => namespaceStatements(node, this.#statements, isDeclared));
      case "TSImportEqualsDeclaration":
        return this.#importEquals(node);
      case "TSExportAssignment":
        return [exportAssignment(this.node(node["expression"] as AnyNode), node.range)];
      case "ImportDeclaration":
        return this.#import(node);
      case "ExportAllDeclaration":
        return node["exportKind"] === "type" ? [] : [node];
      case "ExportNamedDeclaration":
        return this.#export(node, declared);
      case "ExportDefaultDeclaration": {
        const { declaration } = node;
        return isNode(declaration) && TYPE_STATEMENTS.has(declaration.type) ? [] : [this.#children(node)];
      }
      default:
        return [this.node(node)];
    }
  }

  /** An enum or a namespace makes an object, or adds to the one that its name has already. */
  #filled(node: AnyNode, declared: Set<unknown>, fill: (isDeclared: boolean) => AnyNode[]): AnyNode[] {
    const name = firstName(node["id"]);
    const statements = fill(declared.has(name));
    if (statements.length > 0) {
      declared.add(name);
    }
    return statements;
  }

  #import(node: AnyNode): AnyNode[] {
    const specifiers = listOf(node["specifiers"]);
    if (node["importKind"] === "type" || node["importKind"] === "typeof") {
      return [];
    }
    const left = specifiers.filter((each) => each["importKind"] !== "type" && !this.#names.isTypeImport(each));
    if (left.length === specifiers.length) {
      return [node];
    }
    return left.length === 0 ? [] : [copyOf(node, { specifiers: left })];
  }

  #export(node: AnyNode, declared: Set<unknown>): AnyNode[] {
    const { declaration, source } = node;
    if (isNode(declaration)) {
      const [first, ...others] = this.#statement(declaration, declared);
      if (first === undefined || first.type === "ExpressionStatement") {
        return first === undefined ? [] : [first, ...others];
      }
      return first === declaration ? [node] : [copyOf(node, { declaration: first }), ...others];
    }
    const specifiers = listOf(node["specifiers"]);
    const left = specifiers.filter(
      (each) => each["exportKind"] !== "type" && (isNode(source) || !this.#names.isType(nameOf(each["local"]))),
    );
    if (node["exportKind"] === "type" || (left.length === 0 && specifiers.length > 0)) {
      return [];
    }
    return left.length === specifiers.length ? [node] : [copyOf(node, { specifiers: left })];
  }

  /** `import a = require("a")` takes in a module, `import b = a.b` only names something. */
  #importEquals(node: AnyNode): AnyNode[] {
    const { id, moduleReference } = node;
    if (!isNode(id) || !isNode(moduleReference) || node["importKind"] === "type" || this.#names.isTypeImport(node)) {
      return [];
    }
    const { expression } = moduleReference;
    const value =
      moduleReference.type === "TSExternalModuleReference" && isNode(expression)
        ? call(identifier("require", moduleReference.range), [expression], moduleReference.range)
        : qualifiedValue(moduleReference);
    return [variable("const", id, value, node.range)];
  }

  #class(node: AnyNode): AnyNode {
    const { body } = node;
    if (!isNode(body)) {
      return node;
    }
    const blocks = [decoratorCalls(body), staticBlockOf(listOf(node["decorators"]))].flatMap((block) => block ?? []);
    const members = listOf(body["body"]);
    const left = members.filter((each) => !isTypeMember(each));
    return blocks.length === 0 && left.length === members.length
      ? node
      : copyOf(node, { body: copyOf(body, { body: [...left, ...blocks] }) });
  }

  /** A name or pattern ends where its annotation begins. */
  #withoutAnnotation(node: AnyNode): AnyNode {
    const { typeAnnotation, optional, name, argument } = node;
    if (!isNode(typeAnnotation) && optional !== true) {
      return node;
    }
    const [start, end] = node.range;
    const before = isNode(typeAnnotation) ? typeAnnotation.range[0] : end;
    const ownEnd =
      typeof name === "string"
        ? start + name.length
        : isNode(argument)
          ? argument.range[1]
          : this.#text.lastIndexOf(node.type === "ObjectPattern" ? "}" : "]", before - 1) + 1;
    return copyOf(node, { range: [start, ownEnd] satisfies Range, typeAnnotation: undefined, optional: false });
  }
}

/** `this` among the parameters is a type. */
function withoutThis(node: AnyNode): AnyNode {
  const params = listOf(node["params"]);
  const [first] = params;
  return first?.type === "Identifier" && first["name"] === "this" ? copyOf(node, { params: params.slice(1) }) : node;
}

function nameOf(node: unknown): string {
  return isNode(node) ? String(node["name"] ?? node["value"]) : "";
}

/** What a function or class is called: namespaces and enums of that name add to it. */
function declaredName(node: AnyNode): string[] {
  const { declaration } = node;
  if (isNode(declaration)) {
    return declaredName(declaration);
  }
  const hasObject = node.type === "FunctionDeclaration" || node.type === "ClassDeclaration";
  return hasObject && node["declare"] !== true && isNode(node["id"]) ? [nameOf(node["id"])] : [];
}

/** The `A` of `A.B.C`. */
function firstName(id: unknown): string {
  return isNode(id) && id.type === "TSQualifiedName" ? firstName(id["left"]) : nameOf(id);
}

function qualifiedValue(reference: AnyNode): AnyNode {
  const { left, right } = reference;
  return isNode(left) && isNode(right) ? member(qualifiedValue(left), right) : reference;
}

/** `export = value` is `module.exports = value`. */
function exportAssignment(value: AnyNode, range: Range): AnyNode {
  const target = member(identifier("module", range), identifier("exports", range));
  return statement(assignment(target, value, range));
}
