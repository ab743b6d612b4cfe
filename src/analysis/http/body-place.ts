import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { isFunction, isInside, rangeOf, staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { leavesFunction } from "../control/steps.ts";
import { targetIn } from "./responses.ts";
import type { NativeResponse } from "./responses.ts";

/** Where the body of a response is read: at its first use behind the checks of the status. */
export type BodyPlace =
  | { readonly kind: "behind" | "before"; readonly statement: Node }
  /** In the place of the only member that uses it. */
  | { readonly kind: "inline"; readonly member: ESTree.MemberExpression };

/** What uses the body: members of the response, or the name that a pattern gives it. */
function usesOf(model: Model, { members, pattern }: NativeResponse): readonly Node[] {
  const target = targetIn(pattern, "body");
  const variable = target === undefined ? undefined : model.variableOf(target);
  const reads = variable === undefined ? [] : readsOf(variable);
  return [...members.filter((member) => staticName(member) === "body"), ...reads];
}

/** `if (response.status === 404) return;`, which nothing goes past that it holds for. */
function isGuard(statement: Node): boolean {
  if (statement.type !== "IfStatement" || statement.alternate) {
    return false;
  }
  const { consequent } = statement;
  const last = consequent.type === "BlockStatement" ? consequent.body.at(-1) : consequent;
  return leavesFunction(consequent) || last?.type === "ContinueStatement" || last?.type === "BreakStatement";
}

/** A statement that the reading of a body may stand behind: nothing in it waits. */
function isPassable(statement: Node): boolean {
  if (!/^(?:VariableDeclaration|ExpressionStatement|IfStatement)$/u.test(statement.type)) {
    return false;
  }
  let waits = false;
  walk(statement, (node) => {
    waits ||= node.type === "AwaitExpression" || node.type === "YieldExpression";
    return !isFunction(node);
  });
  return !waits;
}

function statementsIn(node: Node): readonly Node[] {
  return node.type === "BlockStatement" || node.type === "Program" ? node.body : [];
}

/** The one arm of a condition that holds all of the nodes. */
function armWith(statement: ESTree.IfStatement, uses: readonly Node[]): Node | undefined {
  return [statement.consequent, statement.alternate].find((arm) => !!arm && uses.every((use) => isInside(use, arm))) as
    Node | undefined;
}

/** A value that is given as it is: waiting for it there comes behind nothing that it could change. */
function isGiven(model: Model, member: Node): boolean {
  const parent = model.parentOf(member);
  const isArgument =
    parent?.type === "CallExpression" && parent.callee !== member && model.parentOf(parent)?.type !== "ChainExpression";
  return isArgument || parent?.type === "ReturnStatement";
}

/** Finds where the body of a response is read in the official form. */
export function bodyPlaceOf(model: Model, native: NativeResponse): BodyPlace {
  const atOnce = { kind: "behind", statement: native.declaration } as const;
  const owner = model.functionOf(native.declaration);
  const uses = usesOf(model, native);
  // What is hoisted may run before the place where it stands.
  if (uses.length === 0 || uses.some((use) => model.functionOf(use) !== owner)) {
    return atOnce;
  }
  const block = model.parentOf(native.declaration);
  const statements = block === null ? [] : statementsIn(block);
  const behind = statements.slice(statements.indexOf(native.declaration) + 1);
  return placeIn(model, behind, uses) ?? atOnce;
}

/** The place in a list of statements; undefined where none is better than the one in front of them. */
function placeIn(model: Model, statements: readonly Node[], uses: readonly Node[]): BodyPlace | undefined {
  const first = statements.findIndex((statement) => uses.some((use) => isInside(use, statement)));
  const user = statements[first];
  if (user === undefined) {
    return undefined;
  }
  const all = statements.slice(0, first);
  const waiting = all.findIndex((statement) => !isPassable(statement));
  if (waiting !== -1) {
    return behindGuards(all.slice(0, waiting));
  }
  const [only] = uses;
  const isPlain = user.type === "ExpressionStatement" || user.type === "ReturnStatement";
  if (isPlain && uses.length === 1 && only?.type === "MemberExpression" && isGiven(model, only)) {
    return { kind: "inline", member: only };
  }
  return (user.type === "IfStatement" ? placeInArm(model, user, uses) : undefined) ?? behindGuards(all);
}

/** Behind the last of the checks in these statements. */
function behindGuards(passed: readonly Node[]): BodyPlace | undefined {
  const guard = passed.findLast(isGuard);
  return guard === undefined ? undefined : { kind: "behind", statement: guard };
}

function standsBelow(model: Model, node: Node, above: Node): boolean {
  return model.text.slice(rangeOf(above)[0], rangeOf(node)[0]).includes("\n");
}

function placeInArm(model: Model, statement: ESTree.IfStatement, uses: readonly Node[]): BodyPlace | undefined {
  const arm = armWith(statement, uses);
  if (arm?.type === "IfStatement") {
    return placeInArm(model, arm, uses);
  }
  const statements = arm?.type === "BlockStatement" ? arm.body : arm === undefined ? [] : [arm];
  const [start] = statements;
  const place = placeIn(model, statements, uses);
  const hasLines = start !== undefined && arm?.type === "BlockStatement" && standsBelow(model, start, arm);
  return place ?? (hasLines ? { kind: "before", statement: start } : undefined);
}
