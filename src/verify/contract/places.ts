import type * as ESTree from "estree";
import { childrenOf, rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { EditList } from "../../edits/text/edit-list.ts";
import type { Place } from "../../migrate/result.ts";
import { COUNT } from "./branches.ts";

/** Counts, under the number of each place, whenever the statement or the arrow function around it is come to. */
export function countPlaces(program: ESTree.Program, edits: EditList, text: string, places: readonly Place[]): void {
  for (const [index, place] of places.entries()) {
    const around = innermost(program, offsetOf(text, place));
    if (around === undefined) continue;
    const [start, end] = rangeOf(around.node);
    const count = `${COUNT}(${String(index)})`;
    if (around.isStatement) {
      edits.insert(start, `${count};`);
    } else {
      edits.insert(start, `(${count}, `);
      edits.insert(end, ")");
    }
  }
}

function offsetOf(text: string, { line, column }: Place): number {
  const breaks = [...text.matchAll(/\r\n|[\n\r\u2028\u2029]/gu)].map((found) => found.index + found[0].length);
  return (line === 1 ? 0 : (breaks[line - 2] ?? text.length)) + column - 1;
}

interface Around {
  readonly node: Node;
  readonly isStatement: boolean;
}

/** The innermost part around an offset in front of which something else can be done. */
function innermost(node: Node, offset: number): Around | undefined {
  const inner = childrenOf(node).find((child) => isIn(rangeOf(child), offset));
  if (inner === undefined) return undefined;
  const found = innermost(inner, offset);
  if (found !== undefined) return found;
  if (statementsOf(node).includes(inner)) return { node: inner, isStatement: true };
  const isBody = node.type === "ArrowFunctionExpression" && node.expression && node.body === inner;
  return isBody ? { node: inner, isStatement: false } : undefined;
}

function isIn([start, end]: Range, offset: number): boolean {
  return start <= offset && offset < end;
}

function statementsOf(node: Node): readonly Node[] {
  switch (node.type) {
    case "Program":
    case "BlockStatement":
    case "StaticBlock":
      return node.body;
    case "SwitchCase":
      return node.consequent;
    default:
      return [];
  }
}
