import type * as ESTree from "estree";
import { calledMethodOf } from "./called.ts";
import { argumentWriters, mutators } from "./builtins.ts";
import { staticName } from "./tree.ts";
import type { Node } from "./tree.ts";
import type { Model } from "./model.ts";
import { globalPath } from "./names.ts";
import { perModel } from "./per-model.ts";

/** How code writes what an expression names. */
export interface Write {
  /** `pattern`: by destructuring into it · `loop`: it is the head of a `for` over something. */
  readonly how: "assign" | "update" | "delete" | "pattern" | "loop";
  /** What writes. */
  readonly by: Node;
  /** What it writes: the right side of `=`, `||=` and their like; undefined where the code makes another value. */
  readonly value: Node | undefined;
}

/** The assignments after which the target has the value of the right side, or the one that it had. */
const TAKING_OVER: ReadonlySet<string> = new Set(["=", "||=", "&&=", "??="]);

/** How the code around a name or a member writes it; undefined where it only reads it, or declares it. */
export function writeOf(model: Model, target: Node): Write | undefined {
  const by = model.parentOf(target);
  switch (by?.type) {
    case "AssignmentExpression":
      return by.left === target
        ? { how: "assign", by, value: TAKING_OVER.has(by.operator) ? by.right : undefined }
        : undefined;
    case "UpdateExpression":
      return { how: "update", by, value: undefined };
    case "UnaryExpression":
      return by.operator === "delete" ? { how: "delete", by, value: undefined } : undefined;
    case "ChainExpression":
      // `delete options?.method`
      return writeOf(model, by);
    case "ForInStatement":
    case "ForOfStatement":
      return by.left === target ? { how: "loop", by, value: undefined } : undefined;
    default:
      return by !== null && isPatternTarget(model, by, target) ? { how: "pattern", by, value: undefined } : undefined;
  }
}

function isPatternTarget(model: Model, by: Node, target: Node): boolean {
  switch (by.type) {
    case "ArrayPattern":
    case "RestElement":
      return true;
    case "AssignmentPattern":
      return by.left === target;
    case "Property":
      return by.value === target && model.parentOf(by)?.type === "ObjectPattern";
    default:
      return false;
  }
}

/** True when the code around a name or a member writes it. */
export function isWritten(model: Model, target: Node): boolean {
  return writeOf(model, target) !== undefined;
}

/** The whole member expression that begins with a node: `secret.value.list` for the `secret` in it. */
export function wholeMember(model: Model, node: Node): Node {
  let target = node;
  for (let above = model.parentOf(target); above !== null; above = model.parentOf(above)) {
    const isMember = above.type === "MemberExpression" && above.object === target;
    if (!isMember && above.type !== "ChainExpression") {
      return target;
    }
    target = above;
  }
  return target;
}

/** True for the call of a function of the language that changes this argument: `Object.assign(argument, …)`. */
export function writesArgument(model: Model, call: Node, argument: Node): boolean {
  if (call.type !== "CallExpression" || call.arguments[0] !== argument) {
    return false;
  }
  const path = globalPath(model, call.callee);
  return path !== undefined && argumentWriters.has(path);
}

/** True for the call of a method that changes the list, map or set which the expression gives: `list.push(…)`. */
export function isMutatorCall(model: Model, list: Node): boolean {
  return mutators.has(calledMethodOf(model, list)?.method ?? "");
}

/** The names of the members that a file writes, on whatever object. */
export const writtenMembers = perModel((model): ReadonlySet<string> => {
  const names = model
    .nodes("MemberExpression")
    .filter((member) => isWritten(model, member))
    .flatMap((member) => staticName(member) ?? []);
  const given = model.nodes("CallExpression").flatMap((call) => {
    const [target, ...sources] = call.arguments;
    return target !== undefined && writesArgument(model, call, target) ? sources.flatMap(namesGiven) : [];
  });
  return new Set([...names, ...given]);
});

/** The names in an argument of `Object.assign`, `Object.defineProperty` and their like. */
function namesGiven(source: ESTree.Expression | ESTree.SpreadElement): string[] {
  if (source.type === "Literal") {
    return [String(source.value)];
  }
  return source.type === "ObjectExpression"
    ? source.properties.flatMap((property) => (property.type === "Property" ? (staticName(property) ?? []) : []))
    : [];
}
