import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isElementCallback } from "../code/builtins.ts";
import { isNullish, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { followConstant, stringOf } from "./constants.ts";
import { elementsOf } from "./elements.ts";
import { argumentAt, callsOfFunction, localFunctionOf, returnsOf } from "../code/local-calls.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { changesOfLiteral, findObjectChanges } from "./object-changes.ts";
import type { LostObject, ObjectChange } from "./object-changes.ts";

/** Why the names of an object can't be told, and where. */
export interface ShapeProblem {
  readonly node: Node;
  /** Completes the sentence “The options of this request …”. */
  readonly what: string;
}

/** What can be told of an object that is put together in several places. */
export interface ObjectShape {
  /** Every name that the object can have, with the expressions that its value can come from. */
  readonly values: ReadonlyMap<string, readonly Node[]>;
  /** The names that it surely has. */
  readonly certain: ReadonlySet<string>;
  /** Members of its members that are written: `options.headers.Accept = …`. */
  readonly nested: ReadonlyMap<string, readonly ESTree.MemberExpression[]>;
  readonly problems: readonly ShapeProblem[];
}

/** Undefined stands for “nothing new”: the object is being read already. */
type Certain = ReadonlySet<string> | undefined;

const NOTHING: ReadonlySet<string> = new Set();

/** What is said of an object that can't be followed. */
const LOST: Readonly<Record<LostObject, string>> = {
  computed: "have a computed key",
  pattern: "are set by a pattern",
  "other-name": "hold an object that is changed by another name",
  argument: "are given to a function that may add to them",
  shared: "come from an object that is handed out to several places",
  kept: "are kept in another object",
};

function both(a: Certain, b: Certain): Certain {
  return a === undefined || b === undefined ? (a ?? b) : new Set([...a].filter((name) => b.has(name)));
}

function either(a: Certain, b: Certain): Certain {
  return new Set([...(a ?? []), ...(b ?? [])]);
}

function without(certain: Certain, names: ReadonlySet<string>): Certain {
  return certain === undefined ? undefined : new Set([...certain].filter((name) => !names.has(name)));
}

/**
 * Follows an expression to everything that the object can be made of: literals, spreads, variables with all their
 * writes, parameters with all their calls, results of functions of the file.
 */
export function readObjectShape(model: Model, node: Node): ObjectShape {
  const reader = new ShapeReader(model);
  const certain = reader.read(node) ?? NOTHING;
  return { values: reader.values, certain, nested: reader.nested, problems: reader.problems };
}

class ShapeReader {
  readonly values = new Map<string, Node[]>();
  readonly nested = new Map<string, ESTree.MemberExpression[]>();
  readonly problems: ShapeProblem[] = [];
  readonly #model: Model;
  /** What is known of each; undefined while it is being read. */
  readonly #seen = new Map<Node | Variable, Certain>();

  constructor(model: Model) {
    this.#model = model;
  }

  read(node: Node): Certain {
    return this.#once(node, () => this.#readNode(node));
  }

  #once(key: Node | Variable, read: () => Certain): Certain {
    if (!this.#seen.has(key)) {
      this.#seen.set(key, undefined);
      this.#seen.set(key, read());
    }
    return this.#seen.get(key);
  }

  #readNode(node: Node): Certain {
    switch (node.type) {
      case "ObjectExpression":
        return this.#readLiteral(node);
      case "Identifier":
        return isNullish(node) ? NOTHING : this.#readIdentifier(node);
      case "ConditionalExpression":
        return both(this.read(node.consequent), this.read(node.alternate));
      case "LogicalExpression":
        return node.operator === "&&"
          ? both(NOTHING, this.read(node.right))
          : both(this.read(node.left), this.read(node.right));
      case "AwaitExpression":
        return this.read(node.argument);
      case "CallExpression":
        return this.#readCall(node);
      case "MemberExpression":
        return this.#readMember(node);
      case "Literal":
        return typeof node.value === "string" ? this.#refuse(node, "come from a text") : NOTHING;
      default:
        return this.#refuse(node, "come from an expression");
    }
  }

  #refuse(node: Node, what: string): Certain {
    if (!this.problems.some((problem) => problem.node === node && problem.what === what)) {
      this.problems.push({ node, what });
    }
    return NOTHING;
  }

  #add(name: string, value: Node): void {
    this.values.set(name, [...new Set(this.values.get(name)).add(value)]);
  }

  #readLiteral(literal: ESTree.ObjectExpression): Certain {
    let certain: Certain = NOTHING;
    for (const property of literal.properties) {
      if (property.type !== "Property") {
        const spread = this.read(property.argument);
        // Anything else may be nothing at all: `{ ...undefined }` is an empty object.
        if (isSurelyObject(this.#model, property.argument)) {
          certain = either(certain, spread);
        }
        continue;
      }
      const name = property.computed ? stringOf(this.#model, property.key) : staticName(property);
      if (name === undefined) {
        this.#refuse(property, "have a computed key");
      } else if (property.kind !== "init") {
        this.#refuse(property, "have an accessor");
      } else {
        this.#add(name, property.value);
        certain = either(certain, new Set([name]));
      }
    }
    return without(certain, this.#readChanges(changesOfLiteral(this.#model, literal)));
  }

  #readMember(node: ESTree.MemberExpression): Certain {
    const value = followConstant(this.#model, node);
    return value === node ? this.#refuse(node, "come from outside of this function") : this.read(value);
  }

  #readCall(call: ESTree.CallExpression): Certain {
    const { callee } = call;
    const isStatic = (object: string, ...names: string[]): boolean =>
      callee.type === "MemberExpression" &&
      this.#model.isGlobal(callee.object, object) &&
      names.includes(staticName(callee) ?? "");
    const [first] = call.arguments;
    if (isStatic("Object", "assign")) {
      return call.arguments.reduce<Certain>((known, argument) => either(known, this.read(argument)), NOTHING);
    }
    if (first !== undefined && isStatic("Object", "freeze", "seal")) {
      return this.read(first);
    }
    if (first?.type === "CallExpression" && isStatic("JSON", "parse") && this.#isStringify(first)) {
      const [copied] = first.arguments;
      // A copy by way of JSON loses what is undefined.
      return copied === undefined ? NOTHING : both(NOTHING, this.read(copied));
    }
    const called = localFunctionOf(this.#model, callee);
    if (called === undefined || called.generator === true) {
      return this.#refuse(call, "come from a function that is not in this file");
    }
    const results = returnsOf(called).map((result) => this.read(result));
    return results.reduce(both, undefined);
  }

  #isStringify(call: ESTree.SimpleCallExpression): boolean {
    const { callee } = call;
    return (
      callee.type === "MemberExpression" &&
      this.#model.isGlobal(callee.object, "JSON") &&
      staticName(callee) === "stringify" &&
      call.arguments.length === 1
    );
  }

  #readIdentifier(identifier: ESTree.Identifier): Certain {
    const variable = this.#model.variableOf(identifier);
    if (variable === undefined || variable.defs.length !== 1) {
      return this.#refuse(identifier, "come from a variable that is not declared once in this file");
    }
    return this.#once(variable, () => {
      const certain = this.#readWrites(variable, identifier);
      return without(certain, this.#readChanges(findObjectChanges(this.#model, readsOf(variable))));
    });
  }

  #readWrites(variable: Variable, identifier: Node): Certain {
    const [definition] = variable.defs;
    const isPlain = definition?.type === "Variable" && definition.node.id.type === "Identifier";
    let certain: Certain;
    if (definition?.type === "Parameter") {
      certain = this.#readParameter(variable, definition.node, definition.name);
    } else if (!isPlain) {
      return this.#refuse(identifier, "come from a variable that is not set to an object in this file");
    }
    for (const { writeExpr, identifier: target } of variable.references.filter((reference) => reference.isWrite())) {
      const parent = this.#model.parentOf(target as Node);
      const loop = parent?.type === "VariableDeclarator" ? this.#loopOver(parent) : undefined;
      if (loop !== undefined) {
        certain = both(certain, this.#readElements(loop));
      } else if (
        (parent?.type === "VariableDeclarator" && parent.init === writeExpr) ||
        parent?.type === "AssignmentExpression"
      ) {
        certain = both(certain, this.read(writeExpr as Node));
      } else if (parent?.type !== "AssignmentPattern") {
        this.#refuse(target as Node, "come from a variable that is set in a way that can't be followed");
      }
    }
    return certain;
  }

  /** What `for (const x of list)` goes over. */
  #loopOver(declarator: ESTree.VariableDeclarator): Node | undefined {
    const declaration = this.#model.parentOf(declarator);
    const loop = declaration === null ? null : this.#model.parentOf(declaration);
    return loop?.type === "ForOfStatement" && loop.left === declaration ? loop.right : undefined;
  }

  #readElements(list: Node): Certain {
    return elementsOf(this.#model, list)
      .map((element) => {
        if (element === undefined) {
          return this.#refuse(list, "come from a list that is not written out in this file");
        }
        return element === null ? NOTHING : this.read(element);
      })
      .reduce(both, undefined);
  }

  #readParameter(variable: Variable, owner: FunctionNode, name: Node): Certain {
    const index = owner.params.findIndex(
      (parameter) => parameter === name || (parameter.type === "AssignmentPattern" && parameter.left === name),
    );
    const parameter = owner.params[index];
    if (parameter === undefined) {
      return this.#refuse(name, "come from a parameter that is taken apart");
    }
    const fallback = parameter.type === "AssignmentPattern" ? this.read(parameter.right) : NOTHING;
    const call = this.#model.parentOf(owner);
    if (
      call?.type === "CallExpression" &&
      call.arguments[0] === owner &&
      index === 0 &&
      call.callee.type === "MemberExpression" &&
      isElementCallback(staticName(call.callee))
    ) {
      return this.#readElements(call.callee.object);
    }
    const calls = callsOfFunction(this.#model, owner);
    if (calls === undefined) {
      return this.#refuse(name, `come from the parameter \`${variable.name}\`, whose values are not all in this file`);
    }
    return calls
      .map((each) => {
        const argument = argumentAt(each, index);
        return argument === "unknown"
          ? this.#refuse(each, "come from a spread argument")
          : argument === undefined
            ? fallback
            : this.read(argument);
      })
      .reduce(both, undefined);
  }

  /** Reads what is done to the object later, and gives the names that are taken out of it. */
  #readChanges(changes: readonly ObjectChange[]): ReadonlySet<string> {
    const deleted = new Set<string>();
    for (const write of changes) {
      if (write.kind === "set") {
        this.#add(write.name, write.value);
      } else if (write.kind === "merge") {
        this.read(write.source);
      } else if (write.kind === "nested") {
        this.nested.set(write.name, [...new Set(this.nested.get(write.name)).add(write.member)]);
      } else if (write.kind === "delete") {
        deleted.add(write.name);
      } else {
        this.#refuse(write.node, LOST[write.why]);
      }
    }
    return deleted;
  }
}

/** True for a literal, or a variable that has held an object from its declaration on. */
function isSurelyObject(model: Model, node: Node): boolean {
  const variable = node.type === "Identifier" ? model.variableOf(node) : undefined;
  const [definition] = variable?.defs ?? [];
  const init = definition?.type === "Variable" && variable?.defs.length === 1 ? definition.node.init : node;
  return init?.type === "ObjectExpression" && (variable === undefined || isConstant(variable));
}
