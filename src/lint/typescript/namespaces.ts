import { listOf, isNode } from "../any-node.ts";
import type { AnyNode } from "../any-node.ts";
import { assignment, filling, identifier, member, statement, variable } from "./build.ts";

/**
 * What a namespace runs as: a function that fills its object. Nothing, when it holds types alone.
 *
 * @param erase makes plain JavaScript of statements
 * @param isDeclared true when something else of the name is there, which the namespace adds to
 */
export function namespaceStatements(
  node: AnyNode,
  erase: (statements: readonly AnyNode[]) => AnyNode[],
  isDeclared: boolean,
): AnyNode[] {
  const [id, ...inner] = namesOf(node["id"]);
  const { body } = node;
  if (id === undefined || !isNode(body)) {
    return [];
  }
  const statements = erase(listOf(body["body"]));
  if (statements.length === 0) {
    return [];
  }
  return filled([id, ...inner], statements, node, isDeclared);
}

/** `A.B.C` is a namespace in a namespace in a namespace. */
function filled(
  names: readonly AnyNode[],
  statements: readonly AnyNode[],
  node: AnyNode,
  isDeclared: boolean,
): AnyNode[] {
  const [id, ...inner] = names;
  if (id === undefined) {
    return [...statements];
  }
  const [next] = inner;
  const body =
    next === undefined
      ? statements.flatMap((each) => exportedInto(id, each))
      : [...filled(inner, statements, node, false), shared(id, next)];
  const filler = filling(id, body, node.range);
  return isDeclared ? [filler] : [variable("var", id, null, id.range), filler];
}

function namesOf(id: unknown): AnyNode[] {
  if (!isNode(id)) {
    return [];
  }
  return id.type === "TSQualifiedName"
    ? [...namesOf(id["left"]), ...namesOf(id["right"])]
    : id.type === "Identifier"
      ? [id]
      : [];
}

/** `export const a = 1;` declares `a`, and gives it to the object. */
function exportedInto(owner: AnyNode, node: AnyNode): AnyNode[] {
  const { declaration } = node;
  if (node.type !== "ExportNamedDeclaration" || !isNode(declaration)) {
    return [node];
  }
  return [declaration, ...declaredNames(declaration).map((name) => shared(owner, name))];
}

function shared(owner: AnyNode, name: AnyNode): AnyNode {
  const mention = (node: AnyNode): AnyNode => identifier(String(node["name"]), name.range);
  return statement(assignment(member(mention(owner), mention(name)), mention(name), name.range));
}

/** The names that a declaration binds. */
function declaredNames(declaration: AnyNode): AnyNode[] {
  return declaration.type === "VariableDeclaration"
    ? listOf(declaration["declarations"]).flatMap(({ id }) => boundNames(id))
    : boundNames(declaration["id"]);
}

function boundNames(pattern: unknown): AnyNode[] {
  if (!isNode(pattern)) {
    return [];
  }
  switch (pattern.type) {
    case "Identifier":
      return [pattern];
    case "ObjectPattern":
      return listOf(pattern["properties"]).flatMap(({ value, argument }) => boundNames(value ?? argument));
    case "ArrayPattern":
      return listOf(pattern["elements"]).flatMap(boundNames);
    case "AssignmentPattern":
      return boundNames(pattern["left"]);
    case "RestElement":
      return boundNames(pattern["argument"]);
    default:
      return [];
  }
}
