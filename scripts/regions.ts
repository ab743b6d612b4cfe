/**
 * Puts generated text between the comments `<!-- begin NAME -->` and `<!-- end NAME -->` of a page.
 *
 * @throws Error when the page has no such region: it was deleted or misspelt
 */
export function withRegion(page: string, name: string, content: string): string {
  const [begin, end] = [`<!-- begin ${name} -->`, `<!-- end ${name} -->`];
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to < from) {
    throw new Error(`The page has no region “${name}”.`);
  }
  return `${page.slice(0, from + begin.length)}\n\n${content.trimEnd()}\n\n${page.slice(to)}`;
}
