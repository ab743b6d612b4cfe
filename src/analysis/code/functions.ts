import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction, isInside, staticName } from "./tree.ts";
import type { FunctionNode, Node } from "./tree.ts";
import { isConstant } from "./bindings.ts";
import { memberOf } from "./members.ts";
import type { Model } from "./model.ts";
import { globalPath, isRequireCall, packageOf } from "./names.ts";
import { perModel } from "./per-model.ts";

/** A function of the file, as an expression gives it. */
export interface LocalFunction {
  readonly kind: "local";
  readonly node: FunctionNode;
  /** The arguments that `bind` has given already. */
  readonly bound: readonly Node[];
}

/** Which function an expression gives. */
export type FunctionAnswer =
  | LocalFunction
  /** Code outside of the file: of the language, of the platform, of a package. */
  | { readonly kind: "foreign" }
  /** It can't be known. */
  | { readonly kind: "unknown"; readonly why: UnknownFunction; readonly node: Node };

/**
 * `changing`: its variable is written more than once · `parameter`: it comes from a caller · `member`: of an object that
 * can't be followed · `result`: something gives it that can't be followed · `bound`: it is bound in a way that can't be
 * followed · `choice`: one of several · `no-function`: something else, such as a class or a literal.
 */
export type UnknownFunction = "changing" | "parameter" | "member" | "result" | "bound" | "choice" | "no-function";

const FOREIGN: FunctionAnswer = { kind: "foreign" };

/**
 * The function that an expression gives: written in place, declared, held by a constant or an alias of one, a member of
 * a constant object or of a class of the file (by `this` and by `new` too), or one of these bound.
 */
export function resolveFunction(model: Model, node: Node): FunctionAnswer {
  return resolve(model, node, new Set());
}

/** The function of the file that an expression surely gives, where it gets its arguments as a call writes them. */
export function localFunctionOf(model: Model, node: Node): FunctionNode | undefined {
  const answer = resolveFunction(model, node);
  return answer.kind === "local" && answer.bound.length === 0 ? answer.node : undefined;
}

/** The same where it does not matter whether some arguments are bound. */
export function functionGivenBy(model: Model, node: Node): FunctionNode | undefined {
  const answer = resolveFunction(model, node);
  return answer.kind === "local" ? answer.node : undefined;
}

function unknown(why: UnknownFunction, node: Node): FunctionAnswer {
  return { kind: "unknown", why, node };
}

function resolve(model: Model, node: Node, seen: Set<Node>): FunctionAnswer {
  if (isFunction(node)) {
    return { kind: "local", node, bound: [] };
  }
  if (seen.has(node)) {
    return unknown("result", node);
  }
  seen.add(node);
  switch (node.type) {
    case "ChainExpression":
      return resolve(model, node.expression, seen);
    case "SequenceExpression":
      return resolve(model, node.expressions.at(-1) ?? node, seen);
    case "AssignmentExpression":
      return node.operator === "=" ? resolve(model, node.right, seen) : unknown("choice", node);
    case "Identifier":
      return resolveName(model, node, seen);
    case "MemberExpression":
      return resolveMember(model, node, seen);
    case "CallExpression":
      return resolveBound(model, node, seen);
    case "ConditionalExpression":
    case "LogicalExpression":
      return unknown("choice", node);
    case "AwaitExpression":
    case "NewExpression":
    case "TaggedTemplateExpression":
    case "YieldExpression":
      return unknown("result", node);
    default:
      return unknown("no-function", node);
  }
}

function resolveName(model: Model, name: ESTree.Identifier, seen: Set<Node>): FunctionAnswer {
  const variable = model.variableOf(name);
  const definition = variable?.defs[0];
  if (variable === undefined || definition?.type === "ImportBinding") {
    return FOREIGN;
  }
  if (definition?.type === "Parameter" || definition?.type === "CatchClause") {
    return unknown("parameter", name);
  }
  if (!isConstant(variable)) {
    return unknown("changing", name);
  }
  if (definition?.type === "FunctionName") {
    return resolve(model, definition.node, seen);
  }
  if (definition?.type !== "Variable" || !definition.node.init) {
    return unknown("no-function", name);
  }
  const { id, init } = definition.node;
  if (id.type === "Identifier") {
    return resolve(model, init, seen);
  }
  const taken = memberOf(model, definition.name);
  return taken === undefined ? unresolvedMember(model, init, name) : resolve(model, taken, seen);
}

function resolveMember(model: Model, member: ESTree.MemberExpression, seen: Set<Node>): FunctionAnswer {
  const value = memberOf(model, member);
  return value === undefined ? unresolvedMember(model, member.object, member) : resolve(model, value, seen);
}

/** A member of an object that is not of the file: of a global, or of what an import or a `require` gives. */
function unresolvedMember(model: Model, object: Node, node: Node): FunctionAnswer {
  return globalPath(model, object) === undefined && packageOf(model, object) === undefined
    ? unknown("member", node)
    : FOREIGN;
}

