import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { globalObjects, globalPath } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { rangeOf, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { writeOf } from "../code/writes.ts";
import { findModuleUses } from "../modules/uses.ts";
import { stringOf } from "../values/constants.ts";
import { originsOf } from "../values/origins.ts";
import { textsOf } from "../values/texts.ts";

/** One place that names an environment variable. */
export interface EnvironmentUse {
  readonly name: string;
  /** What spells the name: an identifier, or a string. */
  readonly key: Node;
  /** The name stands elsewhere, where it may mean other things as well: `process.env[name]`. */
  readonly isIndirect: boolean;
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
  /** Uses of the global object as a value, from where `process` can be reached. */
  readonly hidden: readonly Node[];
}

/** What an expression that leads to the environment gives: the global object, `process`, or `process.env`. */
type Kind = "global" | "process" | "environment";

/** The member of an object that leads on; undefined for one that leads nowhere. */
function memberKind(kind: "global" | "process", name: string): Kind | undefined {
  if (kind === "process") {
    return name === "env" ? "environment" : name === "default" ? "process" : undefined;
  }
  return name === "process" ? "process" : globalObjects.includes(name) ? "global" : undefined;
}

/** Functions of the language that take an object and the name of a member, and whether they write it. */
const NAMING_FUNCTIONS: ReadonlyMap<string, boolean> = new Map([
  ["Object.defineProperty", true],
  ["Object.getOwnPropertyDescriptor", false],
  ["Object.hasOwn", false],
  ["Object.prototype.hasOwnProperty.call", false],
  ["Reflect.defineProperty", true],
  ["Reflect.deleteProperty", true],
  ["Reflect.get", false],
  ["Reflect.has", false],
  ["Reflect.set", true],
]);

/** Methods that every object has, and that take the name of a member. */
const NAMING_METHODS: ReadonlySet<string> = new Set(["hasOwnProperty", "propertyIsEnumerable"]);

class EnvironmentReader {
  readonly uses: EnvironmentUse[] = [];
  readonly escapes: Node[] = [];
  readonly computed: Node[] = [];
  readonly hidden: Node[] = [];
  readonly #model: Model;
  readonly #seen = new Set<Variable>();

  constructor(model: Model) {
    this.#model = model;
  }

  /** Follows an expression of a kind to what is read of it. */
  visit(node: Node, kind: Kind): void {
    const parent = this.#model.parentOf(node);
    switch (parent?.type) {
      case "MemberExpression":
        this.#visitMember(parent, node, kind);
        break;
      case "ChainExpression":
        this.visit(parent, kind);
        break;
      case "LogicalExpression":
        // On the left of `&&` it is only tested.
        if (parent.operator !== "&&" || parent.right === node) {
          this.visit(parent, kind);
        }
        break;
      case "ConditionalExpression":
        if (parent.test !== node) {
          this.visit(parent, kind);
        }
        break;
      case "VariableDeclarator":
        this.#visitTarget(parent.id, node, kind);
        break;
      case "AssignmentExpression":
        this.#visitAssignment(parent, node, kind);
        break;
      case "BinaryExpression":
        if (parent.operator === "in" && kind === "environment") {
          this.#visitName(parent.left, node, false);
        }
        break;
      case "CallExpression":
        this.#visitArgument(parent, node, kind);
        break;
      case "ExpressionStatement":
      case "IfStatement":
      case "UnaryExpression":
        break;
      default:
        this.#escape(node, kind);
    }
  }

  #escape(node: Node, kind: Kind): void {
    (kind === "global" ? this.hidden : this.escapes).push(node);
  }

  #visitMember(member: ESTree.MemberExpression, node: Node, kind: Kind): void {
    if (member.object !== node) {
      this.#escape(node, kind);
      return;
    }
    if (kind === "environment") {
      this.#visitVariable(member);
      return;
    }
    const name = member.computed ? this.#textOf(member.property) : staticName(member);
    const next = name === undefined ? undefined : memberKind(kind, name);
    if (name === undefined) {
      this.#escape(node, kind);
    } else if (next !== undefined) {
      this.visit(member, next);
    }
  }

  /** `process.env.NAME` */
  #visitVariable(member: ESTree.MemberExpression): void {
    const name = staticName(member);
    const call = this.#model.parentOf(member);
    if (name === undefined) {
      this.#visitComputed(member);
    } else if (NAMING_METHODS.has(name) && call?.type === "CallExpression" && call.callee === member) {
      this.#visitName(call.arguments[0], member, false);
    } else {
      const isWrite = writeOf(this.#model, member) !== undefined;
      this.uses.push({
        name,
        key: member.property,
        isIndirect: false,
        shorthand: false,
        isWrite,
        value: isWrite ? undefined : member,
      });
    }
  }

  /** A name that is not written in its place: all texts that it can be are followed. */
  #visitComputed(member: ESTree.MemberExpression): void {
    const isWrite = writeOf(this.#model, member) !== undefined;
    const value = isWrite ? undefined : member;
    let isKnown = true;
    for (const { kind, node: key } of originsOf(this.#model, member.property)) {
      const name = kind === "made" ? stringOf(this.#model, key) : undefined;
      if (name !== undefined) {
        this.uses.push({ name, key, isIndirect: true, shorthand: false, isWrite, value });
      }
      isKnown &&= name !== undefined;
    }
    if (!isKnown) {
      this.computed.push(member);
    }
  }

  /** A name that is given as a value: `"NAME" in process.env`. */
  #visitName(name: Node | undefined, node: Node, isWrite: boolean): void {
    if (name?.type === "Literal" && typeof name.value === "string") {
      this.uses.push({
        name: name.value,
        key: name,
        isIndirect: false,
        shorthand: false,
        isWrite,
        value: undefined,
      });
    } else {
      this.computed.push(node);
    }
  }

  #visitAssignment(assignment: ESTree.AssignmentExpression, node: Node, kind: Kind): void {
    const isStatement = this.#model.parentOf(assignment)?.type === "ExpressionStatement";
    const isPlain = assignment.right === node && assignment.operator === "=";
    if (isPlain && isStatement && assignment.left.type === "ObjectPattern") {
      this.#visitPattern(assignment.left, node, kind);
    } else {
      this.#escape(node, kind);
    }
  }

  /** What a declaration binds: a constant is followed, a pattern taken apart. */
  #visitTarget(target: Node, node: Node, kind: Kind): void {
    const variable = target.type === "Identifier" ? this.#model.variableOf(target) : undefined;
    if (target.type === "ObjectPattern") {
      this.#visitPattern(target, node, kind);
    } else if (variable === undefined || !isConstant(variable)) {
      this.#escape(node, kind);
    } else if (!this.#seen.has(variable)) {
      this.#seen.add(variable);
      for (const read of readsOf(variable)) {
        this.visit(read, kind);
      }
    }
  }

  #visitPattern(pattern: ESTree.ObjectPattern, node: Node, kind: Kind): void {
    for (const property of pattern.properties) {
      const name = property.type === "Property" ? staticName(property) : undefined;
      if (property.type !== "Property" || name === undefined) {
        this.#escape(node, kind);
      } else if (kind === "environment") {
        const value = property.value.type === "Identifier" ? property.value : undefined;
        this.uses.push({
          name,
          key: property.key,
          isIndirect: false,
          shorthand: property.shorthand,
          isWrite: false,
          value,
        });
      } else {
        const next = memberKind(kind, name);
        const target = property.value.type === "AssignmentPattern" ? property.value.left : property.value;
        if (next !== undefined) {
          this.#visitTarget(target, node, next);
        }
      }
    }
  }

  /** Functions of the language that name one variable, or several in a literal, are read; all others escape. */
  #visitArgument(call: ESTree.CallExpression, node: Node, kind: Kind): void {
    const path = globalPath(this.#model, call.callee) ?? "";
    const [target, ...sources] = call.arguments;
    const isWrite = NAMING_FUNCTIONS.get(path);
    if (kind !== "environment" || target !== node) {
      this.#escape(node, kind);
    } else if (isWrite !== undefined) {
      this.#visitName(sources[0], node, isWrite);
    } else if (path === "Object.assign") {
      sources.forEach((source) => {
        this.#visitSource(source, node);
      });
    } else {
      this.#escape(node, kind);
    }
  }

  #visitSource(source: Node, node: Node): void {
    for (const property of source.type === "ObjectExpression" ? source.properties : [undefined]) {
      const name = property?.type === "Property" ? staticName(property) : undefined;
      if (property?.type !== "Property" || name === undefined) {
        this.escapes.push(node);
      } else {
        this.uses.push({
          name,
          key: property.key,
          isIndirect: false,
          shorthand: property.shorthand,
          isWrite: true,
          value: undefined,
        });
      }
    }
  }

  #textOf(node: Node): string | undefined {
    const texts = textsOf(this.#model, node);
    return texts.length === 1 ? texts[0] : undefined;
  }
}

