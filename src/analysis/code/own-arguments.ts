import { staticName } from "./tree.ts";
import { readsOf } from "./bindings.ts";
import type { FunctionNode, Node } from "./tree.ts";
import { isWritten } from "./writes.ts";
import type { Model } from "./model.ts";
import { perModel } from "./per-model.ts";

/** The functions whose own `arguments` object something reads. */
const functionsWithArguments = perModel(
  (model): ReadonlySet<FunctionNode> =>
    new Set(model.globals("arguments").flatMap((name) => argumentsOwner(model, name) ?? [])),
);

/** The function that `arguments` belongs to at a node: arrow functions have none. Undefined at module level. */
function argumentsOwner(model: Model, node: Node): FunctionNode | undefined {
  let owner = model.functionOf(node);
  while (owner?.type === "ArrowFunctionExpression") {
    owner = model.functionOf(owner);
  }
  return owner ?? undefined;
}

/**
 * True when a function uses its own `arguments` object, in its body, its parameters or the arrow functions in it: then
 * what it is called with counts, whatever parameters it has.
 */
export function usesArguments(model: Model, node: FunctionNode): boolean {
  return functionsWithArguments(model).has(node);
}

/** The same where more is asked of the object than how many arguments there are. */
export function usesArgumentValues(model: Model, node: FunctionNode): boolean {
  return model.globals("arguments").some((name) => {
    const member = model.parentOf(name);
    const isLength = member?.type === "MemberExpression" && member.object === name && staticName(member) === "length";
    return argumentsOwner(model, name) === node && !(isLength && !isWritten(model, member));
  });
}

/** The places where a function reads its argument of an index from `arguments`: `arguments[1]`. */
export function argumentReads(model: Model, node: FunctionNode, index: number): Node[] {
  return model.nodes("MemberExpression").filter(({ object, property, computed }) => {
    const isRead = computed && property.type === "Literal" && property.value === index;
    return isRead && model.isGlobal(object, "arguments") && argumentsOwner(model, object) === node;
  });
}

/**
 * The places where a function takes its argument of an index out of a rest parameter: `rest[0]`, and the declarator of
 * `const [callback] = rest`. None where it does anything else with the rest.
 */
export function restReads(model: Model, node: FunctionNode, index: number): Node[] {
  const rest = node.params.at(-1);
  const variable = rest?.type === "RestElement" ? model.variableOf(rest.argument) : undefined;
  const place = index - (node.params.length - 1);
  const reads = variable === undefined || place < 0 ? [] : readsOf(variable);
  const takers = reads.map((read) => {
    const parent = model.parentOf(read);
    const isElement = parent?.type === "MemberExpression" && parent.object === read && parent.computed;
    const isTaken = parent?.type === "VariableDeclarator" && parent.init === read && parent.id.type === "ArrayPattern";
    return isTaken || (isElement && parent.property.type === "Literal") ? parent : undefined;
  });
  return takers.every((taker) => taker !== undefined) ? takers.filter((taker) => isTakerOf(taker, place)) : [];
}

function isTakerOf(taker: Node, place: number): boolean {
  return taker.type === "MemberExpression"
    ? taker.property.type === "Literal" && taker.property.value === place
    : takenBy(taker, place) !== undefined;
}

/** The name that gets an element of a list: `callback` of `const [callback] = rest`. */
export function takenBy(taker: Node, place: number): Node | undefined {
  const pattern = taker.type === "VariableDeclarator" ? taker.id : undefined;
  const element = pattern?.type === "ArrayPattern" ? pattern.elements[place] : undefined;
  return element?.type === "Identifier" ? element : undefined;
}
