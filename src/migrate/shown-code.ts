/** How a V1 function begins; in snippets of editors the quotes are those of a text in JSON. */
const legacyCode = /\brequire\(\\?["']lp-faas-toolbelt\\?["']\)|\blambda ?\(\w+, ?callback\)/u;

/** Where a page, or a snippet of an editor, still shows V1 code; undefined where it does not, or shows V2 as well. */
export function findLegacyCode(text: string): number | undefined {
  return text.includes("core-functions-toolbelt") ? undefined : legacyCode.exec(text)?.index;
}
