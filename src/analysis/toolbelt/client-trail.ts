import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { legacyToolbelt } from "../../platform/toolbelt.ts";
import { isFunction, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { usesArguments } from "../code/own-arguments.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { perModel } from "../code/per-model.ts";
import { toolbeltUseOf } from "./creations.ts";
import type { ClientCreation } from "./creations.ts";

/** An expression that stands for a client where it, or a member of it, is called. */
export interface ClientUse {
  readonly node: Node;
  /** The clients that it can stand for: several for the parameter of a function that is called with each of them. */
  readonly clients: ReadonlySet<ClientCreation>;
}

/** A place where a client goes out of sight; `what` completes “The client …”. */
export interface ClientEscape {
  readonly node: Node;
  readonly client: ClientCreation;
  readonly what: string;
}

/** All clients of one kind, with every place where one is used. */
export interface FollowedClients {
  readonly clients: readonly ClientCreation[];
  readonly uses: readonly ClientUse[];
  readonly escapes: readonly ClientEscape[];
  /** Where a client is given another name or nothing is done with it: aliases, arguments, statements of their own. */
  readonly handedOn: readonly Node[];
}

/** A parameter that holds a client in every call of its function. */
interface ClientParameter {
  readonly calls: readonly ESTree.CallExpression[];
  readonly index: number;
}

/** The variable that names a function of this file, when nothing else is ever in it. */
function functionVariable(model: Model, callee: Node): { variable: Variable; node: FunctionNode } | undefined {
  const variable = callee.type === "Identifier" ? model.variableOf(callee) : undefined;
  const definition = variable !== undefined && isConstant(variable) ? variable.defs[0] : undefined;
  if (variable === undefined || definition === undefined) {
    return undefined;
  }
  const node: Node | null | undefined = definition.type === "Variable" ? definition.node.init : definition.node;
  return node !== null && node !== undefined && isFunction(node) ? { variable, node } : undefined;
}

/** The parameter that an argument of a call lands in, when every call of the function can be seen. */
function parameterOf(
  model: Model,
  call: ESTree.CallExpression,
  argument: Node,
): { variable: Variable; parameter: ClientParameter } | undefined {
  const found = functionVariable(model, call.callee);
  const index = call.arguments.findIndex((item) => item === argument);
  const name = found?.node.params[index];
  const variable = name?.type === "Identifier" ? model.variableOf(name) : undefined;
  if (found === undefined || variable === undefined || !isConstant(variable) || usesArguments(model, found.node)) {
    return undefined;
  }
  const calls: ESTree.CallExpression[] = [];
  for (const read of readsOf(found.variable)) {
    const user = model.parentOf(read);
    const isCalled = user?.type === "CallExpression" && user.callee === read;
    if (!isCalled || user.arguments.slice(0, index + 1).some(({ type }) => type === "SpreadElement")) {
      return undefined;
    }
    calls.push(user);
  }
  return { variable, parameter: { calls, index } };
}

/** Follows clients of one kind from where they are created, by binding. */
class ClientTrail {
  readonly escapes: ClientEscape[] = [];
  readonly standing = new Map<Node, Set<ClientCreation>>();
  readonly used = new Set<Node>();
  readonly #model: Model;
  readonly #parameters = new Map<Variable, ClientParameter & { readonly client: ClientCreation }>();

  constructor(model: Model) {
    this.#model = model;
  }

  start(client: ClientCreation): void {
    if (client.declarator === undefined) {
      this.#visitValue(client.call, client);
    } else if (client.variable === undefined) {
      this.#escape(client.declarator, client, "is held by a variable that changes");
    } else {
      this.#visitVariable(client.variable, client);
    }
  }

  /** Finds parameters that hold something else than a client in some call. */
  finish(): void {
    for (const [variable, { calls, index, client }] of this.#parameters) {
      const other = calls.find((call) => !this.standing.has(call.arguments[index] ?? call));
      if (other !== undefined) {
        this.#escape(other, client, `is only one of the values of the parameter \`${variable.name}\``);
      }
    }
  }

  #escape(node: Node, client: ClientCreation, what: string): void {
    this.escapes.push({ node, client, what });
  }

  #visitVariable(variable: Variable, client: ClientCreation): void {
    for (const read of readsOf(variable)) {
      this.#visitValue(read, client);
    }
  }

  #visitValue(node: Node, client: ClientCreation): void {
    const known = this.standing.get(node) ?? new Set();
    if (known.has(client)) {
      return;
    }
    this.standing.set(node, known.add(client));
    const parent = this.#model.parentOf(node);
    if (parent?.type === "CallExpression" && parent.callee !== node) {
      this.#visitArgument(parent, node, client);
    } else if (parent?.type === "VariableDeclarator" && parent.init === node && parent.id.type === "Identifier") {
      this.#visitAlias(parent.id, client);
    } else if (parent?.type === "CallExpression" || (parent?.type === "MemberExpression" && parent.object === node)) {
      this.used.add(node);
    } else if (parent?.type !== "ExpressionStatement") {
      this.#escape(node, client, "is stored or handed on");
    }
  }

  #visitAlias(name: ESTree.Identifier, client: ClientCreation): void {
    const variable = this.#model.variableOf(name);
    if (variable === undefined || !isConstant(variable)) {
      this.#escape(name, client, "is held by a variable that changes");
    } else {
      this.#visitVariable(variable, client);
    }
  }

  #visitArgument(call: ESTree.CallExpression, node: Node, client: ClientCreation): void {
    const found = parameterOf(this.#model, call, node);
    if (found === undefined) {
      this.#escape(node, client, "is passed to a function that cannot be seen through");
      return;
    }
    this.#parameters.set(found.variable, { ...found.parameter, client });
    this.#visitVariable(found.variable, client);
  }
}

