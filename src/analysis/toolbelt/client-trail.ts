import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { calledMethodOf } from "../code/called.ts";
import { legacyToolbelt } from "../../platform/toolbelt.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { allCallsOf } from "../code/calls.ts";
import { argumentFor, parameterIndexOf } from "../code/functions.ts";
import type { CallSite } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { usesArguments } from "../code/own-arguments.ts";
import { perModel } from "../code/per-model.ts";
import { isNullish } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { SameHop, TraceEvent } from "../values/trace-events.ts";
import { originsOf } from "../values/origins.ts";
import { trace } from "../values/trace.ts";
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

/** True where a client only gets another name, which is always that of a client: a constant, or a parameter. */
export function isRenaming<S>(model: Model, hop: SameHop<S>): boolean {
  const name = hop.type === "bind" ? hop.target : hop.type === "pass" ? hop.parameter : undefined;
  const variable = name?.type === "Identifier" ? model.variableOf(name) : undefined;
  if (variable === undefined || !isConstant(variable)) {
    return false;
  }
  return hop.type === "pass"
    ? hop.site.call.type === "CallExpression" && !usesArguments(model, hop.site.node)
    : hop.type === "bind" && (hop.via === "parameter" || model.parentOf(hop.node)?.type === "VariableDeclarator");
}

const STORED = "is stored or handed on";
const PASSED = "is passed to a function that the tool can't follow";
/** The client whose calls become those of a function of the language: nothing of it stays that could be kept. */
const ERASED = "HTTPClient";
const CHANGING = "is in a variable that changes";

/** True where only it is asked whether there is a client: `!client`, `if (client)`, `client === undefined`. */
function isTested(model: Model, read: Node): boolean {
  const parent = model.parentOf(read);
  return (
    parent?.type === "IfStatement" ||
    (parent?.type === "UnaryExpression" && parent.operator === "!") ||
    (parent?.type === "BinaryExpression" && /^[!=]==?$/u.test(parent.operator))
  );
}

/** The variable that gets the client by an assignment, when it never holds anything else than clients of its kind. */
function assignedVariable(model: Model, client: ClientCreation): Variable | undefined {
  const parent = model.parentOf(client.call);
  const target = parent?.type === "AssignmentExpression" && parent.right === client.call ? parent.left : undefined;
  const isStatement = parent !== null && model.parentOf(parent)?.type === "ExpressionStatement";
  const variable = target?.type === "Identifier" && isStatement ? model.variableOf(target) : undefined;
  const calls = new Set<Node | null>(
    toolbeltUseOf(model)
      .clients.filter(({ factory, source }) => factory === client.factory && source === client.source)
      .map(({ call }) => call),
  );
  const isOnlyClient = variable?.references.every(
    (reference) => !reference.isWrite() || calls.has((reference.writeExpr as Node | undefined) ?? null),
  );
  const [definition] = variable?.defs ?? [];
  const isEmpty = definition?.type === "Variable" && variable?.defs.length === 1 && !definition.node.init;
  return isEmpty && isOnlyClient === true ? variable : undefined;
}

/** Follows clients of one kind from where they are created. */
class ClientTrail {
  readonly escapes: ClientEscape[] = [];
  readonly standing = new Map<Node, Set<ClientCreation>>();
  readonly used = new Set<Node>();
  readonly #model: Model;
  readonly #passes = new Map<
    Node,
    { readonly site: CallSite; readonly index: number; readonly client: ClientCreation }
  >();

  constructor(model: Model) {
    this.#model = model;
  }