const PROCESS_MODULE = /^(?:node:)?process$/u;

/** Follows `process` where it is taken in as a module. */
function visitModules(model: Model, reader: EnvironmentReader): void {
  for (const { source, node } of findModuleUses(model)) {
    if (!PROCESS_MODULE.test(source)) {
      continue;
    }
    if (node.type === "CallExpression") {
      reader.visit(node, "process");
      continue;
    }
    for (const specifier of node.specifiers) {
      const { imported } = specifier.type === "ImportSpecifier" ? specifier : { imported: undefined };
      const name = imported?.type === "Identifier" ? imported.name : imported?.value;
      const kind = name === undefined ? "process" : memberKind("process", String(name));
      const variable = model.variableOf(specifier.local);
      for (const read of kind === undefined || variable === undefined ? [] : readsOf(variable)) {
        reader.visit(read, kind ?? "process");
      }
    }
  }
}

/** Finds every environment variable that a file names, by binding. */
export const environmentOf = perModel((model): Environment => {
  const reader = new EnvironmentReader(model);
  const names = ["process", ...globalObjects].flatMap((name) => model.globals(name));
  for (const identifier of names.toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0])) {
    if (model.referenceOf(identifier) !== undefined) {
      reader.visit(identifier, identifier.name === "process" ? "process" : "global");
    }
  }
  visitModules(model, reader);
  const { uses, escapes, computed, hidden } = reader;
  return { uses, escapes, computed, hidden };
});
