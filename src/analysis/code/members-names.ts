import type * as ESTree from "estree";
import { constantOf } from "./bindings.ts";
import { memberOf } from "./members.ts";
import type { Model } from "./model.ts";
import { staticName } from "./tree.ts";
import type { Node } from "./tree.ts";

/**
 * The name of the member that a member expression or a property of a pattern means, also where a constant holds it;
 * undefined when it is made up at run time.
 */
export function memberNameOf(
  model: Model,
  node: ESTree.MemberExpression | ESTree.Property | ESTree.AssignmentProperty,
): string | undefined {
  const key = node.type === "MemberExpression" ? node.property : node.key;
  return staticName(node) ?? (node.computed ? constantText(model, key) : undefined);
}

/** The text that an expression surely gives: written out, held by a constant, or by a member of a constant object. */
export function constantText(model: Model, node: Node, seen: ReadonlySet<Node> = new Set()): string | undefined {
  if (seen.has(node)) {
    return undefined;
  }
  const follow = (value: Node | null | undefined): string | undefined =>
    value ? constantText(model, value, new Set([...seen, node])) : undefined;
  switch (node.type) {
    case "Literal":
      return typeof node.value === "string" ? node.value : undefined;
    case "TemplateLiteral":
      return node.expressions.length === 0 ? (node.quasis[0]?.value.cooked ?? undefined) : undefined;
    case "MemberExpression":
      return follow(memberOf(model, node));
    case "Identifier": {
      const definition = constantOf(model, node)?.defs[0];
      if (definition?.type !== "Variable") {
        return undefined;
      }
      const { id, init } = definition.node;
      return follow(id.type === "Identifier" ? init : memberOf(model, definition.name));
    }
    default:
      return undefined;
  }
}
