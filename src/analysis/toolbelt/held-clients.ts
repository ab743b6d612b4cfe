import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { legacyFactories, legacyToolbelt } from "../../platform/toolbelt.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { rangeOf, staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { nameOfKey } from "../code/class-members.ts";
import { holderOf, isOverridden } from "../code/members.ts";
import type { Model } from "../code/model.ts";
import { isWritten } from "../code/writes.ts";
import { toolbeltUseOf } from "./creations.ts";
import type { ClientCreation } from "./creations.ts";

/** A client that a member of an object holds, and nothing but that member. */
export interface HeldClient {
  readonly factory: string;
  /** The expression that creates it; undefined where a constant of the file holds it as well. */
  readonly creation: Node | undefined;
  /** That constant. */
  readonly constant: Variable | undefined;
  /** The name of the member. */
  readonly name: string;
  /** What puts it there: a property, a field of a class, or a statement of its constructor. */
  readonly holder: ESTree.Property | ESTree.PropertyDefinition | ESTree.ExpressionStatement;
  /** The statement in front of which a constant can stand for it. */
  readonly statement: Node;
  /** All members that mean it: `clients.http`, `this.http`. */
  readonly reads: readonly Node[];
}

/** True for clients whose calls have to be followed; the others are what they were, wherever they are. */
function isFollowed(factory: string): boolean {
  const migration = legacyFactories.get(factory)?.migration;
  return migration !== undefined && migration !== "same";
}

/** The client that an expression creates or names, where its calls have to be followed. */
export function clientOfValue(model: Model, value: Node): ClientCreation | undefined {
  const clients = toolbeltUseOf(model).clients.filter(({ source }) => source === legacyToolbelt);
  const variable = value.type === "Identifier" ? model.variableOf(value) : undefined;
  const found = clients.find((client) =>
    variable === undefined ? client.call === value : client.variable === variable && isConstant(variable),
  );
  return found !== undefined && isFollowed(found.factory) ? found : undefined;
}

function clientIn(model: Model, value: Node): Pick<HeldClient, "factory" | "creation" | "constant"> | undefined {
  const found = clientOfValue(model, value);
  const isName = value.type === "Identifier";
  return (
    found && {
      factory: found.factory,
      creation: isName ? undefined : value,
      constant: isName ? found.variable : undefined,
    }
  );
}

/** The members of a constant object, when it is used by nothing but its members. */
function membersRead(model: Model, variable: Variable): readonly ESTree.MemberExpression[] | undefined {
  return membersAt(model, readsOf(variable));
}

function membersAt(model: Model, objects: readonly Node[]): readonly ESTree.MemberExpression[] | undefined {
  const members = objects.map((read) => {
    const member = model.parentOf(read);
    const isMember = member?.type === "MemberExpression" && member.object === read && !member.optional;
    return isMember && staticName(member) !== undefined && !isWritten(model, member) ? member : undefined;
  });
  return members.includes(undefined) ? undefined : members.flatMap((member) => member ?? []);
}

function joined<T>(first: readonly T[] | undefined, second: readonly T[] | undefined): readonly T[] | undefined {
  return first === undefined || second === undefined ? undefined : [...first, ...second];
}

/** `this.http` in the methods of the object itself; undefined where one of them does anything else with `this`. */
function ownMembers(model: Model, literal: ESTree.ObjectExpression): readonly ESTree.MemberExpression[] | undefined {
  const selves = model.nodes("ThisExpression").filter((self) => holderOf(model, self)?.node === literal);
  return membersAt(model, selves);
}

function inObject(model: Model, literal: ESTree.ObjectExpression): HeldClient[] {
  const declarator = model.parentOf(literal);
  const statement = declarator === null ? null : model.parentOf(declarator);
  const name = declarator?.type === "VariableDeclarator" ? declarator.id : undefined;
  const variable = name?.type === "Identifier" ? model.variableOf(name) : undefined;
  if (statement?.type !== "VariableDeclaration" || variable === undefined || !isConstant(variable)) {
    return [];
  }
  const members = joined(membersRead(model, variable), ownMembers(model, literal));
  const names = literal.properties.map((property) => (property.type === "Property" ? staticName(property) : undefined));
  if (members === undefined || names.includes(undefined) || new Set(names).size < names.length) {
    return [];
  }
  return literal.properties.flatMap((property): HeldClient[] => {
    const held = property.type === "Property" && !property.computed ? clientIn(model, property.value) : undefined;
    const key = property.type === "Property" ? staticName(property) : undefined;
    return held !== undefined && property.type === "Property" && key !== undefined
      ? [{ ...held, name: key, holder: property, statement, reads: members.filter((m) => staticName(m) === key) }]
      : [];
  });
}

