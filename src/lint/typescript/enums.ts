import type { AnyNode } from "../any-node.ts";
import { copyOf, isNode, listOf, withChildren } from "../any-node.ts";
import { assignment, filling, identifier, literal, member, objectOf, property, statement, variable } from "./build.ts";

/** One member of an enum; without a value it counts on from the one before. */
interface EnumMember {
  readonly node: AnyNode;
  readonly name: string;
  readonly value: AnyNode | undefined;
}

/**
 * What an enum runs as: an object that has the names, and for numbers the way back as well.
 *
 * @param erase makes plain JavaScript of an expression
 * @param isDeclared true when something else of the name is there, which the enum adds to
 */
export function enumStatements(node: AnyNode, erase: (node: AnyNode) => AnyNode, isDeclared: boolean): AnyNode[] {
  const id = node["id"] as AnyNode;
  const members = membersOf(node, erase);
  const values = plainValues(members);
  if (values !== undefined && !isDeclared) {
    const forth = values.map(({ node: at, name, value }) => property(keyOf(at, name), valueOf(at, value), at.range));
    const back = values.flatMap(({ node: at, name, value }) =>
      typeof value === "number" ? [property(literal(value, at.range), literal(name, at.range), at.range)] : [],
    );
    return [variable("var", id, objectOf([...forth, ...back], node.range), node.range)];
  }
  const filled = filling(id, filledMembers(id, members), node.range);
  return isDeclared ? [filled] : [variable("var", id, null, node.range), filled];
}

function membersOf(node: AnyNode, erase: (node: AnyNode) => AnyNode): EnumMember[] {
  const { body } = node;
  return listOf(isNode(body) ? body["members"] : node["members"]).map((each) => {
    const { id, initializer } = each;
    const { name, value } = id as AnyNode;
    return {
      node: each,
      name: String(name ?? value),
      value: isNode(initializer) ? erase(initializer) : undefined,
    };
  });
}

function keyOf({ id }: AnyNode, name: string): AnyNode {
  const { type, range } = id as AnyNode;
  return type === "Identifier" ? identifier(name, range) : literal(name, range);
}

function valueOf({ initializer, range }: AnyNode, value: string | number): AnyNode {
  return literal(value, isNode(initializer) ? initializer.range : range);
}

/** The members with their values, where all of them can be read. */
function plainValues(
  members: readonly EnumMember[],
): { node: AnyNode; name: string; value: string | number }[] | undefined {
  const values: { node: AnyNode; name: string; value: string | number }[] = [];
  let next: number | undefined = 0;
  for (const { node, name, value } of members) {
    const plain: unknown = value === undefined ? next : value["value"];
    if ((value !== undefined && value.type !== "Literal") || (typeof plain !== "string" && typeof plain !== "number")) {
      return undefined;
    }
    values.push({ node, name, value: plain });
    next = typeof plain === "number" ? plain + 1 : undefined;
  }
  return values;
}

/** `Kind[Kind.A = value] = "A";`, with the names of other members as members. */
function filledMembers(id: AnyNode, members: readonly EnumMember[]): AnyNode[] {
  const owner = String(id["name"]);
  const names = new Set(members.map(({ name }) => name));
  return members.map(({ node, name, value }, index) => {
    const { range } = node;
    const own = (): AnyNode => identifier(owner, range);
    const before = members[index - 1];
    const counted =
      before === undefined ? literal(0, range) : oneMore(member(own(), literal(before.name, range), true));
    const given = value === undefined ? counted : asMembers(value, names, owner);
    const filled = assignment(member(own(), literal(name, range), true), given, range);
    return statement(assignment(member(own(), filled, true), literal(name, range), range));
  });
}

function oneMore(left: AnyNode): AnyNode {
  return { type: "BinaryExpression", operator: "+", left, right: literal(1, left.range), range: left.range };
}

/** In an enum the names of its members stand for themselves. */
function asMembers(node: AnyNode, names: ReadonlySet<string>, owner: string): AnyNode {
  const { name, range } = node;
  if (node.type === "Identifier" && typeof name === "string" && names.has(name)) {
    return member(identifier(owner, range), literal(name, range), true);
  }
  if (node.type === "MemberExpression" && node["computed"] !== true) {
    return copyOf(node, { object: asMembers(node["object"] as AnyNode, names, owner) });
  }
  return withChildren(node, (child) => [asMembers(child, names, owner)]);
}
