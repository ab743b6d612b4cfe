import type * as ESTree from "estree";
import { argumentReaders, argumentReturners, functionMethods } from "./builtins.ts";
import { constantOf, isConstant, readsOf } from "./bindings.ts";
import { declaredMember, mayDeclare } from "./class-members.ts";
import type { ClassItem, MemberPlace } from "./class-members.ts";
import type { Model } from "./model.ts";
import { globalPath, packageOf } from "./names.ts";
import { perModel } from "./per-model.ts";
import { isFunction, staticName } from "./tree.ts";
import type { Node } from "./tree.ts";
import { isWritten, writesArgument, writtenMembers } from "./writes.ts";

/** What holds members that the file writes out: an object literal, or a class with what is on it or on its instances. */
export type Holder =
  | { readonly kind: "literal"; readonly node: ESTree.ObjectExpression }
  | { readonly kind: MemberPlace; readonly node: ESTree.Class };

/**
 * The expression that a member surely is, a member expression or a name that a pattern takes out of an object: a
 * property of a constant object literal, a method or a field of a class. Undefined where something else may be there:
 * the object changes or goes where it can't be followed, a subclass overrides it, a spread may hide it.
 */
export function memberOf(model: Model, node: Node): Node | undefined {
  const { object, name } = partsOf(model, node) ?? {};
  const holder = object === undefined ? undefined : holderOf(model, object);
  return name === undefined || holder === undefined || writtenMembers(model).has(name)
    ? undefined
    : memberIn(model, holder, name);
}

interface Parts {
  readonly object: Node;
  readonly name: string | undefined;
}

function partsOf(model: Model, node: Node): Parts | undefined {
  if (node.type === "MemberExpression") {
    return { object: node.object, name: staticName(node) };
  }
  const property = model.parentOf(node);
  const pattern = property === null ? null : model.parentOf(property);
  const declarator = pattern === null ? null : model.parentOf(pattern);
  return property?.type === "Property" && declarator?.type === "VariableDeclarator" && declarator.init
    ? { object: declarator.init, name: staticName(property) }
    : undefined;
}

/** The literal or class whose members an expression has; undefined where that can't be known, or changes. */
export function holderOf(model: Model, node: Node): Holder | undefined {
  const known = holders(model);
  if (!known.has(node)) {
    // A cyclic definition has no members.
    known.set(node, undefined);
    known.set(node, findHolder(model, node));
  }
  return known.get(node);
}

const holders = perModel(() => new Map<Node, Holder | undefined>());

function findHolder(model: Model, node: Node): Holder | undefined {
  switch (node.type) {
    case "ObjectExpression":
      return { kind: "literal", node };
    case "ClassExpression":
      return { kind: "static", node };
    case "NewExpression": {
      const made = classOf(model, node.callee);
      return made === undefined ? undefined : { kind: "instance", node: made };
    }
    case "ChainExpression":
      return holderOf(model, node.expression);
    case "CallExpression": {
      const [first] = node.arguments;
      const isReturned = argumentReturners.has(globalPath(model, node.callee) ?? "");
      return isReturned && first !== undefined && !writesArgument(model, node, first)
        ? holderOf(model, first)
        : undefined;
    }
    case "MemberExpression":
      return holderOfValue(model, node, memberOf(model, node));
    case "ThisExpression":
      return holderOfThis(model, node);
    case "Identifier":
      return holderOfName(model, node);
    default:
      return undefined;
  }
}

function holderOfName(model: Model, name: ESTree.Identifier): Holder | undefined {
  const definition = constantOf(model, name)?.defs[0];
  if (definition?.type === "ClassName") {
    return { kind: "static", node: definition.node };
  }
  if (definition?.type !== "Variable" || !definition.node.init) {
    return undefined;
  }
  const { id, init } = definition.node;
  return holderOfValue(model, name, id.type === "Identifier" ? init : memberOf(model, definition.name));
}

