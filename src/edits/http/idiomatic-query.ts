import type { Node } from "../../analysis/code/tree.ts";

/** The text of a URL with a query behind it; both are given as source text. */
export function withSearchParams(url: Node, text: string, values: string): string {
  const query = `?\${new URLSearchParams(${values})}`;
  if (url.type === "TemplateLiteral") {
    return `${text.slice(0, -1)}${query}\``;
  }
  if (url.type === "Literal") {
    return `\`${String(url.value).replaceAll(/[`\\]|\$(?=\{)/gu, "\\$&")}${query}\``;
  }
  return `\`\${${text}}${query}\``;
}
