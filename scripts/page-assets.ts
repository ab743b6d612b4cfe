/** The module that holds the style and the script of the HTML report, so that the package needs no other files for it. */
export function pageAssetsModule(style: string, script: string): string {
  // A page's own end tags must not stand in its script.
  if (/<\/(?:style|script)/iu.test(style + script)) throw new Error("page.css and page.js must not hold an end tag");
  return [
    "// Generated from page.css and page.js by `npm run update`.",
    `export const pageStyle = ${JSON.stringify(style)};`,
    `export const pageScript = ${JSON.stringify(script)};`,
    "",
  ].join("\n");
}
