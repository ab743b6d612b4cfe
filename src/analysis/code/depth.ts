/**
 * How deep code may be nested. Whatever walks a tree needs stack for each level; near its end even a regular expression
 * can end the process, so nothing is tried that could come near it. People write no more than some thirty levels;
 * what is far above, such as hundreds of operators in a row, was generated.
 */
export const MAX_DEPTH = 500;

/** A node of the tree that lies below {@link MAX_DEPTH}; undefined when there is none. Needs no stack for the levels. */
export function nodeTooDeep<T>(root: T, children: (node: T) => readonly T[]): T | undefined {
  let level: readonly T[] = [root];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    const below: T[] = [];
    for (const node of level) {
      for (const child of children(node)) below.push(child);
    }
    level = below;
  }
  return level[0];
}
