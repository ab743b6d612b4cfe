import type * as ESTree from "estree";
import { isInList } from "../../analysis/code/lists.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { EditList } from "./edit-list.ts";
import { removeItems } from "./list-items.ts";
import { removeLines } from "./remove-statements.ts";

/** The list that a declared name is a part of. */
type Holder = ESTree.VariableDeclaration | ESTree.ObjectPattern | ESTree.ImportDeclaration;

function holderOf(model: Model, item: Node): Holder | undefined {
  const parent = model.parentOf(item);
  const isHolder =
    parent?.type === "VariableDeclaration" || parent?.type === "ObjectPattern" || parent?.type === "ImportDeclaration";
  return isHolder ? parent : undefined;
}

function itemsOf(holder: Holder): readonly Node[] {
  switch (holder.type) {
    case "VariableDeclaration":
      return holder.declarations;
    case "ObjectPattern":
      return holder.properties;
    case "ImportDeclaration":
      return holder.specifiers;
  }
}

/**
 * Takes names out of what declares them: parts of patterns, declarators, parts of imports. Where nothing of a list stays,
 * what holds the list goes too, up to the whole statement.
 *
 * @param items what goes; statements that go anyway may be among them
 * @param wholeRange the range of a statement that goes, with the comments that go along
 */
export function removeDeclared(
  model: Model,
  edits: EditList,
  items: readonly Node[],
  wholeRange: (statement: Node) => Range,
): void {
  const removed = new Set<Node>(items);
  // A set gives what is added to it while it is walked.
  for (const item of removed) {
    const holder = holderOf(model, item);
    if (holder !== undefined && itemsOf(holder).every((other) => removed.has(other))) {
      const above = model.parentOf(holder);
      removed.add(holder.type === "ObjectPattern" && above?.type === "VariableDeclarator" ? above : holder);
    }
  }
  const isGoneWhole = (node: Node): boolean => removed.has(node);
  const statements: Node[] = [];
  const holders = new Set<Holder>();
  for (const item of removed) {
    const holder = holderOf(model, item);
    if (holder === undefined) {
      statements.push(item);
    } else if (!isCovered(model, holder, isGoneWhole)) {
      holders.add(holder);
    }
  }
  for (const holder of holders) {
    removeFrom(model, edits, holder, isGoneWhole);
  }
  removeLines(model, edits, statements.filter((statement) => isInList(model, statement)).map(wholeRange));
  for (const statement of statements.filter((each) => !isInList(model, each))) {
    edits.replaceWhole(rangeOf(statement), "{}");
  }
}

/** True when the list goes with what is around it. */
function isCovered(model: Model, holder: Holder, isGone: (node: Node) => boolean): boolean {
  const above = model.parentOf(holder);
  return isGone(holder) || (above !== null && isGone(above));
}

function removeFrom(model: Model, edits: EditList, holder: Holder, isGone: (node: Node) => boolean): void {
  const items = itemsOf(holder);
  const braced = items.filter(({ type }) => type !== "ImportDefaultSpecifier");
  // `import Toolbelt, { name }` is no plain list; a name too many in it does no harm.
  if (braced.length === items.length || items.length === 1) {
    const indexes = items.flatMap((item, index) => (isGone(item) ? [index] : []));
    removeItems(model, edits, items.map(rangeOf), new Set(indexes));
  }
}