  start(client: ClientCreation): void {
    if (client.declarator !== undefined && client.variable === undefined) {
      this.#escape(client.declarator, client, CHANGING);
      return;
    }
    const same = (hop: SameHop<ClientCreation>): ClientCreation | undefined =>
      (isRenaming(this.#model, hop) && (hop.type !== "pass" || this.#isSeen(hop.site, hop.node))) ||
      this.#isKept(hop, client)
        ? client
        : undefined;
    const assigned = client.declarator === undefined ? assignedVariable(this.#model, client) : undefined;
    const starts = assigned === undefined ? [client.call] : readsOf(assigned);
    const traced = starts.filter((node) => assigned === undefined || !isTested(this.#model, node));
    for (const event of trace(
      this.#model,
      traced.map((node) => ({ node, state: client })),
      { same },
    )) {
      this.#visit(event, client);
    }
  }

  /** True where a client that stays one is chosen, kept or given, and it can't be anything else than one of its kind. */
  #isKept(hop: SameHop<ClientCreation>, client: ClientCreation): boolean {
    if (client.factory === ERASED) {
      return false;
    }
    switch (hop.type) {
      case "bind":
        return hop.via === "assignment" && this.#isClient(hop.target, client);
      case "choice":
        return this.#isClient(hop.by, client);
      case "return":
        return hop.calls.kind === "all" && hop.calls.sites.every(({ call }) => this.#isClient(call, client));
      default:
        return false;
    }
  }

  /** True for what is a client of that kind where it is anything: without one, V1 failed as V2 does. */
  #isClient(node: Node, { factory, source }: ClientCreation): boolean {
    const calls = new Set<Node>(
      toolbeltUseOf(this.#model)
        .clients.filter((other) => other.factory === factory && other.source === source)
        .map(({ call }) => call),
    );
    return originsOf(this.#model, node).every(
      ({ kind, node: made }) => kind === "nothing" || isNullish(made) || calls.has(made),
    );
  }

  /** Finds parameters that hold something else than a client in some call. */
  finish(): void {
    for (const [parameter, { site, index, client }] of this.#passes) {
      const other = allCallsOf(this.#model, site.node)?.find(
        ({ given }) => !this.standing.has(given[index] ?? parameter),
      );
      if (other !== undefined) {
        const name = this.#model.textOf(parameter);
        this.#escape(other.call, client, `is only one of the values of the parameter \`${name}\``);
      }
    }
  }

  #escape(node: Node, client: ClientCreation, what: string): void {
    if (!this.escapes.some((escape) => escape.node === node && escape.client === client)) {
      this.escapes.push({ node, client, what });
    }
  }

  /** True when every call of the function can be seen, with what it gives for the parameter. */
  #isSeen(site: CallSite, argument: Node): boolean {
    const index = parameterIndexOf(site, argument) ?? 0;
    return allCallsOf(this.#model, site.node)?.every((each) => argumentFor(each, index).kind !== "unknown") === true;
  }

  #visit(event: TraceEvent<ClientCreation>, client: ClientCreation): void {
    const { node } = event;
    this.standing.set(node, (this.standing.get(node) ?? new Set()).add(client));
    const isUsed = event.type === "member" ? event.member.type === "MemberExpression" : event.type === "write";
    if (isUsed || event.type === "call") {
      this.used.add(node);
    } else if (event.type === "pass" && event.isFollowed && event.parameter !== undefined) {
      this.#passes.set(event.parameter, { site: event.site, index: parameterIndexOf(event.site, node) ?? 0, client });
    } else if (
      event.type === "bind" &&
      !event.isFollowed &&
      this.#model.parentOf(node)?.type === "VariableDeclarator"
    ) {
      this.#escape(event.target, client, CHANGING);
    } else if (
      event.type !== "unused" &&
      !(event.type === "test" && client.factory !== ERASED) &&
      !("isFollowed" in event && event.isFollowed)
    ) {
      this.#escape(node, client, this.#model.parentOf(node)?.type === "CallExpression" ? PASSED : STORED);
    }
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
  const stands = [...trail.standing].map(([node, of]) => ({ node, clients: of }));
  const isDeclared = (node: Node): boolean =>
    clients.some(({ call, declarator }) => call === node && declarator !== undefined);
  return {
    clients,
    uses: stands.filter(({ node }) => trail.used.has(node)),
    escapes: trail.escapes,
    handedOn: stands.flatMap(({ node }) => (trail.used.has(node) || isDeclared(node) ? [] : [node])),
  };
}

/** A method of a client that is called: `client.invoke(…)`. */
export interface MethodCall {
  readonly method: string;
  readonly call: ESTree.SimpleCallExpression;
  readonly clients: ReadonlySet<ClientCreation>;
}

/** The method that a use calls; undefined when it does anything else, as `client[name]()` or `const { get } = client`. */
export function methodCallOf(model: Model, { node, clients }: ClientUse): MethodCall | undefined {
  const { method, call } = calledMethodOf(model, node) ?? {};
  return method === undefined || call === undefined ? undefined : { method, call, clients };
}
