import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction, isInside, rangeOf, staticName, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { pathFromHandler } from "../control/call-path.ts";
import { findHandler } from "../code/handler.ts";
import { callsOf } from "../code/calls.ts";
import { argumentFor, parameterOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { readsOf } from "../code/bindings.ts";

/** A place where data of one request gets into a variable that all requests share. */
export interface SharedWrite {
  readonly node: Node;
  /** What is written, as it is called: `orders`, `state.user`. */
  readonly name: string;
  /**
   * `grows`: it is added to what is there. `stale`: it is only written under a condition, and read in any case.
   * `other`: whether another request can see it does not show.
   */
  readonly kind: "grows" | "stale" | "other";
}

/** What is written, and the value. */
interface Write {
  readonly node: Node;
  readonly name: string;
  readonly value: Node;
  readonly isAdded: boolean;
}

const CONDITIONAL =
  /^(?:If|Switch|For|ForOf|ForIn|While)Statement$|^SwitchCase$|^CatchClause$|^LogicalExpression$|^ConditionalExpression$/u;

/** Finds what the handler, and the functions that it calls, write of the request into variables of the module. */
export function findSharedWrites(model: Model): SharedWrite[] {
  const input = new RequestData(model);
  return moduleVariables(model).flatMap((variable) => {
    const writes = writesOf(model, variable).filter(({ node }) => pathFromHandler(model, node) !== undefined);
    const ofRequest = writes.filter(({ value }) => input.isIn(value));
    const isRead = readsOf(variable).some((read) => !writes.some(({ node }) => isInside(read, node)));
    if (!isRead || ofRequest.some(({ node }) => isRemembered(model, variable, node))) {
      return [];
    }
    return ofRequest.map((write) => ({
      node: write.node,
      name: write.name,
      kind: kindOf(model, variable, write, writes, input),
    }));
  });
}

function moduleVariables(model: Model): Variable[] {
  return model.scopeManager.scopes
    .filter(({ block }) => block.type === "Program")
    .flatMap(({ variables }) => variables)
    .filter(({ defs }) => defs.length === 1 && defs[0]?.type === "Variable");
}

/** The writes into a variable, its members and its lists. A key that is made up at run time is that of a cache. */
function writesOf(model: Model, variable: Variable): Write[] {
  return variable.references
    .filter(({ init, identifier }) => init !== true && model.functionOf(identifier as Node) !== null)
    .flatMap(({ identifier }) => {
      let target: Node = identifier as Node;
      let name = variable.name;
      for (let above = model.parentOf(target); above?.type === "MemberExpression" && above.object === target;) {
        const member = staticName(above);
        const call = model.parentOf(above);
        if (member === undefined) {
          return [];
        }
        if (call?.type === "CallExpression" && call.callee === above) {
          return addedBy(call, member, name);
        }
        [target, name, above] = [above, `${name}.${member}`, call];
      }
      const assignment = model.parentOf(target);
      if (assignment?.type !== "AssignmentExpression" || assignment.left !== target) {
        return [];
      }
      const { operator, right } = assignment;
      const isAdded = operator === "+=";
      return operator === "=" || isAdded ? [{ node: assignment, name, value: right, isAdded }] : [];
    });
}

function addedBy(call: ESTree.SimpleCallExpression, method: string, name: string): Write[] {
  const [value] = call.arguments;
  return (method === "push" || method === "unshift") && value !== undefined
    ? [{ node: call, name, value, isAdded: true }]
    : [];
}

function kindOf(
  model: Model,
  variable: Variable,
  write: Write,
  writes: readonly Write[],
  input: RequestData,
): SharedWrite["kind"] {
  const others = writes.filter(({ node }) => node !== write.node);
  if (write.isAdded) {
    return others.every(({ isAdded }) => isAdded) && !isEmptied(model, variable) ? "grows" : "other";
  }
  const condition = conditionAround(model, write.node);
  const owner = model.functionOf(write.node);
  const isReadInAnyCase = readsOf(variable).some(
    (read) =>
      condition !== undefined &&
      model.functionOf(read) === owner &&
      !isInside(read, condition) &&
      conditionAround(model, read) === undefined &&
      rangeOf(read)[0] > rangeOf(condition)[1],
  );
  const isSkipped = condition !== undefined && canBeSkipped(condition, input);
  return others.length === 0 && isReadInAnyCase && isSkipped ? "stale" : "other";
}

/** True when the code behind a condition or a loop can be reached without what is in it. */
function canBeSkipped(condition: Node, input: RequestData): boolean {
  if (condition.type === "ForOfStatement") {
    return input.isIn(condition.right);
  }
  let mayEnd = /^(?:For|ForIn|While)Statement$/u.test(condition.type);
  walk(condition, (inner) => {
    mayEnd ||= inner.type === "ReturnStatement" || inner.type === "ThrowStatement";
    return !isFunction(inner);
  });
  return !mayEnd;
}

/** The outermost condition or loop around a node in its function. */
function conditionAround(model: Model, node: Node): Node | undefined {
  let found: Node | undefined;
  for (let above = model.parentOf(node); above !== null && !isFunction(above); above = model.parentOf(above)) {
    found = CONDITIONAL.test(above.type) ? above : found;
  }
  return found;
}

/** `list.length = 0`, `list.splice(…)`, `list.shift()`: somebody takes care of what is there. */
function isEmptied(model: Model, variable: Variable): boolean {
  return readsOf(variable).some((read) => {
    let member = model.parentOf(read);
    while (member?.type === "MemberExpression") {
      if (/^(?:splice|shift|pop)$/u.test(staticName(member) ?? "")) {
        return true;
      }
      const above = model.parentOf(member);
      if (above?.type === "AssignmentExpression" && above.left === member && staticName(member) === "length") {
        return true;
      }
      member = above;
    }
    const parent = model.parentOf(read);
    // Whoever gets the list may empty it.
    return parent?.type === "CallExpression" && parent.callee !== read;
  });
}

/** True when the function asks for what is there before it writes: a value that is kept on purpose. */
function isRemembered(model: Model, variable: Variable, write: Node): boolean {
  const owner = model.functionOf(write);
  const changing = moduleVariables(model).filter(({ references }) =>
    references.some((reference) => reference.isWrite() && reference.init !== true),
  );
  return [variable, ...changing].flatMap(readsOf).some((read) => {
    if (model.functionOf(read) !== owner) {
      return false;
    }
    let inner: Node = read;
    for (let above = model.parentOf(read); above !== null && !isFunction(above); above = model.parentOf(above)) {
      const isTest = "test" in above && above.test === inner;
      if (isTest || (above.type === "LogicalExpression" && above.left === inner)) {
        return true;
      }
      inner = above;
    }
    return false;
  });
}

/** Tells what comes from the input of the handler. */
class RequestData {
  readonly #model: Model;
  readonly #handler: FunctionNode | undefined;
  readonly #known = new Map<Variable, boolean>();

  constructor(model: Model) {
    this.#model = model;
    this.#handler = findHandler(model)?.node;
  }

  /** True when the value of an expression is made of the input. */
  isIn(node: Node): boolean {
    let isFound = false;
    walk(node, (inner) => {
      const variable =
        inner.type === "Identifier" && this.#model.referenceOf(inner) !== undefined
          ? this.#model.variableOf(inner)
          : undefined;
      isFound ||= variable !== undefined && this.#holds(variable);
      return !isFunction(inner);
    });
    return isFound;
  }

  #holds(variable: Variable): boolean {
    const known = this.#known.get(variable);
    if (known !== undefined) {
      return known;
    }
    // What hangs on itself has it from elsewhere.
    this.#known.set(variable, false);
    const holds = this.#compute(variable);
    this.#known.set(variable, holds);
    return holds;
  }

  #compute(variable: Variable): boolean {
    const [definition] = variable.defs;
    if (definition?.type === "Parameter") {
      return this.#isGiven(variable, definition.node);
    }
    if (definition?.type !== "Variable" || this.#model.functionOf(definition.node) === null) {
      return false;
    }
    const loop = this.#model.parentOf(this.#model.parentOf(definition.node) ?? definition.node);
    const isOfLoop = loop?.type === "ForOfStatement" && isInside(definition.node, loop.left);
    return (
      (isOfLoop && this.isIn(loop.right)) ||
      variable.references.some(({ writeExpr }) => writeExpr && !isOfLoop && this.isIn(writeExpr))
    );
  }

  #isGiven(variable: Variable, owner: FunctionNode): boolean {
    const index = parameterOf(owner, variable)?.index ?? -1;
    if (owner === this.#handler) {
      return index === 0;
    }
    const call = this.#model.parentOf(owner);
    if (call?.type === "CallExpression" && call.callee.type === "MemberExpression" && call.arguments[0] === owner) {
      // `input.payload.rows.forEach((row) => …)`
      return index === 0 && this.isIn(call.callee.object);
    }
    return callsOf(this.#model, owner).sites.some((site) => {
      const argument = argumentFor(site, index);
      return argument.kind === "given" && this.isIn(argument.node);
    });
  }
}
