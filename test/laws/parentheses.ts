import type * as ESTree from "estree";
import { childrenOf, rangeOf } from "../../src/analysis/code/tree.ts";
import type { Node } from "../../src/analysis/code/tree.ts";
import { parseEither } from "./programs.ts";

/** A source with parentheses around every expression that may have them; each statement must end with a semicolon. */
export function parenthesised(source: string): string {
  const marks: [offset: number, order: number, text: string][] = [];
  const visit = (node: Node, around: readonly Node[], isInChain: boolean): void => {
    const [start, end] = rangeOf(node);
    if (!isInChain && isWrappable(node, around)) {
      // Of expressions that begin or end at one place the outer one has the outer parenthesis.
      marks.push([start, -end, "("], [end, -start, ")"]);
    }
    for (const child of childrenOf(node)) {
      visit(child, [node, ...around], isLinkOf(child, node) && (isInChain || node.type === "ChainExpression"));
    }
  };
  visit(parseEither(source, { ecmaVersion: 2024, ranges: true }), [], false);
  marks.sort(([a, one], [b, other]) => a - b || one - other);
  let text = "";
  let position = 0;
  for (const [offset, , mark] of marks) {
    text += source.slice(position, offset) + mark;
    position = offset;
  }
  return text + source.slice(position);
}

/** `a` and `a.b` of `a?.b.c`: what is in parentheses ends the chain. */
function isLinkOf(node: Node, parent: Node): boolean {
  return (
    parent.type === "ChainExpression" ||
    (parent.type === "MemberExpression" && parent.object === node) ||
    (parent.type === "CallExpression" && parent.callee === node)
  );
}

const PATTERNS = new Set(["ArrayPattern", "ObjectPattern", "AssignmentPattern", "RestElement"]);

/**
 * Whether a node is an expression in a place where parentheses change nothing.
 *
 * @param around the nodes that it stands in, the innermost first
 */
function isWrappable(node: Node, [parent, outer]: readonly Node[]): boolean {
  if (parent === undefined || !/(?:Expression|Literal|^Identifier)$/u.test(node.type)) return false;
  switch (parent.type) {
    case "AssignmentPattern":
      return parent.right === node;
    case "AssignmentExpression":
    case "VariableDeclarator":
    case "ForInStatement":
    case "ForOfStatement":
      return ("right" in parent ? parent.right : parent.init) === node;
    case "Property":
      return parent.key === node ? parent.computed : outer?.type === "ObjectExpression" && isPlain(parent);
    case "PropertyDefinition":
    case "MethodDefinition":
      return parent.key === node ? parent.computed : parent.type === "PropertyDefinition";
    case "MemberExpression":
      return parent.object === node || parent.computed;
    case "ExpressionStatement":
      return !("directive" in parent);
    case "TaggedTemplateExpression":
      return parent.quasi !== node;
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ClassDeclaration":
    case "ClassExpression":
      return "superClass" in parent && parent.superClass === node;
    case "ArrowFunctionExpression":
      return parent.body === node;
    default:
      return !NAMING.has(parent.type) && !PATTERNS.has(parent.type);
  }
}

/** Nodes whose children are names, strings or declarations, and no expressions. */
const NAMING = new Set([
  ...["LabeledStatement", "BreakStatement", "ContinueStatement", "MetaProperty", "CatchClause", "UpdateExpression"],
  ...["ImportDeclaration", "ImportSpecifier", "ImportDefaultSpecifier", "ImportNamespaceSpecifier", "ImportAttribute"],
  ...["ExportSpecifier", "ExportNamedDeclaration", "ExportAllDeclaration", "ExportDefaultDeclaration"],
]);

function isPlain({ kind, method, shorthand }: ESTree.Property): boolean {
  return kind === "init" && !method && !shorthand;
}
