import type * as ESTree from "estree";
import { staticName } from "./ast.ts";
import type { Node } from "./ast.ts";
import type { Model } from "./model.ts";
import { readsOf } from "./modules.ts";
import { toolbeltUseOf } from "./toolbelt.ts";

/** One call of a SecretClient's `readSecret`. */
export interface SecretRead {
  readonly call: ESTree.SimpleCallExpression;
  /** The `const … = await client.readSecret(…)` around it, when the read makes up its whole initialiser. */
  readonly declarator: ESTree.VariableDeclarator | undefined;
}

function methodCall(model: Model, client: Node): { call: ESTree.SimpleCallExpression; method: string } | undefined {
  const member = model.parentOf(client);
  const call = member === null ? null : model.parentOf(member);
  if (
    member?.type !== "MemberExpression" ||
    member.object !== client ||
    call?.type !== "CallExpression" ||
    call.callee !== member
  ) {
    return undefined;
  }
  const method = staticName(member);
  return method === undefined ? undefined : { call, method };
}

/** All secret reads of a file whose client can be followed, in source order. */
export function findSecretReads(model: Model): SecretRead[] {
  const reads: SecretRead[] = [];
  for (const client of toolbeltUseOf(model).clients) {
    if (client.factory !== "SecretClient") {
      continue;
    }
    for (const use of client.variable === undefined ? [client.call] : readsOf(client.variable)) {
      const found = methodCall(model, use);
      if (found?.method === "readSecret") {
        const awaited = model.parentOf(found.call);
        const declarator = awaited?.type === "AwaitExpression" ? model.parentOf(awaited) : null;
        reads.push({
          call: found.call,
          declarator: declarator?.type === "VariableDeclarator" ? declarator : undefined,
        });
      }
    }
  }
  return reads.toSorted((a, b) => (a.call.range?.[0] ?? 0) - (b.call.range?.[0] ?? 0));
}

const MUTATORS = new Set([
  "add",
  "clear",
  "copyWithin",
  "delete",
  "fill",
  "pop",
  "push",
  "reverse",
  "set",
  "shift",
  "sort",
  "splice",
  "unshift",
]);

/** The whole member expression around a node: `secret.value.list` around `secret`. */
function wholeMember(model: Model, node: Node): Node {
  let target = node;
  let parent = model.parentOf(target);
  while (parent?.type === "MemberExpression" && parent.object === target) {
    target = parent;
    parent = model.parentOf(target);
  }
  return target;
}

/** True for the first argument of `Object.assign`. */
function isAssignTarget(model: Model, target: Node): boolean {
  const call = model.parentOf(target);
  return (
    call?.type === "CallExpression" &&
    call.arguments[0] === target &&
    call.callee.type === "MemberExpression" &&
    model.isGlobal(call.callee.object, "Object") &&
    staticName(call.callee) === "assign"
  );
}

/** True when what the expression stands for is changed in place. */
function isChanged(model: Model, target: Node): boolean {
  const parent = model.parentOf(target);
  const isCallee = parent?.type === "CallExpression" && parent.callee === target && target.type === "MemberExpression";
  return (
    (parent?.type === "AssignmentExpression" && parent.left === target) ||
    parent?.type === "UpdateExpression" ||
    (parent?.type === "UnaryExpression" && parent.operator === "delete") ||
    isAssignTarget(model, target) ||
    (isCallee && MUTATORS.has(staticName(target) ?? ""))
  );
}

/**
 * The place where an object that came out of a secret read is changed, if there is one. A read whose result is not held
 * by a declaration can't be followed: then every change of something below a `value` counts.
 */
export function findSecretMutation(model: Model, { declarator }: SecretRead): Node | undefined {
  if (declarator === undefined) {
    const values = model.nodes("MemberExpression").filter((member) => staticName(member) === "value");
    return values
      .map((member) => wholeMember(model, member))
      .find((target) =>
        target.type === "MemberExpression" ? isChanged(model, target) : isAssignTarget(model, target),
      );
  }
  return model.scopeManager
    .getDeclaredVariables(declarator as never)
    .flatMap((variable) => readsOf(variable))
    .map((read) => wholeMember(model, read))
    .find((target) => (target.type === "MemberExpression" ? isChanged(model, target) : isAssignTarget(model, target)));
}
