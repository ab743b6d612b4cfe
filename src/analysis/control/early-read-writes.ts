import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { childrenOf, hasJump, isFunction } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import type { NamedFunctions } from "../code/named-functions.ts";
import type { Model } from "../code/model.ts";
import { typeofProof } from "../code/typeof-proof.ts";
import { mattersFor } from "./matters.ts";
import type { Matters } from "./matters.ts";

/** Whether the name certainly has a value, after a condition that was true and after one that was false. */
interface Branches {
  readonly whenTrue: boolean;
  readonly whenFalse: boolean;
}

/** What is asked about one name. */
export interface NameQuestion {
  readonly model: Model;
  readonly functions: NamedFunctions;
  readonly name: string;
  /** The function that the platform calls once the module has run. */
  readonly handler: FunctionNode;
  /**
   * Whether `typeof name` counts as a proof of a value: then values of earlier invocations count too.
   */
  readonly trustsTypeof: boolean;
}

/** One walk over code in the order in which it runs: each step takes and gives whether the name certainly exists. */
export class CertainWrites {
  readonly #question: NameQuestion;
  readonly #exits: ReadonlySet<Variable>;
  readonly #matters: Matters;
  readonly #early = new Set<Node>();
  readonly #late = new Set<Variable>();
  #returned = true;
  #broken = true;

  constructor(question: NameQuestion, exits: ReadonlySet<Variable>) {
    this.#question = question;
    this.#exits = exits;
    this.#matters = mattersFor(question.model, question.name);
  }

  get early(): Node | undefined {
    return this.#early.values().next().value;
  }

  /** Notes that a function can be called from here on. */
  enter(variable: Variable | undefined, exists: boolean): void {
    if (variable !== undefined && !exists) {
      this.#late.add(variable);
    }
  }

  entryOf(variable: Variable): boolean {
    return !this.#late.has(variable);
  }

  /** Whether the name exists wherever the function ends without an error. */
  body(node: FunctionNode, entry: boolean): boolean {
    const outer = [this.#returned, this.#broken] as const;
    this.#returned = true;
    const start = node.params.reduce((exists, parameter) => this.pattern(parameter, exists), entry);
    const end = this.node(node.body, start);
    const exit = end && this.#returned;
    [this.#returned, this.#broken] = outer;
    return exit;
  }

  statements(nodes: readonly Node[], exists: boolean): boolean {
    return nodes.reduce((before, node) => this.node(node, before), exists);
  }

  /** The statements of a block, of which few may matter. */
  list(nodes: readonly Node[], exists: boolean): boolean {
    let after = exists;
    let index = this.#matters.nextIn(nodes, 0);
    while (!after && index < nodes.length) {
      after = this.statements(nodes.slice(index, index + 1), after);
      index = this.#matters.nextIn(nodes, index + 1);
    }
    return after;
  }

  /** The targets of a declaration or destructuring, with the defaults among them. */
  pattern(node: Node, exists: boolean): boolean {
    switch (node.type) {
      case "Identifier":
        return exists || this.#isName(node);
      case "AssignmentPattern":
        this.node(node.right, exists);
        return this.pattern(node.left, exists);
      case "Property":
        return this.pattern(node.value, node.computed ? this.node(node.key, exists) : exists);
      case "RestElement":
      case "ObjectPattern":
      case "ArrayPattern":
        return childrenOf(node).reduce((before, child) => this.pattern(child, before), exists);
      default:
        return this.node(node, exists);
    }
  }

  node(node: Node, exists: boolean): boolean {
    // What exists stays, and what has nothing to do with the name changes nothing.
    if (exists || !this.#matters.isIn(node)) {
      return exists;
    }
    return this.#expression(node, exists) ?? this.#statement(node, exists) ?? this.statements(childrenOf(node), exists);
  }

  #isName(node: Node): boolean {
    const { model, name } = this.#question;
    return model.isGlobal(node, name) && model.referenceOf(node) !== undefined;
  }

  #identifier(node: Node, exists: boolean): boolean {
    const { model } = this.#question;
    if (!exists && this.#isName(node)) {
      this.#early.add(node);
    }
    if (model.referenceOf(node) !== undefined) {
      this.enter(model.variableOf(node), exists);
    }
    return exists;
  }

