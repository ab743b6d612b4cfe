import type * as ESTree from "estree";
import { consoleMethods } from "../../platform/console.ts";
import { errorClasses } from "./builtins.ts";
import { commonJsNames, isNodeGlobal } from "../../platform/runtime-names.ts";
import { mayReadEarly } from "./early-reads.ts";
import { isFunction } from "./tree.ts";
import type { Node } from "./tree.ts";
import type { Model } from "./model.ts";

/** True when evaluating the expression does nothing but give a value: it may be left out, or moved over other code. */
export function isPure(model: Model, node: Node): boolean {
  const isPureHere = (part: Node): boolean => isPure(model, part);
  switch (node.type) {
    case "Identifier":
      // Reading a name that nothing declares throws, and so does reading one that is not there yet.
      return node.name === "undefined" || (model.variableOf(node) !== undefined && !mayReadEarly(model, node));
    case "Literal":
    case "ThisExpression":
    case "ArrowFunctionExpression":
    case "FunctionExpression":
      return true;
    case "TemplateLiteral":
      return node.expressions.every(isPureHere);
    case "UnaryExpression":
      return node.operator !== "delete" && isPureHere(node.argument);
    case "BinaryExpression":
      // `in` and `instanceof` throw when their right side is not an object.
      return (
        node.operator !== "in" && node.operator !== "instanceof" && isPureHere(node.left) && isPureHere(node.right)
      );
    case "LogicalExpression":
      return isPureHere(node.left) && isPureHere(node.right);
    case "ConditionalExpression":
      return isPureHere(node.test) && isPureHere(node.consequent) && isPureHere(node.alternate);
    case "ObjectExpression":
      return node.properties.every(
        (property) => property.type === "Property" && !property.computed && isPureHere(property.value),
      );
    case "NewExpression":
      return (
        node.callee.type === "Identifier" &&
        errorClasses.has(node.callee.name) &&
        model.variableOf(node.callee) === undefined &&
        node.arguments.every(isPureHere)
      );
    case "ArrayExpression":
      return node.elements.every((element) => element !== null && isPureHere(element));
    default:
      return false;
  }
}

/** True when a statement does nothing that anyone could notice: declarations of plain values, pure expressions. */
export function isInert(model: Model, node: Node): boolean {
  switch (node.type) {
    case "EmptyStatement":
    case "FunctionDeclaration":
      return true;
    case "ExpressionStatement":
      return isPure(model, node.expression);
    case "VariableDeclaration":
      return node.declarations.every(({ id, init }) => id.type === "Identifier" && (!init || isPure(model, init)));
    default:
      return false;
  }
}

/** True when the expression can't be a promise: what was awaited, literals, and parts of such values. */
export function isPlainValue(model: Model, node: Node): boolean {
  switch (node.type) {
    case "Literal":
    case "TemplateLiteral":
    case "ObjectExpression":
    case "ArrayExpression":
    case "AwaitExpression":
    case "BinaryExpression":
    case "UnaryExpression":
      return true;
    case "MemberExpression":
      return isPlainValue(model, node.object);
    case "ConditionalExpression":
      return isPlainValue(model, node.consequent) && isPlainValue(model, node.alternate);
    case "LogicalExpression":
      return isPlainValue(model, node.left) && isPlainValue(model, node.right);
    case "Identifier": {
      const variable = model.variableOf(node);
      const [definition] = variable?.defs ?? [];
      const isWrittenOnce =
        variable?.references.every((reference) => !reference.isWrite() || reference.init === true) === true;
      if (definition?.type === "Variable" && isWrittenOnce) {
        const { init } = definition.node;
        return init !== null && init !== undefined && isPlainValue(model, init);
      }
      return node.name === "undefined" || definition?.type === "CatchClause";
    }
    default:
      return false;
  }
}

/** True when the expression always gives the same value, wherever in the function it is evaluated. */
export function isStable(model: Model, node: Node): boolean {
  if (node.type === "Identifier") {
    const variable = model.variableOf(node);
    return (
      node.name === "undefined" ||
      (variable?.references.every((reference) => !reference.isWrite() || reference.init === true) === true &&
        variable.defs.length === 1)
    );
  }
  return node.type === "Literal";
}

/** True for a call of a console method that both platforms have. */
export function isConsoleCall(model: Model, node: Node): node is ESTree.SimpleCallExpression {
  return (
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    !node.callee.computed &&
    model.isGlobal(node.callee.object, "console") &&
    node.callee.property.type === "Identifier" &&
    consoleMethods.has(node.callee.property.name)
  );
}

/** True for a call of a console method that can't fail. */
export function isSafeConsoleCall(model: Model, node: Node): boolean {
  return isConsoleCall(model, node) && node.arguments.every((argument) => isPure(model, argument));
}

/**
 * True when a statement certainly ends normally, whatever it does: it neither throws, returns, jumps, nor waits.
 * Errors after the invocation is settled are ignored in V1 and would not be in V2; such a statement raises none.
 */
export function cannotThrow(model: Model, node: Node): boolean {
  switch (node.type) {
    case "EmptyStatement":
    case "FunctionDeclaration":
      return true;
    case "BlockStatement":
      return node.body.every((statement) => cannotThrow(model, statement));
    case "ExpressionStatement":
      return (
        isPure(model, node.expression) ||
        isSafeConsoleCall(model, node.expression) ||
        isLocalUpdate(model, node.expression)
      );
    case "VariableDeclaration":
      return node.declarations.every(
        ({ id, init }) => id.type === "Identifier" && (init === null || init === undefined || isPure(model, init)),
      );
    default:
      return false;
  }
}

/** True for `count += 1` and the like on a variable of the file: nothing else can happen. */
export function isLocalUpdate(model: Model, node: Node): boolean {
  if (node.type !== "UpdateExpression" && node.type !== "AssignmentExpression") {
    return false;
  }
  const target = node.type === "UpdateExpression" ? node.argument : node.left;
  const definition = target.type === "Identifier" ? model.variableOf(target)?.defs[0] : undefined;
  const isConst = definition?.type === "Variable" && definition.parent.kind === "const";
  return definition !== undefined && !isConst && (node.type === "UpdateExpression" || isPure(model, node.right));
}

/** True for a name that nothing declares, for one that may not be there yet, and for a write to a constant. */
export function isUnsafeName(model: Model, identifier: Node): boolean {
  const reference = model.referenceOf(identifier);
  if (reference === undefined || identifier.type !== "Identifier") {
    return false;
  }
  const variable = model.variableOf(identifier);
  if (variable === undefined) {
    return !isNodeGlobal(identifier.name) && !commonJsNames.has(identifier.name) && identifier.name !== "arguments";
  }
  const [definition] = variable.defs;
  const isConst = definition?.type === "Variable" && definition.parent.kind === "const";
  return reference.init !== true && ((reference.isWrite() && isConst) || mayReadEarly(model, identifier));
}

/** True when the function node is async. */
export function isAsync(node: Node): boolean {
  return isFunction(node) && node.async === true;
}