/** `this.http` in the class itself; undefined where the file has such a member elsewhere, or gives it twice. */
function ownReads(model: Model, owner: ESTree.Class, name: string, write: Node | undefined): Node[] | undefined {
  const members = model.nodes("MemberExpression").filter((member) => staticName(member) === name && member !== write);
  const isOwn = members.every(
    (member) =>
      member.object.type === "ThisExpression" &&
      !member.optional &&
      isInstance(model, member.object, owner) &&
      !isWritten(model, member),
  );
  // `const { http } = this`, `this[name]`
  const isReadWhole = [...thisOf(owner)].some((self) => {
    const parent = model.parentOf(self);
    return parent?.type !== "MemberExpression" || parent.object !== self || staticName(parent) === undefined;
  });
  return isOwn && !isReadWhole && !isOverridden(model, owner, "instance", name) ? members : undefined;
}

function isInstance(model: Model, self: Node, owner: ESTree.Class): boolean {
  const holder = holderOf(model, self);
  return holder?.kind === "instance" && holder.node === owner;
}

function thisOf(owner: ESTree.Class): Set<Node> {
  const found = new Set<Node>();
  walk(owner.body, (node) => {
    if (node.type === "ThisExpression") {
      found.add(node);
    }
    return true;
  });
  return found;
}

/** What a class gives each of its objects. */
interface Field {
  readonly holder: HeldClient["holder"];
  readonly name: string;
  readonly value: Node;
}

/** What gives each object of a class a client: fields, and statements of the constructor. */
function clientFields(owner: ESTree.Class): Field[] {
  return owner.body.body.flatMap((member): Field[] => {
    if (member.type === "PropertyDefinition") {
      const name = member.static ? undefined : nameOfKey(member);
      return name !== undefined && member.value ? [{ holder: member, name, value: member.value }] : [];
    }
    if (member.type !== "MethodDefinition" || member.kind !== "constructor") {
      return [];
    }
    return member.value.body.body.flatMap((statement): Field[] => {
      const assignment = statement.type === "ExpressionStatement" ? statement.expression : undefined;
      const isOwn =
        assignment?.type === "AssignmentExpression" &&
        assignment.operator === "=" &&
        assignment.left.type === "MemberExpression" &&
        assignment.left.object.type === "ThisExpression";
      const name = isOwn && assignment.left.type === "MemberExpression" ? staticName(assignment.left) : undefined;
      return isOwn && name !== undefined && statement.type === "ExpressionStatement"
        ? [{ holder: statement, name, value: assignment.right }]
        : [];
    });
  });
}

function inClass(model: Model, owner: ESTree.Class): HeldClient[] {
  if (owner.type !== "ClassDeclaration") {
    return [];
  }
  return clientFields(owner).flatMap(({ holder, name, value }): HeldClient[] => {
    const held = clientIn(model, value);
    const isPlain = held?.creation?.type !== "CallExpression" || held.creation.arguments.length === 0;
    const assigned = holder.type === "ExpressionStatement" ? holder.expression : undefined;
    const write = assigned?.type === "AssignmentExpression" ? assigned.left : undefined;
    const reads = held === undefined || !isPlain ? undefined : ownReads(model, owner, name, write);
    return held !== undefined && reads !== undefined ? [{ ...held, name, holder, statement: owner, reads }] : [];
  });
}

/** Finds the clients of the V1 toolbelt that are held by members of constant objects and of a class's own objects. */
export function findHeldClients(model: Model): HeldClient[] {
  return [
    ...model.nodes("ObjectExpression").flatMap((literal) => inObject(model, literal)),
    ...model.nodes("ClassDeclaration").flatMap((owner) => inClass(model, owner)),
  ].toSorted((a, b) => rangeOf(a.holder)[0] - rangeOf(b.holder)[0]);
}
