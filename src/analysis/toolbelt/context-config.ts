import type * as ESTree from "estree";
import { isWritten } from "../code/writes.ts";
import { callOf } from "../code/called.ts";
import { brandVariables } from "../../platform/environment.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isVariableKept } from "../runtime/environment.ts";
import { isVariableOf } from "../runtime/environment-name.ts";
import type { Model } from "../code/model.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { originsOf } from "../values/origins.ts";

/** The configuration of a V1 ContextServiceClient. */
export interface ContextConfig {
  /** The object literal in the call itself: its `apiKey` takes its place; undefined when a constant holds it. */
  readonly inline: ESTree.ObjectExpression | undefined;
  readonly apiKey: Node;
  /** What the user called the own account where the code does not tell it; undefined for the variable of the platform. */
  readonly byAnswer: Node | undefined;
}

/** What is known of the account that functions run on. */
export interface OwnAccount {
  /** Environment variables that the user defines. */
  readonly ownEnvironment: ReadonlySet<string>;
  /** The account's number, or names of what holds it: constants, environment variables, secrets. */
  readonly ownAccounts: ReadonlySet<string>;
}

/** Why a configuration can't be converted, as an explanation of what V2 does otherwise. */
export interface ContextProblem {
  readonly node: Node;
  readonly how: string;
}

const FOREIGN_ACCOUNT =
  "it works on the function's own account, and the code does not show whether this `accountId` is that account; if it is, run again with `--own-account` and the account's number, or the name of the constant, environment variable or secret that holds it";

/** The members of an object literal that has none but these, all of them plain. */
function membersOf(object: ESTree.ObjectExpression): ReadonlyMap<string, Node> | undefined {
  const members = new Map<string, Node>();
  for (const property of object.properties) {
    const name = property.type === "Property" && property.kind === "init" ? staticName(property) : undefined;
    if (property.type !== "Property" || property.method || name === undefined || members.has(name)) {
      return undefined;
    }
    members.set(name, property.value);
  }
  return members;
}

/** The constant object that an identifier names, when nothing in the file can change its account. */
function constantObject(model: Model, identifier: Node): ESTree.ObjectExpression | undefined {
  const variable = identifier.type === "Identifier" ? model.variableOf(identifier) : undefined;
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || !isConstant(variable) || definition?.type !== "Variable") {
    return undefined;
  }
  const { id, init } = definition.node;
  const isKept = readsOf(variable).every((read) => read === identifier || isPlainRead(model, read));
  return id.type === "Identifier" && init?.type === "ObjectExpression" && isKept ? init : undefined;
}

/** True for `config.name` that is only read, and for the argument of another client's factory. */
function isPlainRead(model: Model, read: Node): boolean {
  const parent = model.parentOf(read);
  if (parent?.type === "CallExpression") {
    return parent.callee.type === "MemberExpression" && staticName(parent.callee) === "ContextServiceClient";
  }
  const isName = parent?.type === "MemberExpression" && parent.object === read && staticName(parent) !== undefined;
  return isName && !isWritten(model, parent) && callOf(model, parent) === undefined;
}

/** True for the account of the function: `process.env.BRAND_ID`, unless the user defines or sets that variable. */
function isOwnAccount(model: Model, node: Node, ownEnvironment: ReadonlySet<string>): boolean {
  const kept = [...brandVariables].filter((name) => !ownEnvironment.has(name) && isVariableKept(model, name));
  return isVariableOf(model, node, new Set(kept));
}

/** True for what the user named as the own account: its number, or the constant, variable or secret that holds it. */
function isNamedAccount(model: Model, node: Node, answers: ReadonlySet<string>): boolean {
  const origins = originsOf(model, node);
  const variable = node.type === "Identifier" ? model.variableOf(node) : undefined;
  const isConstantName = variable !== undefined && isConstant(variable) && answers.has(variable.name);
  return (
    isConstantName ||
    isVariableOf(model, node, answers) ||
    (origins.length > 0 &&
      origins.every((origin) => answers.has(accountIn(origin.kind === "part" ? origin.of : origin.node))))
  );
}

/** The number that a literal holds, or the name of the secret that is read. */
function accountIn(node: Node): string {
  const [name] = node.type === "CallExpression" ? node.arguments : [];
  const isRead =
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    staticName(node.callee) === "readSecret";
  const literal = isRead ? name : node;
  return literal?.type === "Literal" ? String(literal.value) : "";
}

/** Reads what a `Toolbelt.ContextServiceClient(…)` is configured with. */
export function contextConfigOf(
  model: Model,
  call: ESTree.SimpleCallExpression,
  { ownEnvironment, ownAccounts }: OwnAccount,
): ContextConfig | ContextProblem {
  const [argument] = call.arguments;
  const object = argument?.type === "ObjectExpression" ? argument : argument && constantObject(model, argument);
  const members = object === undefined ? undefined : membersOf(object);
  const apiKey = members?.get("apiKey");
  const accountId = members?.get("accountId");
  if (call.arguments.length !== 1 || argument === undefined || members === undefined) {
    return { node: call, how: "it takes only the API key, and this configuration can't be followed to its literal" };
  }
  if (apiKey === undefined || accountId === undefined || members.size > 2) {
    return { node: call, how: "it takes only the API key, and this configuration is not `{ apiKey, accountId }`" };
  }
  const isOwn = isOwnAccount(model, accountId, ownEnvironment);
  if (!isOwn && !isNamedAccount(model, accountId, ownAccounts)) {
    return { node: accountId, how: FOREIGN_ACCOUNT };
  }
  const inline = argument.type === "ObjectExpression" ? argument : undefined;
  return { inline, apiKey, byAnswer: isOwn ? undefined : accountId };
}