/** `f.bind(self, first)` */
function resolveBound(model: Model, call: ESTree.SimpleCallExpression, seen: Set<Node>): FunctionAnswer {
  const { callee, arguments: given } = call;
  if (callee.type !== "MemberExpression" || staticName(callee) !== "bind") {
    return isRequireCall(model, call) ? FOREIGN : unknown("result", call);
  }
  const target = resolve(model, callee.object, seen);
  if (target.kind !== "local") {
    return target;
  }
  const [, ...bound] = given;
  const hasSpread = given.some(({ type }) => type === "SpreadElement");
  return hasSpread ? unknown("bound", call) : { ...target, bound: [...target.bound, ...bound] };
}

/** A call of a function of the file, and how its arguments come to the parameters. */
export interface CallSite {
  readonly call: ESTree.SimpleCallExpression | ESTree.NewExpression;
  readonly node: FunctionNode;
  /** What the parameters get, from the first on; of a `SpreadElement` on, nothing is known. */
  readonly given: readonly Node[];
}

/** The function of the file that a call runs, also by `call` and when it is bound; undefined for all other calls. */
export function callSiteOf(model: Model, call: ESTree.CallExpression): CallSite | undefined {
  const { callee, arguments: given } = call;
  const direct = callee.type === "Super" ? undefined : resolveFunction(model, callee);
  if (direct?.kind === "local") {
    return { call, node: direct.node, given: [...direct.bound, ...given] };
  }
  if (callee.type !== "MemberExpression" || staticName(callee) !== "call" || given[0]?.type === "SpreadElement") {
    return undefined;
  }
  const target = resolveFunction(model, callee.object);
  return target.kind === "local" ? { call, node: target.node, given: [...target.bound, ...given.slice(1)] } : undefined;
}

/** What a parameter gets in a call. */
export type Argument =
  | { readonly kind: "given"; readonly node: Node }
  | { readonly kind: "missing" }
  /** It stands behind a spread. */
  | { readonly kind: "unknown"; readonly node: Node };

/** The argument that a call gives for a parameter. */
export function argumentFor({ given }: Pick<CallSite, "given">, index: number): Argument {
  const spread = given.slice(0, index + 1).find(({ type }) => type === "SpreadElement");
  const node = given[index];
  if (spread !== undefined) {
    return { kind: "unknown", node: spread };
  }
  return node === undefined ? { kind: "missing" } : { kind: "given", node };
}

/** The place among the parameters that an argument of a call comes to; undefined behind a spread. */
export function parameterIndexOf({ given }: Pick<CallSite, "given">, argument: Node): number | undefined {
  const index = given.findIndex((node) => node === argument);
  const isCounted = given.slice(0, index).every(({ type }) => type !== "SpreadElement");
  return index >= 0 && isCounted ? index : undefined;
}

/** The variable that a function has its name by: of its declaration, or of the one whose initialiser it is. */
export function variableOfFunction(model: Model, node: FunctionNode): Variable | undefined {
  const parent = model.parentOf(node);
  const isHeld = parent?.type === "VariableDeclarator" && parent.init === node;
  const name = node.type === "FunctionDeclaration" ? node.id : isHeld ? parent.id : undefined;
  return name === undefined ? undefined : model.variableOf(name);
}

/** The parameter of a function that declares a variable, and its place. */
export function parameterOf(
  owner: FunctionNode,
  variable: Variable,
): { readonly node: ESTree.Pattern; readonly index: number } | undefined {
  const index = owner.params.findIndex((parameter) =>
    variable.identifiers.some((identifier) => isInside(identifier, parameter)),
  );
  const node = owner.params[index];
  return node === undefined ? undefined : { node, index };
}

/** The `return` statements of each function itself, those of nested functions left out. */
const returnsByFunction = perModel((model): ReadonlyMap<FunctionNode, readonly ESTree.ReturnStatement[]> => {
  const returns = new Map<FunctionNode, ESTree.ReturnStatement[]>();
  for (const statement of model.nodes("ReturnStatement")) {
    const owner = model.functionOf(statement);
    if (owner !== null) {
      const known = returns.get(owner) ?? [];
      known.push(statement);
      returns.set(owner, known);
    }
  }
  return returns;
});

/** The `return` statements of a function itself, those of nested functions left out. */
export function returnStatementsOf(model: Model, node: FunctionNode): readonly ESTree.ReturnStatement[] {
  return returnsByFunction(model).get(node) ?? [];
}

/** The expressions that a function returns; what ends without a value gives `undefined`, which is left out. */
export function returnsOf(model: Model, node: FunctionNode): Node[] {
  return node.body.type === "BlockStatement"
    ? returnStatementsOf(model, node).flatMap(({ argument }) => argument ?? [])
    : [node.body];
}

/** True when a function may end without a value: at its end, or by a bare `return`. */
export function endsBare(model: Model, node: FunctionNode): boolean {
  const { body } = node;
  const last = body.type === "BlockStatement" ? body.body.at(-1) : undefined;
  return (
    body.type === "BlockStatement" &&
    ((last?.type !== "ReturnStatement" && last?.type !== "ThrowStatement") ||
      returnStatementsOf(model, node).some(({ argument }) => !argument))
  );
}
