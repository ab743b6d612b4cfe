import { childrenOf, isFunction, isLoop } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";

/** True when something in a piece of code leaves that piece: what leaves a loop or a `switch` in it does not. */
export function mayLeave(node: Node): boolean {
  const leaves = (part: Node, breaks: boolean, continues: boolean): boolean => {
    switch (part.type) {
      case "ReturnStatement":
      case "ThrowStatement":
        return true;
      case "BreakStatement":
        return breaks || Boolean(part.label);
      case "ContinueStatement":
        return continues || Boolean(part.label);
      default: {
        return (
          !isFunction(part) &&
          childrenOf(part).some((child) =>
            leaves(child, breaks && !isLoop(part) && part.type !== "SwitchStatement", continues && !isLoop(part)),
          )
        );
      }
    }
  };
  return leaves(node, true, true);
}

/** The statements of a case without the `break` that ends it. */
export function withoutBreak(statements: readonly Node[]): readonly Node[] {
  const [only] = statements;
  if (statements.length === 1 && only?.type === "BlockStatement") {
    return withoutBreak(only.body);
  }
  const last = statements.at(-1);
  return last?.type === "BreakStatement" && !last.label ? statements.slice(0, -1) : statements;
}
