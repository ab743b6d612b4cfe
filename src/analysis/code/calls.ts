import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isConstant, readsOf } from "./bindings.ts";
import type { CallSite } from "./functions.ts";
import { nameOfKey } from "./class-members.ts";
import { holderOf, memberOf, steadyPlaces } from "./members.ts";
import type { Model } from "./model.ts";
import { perKey, perModel } from "./per-model.ts";
import { staticName } from "./tree.ts";
import type { FunctionNode, Node } from "./tree.ts";

/**
 * Why some calls of a function can't be seen. `handler`: the platform calls it · `exported`: other files may ·
 * `handed-on`: it goes as a value where it can't be followed · `changing`: its variable is written again ·
 * `never`: nothing in the file calls it, so something else must.
 */
export type UnseenCalls = "handler" | "exported" | "handed-on" | "changing" | "never";

/** A call that gets a function as an argument, and may call it back. */
export interface CallbackUse {
  readonly call: CallSite["call"];
  readonly argument: Node;
  /** The arguments that `bind` has given already. */
  readonly bound: readonly Node[];
}

interface SeenCalls {
  readonly sites: readonly CallSite[];
  /** The calls that get the function; none where all calls are seen. */
  readonly callbacks: readonly CallbackUse[];
  /** True when code may call it that is neither among the sites nor gets it from one of these calls. */
  readonly isOpen: boolean;
}

/** The calls of a function. */
export type Calls =
  | ({ readonly kind: "all" } & SeenCalls)
  | ({ readonly kind: "some"; readonly why: UnseenCalls; readonly node: Node } & SeenCalls);

/** The calls of a function, by its names, their aliases, members of constant objects and of classes, and bound. */
export const callsOf = perKey((model, node: FunctionNode): Calls => new CallFinder(model, node).find());

/** All calls of a function when each can be seen; undefined when others may call it. */
export function allCallsOf(model: Model, node: FunctionNode): readonly CallSite[] | undefined {
  const calls = callsOf(model, node);
  return calls.kind === "all" ? calls.sites : undefined;
}

class CallFinder {
  readonly #sites: CallSite[] = [];
  readonly #callbacks: CallbackUse[] = [];
  readonly #seen = new Set<Node | Variable>();
  readonly #model: Model;
  readonly #node: FunctionNode;
  #unseen: { readonly why: UnseenCalls; readonly node: Node } | undefined;

  constructor(model: Model, node: FunctionNode) {
    this.#model = model;
    this.#node = node;
  }

  find(): Calls {
    const node = this.#node;
    if (node.type !== "ArrowFunctionExpression" && node.id) {
      this.#visitName(node.id, []);
    }
    if (node.type !== "FunctionDeclaration") {
      this.#visitUse(node, []);
    }
    const [sites, callbacks] = [this.#sites, this.#callbacks];
    if (sites.length === 0 && callbacks.length === 0) {
      this.#lose("never", node);
    }
    const seen = { sites, callbacks, isOpen: this.#unseen !== undefined };
    const handedOn = callbacks[0] && { why: "handed-on" as const, node: callbacks[0].argument };
    const unseen = this.#unseen ?? handedOn;
    return unseen === undefined ? { kind: "all", ...seen } : { kind: "some", ...seen, ...unseen };
  }

  #lose(why: UnseenCalls, node: Node): void {
    this.#unseen ??= { why, node };
  }

  #visitName(name: Node, bound: readonly Node[]): void {
    const variable = this.#model.variableOf(name);
    if (variable === undefined || this.#seen.has(variable)) {
      return;
    }
    this.#seen.add(variable);
    if (!isConstant(variable)) {
      this.#lose("changing", name);
    } else if (isHandlerName(this.#model, variable)) {
      this.#lose("handler", name);
    } else if (isExported(this.#model, variable)) {
      this.#lose("exported", name);
    }
    for (const read of readsOf(variable)) {
      this.#visitUse(read, bound);
    }
  }

  /** An expression that gives the function. */
  #visitUse(node: Node, bound: readonly Node[]): void {
    const parent = this.#model.parentOf(node);
    switch (parent?.type) {
      case "CallExpression":
      case "NewExpression":
        if (parent.callee === node) {
          this.#addSite(parent, [...bound, ...parent.arguments]);
        } else {
          this.#callbacks.push({ call: parent, argument: node, bound });
        }
        break;
      case "VariableDeclarator":
        if (parent.id.type === "Identifier") {
          this.#visitName(parent.id, bound);
        }
        break;
      case "MemberExpression":
        this.#visitMember(parent, node, bound);
        break;
      case "Property":
        this.#visitProperty(parent, node, bound);
        break;
      case "MethodDefinition":
      case "PropertyDefinition":
        this.#visitMembers(node, bound, false);
        break;
      case "ChainExpression":
        this.#visitUse(parent, bound);
        break;
      default:
        if (!isLookedAt(parent, node)) {
          this.#lose(parent?.type.startsWith("Export") === true ? "exported" : "handed-on", node);
        }
    }
  }

  #addSite(call: CallSite["call"], given: readonly Node[]): void {
    this.#sites.push({ call, node: this.#node, given });
  }

