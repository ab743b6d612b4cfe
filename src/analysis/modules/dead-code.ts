import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { functionMethods } from "../code/builtins.ts";
import { readsOf } from "../code/bindings.ts";
import { isPure } from "../code/effects.ts";
import { findHandler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { perModel } from "../code/per-model.ts";
import { isNullish, staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";

/** Code of a V1 file that the platform never runs, or whose value nobody looks at. */
export interface DeadCode {
  /** Top-level statements: a function that is declared again further down, `if (require.main === module) { … }`. */
  readonly statements: readonly Node[];
  /** `callback = callback || (() => {})`: the platform always gives one. */
  readonly fallbacks: readonly Node[];
  /** `const self = this` that nobody reads. */
  readonly declarations: readonly ESTree.VariableDeclaration[];
  /** `this` that nobody looks at: in these declarations, and as the receiver of functions that have none of their own. */
  readonly receivers: ReadonlySet<Node>;
}

/** Functions of the module that another one of the same name replaces before anything runs. */
function replacedFunctions(model: Model): Node[] {
  const functions = model.program.body.filter((statement) => statement.type === "FunctionDeclaration");
  return functions.filter(({ id }, index) => functions.slice(index + 1).some((later) => later.id.name === id.name));
}

/** `require.main === module` asks whether the file was started by itself. */
function asksForMain(model: Model, test: Node): boolean {
  if (test.type !== "BinaryExpression" || !/^===?$/u.test(test.operator)) {
    return false;
  }
  const isMain = (side: Node): boolean =>
    side.type === "MemberExpression" && model.isGlobal(side.object, "require") && staticName(side) === "main";
  const isModule = (side: Node): boolean => model.isGlobal(side, "module");
  return (isMain(test.left) && isModule(test.right)) || (isModule(test.left) && isMain(test.right));
}

function mainBlocks(model: Model): Node[] {
  return model.program.body.filter(
    (statement) => statement.type === "IfStatement" && !statement.alternate && asksForMain(model, statement.test),
  );
}

/** True for what asks whether there is a callback: `!callback`, `typeof callback !== "function"`, `callback === undefined`. */
function asksForMissing(model: Model, test: Node, callback: Variable): boolean {
  const isCallback = (node: Node): boolean => model.variableOf(node) === callback;
  if (test.type === "UnaryExpression") {
    return test.operator === "!" && isCallback(test.argument);
  }
  if (test.type !== "BinaryExpression") {
    return false;
  }
  const { left, right, operator } = test;
  const isType = left.type === "UnaryExpression" && left.operator === "typeof" && isCallback(left.argument);
  return isType
    ? /^!==?$/u.test(operator) && right.type === "Literal" && right.value === "function"
    : /^===?$/u.test(operator) && isCallback(left) && isNullish(right);
}

/** The statement that gives the handler a callback where it has none; undefined for any other write. */
function fallbackAt(model: Model, name: Node, callback: Variable): Node | undefined {
  const assignment = model.parentOf(name);
  const own = assignment === null ? null : model.parentOf(assignment);
  if (assignment?.type !== "AssignmentExpression" || assignment.left !== name || own?.type !== "ExpressionStatement") {
    return undefined;
  }
  const { operator, right } = assignment;
  const isOr =
    right.type === "LogicalExpression" && right.operator !== "&&" && model.variableOf(right.left) === callback;
  if (
    /^(?:\|\||\?\?)=$/u.test(operator) ? isPure(model, right) : isOr && operator === "=" && isPure(model, right.right)
  ) {
    return own;
  }
  const block = model.parentOf(own);
  const above = block?.type === "BlockStatement" && block.body.length === 1 ? model.parentOf(block) : block;
  const isGuarded =
    above?.type === "IfStatement" &&
    !above.alternate &&
    asksForMissing(model, above.test, callback) &&
    operator === "=" &&
    isPure(model, right);
  return isGuarded ? above : undefined;
}

/** What gives the handler a callback where it has none, when nothing else writes it. */
function fallbacksOf(model: Model): Node[] {
  const callback = findHandler(model)?.callback?.variable;
  const writes = callback?.references.filter((reference) => reference.isWrite() && reference.init !== true) ?? [];
  const found = writes.map(({ identifier }) =>
    callback === undefined ? undefined : fallbackAt(model, identifier as Node, callback),
  );
  return found.includes(undefined) ? [] : found.flatMap((statement) => statement ?? []);
}

/** `const self = this` in a function, alone in its declaration, that nobody reads. */
function unreadThis(model: Model): ESTree.VariableDeclaration[] {
  return model.nodes("VariableDeclaration").filter(({ declarations: [declarator, ...others] }) => {
    const variable = declarator?.id.type === "Identifier" ? model.variableOf(declarator.id) : undefined;
    return (
      others.length === 0 &&
      declarator?.init?.type === "ThisExpression" &&
      variable !== undefined &&
      variable.defs.length === 1 &&
      readsOf(variable).length === 0 &&
      variable.references.every((reference) => reference.init === true)
    );
  });
}

/** True when a function of the file never looks at its `this`. */
function isWithoutThis(model: Model, name: Node): boolean {
  const variable = name.type === "Identifier" ? model.variableOf(name) : undefined;
  const [definition, ...others] = variable?.defs ?? [];
  if (definition === undefined || others.length > 0) {
    return false;
  }
  if (variable === findHandler(model)?.callback?.variable) {
    return true;
  }
  let isWithout = definition.type === "FunctionName" && definition.node.type === "FunctionDeclaration";
  walk(definition.node, (node) => {
    isWithout &&= node.type !== "ThisExpression";
    return isWithout;
  });
  return isWithout;
}

/** `join.apply(this, arguments)`: what is handed on as `this` is never asked for. */
function ignoredReceivers(model: Model): Node[] {
  return model.nodes("CallExpression").flatMap(({ callee, arguments: [receiver] }) => {
    const isHanding = callee.type === "MemberExpression" && functionMethods.has(staticName(callee) ?? "");
    return isHanding && receiver?.type === "ThisExpression" && isWithoutThis(model, callee.object) ? [receiver] : [];
  });
}

/** Finds what a V1 file can do without. */
export const findDeadCode = perModel((model): DeadCode => {
  const declarations = unreadThis(model);
  return {
    statements: [...replacedFunctions(model), ...mainBlocks(model)],
    declarations,
    fallbacks: fallbacksOf(model),
    receivers: new Set([
      ...declarations.flatMap(({ declarations: [declarator] }) => declarator?.init ?? []),
      ...ignoredReceivers(model),
    ]),
  };
});