  #expression(node: Node, exists: boolean): boolean | undefined {
    switch (node.type) {
      case "Identifier":
        return this.#identifier(node, exists);
      case "FunctionExpression":
      case "ArrowFunctionExpression":
      case "FunctionDeclaration":
        // One that has a name is walked with what is known at all places that mention it.
        if (!this.#question.functions.isNamed(node)) {
          this.body(node, exists);
        }
        return exists;
      case "PropertyDefinition":
      case "StaticBlock":
        this.statements(childrenOf(node), exists);
        return exists;
      case "AssignmentExpression":
        return this.#assignment(node, exists);
      case "UnaryExpression":
        return node.operator === "typeof" && this.#isName(node.argument) ? exists : undefined;
      case "LogicalExpression":
      case "ConditionalExpression":
        return this.#choice(node, exists);
      case "ChainExpression":
        this.node(node.expression, exists);
        return exists;
      case "CallExpression":
        return this.statements(childrenOf(node), exists) || this.#writes(node, false);
      case "AwaitExpression":
        return this.node(node.argument, exists) || this.#writes(node.argument, true);
      default:
        return undefined;
    }
  }

  /** True for the call of a function that has written the name when the call is over. */
  #writes(call: Node, isAwaited: boolean): boolean {
    const callee = call.type === "CallExpression" ? call.callee : undefined;
    const variable = callee === undefined ? undefined : this.#question.model.variableOf(callee);
    const [node] = variable === undefined ? [] : this.#question.functions.nodesOf(variable);
    return variable !== undefined && this.#exits.has(variable) && (isAwaited || node?.async !== true);
  }

  #assignment({ operator, left, right }: ESTree.AssignmentExpression, exists: boolean): boolean {
    if (operator === "=" && this.#isName(left) && isFunction(right) && !this.#question.functions.isNamed(right)) {
      // Nobody has the function before the name has it.
      this.body(right, true);
      return true;
    }
    if (operator === "=" && left.type !== "MemberExpression") {
      return this.pattern(left, this.node(right, exists));
    }
    const read = this.node(left, exists);
    const value = this.node(right, read);
    return ["&&=", "||=", "??="].includes(operator) ? read : value;
  }

  #choice(node: ESTree.LogicalExpression | ESTree.ConditionalExpression, exists: boolean): boolean {
    if (node.type === "ConditionalExpression") {
      const { whenTrue, whenFalse } = this.#condition(node.test, exists);
      const [consequent, alternate] = [this.node(node.consequent, whenTrue), this.node(node.alternate, whenFalse)];
      return consequent && alternate;
    }
    if (node.operator === "??") {
      const left = this.node(node.left, exists);
      this.node(node.right, left);
      return left;
    }
    const { whenTrue, whenFalse } = this.#condition(node, exists);
    return whenTrue && whenFalse;
  }

  #condition(test: Node, exists: boolean): Branches {
    if (test.type === "UnaryExpression" && test.operator === "!") {
      const { whenTrue, whenFalse } = this.#condition(test.argument, exists);
      return { whenTrue: whenFalse, whenFalse: whenTrue };
    }
    if (test.type === "LogicalExpression" && test.operator !== "??") {
      const isAnd = test.operator === "&&";
      const left = this.#condition(test.left, exists);
      const right = this.#condition(test.right, isAnd ? left.whenTrue : left.whenFalse);
      return isAnd
        ? { whenTrue: right.whenTrue, whenFalse: left.whenFalse && right.whenFalse }
        : { whenTrue: left.whenTrue && right.whenTrue, whenFalse: right.whenFalse };
    }
    const after = this.node(test, exists);
    const proof = this.#question.trustsTypeof ? typeofProof(test, (asked) => this.#isName(asked)) : undefined;
    return { whenTrue: after || proof === true, whenFalse: after || proof === false };
  }

  #statement(node: Node, exists: boolean): boolean | undefined {
    switch (node.type) {
      case "BlockStatement":
        return this.list(node.body, exists);
      case "VariableDeclarator":
        return this.pattern(node.id, node.init ? this.node(node.init, exists) : exists);
      case "IfStatement": {
        const { whenTrue, whenFalse } = this.#condition(node.test, exists);
        const consequent = this.node(node.consequent, whenTrue);
        const alternate = node.alternate ? this.node(node.alternate, whenFalse) : whenFalse;
        return consequent && alternate;
      }
      case "ReturnStatement":
      case "ThrowStatement": {
        const after = node.argument ? this.node(node.argument, exists) : exists;
        this.#returned &&= node.type === "ThrowStatement" || after;
        return true;
      }
      case "BreakStatement":
        this.#broken &&= exists;
        return true;
      case "ContinueStatement":
        return true;
      case "LabeledStatement":
        this.node(node.body, exists);
        return exists;
      case "SwitchStatement":
        return this.#switch(node, exists);
      case "TryStatement":
        return this.#try(node, exists);
      default:
        return this.#loop(node, exists);
    }
  }

  /** A loop may run its body never; `break` leaves it with no less than what its head has done. */
  #loop(node: Node, exists: boolean): boolean | undefined {
    const broken = this.#broken;
    const after = this.#loopEnd(node, exists);
    this.#broken = broken;
    return after;
  }

  #loopEnd(node: Node, exists: boolean): boolean | undefined {
    switch (node.type) {
      case "WhileStatement": {
        const { whenTrue, whenFalse } = this.#condition(node.test, exists);
        this.node(node.body, whenTrue);
        return whenTrue && whenFalse;
      }
      case "ForStatement": {
        const start = node.init ? this.node(node.init, exists) : exists;
        const head = node.test ? this.node(node.test, start) : start;
        this.node(node.body, head);
        if (node.update) {
          this.node(node.update, head);
        }
        return head;
      }
      case "ForInStatement":
      case "ForOfStatement": {
        const head = this.node(node.right, exists);
        this.node(node.body, this.pattern(node.left, head));
        return head;
      }
      case "DoWhileStatement": {
        const end = this.node(node.body, exists) && !hasJump(node.body);
        return this.node(node.test, end || exists);
      }
      default:
        return undefined;
    }
  }

  #switch({ discriminant, cases }: ESTree.SwitchStatement, exists: boolean): boolean {
    const start = this.node(discriminant, exists);
    const broken = this.#broken;
    this.#broken = true;
    let end = start;
    for (const { test, consequent } of cases) {
      if (test) {
        this.node(test, start);
      }
      end = this.statements(consequent, start);
    }
    const hasDefault = cases.some(({ test }) => !test);
    const after = [this.#broken, end, hasDefault || start].every(Boolean);
    this.#broken = broken;
    return after;
  }

  #try({ block, handler, finalizer }: ESTree.TryStatement, exists: boolean): boolean {
    const normal = this.node(block, exists);
    const caught = handler
      ? this.node(handler.body, handler.param ? this.pattern(handler.param, exists) : exists)
      : true;
    const atLast = finalizer ? this.node(finalizer, exists) : exists;
    return atLast || (normal && caught);
  }
}
