import type { ts } from "ts-morph";
import { EditList } from "../edits/text/edit-list.ts";
import type { TypedSource } from "./compiler.ts";

/**
 * A type of a file as it is written in another place: on one line, without comments.
 *
 * @param given what stands for names of the type
 * @returns undefined for a text in it that lines part
 */
export function writtenType(
  source: TypedSource,
  type: ts.TypeNode,
  given: ReadonlyMap<string, ts.TypeNode>,
): string | undefined {
  const text = withGiven(source, type, given);
  if (!/[\n\r/]/u.test(text)) return text;
  // What stands between the parts of a template is no token by itself.
  return text.includes("`") ? undefined : onOneLine(source, text);
}

function withGiven(source: TypedSource, type: ts.TypeNode, given: ReadonlyMap<string, ts.TypeNode>): string {
  const { ts, file } = source;
  const edits = new EditList();
  const visit = (node: ts.Node): void => {
    const stand = ts.isTypeReferenceNode(node) ? given.get(node.typeName.getText(file)) : undefined;
    if (stand !== undefined) {
      edits.replace([node.getStart(file), node.end], withGiven(source, stand, new Map()));
      return;
    }
    // What the end of a line parts must be parted by a sign.
    if (ts.isTypeLiteralNode(node)) {
      for (const member of node.members.slice(0, -1)) {
        if (!/[;,]$/u.test(member.getText(file))) edits.insert(member.end, ";");
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(type);
  const [start, end] = [type.getStart(file), type.end];
  edits.remove([0, start]);
  edits.remove([end, file.text.length]);
  return edits.applyTo(file.text).text;
}

/** The tokens of a type, with a blank where there was white space or a comment. */
function onOneLine({ ts }: TypedSource, text: string): string {
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, text);
  let line = "";
  for (let kind = scanner.scan(); kind !== ts.SyntaxKind.EndOfFileToken; kind = scanner.scan()) {
    const isApart = scanner.getTokenFullStart() < scanner.getTokenStart();
    line += isApart ? ` ${scanner.getTokenText()}` : scanner.getTokenText();
  }
  return line;
}
