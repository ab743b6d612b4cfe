import type { Variable } from "eslint-scope";
import type { Model } from "../analysis/code/model.ts";
import { isFunction, staticName } from "../analysis/code/tree.ts";
import type { Node } from "../analysis/code/tree.ts";

/** The `name` that a function or a class has only because of what it is called. */
export interface ShownName {
  readonly name: string;
  readonly isClass: boolean;
}

/** What a value shows that gets a name where it stands, if it has none of its own. */
export function shownName(value: Node | null | undefined, name: string): ShownName | undefined {
  if (value?.type === "ClassExpression") return value.id ? undefined : { name, isClass: true };
  const isNameless = value && isFunction(value) && (value.type === "ArrowFunctionExpression" || !value.id);
  return isNameless ? { name, isClass: false } : undefined;
}

/** The same of what a variable holds. A class that is declared keeps its name, whatever its variable is called. */
export function shownByVariable({ name, defs, references }: Variable): ShownName | undefined {
  if (defs.some(({ type }) => type === "FunctionName")) return { name, isClass: false };
  const written = references.flatMap(({ writeExpr }) => (writeExpr ? [writeExpr as Node] : []));
  return written.map((value) => shownName(value, name)).find((shown) => shown !== undefined);
}

/** Whether a place reads the name of a function: `send.name`, `const { name } = send`. */
export function isNameRead(model: Model, place: Node): boolean {
  const parent = model.parentOf(place);
  switch (parent?.type) {
    case "MemberExpression":
      return parent.object === place && staticName(parent) === "name";
    case "VariableDeclarator":
      return parent.init === place && takesName(parent.id);
    case "AssignmentExpression":
      return parent.right === place && takesName(parent.left);
    default:
      return false;
  }
}

/** `{ name }`, and `{ [key]: value }`, which may be the same. */
function takesName(pattern: Node): boolean {
  return (
    pattern.type === "ObjectPattern" &&
    pattern.properties.some((property) => property.type === "Property" && (staticName(property) ?? "name") === "name")
  );
}

/** Whether a file reads the names of what made its objects, or of its own classes: `this.constructor.name`, `new.target.name`. */
export function readsConstructorNames(model: Model): boolean {
  const targets: Node[] = model.nodes("MemberExpression").filter((node) => staticName(node) === "constructor");
  const classes = model.nodes("ThisExpression").filter((node) => isStatic(model, node));
  return [...targets, ...classes, ...model.nodes("MetaProperty")].some((node) => isNameRead(model, node));
}

/** Whether `this` is a class itself, in a static member. */
function isStatic(model: Model, node: Node): boolean {
  for (let at = model.parentOf(node); at !== null; at = model.parentOf(at)) {
    if (at.type === "StaticBlock") return true;
    if (at.type === "PropertyDefinition" || at.type === "MethodDefinition") return at.static;
    const isPlain = at.type === "FunctionDeclaration" || at.type === "FunctionExpression";
    if (isPlain && model.parentOf(at)?.type !== "MethodDefinition") return false;
  }
  return false;
}