/** What was found of the clients that the toolbelts give, by their kind and toolbelts. */
const trails = perModel(() => new Map<string, FollowedClients>());

/**
 * Finds every use of the clients of one kind that a toolbelt gives (that of V1 unless others are named): through
 * constants, and through parameters of functions of the same file that always get such a client.
 *
 * @param others clients of that kind which the file gets in another way
 */
export function followedClients(
  model: Model,
  factory: string,
  sources: readonly string[] = [legacyToolbelt],
  others: readonly ClientCreation[] = [],
): FollowedClients {
  if (others.length > 0) {
    return follow(model, factory, sources, others);
  }
  const key = [factory, ...sources].join(" ");
  const known = trails(model).get(key) ?? follow(model, factory, sources, others);
  trails(model).set(key, known);
  return known;
}

function follow(
  model: Model,
  factory: string,
  sources: readonly string[],
  others: readonly ClientCreation[],
): FollowedClients {
  const all = toolbeltUseOf(model).clients;
  const clients = [...all.filter((client) => client.factory === factory && sources.includes(client.source)), ...others];
  const trail = new ClientTrail(model);
  for (const client of clients) {
    trail.start(client);
  }
  trail.finish();
  const uses = [...trail.used].map((node) => ({
    node,
    clients: trail.standing.get(node) ?? new Set<ClientCreation>(),
  }));
  const handedOn = [...trail.standing.keys()].filter(
    (node) =>
      !trail.used.has(node) && !clients.some(({ call, declarator }) => call === node && declarator !== undefined),
  );
  return { clients, uses, escapes: trail.escapes, handedOn };
}

/** A method of a client that is called: `client.invoke(…)`. */
export interface MethodCall {
  readonly method: string;
  readonly call: ESTree.SimpleCallExpression;
  readonly clients: ReadonlySet<ClientCreation>;
}

/** The method that a use calls; undefined when it does anything else, as `client[name]()` or `const { get } = client`. */
export function methodCallOf(model: Model, { node, clients }: ClientUse): MethodCall | undefined {
  const member = model.parentOf(node);
  const call = member === null ? null : model.parentOf(member);
  if (member?.type !== "MemberExpression" || call?.type !== "CallExpression" || call.callee !== member) {
    return undefined;
  }
  const method = staticName(member);
  return method === undefined ? undefined : { method, call, clients };
}
