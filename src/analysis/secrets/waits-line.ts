import type * as ESTree from "estree";
import { resolveFunction } from "../code/functions.ts";
import { joinedPromises } from "../code/joined-promises.ts";
import type { Model } from "../code/model.ts";
import { isCallOf } from "../code/names.ts";
import { isQuietCall } from "../code/quiet-calls.ts";
import { childrenOf, isFunction, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { isPromiseStep, secretOperationsOf } from "./operations.ts";
import type { SecretOperation } from "./operations.ts";
import { Group } from "./waits-group.ts";
import type { Found } from "./waits-group.ts";
import { NOTHING, union, Variables } from "./waits-made.ts";
import type { Made } from "./waits-made.ts";
import { readsInRounds, readsOfReducer, reducerOf } from "./waits-rounds.ts";
import type { Loop } from "./waits-rounds.ts";

/** Reads code in the order in which it runs. */
export class Line {
  readonly #model: Model;
  readonly #found: Found;
  readonly #operations: ReadonlyMap<Node, SecretOperation>;
  readonly #group: Group;
  readonly #variables: Variables;
  /** What decides whether the code at hand runs. */
  #decided: Made = NOTHING;

  constructor(model: Model, found: Found, variables = new Variables(model)) {
    this.#model = model;
    this.#found = found;
    this.#operations = secretOperationsOf(model);
    this.#group = new Group(model, found);
    this.#variables = variables;
  }

  /** Reads a function, or statements, and reports what it has found. */
  read(code: FunctionNode | readonly Node[]): void {
    if ("type" in code) {
      this.#all(code.params);
      this.#statement(code.body);
    } else {
      this.#statements(code);
    }
    this.#group.close();
  }

  /** Code that does not run in line with what is around it. */
  #aside(read: (line: Line) => void): void {
    const line = new Line(this.#model, this.#found, this.#variables.copy());
    read(line);
    line.#group.close();
  }

  #statements(list: readonly Node[]): void {
    list.forEach((statement) => {
      this.#statement(statement);
    });
  }

  #statement(node: Node): void {
    switch (node.type) {
      case "BlockStatement":
        this.#statements(node.body);
        break;
      case "LabeledStatement":
        this.#statement(node.body);
        break;
      case "IfStatement":
        this.#expression(node.test);
        if (!this.#isGuard(node)) {
          this.#branches([node.consequent, node.alternate]);
        }
        break;
      case "SwitchStatement":
        this.#expression(node.discriminant);
        this.#branches(node.cases.flatMap(({ consequent }) => consequent));
        break;
      case "TryStatement":
        this.#statement(node.block);
        this.#branches([node.handler?.body]);
        this.#statements(node.finalizer?.body ?? []);
        break;
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        this.#loop(node);
        break;
      case "ReturnStatement":
      case "ThrowStatement":
        this.#all(childrenOf(node));
        this.#group.close();
        break;
      case "ClassDeclaration":
      case "FunctionDeclaration":
        this.#nested(node);
        break;
      default:
        this.#expression(node);
    }
  }

  /** Code of which one part or none runs; nothing that leaves or waits may be in it. */
  #branches(parts: readonly (Node | null | undefined)[]): void {
    const code = parts.filter((part): part is Node => part !== null && part !== undefined);
    for (const part of code) {
      this.#aside((line) => {
        line.#statement(part);
      });
      this.#variables.takeOver(part);
    }
    if (!code.every((part) => this.#isPlain(part))) {
      this.#group.break();
    }
  }

  #loop(loop: Loop): void {
    const head = "right" in loop ? loop.right : loop.type === "ForStatement" ? loop.init : undefined;
    const made = head ? this.#expression(head) : NOTHING;
    this.#aside((line) => {
      if ("left" in loop) {
        line.#variables.bind(nameOf(loop.left), made, true);
      }
      line.#statement(loop.body);
      line.#group.close();
      const { breaks } = line.#group;
      line.#statement(loop.body);
      this.#tellRounds(readsInRounds(this.#model, loop, line.#group, breaks, this.#found));
    });
    if (!this.#isPlain(loop.body)) {
      this.#group.break();
    }
    this.#variables.takeOver(loop);
  }

  #tellRounds(reads: readonly SecretOperation[]): void {
    reads.forEach((read) => this.#found.rounds.set(read.call, read));
  }

  /**
   * `if (input.id === undefined) throw …`: it leaves, and needs nothing that was read. So it could stand in front of all
   * reads, and does not decide which of them are needed.
   */
  #isGuard({ test, consequent, alternate }: ESTree.IfStatement): boolean {
    const last = consequent.type === "BlockStatement" ? consequent.body.at(-1) : consequent;
    const leaves = last?.type === "ReturnStatement" || last?.type === "ThrowStatement";
    return leaves && !alternate && [test, consequent].every((part) => this.#variables.mentionedIn(part).size === 0);
  }

  /** True for code that neither leaves, nor waits, nor calls what can't be seen through. */
  #isPlain(code: Node): boolean {
    let isPlain = true;
    walk(code, (part) => {
      isPlain &&=
        !/^(?:Return|Throw|Break)Statement$|^(?:Await|Yield|TaggedTemplate|Import)Expression$/u.test(part.type) &&
        !this.#operations.has(part) &&
        ((part.type !== "CallExpression" && part.type !== "NewExpression") || isQuietCall(this.#model, part));
      return isPlain && !isFunction(part);
    });
    return isPlain;
  }

  #nested(node: Node): void {
    if (isFunction(node)) {
      this.#aside((line) => {
        line.read(node);
      });
    } else {
      childrenOf(node).forEach((child) => {
        this.#nested(child);
      });
    }
  }

  /** Reads an expression, and tells what its value is made of. */
  #expression(node: Node): Made {
    const operation = this.#operations.get(node);
    if (operation !== undefined) {
      return this.#start(operation);
    }
    switch (node.type) {
      case "AwaitExpression":
        return this.#await(node.argument);
      case "Identifier":
        return this.#variables.of(node);
      case "VariableDeclarator":
        return this.#bind(node.id, node.init ? this.#expression(node.init) : NOTHING, true);
      case "AssignmentExpression":
        return this.#bind(node.left, this.#expression(node.right), node.operator === "=");
      case "LogicalExpression":
        return union(this.#expression(node.left), this.#decidedBy(node.left, [node.right]));
      case "ConditionalExpression":
        return union(this.#expression(node.test), this.#decidedBy(node.test, [node.consequent, node.alternate]));
      case "CallExpression":
      case "NewExpression":
        return this.#call(node);
      case "ArrowFunctionExpression":
      case "FunctionExpression":
      case "ClassExpression":
        this.#nested(node);
        return this.#variables.mentionedIn(node);
      case "TaggedTemplateExpression":
      case "YieldExpression":
      case "ImportExpression":
        this.#group.break();
        return NOTHING;
      default:
        return this.#all(childrenOf(node));
    }
  }

  #all(nodes: readonly Node[]): Made {
    return nodes.map((node) => this.#expression(node)).reduce(union, NOTHING);
  }

  #bind(target: Node, made: Made, isNew: boolean): Made {
    this.#variables.bind(target, made, isNew);
    return made;
  }

  /** Parts of which one or none runs: none of their operations waits for one of another part. */
  #decidedBy(test: Node, parts: readonly Node[]): Made {
    const before = this.#decided;
    this.#decided = union(before, this.#variables.mentionedIn(test));
    let made = NOTHING;
    for (const part of parts) {
      made = union(made, this.#expression(part));
      this.#decided = union(this.#decided, made);
    }
    this.#decided = before;
    return made;
  }

  #start(operation: SecretOperation): Made {
    const { callee, arguments: given } = operation.call;
    const needs = this.#all(callee.type === "MemberExpression" ? [callee.object, ...given] : given);
    this.#group.start(operation, union(needs, this.#decided));
    return new Set([operation]);
  }

  #await(promise: Node): Made {
    const joined = this.#joined(promise);
    const made = joined.length > 0 ? this.#all(joined) : this.#expression(promise);
    const isStarted = [...made].some((operation) => !this.#group.ended.has(operation));
    const isOfOperations = joined.length > 0 || this.#isOperation(promise) || promise.type === "Identifier";
    this.#group.end(made);
    if (!isStarted && !(isOfOperations && made.size > 0) && !this.#isParameter(promise)) {
      this.#group.break();
    }
    return made;
  }

  /** True for an operation, also with `.then` behind it. */
  #isOperation(promise: Node): boolean {
    return this.#operations.has(promise) || (isPromiseStep(promise) && this.#isOperation(promise.callee.object));
  }

  /** The promises that `Promise.all` waits for: of a list, and of a function that is called for each item of one. */
  #joined(call: Node): readonly Node[] {
    const elements = joinedPromises(this.#model, call).flatMap((element) => element ?? []);
    const isJoin = call.type === "CallExpression" && isCallOf(this.#model, call, "Promise.all");
    const list = isJoin ? call.arguments[0] : undefined;
    const isMapped = list?.type === "CallExpression" && list.callee.type === "MemberExpression";
    const run = isMapped ? list.arguments[0] : undefined;
    const given = run !== undefined && isFunction(run) ? run.body : undefined;
    const each = given?.type === "AwaitExpression" ? given.argument : given;
    return each !== undefined && this.#operations.has(each) ? [...elements, each] : elements;
  }

  /** `await collected` in the function of a `reduce`: the rounds before have ended. */
  #isParameter(node: Node): boolean {
    return node.type === "Identifier" && this.#model.variableOf(node)?.defs[0]?.type === "Parameter";
  }

  #call(node: ESTree.SimpleCallExpression | ESTree.NewExpression): Made {
    if (isPromiseStep(node)) {
      return this.#step(node);
    }
    const { callee } = node;
    const isMember = callee.type === "MemberExpression";
    const made = this.#all([...(isMember ? childrenOf(callee) : [callee]), ...node.arguments]);
    if (isMember) {
      // `list.push(secret)`: the list is made of the secret from now on.
      this.#bind(callee.object, made, false);
    }
    const reducer = reducerOf(node);
    if (reducer !== undefined) {
      this.#aside((line) => {
        line.#statement(reducer.body);
        this.#tellRounds(readsOfReducer(this.#model, reducer, line.#group));
      });
    }
    if (!isQuietCall(this.#model, node) && joinedPromises(this.#model, node).length === 0) {
      this.#group.break();
    }
    return made;
  }

  /** `promise.then((value) => …)`: the function runs behind what the promise is made of. */
  #step(call: ESTree.SimpleCallExpression & { callee: ESTree.MemberExpression }): Made {
    const made = this.#expression(call.callee.object);
    const [handler] = call.arguments;
    const answer = handler === undefined ? undefined : resolveFunction(this.#model, handler);
    if (made.size === 0 || answer?.kind !== "local" || answer.node !== handler) {
      return union(made, this.#all(call.arguments));
    }
    let given = NOTHING;
    this.#aside((line) => {
      line.#group.follow(made);
      for (const parameter of answer.node.params) {
        line.#bind(parameter, made, true);
      }
      given = line.#result(answer.node);
    });
    this.#variables.takeOver(answer.node);
    return union(union(made, given), this.#all(call.arguments.slice(1)));
  }

  /** What a handler of a promise gives; it is read in line. */
  #result({ body }: FunctionNode): Made {
    if (body.type !== "BlockStatement") {
      return this.#expression(body);
    }
    const last = body.body.at(-1);
    const result = last?.type === "ReturnStatement" ? last.argument : undefined;
    this.#statements(result ? body.body.slice(0, -1) : body.body);
    return result ? this.#expression(result) : NOTHING;
  }
}

/** What a loop over something binds. */
function nameOf(left: ESTree.VariableDeclaration | ESTree.Pattern): Node {
  return left.type === "VariableDeclaration" ? (left.declarations[0]?.id ?? left) : left;
}
