import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { globalPath, isCallOf } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { writeOf } from "../code/writes.ts";
import type { HttpUse } from "./calls.ts";
import { readProperties } from "./option-literal.ts";

/** Options in a constant that is read elsewhere as well: by other requests, or by what shows them to people. */
export interface KeptOptions {
  readonly name: string;
  readonly declarator: ESTree.VariableDeclarator;
  readonly literal: ESTree.ObjectExpression;
  /** Every option that the object can have, with what it is in the literal. */
  readonly properties: ReadonlyMap<string, ESTree.Property | undefined>;
  /** Where requests take it. */
  readonly requests: readonly Node[];
  /** Nothing but requests takes it. */
  readonly isOnlySent: boolean;
}

/** Options that may be set behind the literal: that one is missing is the same as that it is undefined. */
const LATER: ReadonlySet<string> = new Set(["uri", "url", "headers", "body"]);

/** True for a call that shows an object and leaves it as it is. */
function isShown(model: Model, read: Node): boolean {
  const call = model.parentOf(read);
  if (call?.type !== "CallExpression" || call.callee === read) {
    return false;
  }
  const path = globalPath(model, call.callee);
  const [first, ...others] = call.arguments;
  const isText = isCallOf(model, call, "JSON.stringify") && first === read;
  return path?.startsWith("console.") === true || (isText && others.every(({ type }) => type === "Literal"));
}

/** The name of the option that a member reads or sets; undefined where it does something else with the object. */
function optionAt(model: Model, read: Node): { readonly name: string; readonly isSet: boolean } | undefined {
  const member = model.parentOf(read);
  const name = member?.type === "MemberExpression" && member.object === read ? staticName(member) : undefined;
  if (member === null || name === undefined) {
    return undefined;
  }
  const user = model.parentOf(member);
  const write = writeOf(model, member);
  const isCalled = user?.type === "CallExpression" && user.callee === member;
  const isTaken = isCalled || user?.type === "ChainExpression" || (write !== undefined && write.how !== "assign");
  return isTaken ? undefined : { name, isSet: write !== undefined };
}

function keptOptions(model: Model, variable: Variable, requests: readonly Node[]): KeptOptions | undefined {
  const [definition] = variable.defs;
  const declarator = definition?.type === "Variable" ? definition.node : undefined;
  if (declarator?.init?.type !== "ObjectExpression" || declarator.id.type !== "Identifier" || !isConstant(variable)) {
    return undefined;
  }
  const own = readProperties(declarator.init);
  if (!(own instanceof Map)) {
    return undefined;
  }
  const properties = new Map<string, ESTree.Property | undefined>(own);
  let isOnlySent = true;
  for (const read of readsOf(variable).filter((each) => !requests.includes(each))) {
    const option = optionAt(model, read);
    isOnlySent = false;
    if (
      option === undefined ? !isShown(model, read) : option.isSet && !own.has(option.name) && !LATER.has(option.name)
    ) {
      return undefined;
    }
    if (option?.isSet === true) {
      properties.set(option.name, undefined);
    }
  }
  return { name: variable.name, declarator, literal: declarator.init, properties, requests, isOnlySent };
}

/** Finds the constants that hold the options of requests, where each request can as well read them one by one. */
export function findKeptOptions(model: Model, { loose }: HttpUse): KeptOptions[] {
  const taken = new Map<Variable, Node[]>();
  for (const { optionsArgument } of loose) {
    const variable = optionsArgument?.type === "Identifier" ? model.variableOf(optionsArgument) : undefined;
    if (optionsArgument !== undefined && variable !== undefined) {
      taken.set(variable, [...(taken.get(variable) ?? []), optionsArgument]);
    }
  }
  return [...taken].flatMap(([variable, requests]) => keptOptions(model, variable, requests) ?? []);
}
