import { callsAtOnce, promiseMethods, timers } from "../code/builtins.ts";
import { callsOf } from "../code/calls.ts";
import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { childrenOf, isFunction, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";

/** Code that runs in some cases only: an arm of a condition, the body of a loop, a `catch`, a function that others call. */
export interface Choice {
  /** What chooses: the condition, the loop, the `try`, the call that gets the function. */
  readonly at: Node;
  /** Of a condition without `else` this is the condition itself where it is the other arm. */
  readonly arm: Node;
}

/** A place in the course of an invocation. A function that is called twice gives two steps for what is in it. */
export interface Step {
  readonly node: Node;
  /** What had to be chosen on the way, the outermost first. */
  readonly choices: readonly Choice[];
  /** The functions that are under way, the handler first. */
  readonly callers: readonly FunctionNode[];
  /** How often control may have been given away until here: other code ran in between. */
  readonly waits: number;
}

/** No file of a person calls more; what does would cost more than its answer is worth. */
const MOST_CALLS = 200;

/**
 * The places in the order in which a call of a function comes to them, through the functions of the file that it calls;
 * undefined when there is no end to them. Each function runs where it is called, and once where it calls itself.
 */
export function stepsOf(model: Model, start: FunctionNode, wanted: ReadonlySet<Node>): readonly Step[] | undefined {
  const finder = new StepFinder(model, wanted);
  finder.run(start);
  return finder.isComplete ? finder.steps : undefined;
}

class StepFinder {
  readonly steps: Step[] = [];
  readonly #model: Model;
  readonly #wanted: ReadonlySet<Node>;
  readonly #choices: Choice[] = [];
  readonly #callers: FunctionNode[] = [];
  #calls = 0;
  #waits = 0;

  constructor(model: Model, wanted: ReadonlySet<Node>) {
    this.#model = model;
    this.#wanted = wanted;
  }

  get isComplete(): boolean {
    return this.#calls <= MOST_CALLS;
  }

  run(node: FunctionNode): void {
    this.#calls += 1;
    if (this.#callers.includes(node) || !this.isComplete) {
      return;
    }
    this.#callers.push(node);
    this.#visitAll([...node.params, node.body]);
    this.#callers.pop();
  }

  #add(node: Node): void {
    if (this.#wanted.has(node)) {
      this.steps.push({ node, choices: [...this.#choices], callers: [...this.#callers], waits: this.#waits });
    }
  }

  #visitAll(nodes: readonly (Node | null | undefined)[]): void {
    for (const node of nodes) {
      if (node !== null && node !== undefined) {
        this.#visit(node);
      }
    }
  }

  /** @param parts what runs where the arm is taken, in order; the arm alone where it is left out */
  #choose(at: Node, arm: Node | null | undefined, parts: readonly (Node | null | undefined)[] = [arm]): void {
    if (arm !== null && arm !== undefined) {
      this.#choices.push({ at, arm });
      this.#visitAll(parts);
      this.#choices.pop();
    }
  }

  /** Behind `if (…) return;` runs what is the other arm of that condition. */
  #list([statement, ...others]: readonly Node[]): void {
    if (statement === undefined) {
      return;
    }
    this.#visit(statement);
    if (statement.type === "IfStatement" && !statement.alternate && leavesFunction(statement.consequent)) {
      this.#choices.push({ at: statement, arm: statement });
      this.#list(others);
      this.#choices.pop();
    } else {
      this.#list(others);
    }
  }

  /** The node itself comes behind its parts: a value is there before it is written. */
  #visit(node: Node): void {
    if (!isFunction(node) && node.type !== "ClassDeclaration" && node.type !== "ClassExpression") {
      this.#parts(node);
      this.#add(node);
    }
  }

  #parts(node: Node): void {
    switch (node.type) {
      case "Program":
      case "BlockStatement":
      case "StaticBlock":
        this.#list(node.body);
        break;
      case "IfStatement":
      case "ConditionalExpression":
        this.#visit(node.test);
        this.#choose(node, node.consequent);
        this.#choose(node, node.alternate);
        break;
      case "LogicalExpression":
        this.#visit(node.left);
        this.#choose(node, node.right);
        break;
      case "SwitchStatement":
        this.#visit(node.discriminant);
        node.cases.forEach((each) => {
          this.#choose(node, each);
        });
        break;
      case "ForStatement":
        this.#visitAll([node.init, node.test]);
        this.#choose(node, node.body, [node.body, node.update]);
        break;
      case "WhileStatement":
        this.#visit(node.test);
        this.#choose(node, node.body);
        break;
      case "ForInStatement":
      case "ForOfStatement":
        this.#visit(node.right);
        this.#choose(node, node.body, [node.left, node.body]);
        break;
      case "TryStatement":
        this.#choose(node, node.block);
        this.#choose(node, node.handler);
        this.#visitAll([node.finalizer]);
        break;
      case "AssignmentExpression":
        this.#visitAll([node.right, node.left]);
        break;
      case "AwaitExpression":
        this.#visit(node.argument);
        this.#waits += 1;
        break;
      case "CallExpression":
      case "NewExpression":
        this.#visitAll([node.callee, ...node.arguments]);
        this.#call(node);
        break;
      default:
        this.#visitAll(childrenOf(node));
    }
  }

  #call(call: Node): void {
    for (const { run, argument } of runsByCall(this.#model).get(call) ?? []) {
      if (argument === undefined) {
        this.run(run);
        continue;
      }
      const method = methodOf(call);
      this.#waits += promiseMethods.has(method) || isTimer(this.#model, call) ? 1 : 0;
      // Whatever else gets a function is taken to call it, once.
      const isChosen = callsAtOnce(method) || method === "catch";
      this.#choices.push(...(isChosen ? [{ at: call, arm: run }] : []));
      this.run(run);
      this.#choices.splice(isChosen ? -1 : this.#choices.length);
    }
  }
}