  /** `f.bind(self)`, `f.call(self, …)`, `f.length` */
  #visitMember(member: ESTree.MemberExpression, node: Node, bound: readonly Node[]): void {
    const call = this.#model.parentOf(member);
    const name = staticName(member);
    if (member.object !== node || call?.type !== "CallExpression" || call.callee !== member) {
      if (member.object !== node || name === undefined) {
        this.#lose("handed-on", node);
      }
      return;
    }
    const [self, ...given] = call.arguments;
    if (self?.type === "SpreadElement" || (name !== "bind" && name !== "call")) {
      this.#lose("handed-on", node);
    } else if (name === "call") {
      this.#addSite(call, [...bound, ...given]);
    } else {
      this.#visitUse(call, [...bound, ...given]);
    }
  }

  #visitProperty(property: ESTree.Property | ESTree.AssignmentProperty, node: Node, bound: readonly Node[]): void {
    const literal = this.#model.parentOf(property);
    if (literal?.type === "ObjectExpression" && property.value === node) {
      this.#visitMembers(node, bound, steadyPlaces(this.#model, literal) !== undefined);
    } else {
      this.#lose("handed-on", node);
    }
  }

  /** @param isClosed true when the holder goes nowhere, so that a member of an unknown object is none of it */
  #visitMembers(value: Node, bound: readonly Node[], isClosed: boolean): void {
    const holder = this.#model.parentOf(value) as ESTree.Property | ESTree.MethodDefinition;
    const name = nameOfKey(holder);
    const uses = membersByName(this.#model).get(name ?? "") ?? [];
    if (name === undefined) {
      this.#lose("handed-on", value);
    }
    for (const use of uses) {
      if (memberOf(this.#model, use) === value) {
        this.#visitMemberUse(use, bound);
      } else if (!isClosed && this.#mayBeOther(use)) {
        this.#lose("handed-on", use);
      }
    }
    if (!isClosed && holder.type === "Property") {
      this.#lose("handed-on", value);
    }
  }

  #visitMemberUse(use: Node, bound: readonly Node[]): void {
    if (use.type === "Identifier") {
      this.#visitName(use, bound);
    } else {
      this.#visitUse(use, bound);
    }
  }

  #mayBeOther(use: Node): boolean {
    return use.type !== "MemberExpression" || holderOf(this.#model, use.object) === undefined;
  }
}

/** Member expressions, and names that a declaration takes out of an object, by the name of the member. */
const membersByName = perModel((model): ReadonlyMap<string, readonly Node[]> => {
  const byName = new Map<string, Node[]>();
  const add = (name: string | undefined, node: Node): void => {
    const list = byName.get(name ?? "") ?? [];
    list.push(node);
    byName.set(name ?? "", list);
  };
  for (const member of model.nodes("MemberExpression")) {
    add(staticName(member), member);
  }
  for (const property of model.nodes("Property")) {
    if (property.value.type === "Identifier" && model.parentOf(property)?.type === "ObjectPattern") {
      add(staticName(property), property.value);
    }
  }
  return byName;
});

/** True where code asks about a function, or does nothing with it. */
export function isLookedAt(parent: Node | null, node: Node): boolean {
  switch (parent?.type) {
    case "UnaryExpression":
    case "BinaryExpression":
    case "ExpressionStatement":
      return true;
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === node;
    case "LogicalExpression":
      return parent.left === node && parent.operator === "&&";
    default:
      return false;
  }
}

/** The platform calls the function of the module that has the handler's name. */
function isHandlerName(model: Model, variable: Variable): boolean {
  const [definition] = variable.defs;
  return (
    definition !== undefined && model.handlerNames.has(variable.name) && model.functionOf(definition.node) === null
  );
}

function isExported(model: Model, variable: Variable): boolean {
  const [definition] = variable.defs;
  const around = definition === undefined ? null : model.parentOf(model.statementOf(definition.node));
  return around !== null && around.type.startsWith("Export");
}
