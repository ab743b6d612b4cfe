/** The languages that examples are written in. */
type Language = "js" | "json";

const codeBlocks: Readonly<Record<Language, RegExp>> = {
  js: /^```js\n(?<code>.*?)^```$/gmsu,
  json: /^```json\n(?<code>.*?)^```$/gmsu,
};

/** An example in a page: a V1 function, and what the page says becomes of it. */
export interface Example {
  readonly before: string;
  readonly after: string;
}

/**
 * The examples of a page: the JavaScript blocks of one section, in pairs of before and after.
 *
 * @param heading the heading of the section, with its hashes
 * @throws Error when the page has no such section, or a block in it has no partner
 */
export function examplesOf(page: string, heading: string): Example[] {
  const blocks = [...sectionOf(page, heading).matchAll(codeBlocks.js)].map(({ groups }) => groups?.["code"] ?? "");
  if (blocks.length === 0 || blocks.length % 2 === 1) {
    throw new Error(`The section “${heading}” needs JavaScript blocks in pairs of before and after.`);
  }
  return blocks.flatMap((before, index) => (index % 2 === 0 ? [{ before, after: blocks[index + 1] ?? "" }] : []));
}

/** Writes what `run` makes of the first block of each pair into the second. */
export function withExamples(
  page: string,
  heading: string,
  run: (before: string) => string,
  language: Language = "js",
): string {
  const section = sectionOf(page, heading);
  let index = 0;
  let after = "";
  const renewed = section.replaceAll(codeBlocks[language], (block, code: string) => {
    index += 1;
    if (index % 2 === 0) {
      return `\`\`\`${language}\n${after}\`\`\``;
    }
    after = run(code);
    return block;
  });
  return page.replace(section, () => renewed);
}

/** The text from one heading to the next of its rank or above. */
function sectionOf(page: string, heading: string): string {
  const start = page.indexOf(`\n${heading}\n`);
  if (start === -1) {
    throw new Error(`The page has no section “${heading}”.`);
  }
  const rank = heading.indexOf(" ");
  const rest = page.slice(start + heading.length + 2);
  const end = rest.search(new RegExp(`^#{1,${String(rank)}} `, "mu"));
  return page.slice(start, end === -1 ? undefined : start + heading.length + 2 + end);
}
