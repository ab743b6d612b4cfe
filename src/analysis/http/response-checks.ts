import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { bodyReaders } from "../code/builtins.ts";
import { callOf } from "../code/called.ts";
import { isFunction, isNullish, staticName } from "../code/tree.ts";
import { joinedPromises } from "../code/joined-promises.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { MANY, NONE, ONCE } from "../control/flow.ts";
import { Interpreter } from "../control/interpreter.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { findLintedResponses } from "./fetch-requests.ts";
import { OTHER_MEMBERS, ResponseBodies, STATUS_MEMBERS } from "./response-bodies.ts";
import { unaskedBodyOf } from "./unasked-responses.ts";

/** A response whose body is used although nobody looked at its status. */
export interface UncheckedResponse {
  /** The call that made the request. */
  readonly request: ESTree.SimpleCallExpression;
  /** The place where its body is used: `response.json()`, or the call of a function that does so. */
  readonly use: Node;
  /** The name that holds the response; undefined where it is used in place. */
  readonly name: string | undefined;
  /** The statement that declares nothing but the response, where one can stand behind it. */
  readonly declaration: ESTree.VariableDeclaration | undefined;
  /** False when the status is looked at, but not on every path. */
  readonly isCertain: boolean;
}

/** What one read of a response does. */
type Use =
  | { readonly kind: "body"; readonly call: ESTree.SimpleCallExpression }
  | { readonly kind: "status"; readonly read: Node }
  | { readonly kind: "nothing" | "unknown" };

const NOTHING: Use = { kind: "nothing" };
const UNKNOWN: Use = { kind: "unknown" };

/** The responses of one file, followed by binding from the request to what becomes of their body. */
class ResponseReader {
  readonly #model: Model;
  readonly #bodies: ResponseBodies;

  constructor(model: Model) {
    this.#model = model;
    this.#bodies = new ResponseBodies(model);
  }

  /** @param promise what gives the response: the request, or what only hands it on */
  unchecked(request: ESTree.SimpleCallExpression, promise: Node = request): UncheckedResponse | undefined {
    const parent = this.#model.parentOf(promise);
    if (parent?.type === "MemberExpression") {
      const same = this.#handedOn(parent);
      return same === undefined ? this.#inThen(request, parent) : this.unchecked(request, same);
    }
    if (parent?.type === "ArrayExpression") {
      return this.#inAll(request, parent, promise);
    }
    return parent?.type === "AwaitExpression" ? this.#awaited(request, parent) : undefined;
  }

