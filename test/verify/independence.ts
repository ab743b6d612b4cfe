import type * as ESTree from "estree";
import type { Variable } from "eslint-scope";
import type { Model } from "../../src/analysis/code/model.ts";
import { childrenOf, staticName } from "../../src/analysis/code/tree.ts";
import type { Node } from "../../src/analysis/code/tree.ts";

/** A variable by its binding, or a member by its name, whatever object has it. */
type Place = Variable | `.${string}` | typeof ELEMENTS | typeof ALL_MEMBERS | typeof OUTPUT;

const ELEMENTS = "[]";
/** All members of all objects: what is logged is looked at as a whole. */
const ALL_MEMBERS = "*";
const OUTPUT = "console";

/** The places that code reads, and those that it writes. */
class Touched {
  readonly reads = new Set<Place>();
  readonly writes = new Set<Place>();

  /** Whether it leaves alone what the other reads and writes. */
  isApart(other: Touched): boolean {
    return [...this.writes].every((place) => {
      const isMember = typeof place === "string" && place !== OUTPUT;
      return !other.reads.has(place) && !other.writes.has(place) && !(isMember && other.reads.has(ALL_MEMBERS));
    });
  }
}

/** True when two statements in a row do the same the other way round: neither touches what the other looks at. */
export function areIndependent(model: Model, first: Node, second: Node): boolean {
  const [one, other] = [new Touched(), new Touched()];
  if (!touch(model, first, one) || !touch(model, second, other)) return false;
  // What is logged is seen, and so is that it is not, because the statement before has failed.
  const isSeen = one.writes.has(OUTPUT) || other.writes.has(OUTPUT);
  const areCertain = [first, second].every((node) => isLog(model, node) || isCertain(model, node));
  return one.isApart(other) && other.isApart(one) && (!isSeen || areCertain);
}

/** Whether code that touches no more than is known ends normally: it reads no member, which may be one of nothing. */
function isCertain(model: Model, node: Node): boolean {
  switch (node.type) {
    case "Identifier":
      return node.name === "undefined" || model.variableOf(node) !== undefined;
    case "CallExpression":
      return isErrorMaker(node) && node.arguments.every((argument) => isCertain(model, argument));
    case "MemberExpression":
    case "ObjectPattern":
      return false;
    case "BinaryExpression":
      if (node.operator === "in" || node.operator === "instanceof") return false;
      break;
    case "Property":
      return isCertain(model, node.value);
    default:
      break;
  }
  return childrenOf(node).every((child) => isCertain(model, child));
}

/** What code is made of that touches what its parts do, and no more. */
const COMPOUNDS = new Set(
  (
    "Literal TemplateLiteral TemplateElement ObjectExpression ArrayExpression BinaryExpression LogicalExpression " +
    "ConditionalExpression ChainExpression ArrowFunctionExpression FunctionExpression BlockStatement " +
    "ExpressionStatement ReturnStatement VariableDeclaration VariableDeclarator ObjectPattern"
  ).split(" "),
);

/** Notes what code touches; false where it may touch more than is known. */
function touch(model: Model, node: Node, touched: Touched): boolean {
  const all = (nodes: readonly Node[]): boolean => nodes.every((each) => touch(model, each, touched));
  switch (node.type) {
    case "Identifier": {
      const variable = model.variableOf(node);
      if (variable !== undefined) touched.reads.add(variable);
      return true;
    }
    case "MemberExpression":
      return touchPlace(model, node, touched, touched.reads);
    case "Property":
      if (node.key.type === "Identifier" && !node.computed) touched.reads.add(`.${node.key.name}`);
      return !node.computed && node.kind === "init" && all([node.value]);
    case "AssignmentExpression":
      return (
        (node.operator === "=" || touchPlace(model, node.left, touched, touched.reads)) &&
        touchPlace(model, node.left, touched, touched.writes) &&
        all([node.right])
      );
    case "UpdateExpression":
      return [touched.reads, touched.writes].every((places) => touchPlace(model, node.argument, touched, places));
    case "UnaryExpression":
      return node.operator === "delete"
        ? touchPlace(model, node.argument, touched, touched.writes)
        : all([node.argument]);
    case "CallExpression":
      return touchByCall(model, node, touched) && all(node.arguments);
    default:
      return COMPOUNDS.has(node.type) && all(childrenOf(node));
  }
}

/** Notes the place that a variable or a member is; the object of a member is read. */
function touchPlace(model: Model, target: Node, touched: Touched, places: Set<Place>): boolean {
  if (target.type === "Identifier") {
    const variable = model.variableOf(target);
    if (variable !== undefined) places.add(variable);
    return variable !== undefined;
  }
  if (target.type !== "MemberExpression") return false;
  const isElement = target.property.type === "Literal" && typeof target.property.value === "number";
  const name = staticName(target);
  if (name === undefined && !isElement) return false;
  places.add(name === undefined || isElement ? ELEMENTS : `.${name}`);
  return touch(model, target.object, touched);
}

/** Methods that go through a list, and methods of texts. */
const LOOKS = new Set(["forEach", "map", "filter", "find", "some", "every", "join"]);
const TEXT_METHODS = new Set(["startsWith", "endsWith", "trim", "toLowerCase", "toUpperCase"]);

function touchByCall(model: Model, node: ESTree.SimpleCallExpression, touched: Touched): boolean {
  if (isLog(model, node)) {
    touched.writes.add(OUTPUT);
    touched.reads.add(ALL_MEMBERS);
    return true;
  }
  if (isErrorMaker(node)) {
    touched.reads.add(ALL_MEMBERS);
    return true;
  }
  if (node.callee.type !== "MemberExpression") return false;
  const name = staticName(node.callee) ?? "";
  const isPush = name === "push";
  if (!isPush && !LOOKS.has(name) && !TEXT_METHODS.has(name)) return false;
  const [first] = node.arguments;
  // A function from elsewhere may do anything.
  const isNamed = LOOKS.has(name) && first !== undefined && !/Function|Literal/u.test(first.type);
  if (!TEXT_METHODS.has(name)) (isPush ? touched.writes : touched.reads).add(ELEMENTS);
  return !isNamed && touch(model, node.callee.object, touched);
}

function isLog(model: Model, node: Node): boolean {
  return (
    node.type === "CallExpression" &&
    node.callee.type === "MemberExpression" &&
    model.isGlobal(node.callee.object, "console")
  );
}

/** What makes an error of a value does nothing else. */
function isErrorMaker(node: Node): boolean {
  return node.type === "CallExpression" && node.callee.type === "Identifier" && node.callee.name === "asError";
}
