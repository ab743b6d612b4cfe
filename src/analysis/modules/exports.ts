import type * as ESTree from "estree";
import { isFunction, rangeOf, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";

/** A handler without a name of its own: `exports.lambda = async (input, callback) => …`. */
export interface ExportedHandler {
  /** What it is assigned to: `exports.lambda`. */
  readonly target: Node;
  readonly node: FunctionNode;
}

/** What a file exports. */
export interface Exports {
  /**
   * Top-level statements that export what only other files, such as unit tests, can see: without them the function does
   * the same. An assignment, or the `if` around it that asks for `module`.
   */
  readonly unused: readonly Node[];
  readonly handler: ExportedHandler | undefined;
  /** The `module` and `exports` that belong to the two; any other has to be refused. */
  readonly known: ReadonlySet<Node>;
}

const HANDLER_NAME = "lambda";

/** `module.exports` or `exports`: the identifier at its root; undefined for anything else. */
function exportsRoot(model: Model, node: Node): Node | undefined {
  if (node.type === "MemberExpression") {
    const isModule = staticName(node) === "exports" && model.isGlobal(node.object, "module");
    return isModule ? node.object : undefined;
  }
  return model.isGlobal(node, "exports") ? node : undefined;
}

/** The target of an assignment to an export, and what it names: undefined for the exports as a whole. */
function exportTarget(
  model: Model,
  left: Node,
): { readonly root: Node; readonly name: string | undefined } | undefined {
  const whole = exportsRoot(model, left);
  if (whole !== undefined) {
    return { root: whole, name: undefined };
  }
  const root = left.type === "MemberExpression" ? exportsRoot(model, left.object) : undefined;
  const name = left.type === "MemberExpression" ? staticName(left) : undefined;
  return root === undefined || name === undefined ? undefined : { root, name };
}

/** True for a value that has no effect and is held by the file anyway: names and literals, in objects and lists. */
function isHeldElsewhere(model: Model, value: Node): boolean {
  switch (value.type) {
    case "Identifier":
      return isReadyName(model, value);
    case "Literal":
      return true;
    case "ObjectExpression":
      return value.properties.every(
        (property) =>
          property.type === "Property" &&
          !property.computed &&
          property.kind === "init" &&
          isHeldElsewhere(model, property.value),
      );
    case "ArrayExpression":
      return value.elements.every((element) => element !== null && isHeldElsewhere(model, element));
    default:
      return false;
  }
}

/** A name of the file that can be read where it stands; reading a `const` above its declaration throws. */
function isReadyName(model: Model, identifier: ESTree.Identifier): boolean {
  const [definition] = model.variableOf(identifier)?.defs ?? [];
  return (
    definition !== undefined &&
    (definition.type === "FunctionName" || rangeOf(definition.node)[1] <= rangeOf(identifier)[0])
  );
}

function assignmentOf(statement: Node): ESTree.AssignmentExpression | undefined {
  const expression = statement.type === "ExpressionStatement" ? statement.expression : undefined;
  return expression?.type === "AssignmentExpression" && expression.operator === "=" ? expression : undefined;
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

/** True when a top-level `lambda` would meet no other of that name. */
function isHandlerNameFree(model: Model): boolean {
  const through = model.scopeManager.globalScope?.through ?? [];
  return (
    model.scopeAt(model.program).set.get(HANDLER_NAME) === undefined &&
    through.every(({ identifier }) => identifier.name !== HANDLER_NAME)
  );
}

function handlerOf(model: Model, statement: Node): (ExportedHandler & { readonly root: Node }) | undefined {
  const assignment = assignmentOf(statement);
  const target = assignment === undefined ? undefined : exportTarget(model, assignment.left);
  if (assignment === undefined || target === undefined || !isFunction(assignment.right)) {
    return undefined;
  }
  const { left, right } = assignment;
  // As a whole it may be any helper module, unless the function says what it is.
  const ownName = right.type === "FunctionExpression" ? right.id?.name : undefined;
  return (target.name ?? ownName) === HANDLER_NAME ? { target: left, node: right, root: target.root } : undefined;
}

/** Finds the exports of a file that can go, and the handler that is nothing but an export. */
export function findExports(model: Model): Exports {
  const unused: Node[] = [];
  const known = new Set<Node>();
  let handler: ExportedHandler | undefined;
  const canName = isHandlerNameFree(model);
  for (const statement of model.program.body) {
    const roots = rootsOf(model, statement);
    const found = canName && handler === undefined ? handlerOf(model, statement) : undefined;
    if (roots !== undefined) {
      unused.push(statement);
      roots.forEach((root) => known.add(root));
    } else if (found !== undefined) {
      handler = found;
      known.add(found.root);
    }
  }
  return { unused, handler, known };
}