/** The members of an instance or a class stay; those of a literal do when every use of its names reads it. */
function holderOfValue(model: Model, name: Node, value: Node | undefined): Holder | undefined {
  const holder = value === undefined ? undefined : holderOf(model, value);
  const isSteady = (): boolean => placesOf(model, name)?.every((place) => isSteadyRead(model, place)) === true;
  return holder?.kind !== "literal" || isSteady() ? holder : undefined;
}

/** The places where a literal is read by its name; undefined where it has none, or may change by way of them. */
export function steadyPlaces(model: Model, literal: Node): readonly Node[] | undefined {
  const parent = model.parentOf(literal);
  if (parent?.type === "CallExpression" && argumentReturners.has(globalPath(model, parent.callee) ?? "")) {
    return steadyPlaces(model, parent);
  }
  const name = parent?.type === "VariableDeclarator" && parent.init === literal ? parent.id : undefined;
  const variable = name?.type === "Identifier" ? constantOf(model, name) : undefined;
  const places = variable && readsOf(variable);
  return places?.every((place) => isSteadyRead(model, place)) === true ? places : undefined;
}

/** The places that mean the same as a name or a member of one; undefined when some of them can't be found. */
function placesOf(model: Model, node: Node): Node[] | undefined {
  if (node.type === "Identifier") {
    const variable = model.variableOf(node);
    return variable === undefined ? undefined : readsOf(variable);
  }
  const name = node.type === "MemberExpression" ? staticName(node) : undefined;
  const places = node.type === "MemberExpression" ? placesOf(model, node.object) : undefined;
  if (name === undefined || places?.some((place) => model.parentOf(place)?.type === "VariableDeclarator") === true) {
    return undefined;
  }
  return places?.flatMap((place) => {
    const member = model.parentOf(place);
    return member?.type === "MemberExpression" && [name, undefined].includes(staticName(member)) ? [member] : [];
  });
}

function isSteadyRead(model: Model, read: Node): boolean {
  const parent = model.parentOf(read);
  switch (parent?.type) {
    case "MemberExpression":
      // A write by a static name is known by that name.
      return parent.object === read && !(staticName(parent) === undefined && isWritten(model, parent));
    case "VariableDeclarator":
      return parent.id.type === "ObjectPattern" || isSteadyAlias(model, parent.id);
    case "CallExpression": {
      const path = globalPath(model, parent.callee) ?? "";
      const isReader = argumentReaders.has(path) || path.startsWith("console.");
      return parent.callee !== read && (isReader || isOwnThis(model, parent, read));
    }
    case "SpreadElement":
    case "BinaryExpression":
    case "ExpressionStatement":
    case "UnaryExpression":
      return true;
    case "ForInStatement":
      return parent.right === read;
    default:
      return false;
  }
}

/** `api.run.bind(api)`: the object is what `this` means in its methods anyway. */
function isOwnThis(model: Model, { callee, arguments: [self] }: ESTree.CallExpression, read: Node): boolean {
  const method = callee.type === "MemberExpression" ? callee.object : undefined;
  const owner = method?.type === "MemberExpression" ? method.object : undefined;
  const isThisFirst = callee.type === "MemberExpression" && functionMethods.has(staticName(callee) ?? "");
  return isThisFirst && self === read && owner !== undefined && model.variableOf(owner) === model.variableOf(read);
}

function isSteadyAlias(model: Model, name: Node): boolean {
  const variable = model.variableOf(name);
  return variable !== undefined && isConstant(variable) && readsOf(variable).every((read) => isSteadyRead(model, read));
}

/** The class that an expression gives. */
export function classOf(model: Model, node: Node): ESTree.Class | undefined {
  const holder = node.type === "ThisExpression" ? undefined : holderOf(model, node);
  return holder?.kind === "static" ? holder.node : undefined;
}

/** The places where instances of a class are made by its own name, or another one of it. */
export function newsOf(model: Model, owner: Node | null): readonly ESTree.NewExpression[] {
  return model.nodes("NewExpression").filter(({ callee }) => classOf(model, callee) === owner);
}

