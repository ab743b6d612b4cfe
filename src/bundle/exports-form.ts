import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { constantOf, isReadyName } from "../analysis/code/bindings.ts";
import { assignmentOf, isWithoutThis } from "../analysis/code/exported-names.ts";
import type { Model } from "../analysis/code/model.ts";
import { isFunction, isInside, rangeOf, staticName, walk } from "../analysis/code/tree.ts";
import type { Node } from "../analysis/code/tree.ts";

/** What a file gives under one name. */
export interface NamedExport {
  readonly name: string;
  readonly value: Node;
  /** The constant of the file that holds it already. */
  readonly variable: Variable | undefined;
  /** The property of a literal that it stands in. */
  readonly property: ESTree.Property | undefined;
  readonly statement: Node;
}

/** `module.exports = value` as a statement of the file. */
interface Whole {
  readonly statement: Node;
  readonly value: Node;
  /** The `module.exports` in it. */
  readonly target: Node;
}

/** How a file exports. */
export interface ExportsForm {
  /** All that it exports, by name: a variable each can stand for them. Undefined where an object is needed. */
  readonly names: ReadonlyMap<string, NamedExport> | undefined;
  /** Where the file itself reads one of these: `exports.name`. */
  readonly reads: readonly ESTree.MemberExpression[];
  /** The statement that exports a value as a whole. */
  readonly whole: Whole | undefined;
  /** All `exports` and `module.exports` of the file, but for that statement's. */
  readonly roots: readonly Node[];
  /** Why none of this can stand for what the file exports, as words behind its path. */
  readonly problem: string | undefined;
}

const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** Finds out how a file exports. */
export function exportsFormOf(model: Model): ExportsForm {
  const found = rootsOf(model);
  const wholes = found.roots.flatMap((root) => wholeAt(model, root) ?? []);
  const [whole] = wholes;
  const roots = found.roots.filter((root) => root !== whole?.target);
  const problem = found.problem ?? problemOf(model, wholes, roots);
  const none = { names: undefined, reads: [], whole, roots, problem };
  if (problem !== undefined) {
    return none;
  }
  const named = namesOf(model, whole, roots);
  return named === undefined ? none : { ...none, ...named };
}

/** Every `exports` and `module.exports`. */
function rootsOf(model: Model): { readonly roots: readonly Node[]; readonly problem: string | undefined } {
  const roots: Node[] = [...model.globals("exports")];
  let problem: string | undefined;
  for (const identifier of model.globals("module")) {
    const parent = model.parentOf(identifier);
    if (parent?.type === "MemberExpression" && parent.object === identifier && staticName(parent) === "exports") {
      roots.push(parent);
    } else {
      problem = "uses `module` for more than its exports";
    }
  }
  return { roots: roots.toSorted((a, b) => rangeOf(a)[0] - rangeOf(b)[0]), problem };
}

/** The statement that a root is the target of. */
function wholeAt(model: Model, root: Node): Whole | undefined {
  const assignment = model.parentOf(root);
  const statement = assignment === null ? null : model.parentOf(assignment);
  if (assignment?.type !== "AssignmentExpression" || assignment.left !== root || statement === null) {
    return undefined;
  }
  const isPlain = assignmentOf(statement) === assignment && model.parentOf(statement)?.type === "Program";
  return isPlain && root.type === "MemberExpression" ? { statement, value: assignment.right, target: root } : undefined;
}

function problemOf(model: Model, wholes: readonly Whole[], roots: readonly Node[]): string | undefined {
  const [whole, second] = wholes;
  if (second !== undefined) {
    return "assigns its exports as a whole more than once";
  }
  const isWritten = roots.some((root) => {
    const parent = model.parentOf(root);
    const target = parent?.type === "AssignmentExpression" ? parent.left : undefined;
    return target === root || parent?.type === "UpdateExpression" || isPatternTarget(parent);
  });
  if (isWritten) {
    return "assigns its exports as a whole somewhere else than in a statement of its own";
  }
  if (whole !== undefined && roots.some(({ type }) => type === "Identifier")) {
    return "uses `exports` beside `module.exports`, which is another object then";
  }
  const end = whole === undefined ? 0 : rangeOf(whole.statement)[1];
  return roots.some((root) => rangeOf(root)[0] < end) ? "uses its exports before they are assigned" : undefined;
}

function isPatternTarget(parent: Node | null): boolean {
  return parent?.type === "ArrayPattern" || parent?.type === "RestElement" || parent?.type === "AssignmentPattern";
}

