import type * as ESTree from "estree";
import { assignmentOf, exportsRoot, exportTarget, isHeldElsewhere, isWithoutThis } from "../code/exported-names.ts";
import { findHandler } from "../code/handler.ts";
import { findHiddenHandler } from "../code/hidden-handler.ts";
import type { Model } from "../code/model.ts";
import { perModel } from "../code/per-model.ts";
import { rangeOf } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";

/** What a file exports. */
export interface Exports {
  /**
   * Top-level statements that export what only other files, such as unit tests, can see: without them the function does
   * the same. An assignment, or the `if` around it that asks for `module`.
   */
  readonly unused: readonly Node[];
  /** `exports.add = …` that the file itself uses as `exports.add`: constants, as soon as they are called so. */
  readonly constants: readonly ExportedConstant[];
  /** `const api = module.exports`: an object like any other, when nothing else is exported. */
  readonly object: Node | undefined;
  /** The `module` and `exports` that belong to these and to the handler; any other has to be refused. */
  readonly known: ReadonlySet<Node>;
}

/** An export by name that stays in the file. */
export interface ExportedConstant {
  readonly name: string;
  readonly assignment: ESTree.AssignmentExpression;
  /** The `exports.name` elsewhere. */
  readonly reads: readonly ESTree.MemberExpression[];
}

const NAME = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;

/** The export by name that a statement makes up, when its name is free and all uses of it are plain reads behind it. */
function constantOf(model: Model, statement: Node): ExportedConstant | undefined {
  const assignment = assignmentOf(statement);
  const name = assignment === undefined ? undefined : exportTarget(model, assignment.left)?.name;
  if (assignment === undefined || name === undefined || model.handlerNames.has(name)) {
    return undefined;
  }
  const isFree =
    NAME.test(name) &&
    !model.nodes("Identifier").some((other) => other.name === name && model.referenceOf(other) !== undefined);
  const reads = model
    .nodes("MemberExpression")
    .filter((member) => member !== assignment.left && exportTarget(model, member)?.name === name);
  const isRead = (member: ESTree.MemberExpression): boolean => {
    const user = model.parentOf(member);
    const isWritten =
      user?.type === "AssignmentExpression" || user?.type === "UpdateExpression" || user?.type === "UnaryExpression";
    return !isWritten && (model.functionOf(member) !== null || rangeOf(member)[0] > rangeOf(statement)[1]);
  };
  return isFree && isWithoutThis(assignment.right) && reads.every(isRead) ? { name, assignment, reads } : undefined;
}

/** The declaration's value when the whole of the exports is held by a constant, and nothing else is exported. */
function heldExports(model: Model): Node | undefined {
  const values = model.program.body.flatMap((statement) =>
    statement.type === "VariableDeclaration" && statement.kind !== "let"
      ? statement.declarations.flatMap(({ id, init }) => (id.type === "Identifier" && init ? [init] : []))
      : [],
  );
  const [held, ...others] = values.filter((value) => exportsRoot(model, value) !== undefined);
  return others.length === 0 ? held : undefined;
}

/** The roots of `module.exports = exports = value`, when the value can go without a loss. */
function unusedRoots(model: Model, assignment: ESTree.AssignmentExpression): Node[] | undefined {
  const target = exportTarget(model, assignment.left);
  const { right } = assignment;
  if (target === undefined) {
    return undefined;
  }
  if (right.type === "AssignmentExpression" && right.operator === "=") {
    const inner = unusedRoots(model, right);
    return inner === undefined ? undefined : [target.root, ...inner];
  }
  return isHeldElsewhere(model, right) ? [target.root] : undefined;
}

/** The roots in a test that only asks whether there are CommonJS exports: `typeof module !== "undefined"`. */
function guardRoots(model: Model, test: Node): Node[] | undefined {
  if (test.type === "LogicalExpression" && test.operator === "&&") {
    const [left, right] = [guardRoots(model, test.left), guardRoots(model, test.right)];
    return left === undefined || right === undefined ? undefined : [...left, ...right];
  }
  if (test.type === "BinaryExpression" && /^!==?$/u.test(test.operator)) {
    const { left, right } = test;
    const asked = left.type === "UnaryExpression" && left.operator === "typeof" ? left.argument : undefined;
    const isUndefined = right.type === "Literal" && right.value === "undefined";
    return asked === undefined || !isUndefined ? undefined : guardRoots(model, asked);
  }
  if (model.isGlobal(test, "module")) {
    return [test];
  }
  const root = exportsRoot(model, test);
  return root === undefined ? undefined : [root];
}

/** The roots of everything CommonJS in a statement that does nothing but export; undefined when it does more. */
function rootsOf(model: Model, statement: Node): Node[] | undefined {
  const assignment = assignmentOf(statement);
  if (assignment !== undefined) {
    return unusedRoots(model, assignment);
  }
  if (statement.type !== "IfStatement" || statement.alternate) {
    return undefined;
  }
  const { test, consequent } = statement;
  const statements = consequent.type === "BlockStatement" ? consequent.body : [consequent];
  const roots = [guardRoots(model, test), ...statements.map((inner) => rootsOf(model, inner))];
  return roots.every((found) => found !== undefined) ? roots.flat() : undefined;
}

/** Finds the exports of a file that can go. */
export const findExports = perModel((model): Exports => {
  const unused: Node[] = [];
  const constants: ExportedConstant[] = [];
  const known = new Set<Node>();
  const knows = (node: Node): void => {
    const root = exportTarget(model, node)?.root;
    if (root !== undefined) {
      known.add(root);
    }
  };
  for (const statement of model.program.body) {
    const roots = rootsOf(model, statement);
    if (roots !== undefined) {
      unused.push(statement);
      roots.forEach((root) => known.add(root));
      continue;
    }
    const constant = constantOf(model, statement);
    if (constant !== undefined) {
      constants.push(constant);
      [constant.assignment.left, ...constant.reads].forEach(knows);
    }
  }
  const isAlone = unused.length === 0 && constants.length === 0 && findHandler(model)?.exported === undefined;
  const object = isAlone ? heldExports(model) : undefined;
  if (object !== undefined) {
    knows(object);
  }
  const exported = findHandler(model)?.exported;
  for (const root of exported === undefined ? (findHiddenHandler(model)?.exportedBy ?? []) : [exported.root]) {
    known.add(root);
  }
  return { unused, constants, object, known };
});
