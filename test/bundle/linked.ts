import type { LocalFiles } from "../../src/analysis/code/local-files.ts";

/**
 * An original with the files that it loads, as one script for the oracle: each file as the function that Node.js makes of
 * it, behind a `require` that runs it once. Nothing of their code is touched; a directive of the original counts no more.
 */
export function linkedOriginal(text: string, local: LocalFiles): string {
  const files = local.files.map(({ path, text: code }) => {
    const body = path.endsWith(".json") ? `module.exports = ${code}` : code;
    // Made of a text, so that no name of the other files can be seen from there.
    const wrapped = `Function("exports", "require", "module", "__filename", "__dirname", ${JSON.stringify(body)})`;
    return `${JSON.stringify(path)}: ${wrapped}`;
  });
  const links = Object.fromEntries([local, ...local.files].map((file) => [file.path, linksOf(file)]));
  return [
    `var $links = ${JSON.stringify(links)}, $package = require, $loaded = {};`,
    `var $files = {${files.join(",\n")}};`,
    "var $from = (from) => (source) => {",
    "  var path = $links[from][source];",
    "  if (path === undefined) return $package(source);",
    "  if ($loaded[path]) return $loaded[path].exports;",
    "  var module = $loaded[path] = { exports: {} };",
    "  $files[path].call(module.exports, module.exports, $from(path), module, path, path);",
    "  return module.exports;",
    "};",
    `require = $from(${JSON.stringify(local.path)});`,
    text,
  ].join("\n");
}

function linksOf({ links }: Pick<LocalFiles, "links">): Record<string, string> {
  return Object.fromEntries(links.flatMap((link) => ("path" in link ? [[link.source, link.path]] : [])));
}