/** What is exported by name; undefined where the object of the exports is needed as such. */
function namesOf(
  model: Model,
  whole: Whole | undefined,
  roots: readonly Node[],
): Pick<ExportsForm, "names" | "reads"> | undefined {
  const names = new Map<string, NamedExport>();
  const add = (name: string | undefined, value: Node, statement: Node, property?: ESTree.Property): boolean => {
    if (name === undefined || !NAME.test(name) || name === "__proto__" || names.has(name)) {
      return false;
    }
    names.set(name, { name, value, variable: heldBy(model, value), property, statement });
    return true;
  };
  if (whole !== undefined) {
    const isLiteral =
      whole.value.type === "ObjectExpression" &&
      whole.value.properties.every(
        (property) =>
          property.type === "Property" &&
          property.kind === "init" &&
          !property.computed &&
          // The object that `super` asks goes with the literal.
          !(property.method && mentions(property.value, ["Super"])) &&
          add(staticName(property), property.value, whole.statement, property),
      );
    if (!isLiteral) {
      return undefined;
    }
  }
  const reads: ESTree.MemberExpression[] = [];
  for (const root of roots) {
    const member = model.parentOf(root);
    const name = member?.type === "MemberExpression" && member.object === root ? staticName(member) : undefined;
    if (member?.type !== "MemberExpression" || name === undefined) {
      return undefined;
    }
    const statement = model.statementOf(member);
    const assignment = assignmentOf(statement);
    if (assignment?.left === member && model.parentOf(statement)?.type === "Program") {
      if (!add(name, assignment.right, statement)) {
        return undefined;
      }
    } else {
      reads.push(member);
    }
  }
  const isFound = reads.every((member) => isPlainRead(model, member, names.get(staticName(member) ?? "")));
  return isFound ? { names, reads } : undefined;
}

/** A read of an export that is there by then, and whose value does not ask which object it was called on. */
function isPlainRead(model: Model, member: ESTree.MemberExpression, found: NamedExport | undefined): boolean {
  if (found === undefined || isWritten(model, member)) {
    return false;
  }
  const isBehind = rangeOf(member)[0] > rangeOf(found.statement)[1];
  const isLater = isBehind || (model.functionOf(member) !== null && found.variable !== undefined);
  return isLater && (!isCallee(model, member) || isThisFree(model, found.value));
}

/** True where a member is assigned, counted up, deleted or taken apart into. */
export function isWritten(model: Model, member: Node): boolean {
  const parent = model.parentOf(member);
  switch (parent?.type) {
    case "AssignmentExpression":
    case "AssignmentPattern":
    case "ForInStatement":
    case "ForOfStatement":
      return parent.left === member;
    case "UpdateExpression":
    case "ArrayPattern":
    case "RestElement":
      return true;
    case "UnaryExpression":
      return parent.operator === "delete";
    case "Property":
      return parent.value === member && model.parentOf(parent)?.type === "ObjectPattern";
    default:
      return false;
  }
}

/** True for what is called, as a template's tag too; `new` gives an object of its own. */
export function isCallee(model: Model, node: Node): boolean {
  const parent = model.parentOf(node);
  return (
    (parent?.type === "CallExpression" && parent.callee === node) ||
    (parent?.type === "TaggedTemplateExpression" && parent.tag === node) ||
    (parent?.type === "ChainExpression" && isCallee(model, parent))
  );
}

/** True for a value that does the same, whatever object it is called on. */
export function isThisFree(model: Model, value: Node): boolean {
  if (value.type === "Identifier") {
    const [definition] = constantOf(model, value)?.defs ?? [];
    switch (definition?.type) {
      case "FunctionName":
        return !mentionsThis(definition.node);
      case "ClassName":
        return true;
      case "Variable":
        return definition.node.id.type === "Identifier" && definition.node.init
          ? definition.node.init.type !== "Identifier" && isThisFree(model, definition.node.init)
          : false;
      default:
        return false;
    }
  }
  if (isFunction(value)) {
    return value.type === "FunctionExpression" ? !mentionsThis(value) : isWithoutThis(value);
  }
  return ["ClassExpression", "Literal", "TemplateLiteral", "ObjectExpression", "ArrayExpression"].includes(value.type);
}

function mentionsThis(node: Node): boolean {
  return mentions(node, ["ThisExpression", "Super"]);
}

function mentions(node: Node, types: readonly Node["type"][]): boolean {
  let isFound = false;
  walk(node, (inner) => {
    isFound ||= types.includes(inner.type);
    return !isFound;
  });
  return isFound;
}

/** The constant at module level that an exported name is, where it has its value by then. */
function heldBy(model: Model, value: Node): Variable | undefined {
  const variable = value.type === "Identifier" && isReadyName(model, value) ? constantOf(model, value) : undefined;
  const [definition] = variable?.defs ?? [];
  const isAtTop = variable?.scope.block.type === "Program";
  return isAtTop && (definition?.type !== "Variable" || !isInside(value, definition.node)) ? variable : undefined;
}
