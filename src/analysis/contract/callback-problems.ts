import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { HANDED_ON } from "../control/flow.ts";
import type { KnownCalls } from "./settle-types.ts";
import { settlementOf } from "./settlement.ts";
import type { SettleCall } from "./settlement.ts";

/** A call of the callback that comes after another one. */
export interface SecondCall {
  readonly kind: "twice";
  readonly call: ESTree.SimpleCallExpression;
  /** The call before it; itself where rounds make it again and again. */
  readonly first: Node;
  /** Whenever the first call is made, the second follows, unless something fails between them. */
  readonly isCertain: boolean;
  /** The statement of the first call, where a `return` in front of it changes nothing but the second call. */
  readonly returnable: Node | undefined;
}

/** A way out of the handler on which nobody has called back. */
export interface MissingCall {
  readonly kind: "never";
  /** The `return`, the `catch`, the handler when it never calls back, or its body when control falls off its end. */
  readonly at: Node;
  readonly how: "return" | "catch" | "handler" | "end" | "chain";
  readonly isCertain: boolean;
}

/** Code that waits for something after the callback was called. */
export interface LateCode {
  readonly kind: "late";
  readonly at: Node;
  readonly first: Node;
  /** True for a request that is waited for; other code may be there for nothing but tidying up. */
  readonly isCertain: boolean;
}

/** One function in which the callback is called. */
export interface Place {
  readonly node: FunctionNode;
  readonly callback: Variable;
  readonly calls: readonly SettleCall[];
  /** What else settles: calls that hand the callback on do it in their own time. */
  readonly known: KnownCalls;
}

/** True when something in the statement calls back, or hands the callback on. */
export function mayAnswer(
  model: Model,
  statement: Node,
  { node, callback, known }: Pick<Place, "node" | "callback" | "known">,
): boolean {
  const body = { type: "BlockStatement", body: [statement] } as ESTree.BlockStatement;
  const settlement = settlementOf(model, { ...node, params: [], body }, callback, known);
  const { calls, escapes, atExit, atThrow } = settlement;
  return calls.length > 0 || escapes.length > 0 || ((atExit | atThrow) & HANDED_ON) !== 0;
}

/** True for a call that hands the callback on, which is none of the function's own. */
export function isDelegate({ known }: Place, call: ESTree.SimpleCallExpression): boolean {
  return known.delegates.has(call);
}

export function calledName({ callee }: ESTree.CallExpression): string {
  if (callee.type === "Identifier") {
    return callee.name;
  }
  return callee.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
}

/** True when a call makes up a statement, awaited or not. */
export function isStatement(model: Model, call: Node): boolean {
  const parent = model.parentOf(call);
  return (parent?.type === "AwaitExpression" ? model.parentOf(parent) : parent)?.type === "ExpressionStatement";
}
