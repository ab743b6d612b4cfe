import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isNullish, rangeOf, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { findHandler } from "../code/handler.ts";
import { followConstant } from "../values/constants.ts";
import type { Origin } from "../values/origins-types.ts";
import { originsOf } from "../values/origins.ts";
import { PROMISE } from "../values/trace-path.ts";
import { joinedPromises } from "../code/joined-promises.ts";
import { callsOf } from "../code/calls.ts";
import { argumentFor, localFunctionOf, returnsOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { isConstant } from "../code/bindings.ts";
import { readCallsOf } from "./reads.ts";
import { TEXT_METHODS, awaited, binds, memberOf, taken } from "./sensitive-parts.ts";
import type { Sensitive } from "./sensitive-parts.ts";

const TEXT_FUNCTIONS: ReadonlySet<string> = new Set(["String", "btoa", "encodeURIComponent", "decodeURIComponent"]);

/** Follows secrets that are read, and the input, through the expressions of a file. What it is not sure of is nothing. */
export class SensitiveValues {
  readonly #model: Model;
  readonly #reads: ReadonlySet<Node>;
  readonly #input: FunctionNode | undefined;
  readonly #known = new Map<Node, Sensitive | undefined>();

  constructor(model: Model) {
    this.#model = model;
    this.#reads = new Set<Node>(readCallsOf(model));
    this.#input = findHandler(model)?.node;
  }

  /** What an expression shows when it is printed; undefined when nothing, or when that can't be told. */
  of(node: Node): Sensitive | undefined {
    if (!this.#known.has(node)) {
      // What hangs on itself is nothing.
      this.#known.set(node, undefined);
      this.#known.set(node, this.#compute(node) ?? this.#ofOrigins(node));
    }
    return this.#known.get(node);
  }

  /** What a name or a member is by way of functions, objects and patterns of the file. */
  #ofOrigins(node: Node): Sensitive | undefined {
    let root = node;
    while (root.type === "MemberExpression") {
      root = root.object;
    }
    const variable = root.type === "Identifier" ? this.#model.variableOf(root) : undefined;
    // What a variable holds that changes hangs on the order of the code, which origins don't know.
    if (this.#reads.size === 0 || variable === undefined || !isConstant(variable)) {
      return undefined;
    }
    for (const origin of originsOf(this.#model, node)) {
      const isOther = origin.kind === "made" && origin.node !== node && origin.node.type !== "CallExpression";
      const found = isOther ? this.of(origin.node) : this.#valueAt(origin);
      if (found?.read !== undefined && !found.isPromise) {
        return found;
      }
    }
    return undefined;
  }

  /** The value of an entry, where it is taken out of what a read gives. */
  #valueAt(origin: Origin): Sensitive | undefined {
    const { of: read, path } = origin.kind === "part" ? origin : { of: undefined, path: [] };
    return read?.type === "CallExpression" && this.#reads.has(read) && path.join() === `${PROMISE},.value`
      ? { shape: "text", isPromise: false, read }
      : undefined;
  }

  #compute(node: Node): Sensitive | undefined {
    switch (node.type) {
      case "Identifier":
        return this.#ofIdentifier(node);
      case "AwaitExpression":
        return awaited(this.of(node.argument));
      case "ChainExpression":
        return this.of(node.expression);
      case "LogicalExpression":
        return (node.operator === "&&" ? undefined : this.of(node.left)) ?? this.of(node.right);
      case "ConditionalExpression":
        return this.of(node.consequent) ?? this.of(node.alternate);
      case "AssignmentExpression":
        return node.operator === "=" ? this.of(node.right) : undefined;
      case "TemplateLiteral":
        return this.#textWith(node.expressions);
      case "BinaryExpression":
        return node.operator === "+" ? this.#textWith([node.left, node.right]) : undefined;
      case "ObjectExpression":
        return this.#holderOf(
          // What follows a spread may take the place of what is in it.
          node.properties.flatMap((property, index, all) =>
            property.type === "Property" ? property.value : index < all.length - 1 ? [] : property.argument,
          ),
        );
      case "ArrayExpression":
        return this.#holderOf(node.elements.flatMap((element) => element ?? []));
      case "MemberExpression":
        return this.#ofMember(node);
      case "CallExpression":
        return this.#ofCall(node);
      default:
        return undefined;
    }
  }

  #textWith(parts: readonly Node[]): Sensitive | undefined {
    return parts.map((part) => this.of(part)).find((part) => part?.shape === "text" && !part.isPromise);
  }

  #holderOf(parts: readonly Node[]): Sensitive | undefined {
    const held = parts
      .map((part) => this.of(part.type === "SpreadElement" ? part.argument : part))
      .find((part) => part?.isPromise === false);
    return held === undefined ? undefined : { ...held, shape: "holder" };
  }

  #ofMember(node: ESTree.MemberExpression): Sensitive | undefined {
    const name = staticName(node);
    const member = name === undefined ? undefined : memberOf(this.of(node.object), name);
    const value = followConstant(this.#model, node);
    return member ?? (value === node ? undefined : this.of(value));
  }

  #ofCall(call: ESTree.SimpleCallExpression): Sensitive | undefined {
    const { callee } = call;
    const [first, second] = call.arguments;
    if (this.#reads.has(call)) {
      return { shape: "entry", isPromise: true, read: call };
    }
    if (callee.type === "MemberExpression") {
      return this.#ofMethod(call, callee);
    }
    if (callee.type === "Identifier" && this.#model.variableOf(callee) === undefined) {
      return TEXT_FUNCTIONS.has(callee.name) && first !== undefined && second === undefined
        ? this.#textWith([first])
        : undefined;
    }
    const called = localFunctionOf(this.#model, callee);
    return called === undefined ? undefined : this.#ofResult(called);
  }

  #ofMethod(call: ESTree.SimpleCallExpression, callee: ESTree.MemberExpression): Sensitive | undefined {
    const name = staticName(callee) ?? "";
    const [first, replacer] = call.arguments;
    if (first !== undefined && this.#model.isGlobal(callee.object, "JSON")) {
      const shown =
        name === "stringify" && (replacer === undefined || isNullish(replacer)) ? this.of(first) : undefined;
      return shown?.isPromise === false ? { ...shown, shape: "text" } : undefined;
    }
    if (first !== undefined && this.#model.isGlobal(callee.object, "Buffer")) {
      return name === "from" ? this.#textWith([first]) : undefined;
    }
    const object = this.of(callee.object);
    if (object?.isPromise === true && name === "then" && first !== undefined && call.arguments.length === 1) {
      const callback = localFunctionOf(this.#model, first);
      const result = callback === undefined ? undefined : this.#ofResult(callback);
      return result === undefined ? undefined : { ...result, isPromise: true };
    }
    return TEXT_METHODS.has(name) && object?.shape === "text" && !object.isPromise ? object : undefined;
  }

  /** What a function of the file gives, where it always gives something of that kind. */
  #ofResult(called: FunctionNode): Sensitive | undefined {
    const results = returnsOf(this.#model, called)
      .filter((result) => !isNullish(result))
      .map((result) => this.of(result));
    const [result] = results;
    if (called.generator === true || result === undefined || results.includes(undefined)) {
      return undefined;
    }
    return called.async === true ? { ...result, isPromise: true } : result;
  }

  #ofIdentifier(identifier: ESTree.Identifier): Sensitive | undefined {
    const variable = this.#model.variableOf(identifier);
    const [definition, ...others] = variable?.defs ?? [];
    if (variable === undefined || definition === undefined || others.length > 0) {
      return undefined;
    }
    if (definition.type === "Parameter") {
      return isConstant(variable) ? this.#ofParameter(variable, definition.node) : undefined;
    }
    if (definition.type !== "Variable") {
      return undefined;
    }
    const { id, init } = definition.node;
    if (isConstant(variable)) {
      return init ? this.#bound(id, init, variable) : undefined;
    }
    return id.type === "Identifier" ? this.#ofChanging(variable, identifier, init) : undefined;
  }

  /** A variable that is assigned later on: all that it ever holds must be of that kind. */
  #ofChanging(variable: Variable, read: Node, init: Node | null | undefined): Sensitive | undefined {
    const writes = variable.references.filter((reference) => reference.isWrite() && reference.init !== true);
    const values = writes.map(({ identifier, writeExpr }) => {
      const assignment = this.#model.parentOf(identifier as Node);
      const isPlain = assignment?.type === "AssignmentExpression" && assignment.left === identifier;
      return isPlain && assignment.operator !== "+=" && writeExpr ? this.of(writeExpr) : undefined;
    });
    const isEmpty = !init || isNullish(init) || (init.type === "Literal" && init.value === "");
    const [first] = writes;
    const isLate =
      first !== undefined &&
      (this.#model.functionOf(first.identifier as Node) !== this.#model.functionOf(read) ||
        rangeOf(first.identifier as Node)[0] < rangeOf(read)[0]);
    return isEmpty && isLate && !values.includes(undefined) ? values[0] : undefined;
  }

  /** What a pattern binds to a variable. */
  #bound(pattern: Node, init: Node, variable: Variable): Sensitive | undefined {
    if (pattern.type === "ArrayPattern") {
      const parts = init.type === "AwaitExpression" ? joinedPromises(this.#model, init.argument) : [];
      const index = pattern.elements.findIndex((element) => element !== null && binds(element, variable));
      const [element, part] = [pattern.elements[index], parts[index]];
      return element && part ? taken(element, awaited(this.of(part)), variable) : undefined;
    }
    return taken(pattern, this.of(init), variable);
  }

  #ofParameter(variable: Variable, owner: FunctionNode): Sensitive | undefined {
    const index = owner.params.findIndex((parameter) => binds(parameter, variable));
    const parameter = owner.params[index];
    if (parameter === undefined) {
      return undefined;
    }
    if (owner === this.#input) {
      return index === 0
        ? taken(parameter, { shape: "input", isPromise: false, read: undefined }, variable)
        : undefined;
    }
    const then = this.#model.parentOf(owner);
    if (then?.type === "CallExpression" && then.callee.type === "MemberExpression" && then.arguments[0] === owner) {
      const isThen = index === 0 && staticName(then.callee) === "then";
      const settled = isThen ? this.of(then.callee.object) : undefined;
      return settled?.isPromise === true ? taken(parameter, awaited(settled), variable) : undefined;
    }
    const given = callsOf(this.#model, owner).sites.flatMap((site) => {
      const argument = argumentFor(site, index);
      return argument.kind === "given" ? (this.of(argument.node) ?? []) : [];
    });
    return given[0] === undefined ? undefined : taken(parameter, given[0], variable);
  }
}
