import type * as ESTree from "estree";
import { rangeOf, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { findModuleUses } from "../modules/uses.ts";
import { perModel } from "../code/per-model.ts";

/** One place that names an environment variable. */
export interface EnvironmentUse {
  readonly name: string;
  /** What spells the name: an identifier, or a string. */
  readonly key: Node;
  /** The property of a pattern that spells name and binding in one word: `{ BRAND_ID }`. */
  readonly shorthand: boolean;
  /** True for an assignment, an update, and `delete`. */
  readonly isWrite: boolean;
  /** What gives the value when it is read: the member, or the variable that a pattern declares. */
  readonly value: Node | undefined;
}

/** How a file uses `process.env`. */
export interface Environment {
  readonly uses: readonly EnvironmentUse[];
  /** Uses of `process` or `process.env` as a value: which variables they read can't be told. */
  readonly escapes: readonly Node[];
  /** Reads of a variable whose name is made up at run time. */
  readonly computed: readonly Node[];
}

class EnvironmentReader {
  readonly uses: EnvironmentUse[] = [];
  readonly escapes: Node[] = [];
  readonly computed: Node[] = [];
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  /** A node that means `process`. */
  process(node: Node): void {
    const parent = this.#model.parentOf(node);
    if (parent?.type === "MemberExpression" && parent.object === node) {
      const name = staticName(parent);
      if (name === "env") {
        this.environment(parent);
      } else if (name === undefined) {
        this.escapes.push(node);
      }
    } else {
      this.#bound(node, parent, (pattern) => {
        this.#properties(pattern, node, (property) => {
          if (staticName(property) === "env") {
            this.#target(property.value, property);
          }
        });
      });
    }
  }

  /** A node that means `process.env`. */
  environment(node: Node): void {
    const parent = this.#model.parentOf(node);
    if (parent?.type === "ChainExpression") {
      this.environment(parent);
    } else if (parent?.type === "MemberExpression" && parent.object === node) {
      this.#member(parent);
    } else if (parent?.type === "BinaryExpression" && parent.operator === "in" && parent.right === node) {
      this.#nameOf(parent.left, node);
    } else {
      this.#bound(node, parent, (pattern) => {
        this.#pattern(pattern, node);
      });
    }
  }

  /** What an initialiser or an assignment binds the node to. */
  #bound(node: Node, parent: Node | null, visitPattern: (pattern: ESTree.ObjectPattern) => void): void {
    if (parent?.type === "VariableDeclarator" && parent.init === node) {
      if (parent.id.type === "ObjectPattern") {
        visitPattern(parent.id);
      } else {
        this.#target(parent.id, node);
      }
    } else if (
      parent?.type === "AssignmentExpression" &&
      parent.right === node &&
      parent.operator === "=" &&
      parent.left.type === "ObjectPattern" &&
      this.#model.parentOf(parent)?.type === "ExpressionStatement"
    ) {
      visitPattern(parent.left);
    } else {
      this.escapes.push(node);
    }
  }

  /** What `process.env` is bound to: a constant is followed, a pattern taken apart. */
  #target(target: Node, from: Node): void {
    const variable = target.type === "Identifier" ? this.#model.variableOf(target) : undefined;
    if (target.type === "ObjectPattern") {
      this.#pattern(target, from);
    } else if (variable !== undefined && isConstant(variable)) {
      for (const read of readsOf(variable)) {
        this.environment(read);
      }
    } else {
      this.escapes.push(from);
    }
  }

  #member(member: ESTree.MemberExpression): void {
    const name = staticName(member);
    const parent = this.#model.parentOf(member);
    if (name === undefined) {
      this.computed.push(member);
      return;
    }
    const isWrite =
      (parent?.type === "AssignmentExpression" && parent.left === member) ||
      parent?.type === "UpdateExpression" ||
      (parent?.type === "UnaryExpression" && parent.operator === "delete") ||
      parent?.type === "ArrayPattern" ||
      parent?.type === "AssignmentPattern" ||
      (parent?.type === "Property" && this.#model.parentOf(parent)?.type === "ObjectPattern") ||
      ((parent?.type === "ForInStatement" || parent?.type === "ForOfStatement") && parent.left === member);
    this.uses.push({ name, key: member.property, shorthand: false, isWrite, value: isWrite ? undefined : member });
  }

  /** The left side of `"NAME" in process.env`. */
  #nameOf(left: Node, node: Node): void {
    if (left.type === "Literal" && typeof left.value === "string") {
      this.uses.push({ name: left.value, key: left, shorthand: false, isWrite: false, value: undefined });
    } else {
      this.computed.push(node);
    }
  }

  #pattern(pattern: ESTree.ObjectPattern, from: Node): void {
    this.#properties(pattern, from, (property) => {
      const name = staticName(property);
      if (name !== undefined) {
        const value = property.value.type === "Identifier" ? property.value : undefined;
        this.uses.push({ name, key: property.key, shorthand: property.shorthand, isWrite: false, value });
      }
    });
  }

  #properties(pattern: ESTree.ObjectPattern, from: Node, visit: (property: ESTree.AssignmentProperty) => void): void {
    for (const property of pattern.properties) {
      if (property.type === "Property" && staticName(property) !== undefined) {
        visit(property);
      } else {
        this.escapes.push(from);
      }
    }
  }
}

/** The names under which a file reaches the global object. */
const GLOBAL_OBJECTS = ["globalThis", "global"] as const;

/** Finds every environment variable that a file names, by binding. */
export const environmentOf = perModel((model): Environment => {
  const reader = new EnvironmentReader(model);
  const names = ["process", ...GLOBAL_OBJECTS].flatMap((name) => model.globals(name));
  for (const identifier of names.toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0])) {
    const member = model.parentOf(identifier);
    if (model.referenceOf(identifier) === undefined) {
      continue;
    }
    if (identifier.name === "process") {
      reader.process(identifier);
    } else if (member?.type === "MemberExpression" && staticName(member) === "process") {
      reader.process(member);
    }
  }
  const modules = findModuleUses(model).filter(({ source }) => source === "process" || source === "node:process");
  return {
    uses: reader.uses,
    escapes: [...reader.escapes, ...modules.map(({ node }) => node)],
    computed: reader.computed,
  };
});

/** True for an expression that gives the value of one of these variables, directly or through a constant. */
export function isVariableOf(model: Model, node: Node, names: ReadonlySet<string>): boolean {
  const values = new Set(
    environmentOf(model)
      .uses.filter(({ name, isWrite }) => names.has(name) && !isWrite)
      .map(({ value }) => value),
  );
  if (values.has(node)) {
    return true;
  }
  const variable = node.type === "Identifier" ? model.variableOf(node) : undefined;
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || !isConstant(variable) || definition?.type !== "Variable") {
    return false;
  }
  const { id, init } = definition.node;
  return id.type === "Identifier"
    ? init !== null && init !== undefined && values.has(init)
    : variable.identifiers.some((identifier) => values.has(identifier));
}
