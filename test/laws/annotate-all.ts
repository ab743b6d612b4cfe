import { parseSource } from "../../src/analysis/code/parse.ts";
import { createModel } from "../../src/analysis/code/model.ts";
import { rangeOf } from "../../src/analysis/code/tree.ts";
import type { Node } from "../../src/analysis/code/tree.ts";
import { EditList } from "../../src/edits/text/edit-list.ts";

/** What a cast behind it leaves what it is. */
const CASTABLE = new Set([
  "Identifier",
  "CallExpression",
  "MemberExpression",
  "ObjectExpression",
  "Literal",
  "TemplateLiteral",
]);

/** Writes types into a JavaScript text, wherever they can stand: what it does stays the same. */
export function annotateAll(text: string): string {
  const model = createModel(parseSource(text));
  const edits = new EditList();
  const annotate = (pattern: Node): void => {
    const target = pattern.type === "AssignmentPattern" ? pattern.left : pattern;
    edits.insert(rangeOf(target)[1], target.type === "RestElement" ? ": any[]" : ": any");
  };
  for (const type of ["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"] as const) {
    for (const { params } of model.nodes(type)) {
      const last = params.at(-1);
      const isBare =
        last !== undefined && type === "ArrowFunctionExpression" && /^\s*=>/u.test(text.slice(rangeOf(last)[1]));
      if (!isBare) params.forEach(annotate);
    }
  }
  for (const declarator of model.nodes("VariableDeclarator")) {
    const parent = model.parentOf(declarator);
    const owner = parent === null ? null : model.parentOf(parent);
    if (owner?.type !== "ForOfStatement" && owner?.type !== "ForInStatement") annotate(declarator.id);
  }
  for (const { object, optional } of model.nodes("MemberExpression")) {
    if (!optional && object.type === "CallExpression" && !object.optional) edits.insert(rangeOf(object)[1], "!");
  }
  for (const { arguments: given } of model.nodes("CallExpression")) {
    for (const argument of given) if (CASTABLE.has(argument.type)) edits.insert(rangeOf(argument)[1], " as any");
  }
  return edits.applyTo(text).text;
}
