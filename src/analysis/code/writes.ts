import type { Model } from "./model.ts";
import type { Node } from "./tree.ts";

/** How code writes a variable or a member: by `=` and its like, `++`, `delete`, or as a target of a pattern or a loop. */
export type Write = "assign" | "update" | "delete" | "pattern";

/** How an identifier or a member expression is written where it stands; undefined where it is not. */
export function writeOf(model: Model, target: Node): Write | undefined {
  const user = model.parentOf(target);
  switch (user?.type) {
    case "ChainExpression":
      return writeOf(model, user);
    case "AssignmentExpression":
      return user.left === target ? "assign" : undefined;
    case "UpdateExpression":
      return "update";
    case "UnaryExpression":
      return user.operator === "delete" ? "delete" : undefined;
    case "ForOfStatement":
    case "ForInStatement":
      return user.left === target ? "pattern" : undefined;
    case "AssignmentPattern":
      return user.left === target ? "pattern" : undefined;
    case "ArrayPattern":
    case "RestElement":
      return "pattern";
    case "Property":
      return user.value === target && model.parentOf(user)?.type === "ObjectPattern" ? "pattern" : undefined;
    default:
      return undefined;
  }
}