/** True for code that ends in a `return` or a `throw`, whichever way it takes. */
export function leavesFunction(code: Node): boolean {
  switch (code.type) {
    case "ReturnStatement":
    case "ThrowStatement":
      return true;
    case "BlockStatement":
      return code.body.some(leavesFunction);
    case "CatchClause":
      return leavesFunction(code.body);
    case "SwitchCase":
      return code.consequent.some(leavesFunction);
    case "IfStatement":
      return leavesFunction(code.consequent) && !!code.alternate && leavesFunction(code.alternate);
    case "TryStatement":
      return (
        (leavesFunction(code.block) && (!code.handler || leavesFunction(code.handler))) ||
        (!!code.finalizer && leavesFunction(code.finalizer))
      );
    default:
      return false;
  }
}

/** The functions of the file that a call runs: the one that it calls, and those that it hands on. */
const runsByCall = perModel((model) => {
  const runs = new Map<Node, { readonly run: FunctionNode; readonly argument: Node | undefined }[]>();
  const add = (call: Node, run: FunctionNode, argument: Node | undefined): void => {
    runs.set(call, [...(runs.get(call) ?? []), { run, argument }]);
  };
  const functions: FunctionNode[] = [
    ...model.nodes("FunctionDeclaration"),
    ...model.nodes("FunctionExpression"),
    ...model.nodes("ArrowFunctionExpression"),
  ];
  for (const run of functions) {
    const { sites, callbacks } = callsOf(model, run);
    sites.forEach(({ call }) => {
      add(call, run, undefined);
    });
    callbacks.forEach(({ call, argument }) => {
      add(call, run, argument);
    });
  }
  return runs;
});

function methodOf(call: Node): string {
  const callee = call.type === "CallExpression" ? call.callee : undefined;
  return callee?.type === "MemberExpression" ? (staticName(callee) ?? "") : "";
}

function isTimer(model: Model, call: Node): boolean {
  return call.type === "CallExpression" && isCallOf(model, call, ...timers);
}
