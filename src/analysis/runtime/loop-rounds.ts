import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { staticName, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { followConstant, objectLiteralOf } from "../values/constants.ts";

/** Methods of lists that call their function once for each element. */
export const EACH: ReadonlySet<string> = new Set(["forEach", "map", "flatMap", "filter", "reduce"]);

type Loop =
  ESTree.ForStatement | ESTree.ForOfStatement | ESTree.ForInStatement | ESTree.WhileStatement | ESTree.DoWhileStatement;

/** How often a loop runs, where that is written out. */
export function roundsOf(model: Model, loop: Node): number | undefined {
  switch (loop.type) {
    case "ForOfStatement":
      return lengthOf(model, loop.right);
    case "ForInStatement":
      return membersOf(model, loop.right);
    case "ForStatement":
    case "WhileStatement":
    case "DoWhileStatement":
      return countedRounds(model, loop);
    default:
      return undefined;
  }
}

/** A loop over a counter that is set in front of it and steps once in each round. */
function countedRounds(
  model: Model,
  loop: ESTree.ForStatement | ESTree.WhileStatement | ESTree.DoWhileStatement,
): number | undefined {
  const { test } = loop;
  const variable = test?.type === "BinaryExpression" ? model.variableOf(test.left) : undefined;
  const writes = variable?.references.filter((reference) => reference.isWrite()) ?? [];
  if (test?.type !== "BinaryExpression" || variable === undefined || writes.length !== 2) {
    return undefined;
  }
  const start = startOf(model, variable, loop);
  const step = stepsOf(loop)
    .map((node) => stepOf(model, node, variable))
    .find((each) => each !== undefined);
  const end = numberOf(model, test.right);
  if (start === undefined || step === undefined || end === undefined) {
    return undefined;
  }
  const rounds = roundsTo((end - start) / step, step > 0, test.operator);
  return rounds === undefined ? undefined : Math.max(rounds, loop.type === "DoWhileStatement" ? 1 : 0);
}

/** How many steps a counter does that has this many steps to go. */
function roundsTo(steps: number, isRising: boolean, operator: string): number | undefined {
  const isInside = operator === (isRising ? "<" : ">");
  const isIncluding = operator === (isRising ? "<=" : ">=");
  const isMet = /^!==?$/u.test(operator) && Number.isInteger(steps) && steps >= 0;
  return isInside || isMet
    ? Math.max(0, Math.ceil(steps))
    : isIncluding
      ? Math.max(0, Math.floor(steps) + 1)
      : undefined;
}

/** The value that a counter has whenever the loop begins: it is declared there, or beside it. */
function startOf(model: Model, variable: Variable, loop: Loop): number | undefined {
  const [definition, ...others] = variable.defs;
  const declared = definition?.type === "Variable" && others.length === 0 ? definition.node : undefined;
  const declaration = declared === undefined ? null : model.parentOf(declared);
  const isBefore =
    declaration !== null &&
    ((loop.type === "ForStatement" && loop.init === declaration) ||
      model.parentOf(declaration) === model.parentOf(loop));
  return isBefore ? numberOf(model, declared?.init) : undefined;
}

/** The expressions that each round of a loop evaluates once, unless it is left. */
function stepsOf(loop: ESTree.ForStatement | ESTree.WhileStatement | ESTree.DoWhileStatement): Node[] {
  const statements: readonly Node[] = loop.body.type === "BlockStatement" ? loop.body.body : [loop.body];
  const expressions = statements.flatMap((each) => (each.type === "ExpressionStatement" ? each.expression : []));
  return loop.type === "ForStatement" && loop.update ? [loop.update, ...expressions] : expressions;
}

/** By how much an expression moves a counter. */
function stepOf(model: Model, node: Node, counter: Variable): number | undefined {
  if (node.type === "UpdateExpression") {
    return model.variableOf(node.argument) === counter ? (node.operator === "++" ? 1 : -1) : undefined;
  }
  const isStep =
    node.type === "AssignmentExpression" && /^[+-]=$/u.test(node.operator) && model.variableOf(node.left) === counter;
  const by = isStep ? numberOf(model, node.right) : undefined;
  return by === undefined || by === 0 ? undefined : isStep && node.operator === "-=" ? -by : by;
}

/** Methods that give as many elements as the list has. */
const SAME_LENGTH: ReadonlySet<string> = new Set([
  "entries",
  "fill",
  "keys",
  "map",
  "reverse",
  "sort",
  "toReversed",
  "toSorted",
  "values",
]);

/** How many elements a list has, where that is written out. */
export function lengthOf(model: Model, node: Node): number | undefined {
  const list = followConstant(model, node);
  switch (list.type) {
    case "ArrayExpression":
      return sumOf(
        list.elements.map((element) =>
          element?.type === "SpreadElement" ? lengthOf(model, element.argument) : element === null ? undefined : 1,
        ),
      );
    case "NewExpression":
      return madeLength(model, list);
    case "CallExpression": {
      const { callee } = list;
      if (callee.type === "MemberExpression" && SAME_LENGTH.has(staticName(callee) ?? "")) {
        const length = lengthOf(model, callee.object);
        if (length !== undefined) return length;
      }
      return madeLength(model, list);
    }
    default:
      return undefined;
  }
}

/** `Array(12)`, `Array.from({ length: 12 })`, `Object.entries({ … })` */
function madeLength(model: Model, made: ESTree.SimpleCallExpression | ESTree.NewExpression): number | undefined {
  const [first] = made.arguments;
  switch (first === undefined ? undefined : globalPath(model, made.callee)) {
    case "Array":
      return made.arguments.length === 1 ? numberOf(model, first) : undefined;
    case "Array.from": {
      const length = first && objectLiteralOf(model, first)?.properties.find(isLength);
      return length === undefined ? first && lengthOf(model, first) : numberOf(model, length.value);
    }
    case "Object.entries":
    case "Object.keys":
    case "Object.values":
      return first && membersOf(model, first);
    default:
      return undefined;
  }
}

function isLength(property: Node): property is ESTree.Property {
  return property.type === "Property" && staticName(property) === "length";
}

/** How many names an object has, where that is written out. */
function membersOf(model: Model, node: Node): number | undefined {
  const names = objectLiteralOf(model, node)?.properties.map((property) =>
    property.type === "Property" ? staticName(property) : undefined,
  );
  return names?.includes(undefined) === false ? new Set(names).size : undefined;
}

function sumOf(lengths: readonly (number | undefined)[]): number | undefined {
  let sum = 0;
  for (const length of lengths) {
    if (length === undefined) return undefined;
    sum += length;
  }
  return sum;
}

function numberOf(model: Model, node: Node | null | undefined): number | undefined {
  const value = node ? followConstant(model, node) : undefined;
  return value?.type === "Literal" && typeof value.value === "number" ? value.value : undefined;
}

/** The call of `forEach` and its kind around a place in its callback. */
export function iterationAround(model: Model, place: Node): Node | null {
  const around = model.functionOf(place);
  const call = around === null ? null : model.parentOf(around);
  const isEach =
    call?.type === "CallExpression" &&
    call.arguments[0] === around &&
    call.callee.type === "MemberExpression" &&
    EACH.has(staticName(call.callee) ?? "");
  return isEach ? call : null;
}

/** True for a loop that surely has no more rounds than `max`, and for one whose rounds are counted. */
export function isShort(model: Model, loop: Node, max: number): boolean {
  if (loop.type === "CallExpression") {
    return loop.callee.type === "MemberExpression" && lengthOf(model, loop.callee.object) !== undefined;
  }
  if (roundsOf(model, loop) !== undefined) {
    // What surely runs too often is counted on the path.
    return true;
  }
  // Attempts: `while (attempt < MAX_ATTEMPTS)`.
  const test = "test" in loop ? loop.test : undefined;
  let isBounded = false;
  if (test) {
    walk(test, (node) => {
      const limit =
        node.type === "BinaryExpression" ? (numberOf(model, node.right) ?? numberOf(model, node.left)) : undefined;
      isBounded ||= limit !== undefined && limit > 0 && limit <= max;
      return true;
    });
  }
  return isBounded;
}