  #awaited(request: ESTree.SimpleCallExpression, value: ESTree.AwaitExpression): UncheckedResponse | undefined {
    const user = this.#model.parentOf(value);
    if (user?.type === "MemberExpression") {
      const use = this.#memberUse(user);
      return use.kind === "body" && this.#isTrusted(use.call)
        ? { request, use: use.call, name: undefined, declaration: undefined, isCertain: true }
        : undefined;
    }
    if (user?.type === "VariableDeclarator" && user.id.type === "Identifier") {
      const declaration = this.#model.parentOf(user);
      const isAlone = declaration?.type === "VariableDeclaration" && declaration.declarations.length === 1;
      return this.#held(request, user.id, isAlone && this.#isListed(declaration) ? declaration : undefined);
    }
    const isAssigned = user?.type === "AssignmentExpression" && user.operator === "=" && user.right === value;
    return isAssigned && user.left.type === "Identifier" ? this.#held(request, user.left, undefined) : undefined;
  }

  #isListed(statement: Node): boolean {
    const parent = this.#model.parentOf(statement);
    return parent?.type === "BlockStatement" || parent?.type === "Program";
  }

  /** `const [first, second] = await Promise.all([fetch(…), fetch(…)])` */
  #inAll(
    request: ESTree.SimpleCallExpression,
    list: ESTree.ArrayExpression,
    promise: Node,
  ): UncheckedResponse | undefined {
    const all = this.#model.parentOf(list);
    const value = all === null ? null : this.#model.parentOf(all);
    const declarator = value === null ? null : this.#model.parentOf(value);
    const index = all === null ? -1 : joinedPromises(this.#model, all).findIndex((each) => each === promise);
    if (index < 0 || value?.type !== "AwaitExpression" || declarator?.type !== "VariableDeclarator") {
      return undefined;
    }
    if (declarator.id.type !== "ArrayPattern") {
      return undefined;
    }
    const target = declarator.id.elements[index];
    return target?.type === "Identifier" ? this.#held(request, target, undefined) : undefined;
  }

  /** `fetch(…).then((response) => response)` gives what it gets. */
  #handedOn(member: ESTree.MemberExpression): Node | undefined {
    const then = callOf(this.#model, member);
    const [handler] = then?.arguments ?? [];
    const isThen = staticName(member) === "then" && then?.arguments.length === 1;
    const [parameter] = isThen && handler?.type === "ArrowFunctionExpression" ? handler.params : [];
    const given = handler?.type === "ArrowFunctionExpression" ? handler.body : undefined;
    const isSame =
      parameter?.type === "Identifier" &&
      given?.type === "Identifier" &&
      this.#model.variableOf(given) === this.#model.variableOf(parameter);
    return isSame ? then : undefined;
  }

  /** `fetch(…).then((response) => …)` */
  #inThen(request: ESTree.SimpleCallExpression, member: ESTree.MemberExpression): UncheckedResponse | undefined {
    const then = this.#model.parentOf(member);
    if (then?.type !== "CallExpression" || then.callee !== member || staticName(member) !== "then") {
      return undefined;
    }
    const [handler] = then.arguments;
    const target = handler !== undefined && isFunction(handler) ? handler.params[0] : undefined;
    if (target?.type === "Identifier") {
      return this.#held(request, target, undefined);
    }
    return handler !== undefined && this.#readsBodyOnly(handler, 0)
      ? { request, use: handler, name: undefined, declaration: undefined, isCertain: true }
      : undefined;
  }

  #held(
    request: ESTree.SimpleCallExpression,
    target: ESTree.Identifier,
    declaration: ESTree.VariableDeclaration | undefined,
  ): UncheckedResponse | undefined {
    const variable = this.#model.variableOf(target);
    if (variable === undefined || !this.#holdsResponsesOnly(variable)) {
      return undefined;
    }
    const uses = readsOf(variable).map((read) => this.#useOf(read));
    if (uses.some(({ kind }) => kind === "unknown")) {
      return undefined;
    }
    const bodies = uses.flatMap((use) => (use.kind === "body" && this.#bodies.isUsed(use.call) ? [use.call] : []));
    const checks = uses.flatMap((use) => (use.kind === "status" ? [use.read] : []));
    const [first] = bodies;
    const owner = this.#model.functionOf(target);
    if (first === undefined || bodies.some((body) => this.#bodies.isTold(body))) {
      return undefined;
    }
    const isCertain = checks.length === 0;
    const isOpen = isCertain || (owner !== null && this.#hasUncheckedPath(owner, new Set(checks), new Set(bodies)));
    return isOpen ? { request, use: first, name: target.name, declaration, isCertain } : undefined;
  }

  /** True when all that is ever in the variable is the response of a request, or nothing yet. */
  #holdsResponsesOnly(variable: Variable): boolean {
    const [definition] = variable.defs;
    const writes = variable.references.filter((reference) => reference.isWrite());
    const isParameter = definition?.type === "Parameter";
    return (
      variable.defs.length === 1 &&
      (isParameter || definition?.type === "Variable") &&
      (isParameter ? writes.length === 0 : true) &&
      (isConstant(variable) ||
        writes.every(({ writeExpr }) => {
          const value = writeExpr as Node | null | undefined;
          return value !== null && value !== undefined && (isNullish(value) || this.#isResponse(value));
        }))
    );
  }

  #isResponse(value: Node): boolean {
    return (
      value.type === "AwaitExpression" &&
      value.argument.type === "CallExpression" &&
      findLintedResponses(this.#model).has(value.argument)
    );
  }

  #useOf(read: Node): Use {
    const parent = this.#model.parentOf(read);
    if (parent?.type === "MemberExpression" && parent.object === read) {
      return this.#memberUse(parent);
    }
    if (parent?.type === "CallExpression" && parent.callee !== read) {
      return this.#argumentUse(parent, read);
    }
    const isAsked =
      (parent?.type === "UnaryExpression" && parent.operator === "!") ||
      (parent?.type === "IfStatement" && parent.test === read);
    return isAsked ? NOTHING : UNKNOWN;
  }

  #memberUse(member: ESTree.MemberExpression): Use {
    const name = staticName(member) ?? "";
    const call = callOf(this.#model, member);
    if (bodyReaders.has(name) && call !== undefined) {
      return { kind: "body", call };
    }
    if (STATUS_MEMBERS.has(name)) {
      // Who reads the status in a log looks at it only afterwards.
      return this.#bodies.isLogged(member) || this.#bodies.asksForBody(member)
        ? NOTHING
        : { kind: "status", read: member.object };
    }
    return OTHER_MEMBERS.has(name) ? NOTHING : UNKNOWN;
  }

  #argumentUse(call: ESTree.SimpleCallExpression, read: Node): Use {
    if (this.#bodies.isLogged(read)) {
      return NOTHING;
    }
    const index = call.arguments.findIndex((argument) => argument === read);
    return this.#readsBodyOnly(call.callee, index) ? { kind: "body", call } : UNKNOWN;
  }

  /** True for a function of the file that uses the body of a parameter, and does nothing else with it. */
  #readsBodyOnly(callee: Node, index: number): boolean {
    const named = callee.type === "Identifier" ? this.#model.variableOf(callee) : undefined;
    const [definition] = named !== undefined && isConstant(named) ? named.defs : [];
    const node: Node | null | undefined = definition?.type === "Variable" ? definition.node.init : definition?.node;
    const parameter = node && isFunction(node) ? node.params[index] : undefined;
    const variable = parameter?.type === "Identifier" ? this.#model.variableOf(parameter) : undefined;
    if (variable === undefined || !isConstant(variable)) {
      return false;
    }
    const uses = readsOf(variable).map((read) => {
      const parent = this.#model.parentOf(read);
      return parent?.type === "MemberExpression" && parent.object === read ? this.#memberUse(parent) : UNKNOWN;
    });
    const isPlain = uses.every(({ kind }) => kind === "body" || kind === "nothing");
    return isPlain && uses.some((use) => use.kind === "body" && this.#isTrusted(use.call));
  }

  /** True when the body is used, and nothing in it is asked whether the request succeeded. */
  #isTrusted(body: Node): boolean {
    return this.#bodies.isUsed(body) && !this.#bodies.isTold(body);
  }

  /**
   * True when some path uses the body and never looks at the status, before or after. For the interpreter the status is
   * what is handed on, and the body what is settled.
   */
  #hasUncheckedPath(owner: FunctionNode, checks: ReadonlySet<Node>, bodies: ReadonlySet<Node>): boolean {
    const interpreter = new Interpreter({
      isCallback: (node) => checks.has(node),
      isDelegate: (call) => bodies.has(call),
      isUncertain: () => false,
      isLater: () => false,
      isFinal: () => false,
      isHelper: () => false,
      isHoisted: () => false,
      hoistedFunction: () => undefined,
      isUnsafeName: () => false,
      // What fails on the way uses no body.
      isSafe: () => true,
    });
    const flow = interpreter.body(owner, NONE);
    return ((flow.normal | flow.returned) & (ONCE | MANY)) !== 0;
  }
}

/** Finds the responses of fetch and of V2's LpClient whose body is used without a look at their status. */
export function findUncheckedResponses(model: Model): UncheckedResponse[] {
  const calls = [...findLintedResponses(model)];
  if (calls.length === 0) {
    return [];
  }
  const reader = new ResponseReader(model);
  const found = calls.flatMap((call) => {
    const use = unaskedBodyOf(model, call);
    const elsewhere = use && { request: call, use, name: undefined, declaration: undefined, isCertain: true };
    return reader.unchecked(call) ?? elsewhere ?? [];
  });
  // A variable may hold the responses of several requests.
  return found.filter(({ use }, index) => found.findIndex((other) => other.use === use) === index);
}
