import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { constantOf, readsOf as namesRead } from "../analysis/code/bindings.ts";
import { mayReadUnset } from "../analysis/code/early-reads.ts";
import { isInList } from "../analysis/code/lists.ts";
import type { Model } from "../analysis/code/model.ts";
import { rangeOf, staticName } from "../analysis/code/tree.ts";
import type { Node } from "../analysis/code/tree.ts";
import { findModuleUses } from "../analysis/modules/uses.ts";
import { isWritten } from "./exports-form.ts";
import type { LocalRequire, SourceModule } from "./modules.ts";

/** A name that a file gives to something that it loads. */
export interface LocalName {
  /** The export; undefined for all of them as one object. */
  readonly imported: string | undefined;
  readonly variable: Variable;
}

/** A place that reads an export off the loaded object: `lib.get`, `require("./lib").get`. */
export interface MemberRead {
  readonly name: string;
  readonly node: ESTree.MemberExpression;
}

/** How a file uses another one. */
export interface LocalUse extends LocalRequire {
  readonly user: SourceModule;
  /** The declaration that does nothing but give names; it is not needed where others stand for these. */
  readonly declaration: Node | undefined;
  readonly names: readonly LocalName[];
  readonly members: readonly MemberRead[];
  /** Whether the loaded object itself goes anywhere: then it is needed as such. */
  readonly needsObject: boolean;
}

/** Looks at what a file does with each file that it loads. */
export function localUsesOf(user: SourceModule): readonly LocalUse[] {
  const { model } = user;
  const known = new Map<Node, ReturnType<typeof findModuleUses>[number]>(
    findModuleUses(model).map((use) => [use.node, use]),
  );
  return user.requires.map((require): LocalUse => {
    const { call } = require;
    const base = { ...require, user, declaration: undefined, names: [], members: [], needsObject: false };
    const use = known.get(call);
    const declaration = use?.declarator && soleDeclaration(model, use.declarator);
    const locals = (use?.names ?? []).flatMap(({ imported, local }) => {
      const variable = nameThere(model, local);
      return variable === undefined ? [] : [{ imported, variable }];
    });
    if (declaration !== undefined && use?.names !== undefined && locals.length === use.names.length) {
      return { ...base, declaration, names: locals };
    }
    const whole = use?.whole === undefined ? undefined : nameThere(model, use.whole);
    if (declaration !== undefined && whole !== undefined) {
      return { ...base, declaration, names: [{ imported: undefined, variable: whole }], ...readsOf(model, whole) };
    }
    const parent = model.parentOf(call);
    if (parent?.type === "ExpressionStatement") {
      return { ...base, declaration: parent };
    }
    const member = parent === null ? undefined : readAt(model, parent, call);
    return member === undefined ? { ...base, needsObject: true } : { ...base, members: [member] };
  });
}

/** The variable of a name that means the same wherever it is read; above its `require` it may mean nothing yet. */
function nameThere(model: Model, local: ESTree.Identifier): Variable | undefined {
  const variable = constantOf(model, local);
  const isEarly = variable !== undefined && namesRead(variable).some((read) => mayReadUnset(model, read));
  return isEarly ? undefined : variable;
}

/** A declaration of nothing else, in a list of statements. */
function soleDeclaration(model: Model, declarator: Node): Node | undefined {
  const declaration = model.parentOf(declarator);
  return declaration?.type === "VariableDeclaration" &&
    declaration.declarations.length === 1 &&
    isInList(model, declaration)
    ? declaration
    : undefined;
}

/** The members that are read off a name; all of it is needed where anything else is done with it. */
function readsOf(model: Model, variable: Variable): Pick<LocalUse, "members" | "needsObject"> {
  const places = variable.references.filter(({ init }) => init !== true).map(({ identifier }) => identifier as Node);
  const members = places.map((place) => {
    const parent = model.parentOf(place);
    return parent === null ? undefined : readAt(model, parent, place);
  });
  const found = members.filter((member) => member !== undefined);
  return found.length === members.length ? { members: found, needsObject: false } : { members: [], needsObject: true };
}

function readAt(model: Model, parent: Node, object: Node): MemberRead | undefined {
  const isRead = parent.type === "MemberExpression" && parent.object === object && !isWritten(model, parent);
  const name = isRead && !isCalledOptionally(parent) ? staticName(parent) : undefined;
  return parent.type === "MemberExpression" && name !== undefined ? { name, node: parent } : undefined;
}

/** `lib?.get` */
function isCalledOptionally(member: ESTree.MemberExpression): boolean {
  return member.optional;
}

/** Whether something is loaded in a place that is always reached, and before anything else of its statement happens. */
export function isLoadedAtOnce(model: Model, { call }: LocalRequire, isPlain: (node: Node) => boolean): boolean {
  let inner: Node = call;
  for (let node = model.parentOf(call); node !== null; inner = node, node = model.parentOf(node)) {
    switch (node.type) {
      case "ExpressionStatement":
      case "VariableDeclaration":
        return model.parentOf(node)?.type === "Program" && partsBefore(node, inner).every(isPlain);
      case "AssignmentExpression":
        // The object whose member is assigned.
        if (node.left !== inner && !isPlain(node.left) && !isExportTarget(model, node.left)) return false;
        break;
      case "VariableDeclarator":
      case "MemberExpression":
      case "CallExpression":
      case "NewExpression":
      case "ObjectExpression":
      case "ArrayExpression":
      case "Property":
      case "SpreadElement":
        if (!partsBefore(node, inner).every(isPlain)) return false;
        break;
      default:
        return false;
    }
  }
  return false;
}

function isExportTarget(model: Model, node: Node): boolean {
  let root = node;
  while (root.type === "MemberExpression" && staticName(root) !== undefined) root = root.object;
  return model.isGlobal(root, "exports") || model.isGlobal(root, "module");
}

/** What is evaluated in front of a part. */
function partsBefore(node: Node, part: Node): Node[] {
  const isBefore = (each: Node | null | undefined): each is Node =>
    each !== null && each !== undefined && rangeOf(each)[1] <= rangeOf(part)[0];
  switch (node.type) {
    case "VariableDeclaration":
      return node.declarations.flatMap(({ init }) => init ?? []).filter(isBefore);
    case "CallExpression":
    case "NewExpression":
      return [node.callee, ...node.arguments].filter(isBefore);
    case "ObjectExpression":
      return node.properties
        .map((property) => (property.type === "SpreadElement" ? property.argument : property.value))
        .filter(isBefore);
    case "ArrayExpression":
      return node.elements.flatMap((element) => element ?? []).filter(isBefore);
    case "Property":
      return node.computed ? [node.key].filter(isBefore) : [];
    default:
      return [];
  }
}
