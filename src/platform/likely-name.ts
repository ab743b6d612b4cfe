/** The name that is meant by one that nobody knows: the nearest, when at most two letters are wrong. */
export function likelyName(name: string, known: readonly string[]): string | undefined {
  const [likely] = known
    .map((candidate) => ({ candidate, distance: distanceOf(candidate.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= 2)
    .toSorted((a, b) => a.distance - b.distance);
  return likely?.candidate;
}

/** How many letters must be added, removed or replaced to get from one word to the other. */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of from.split("").entries()) {
    const next = [index + 1];
    for (const [column, other] of to.split("").entries()) {
      const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