/** What `this` means: the object of the literal, or the class, in whose method it stands. */
function holderOfThis(model: Model, node: Node): Holder | undefined {
  let inner = node;
  for (let above = model.parentOf(node); above !== null; above = model.parentOf(above)) {
    const body = model.parentOf(above);
    const item = classItem(above);
    if (item !== undefined && (item.type === "StaticBlock" || item.value === inner)) {
      const isStatic = item.type === "StaticBlock" || item.static;
      const owner = body === null ? null : model.parentOf(body);
      const isClass = owner?.type === "ClassDeclaration" || owner?.type === "ClassExpression";
      return isClass ? { kind: isStatic ? "static" : "instance", node: owner } : undefined;
    }
    if (isFunction(above) && above.type !== "ArrowFunctionExpression") {
      if (body?.type === "Property" && body.value === above) {
        const literal = model.parentOf(body);
        return literal?.type === "ObjectExpression" ? { kind: "literal", node: literal } : undefined;
      }
      if (body?.type !== "MethodDefinition") {
        return undefined;
      }
    }
    inner = above;
  }
  return undefined;
}

function classItem(node: Node): ClassItem | undefined {
  const isItem = node.type === "MethodDefinition" || node.type === "PropertyDefinition" || node.type === "StaticBlock";
  return isItem ? node : undefined;
}

/** The member of a literal or a class; undefined when there is none of that name, or an accessor. */
export function memberIn(model: Model, holder: Holder, name: string): Node | undefined {
  const { kind, node } = holder;
  if (kind === "literal") {
    return propertyIn(node, name);
  }
  return isOverridden(model, node, kind, name) ? undefined : declaredMember(lineageOf(model, node), kind, name);
}

function propertyIn({ properties }: ESTree.ObjectExpression, name: string): Node | undefined {
  const index = properties.findLastIndex((item) => item.type === "Property" && staticName(item) === name);
  const property = properties[index];
  const isHidden = properties
    .slice(index + 1)
    .some((item) => item.type !== "Property" || staticName(item) === undefined);
  return property?.type === "Property" && property.kind === "init" && !isHidden ? property.value : undefined;
}

/** The class and all that it extends, as far as they are in the file; the class first. */
export function lineageOf(model: Model, node: ESTree.Class): readonly ESTree.Class[] {
  const lineage = new Set<ESTree.Class>();
  for (let at: ESTree.Class | undefined = node; at !== undefined && !lineage.has(at); at = baseOf(model, at)) {
    lineage.add(at);
  }
  return [...lineage];
}

function baseOf(model: Model, { superClass }: ESTree.Class): ESTree.Class | undefined {
  return superClass ? classOf(model, superClass) : undefined;
}

/** True when a class that extends this one may have a member of that name of its own. */
export function isOverridden(model: Model, node: ESTree.Class, place: MemberPlace, name: string): boolean {
  if (name.startsWith("#")) {
    return false;
  }
  const { known, open } = subclassesOf(model);
  return [...(known.get(node) ?? []), ...open].some((inner) => inner !== node && mayDeclare(inner, place, name));
}

/** The classes of the file by those that they extend, and those that may extend any: `class extends Base` of a parameter. */
const subclassesOf = perModel((model) => {
  const known = new Map<ESTree.Class, ESTree.Class[]>();
  const open: ESTree.Class[] = [];
  for (const node of [...model.nodes("ClassDeclaration"), ...model.nodes("ClassExpression")]) {
    const lineage = lineageOf(model, node);
    for (const base of lineage.slice(1)) {
      known.set(base, [...(known.get(base) ?? []), node]);
    }
    const top = lineage.at(-1)?.superClass;
    if (top && globalPath(model, top) === undefined && packageOf(model, top) === undefined) {
      open.push(node);
    }
  }
  return { known, open };
});
