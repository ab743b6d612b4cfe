import type * as ESTree from "estree";
import { callsAtOnce } from "../code/builtins.ts";
import { childrenOf, isFunction, isLoop, staticName } from "../code/tree.ts";
import type { FunctionNode, Loop, Node } from "../code/tree.ts";
import { Captures } from "./captures.ts";
import type { CaptureQuestions } from "./captures.ts";
import { BREAK, CONTINUE, either, falling, handOn, land, sequence, settle } from "./flow.ts";
import type { Flow, Settled } from "./flow.ts";

/** What the interpreter asks about the code. */
export interface Questions extends CaptureQuestions {
  /** The call hands the callback to a function that may end without having settled. */
  readonly isUncertain: (call: ESTree.SimpleCallExpression) => boolean;
  /** The call is one of an async function that nobody waits for: it settles at any time, and throws nothing itself. */
  readonly isLater: (call: ESTree.SimpleCallExpression) => boolean;
  /** The call will be written as `return` or `throw`: nothing behind it counts. */
  readonly isFinal: (call: ESTree.SimpleCallExpression) => boolean;
  /** The function is declared in the list of a function's own statements: it is there before any of them runs. */
  readonly isHoisted: (node: FunctionNode) => boolean;
  /** Reading the name, or writing to it, raises an error: nothing declares it, or it is a constant. */
  readonly isUnsafeName: (identifier: Node) => boolean;
  /** Evaluating the node raises no error. */
  readonly isSafe: (node: Node) => boolean;
}

/** Abstract interpretation of one function body over {@link Settled}. */
export class Interpreter {
  readonly #ask: Questions;
  readonly calls = new Map<ESTree.SimpleCallExpression, Settled>();
  readonly returns = new Map<ESTree.ReturnStatement, Settled>();
  readonly escapes = new Set<Node>();
  readonly #flows = new Map<Node, Map<Settled, Flow>>();
  readonly #captures: Captures;
  /** The settlement with which control waits for something. */
  waiting: Settled = 0;

  constructor(questions: Questions) {
    this.#ask = questions;
    this.#captures = new Captures(questions, this.escapes);
  }

  body(node: Pick<FunctionNode, "body">, before: Settled): Flow {
    return node.body.type === "BlockStatement"
      ? this.#list(node.body.body, before)
      : this.#expression(node.body, before);
  }

  #list(statements: readonly Node[], before: Settled): Flow {
    return statements.reduce<Flow>(
      (flow, statement) => sequence(flow, (at) => this.#statement(statement, at)),
      falling(before),
    );
  }

  #optional(node: Node | null | undefined, before: Settled): Flow {
    return node === null || node === undefined ? falling(before) : this.#expression(node, before);
  }

  #statement(node: Node, before: Settled): Flow {
    switch (node.type) {
      case "BlockStatement":
        return this.#list(node.body, before);
      case "IfStatement":
        return sequence(this.#expression(node.test, before), (at) =>
          either(
            this.#statement(node.consequent, at),
            node.alternate ? this.#statement(node.alternate, at) : falling(at),
          ),
        );
      case "ReturnStatement": {
        const flow = this.#optional(node.argument, before);
        this.returns.set(node, (this.returns.get(node) ?? 0) | flow.normal);
        return this.#leave(flow, "returned");
      }
      case "ThrowStatement":
        return this.#leave(this.#expression(node.argument, before), "thrown");
      case "BreakStatement":
        return { ...falling(0), jumps: new Map([[BREAK + (node.label?.name ?? ""), before]]) };
      case "ContinueStatement":
        return { ...falling(0), jumps: new Map([[CONTINUE + (node.label?.name ?? ""), before]]) };
      case "LabeledStatement":
        return this.#labelled(node, before);
      case "SwitchStatement":
        return this.#switch(node, before);
      case "TryStatement":
        return this.#once(node, before, () => this.#try(node, before));
      case "WhileStatement":
      case "DoWhileStatement":
      case "ForStatement":
      case "ForInStatement":
      case "ForOfStatement":
        return this.#once(node, before, () => this.#loop(node, before, []));
      default:
        return this.#expression(node, before);
    }
  }

  /**
   * What runs in rounds is interpreted once for each settlement that it is entered with: a second time would tell
   * nothing new, and rounds in rounds would be without number.
   */
  #once(node: Node, before: Settled, run: () => Flow): Flow {
    const flows = this.#flows.get(node) ?? new Map<Settled, Flow>();
    this.#flows.set(node, flows);
    const flow = flows.get(before) ?? run();
    flows.set(before, flow);
    return flow;
  }

  #leave(flow: Flow, how: "returned" | "thrown"): Flow {
    return { ...flow, normal: 0, [how]: flow[how] | flow.normal };
  }

  #labelled(node: ESTree.LabeledStatement, before: Settled): Flow {
    const labels = [node.label.name];
    let { body } = node;
    while (body.type === "LabeledStatement") {
      labels.push(body.label.name);
      ({ body } = body);
    }
    const loop = isLoop(body) ? body : undefined;
    const flow =
      loop === undefined
        ? this.#statement(body, before)
        : this.#once(loop, before, () => this.#loop(loop, before, labels));
    return land(
      flow,
      labels.map((label) => BREAK + label),
    );
  }

  #switch(node: ESTree.SwitchStatement, before: Settled): Flow {
    let flow = this.#expression(node.discriminant, before);
    // Any case may be entered with what held after the discriminant, or by falling through from the one above.
    const entry = flow.normal;
    let { normal } = { normal: 0 };
    flow = { ...flow, normal: 0 };
    for (const { test, consequent } of node.cases) {
      const tested = this.#optional(test, entry);
      const run = this.#list(consequent, tested.normal | normal);
      ({ normal } = run);
      flow = either(flow, { ...either(run, { ...tested, normal: 0 }), normal: 0 });
    }
    const hasDefault = node.cases.some(({ test }) => test === null || test === undefined);
    return land({ ...flow, normal: normal | (hasDefault ? 0 : entry) }, [BREAK]);
  }

  #try(node: ESTree.TryStatement, before: Settled): Flow {
    let flow = this.#list(node.block.body, before);
    if (node.handler) {
      const caught = this.#list(node.handler.body.body, flow.thrown);
      flow = either({ ...flow, thrown: 0 }, flow.thrown === 0 ? falling(0) : caught);
    }
    return node.finalizer ? this.#finally(node.finalizer, flow) : flow;
  }

  /** Every way out of the `try` passes through the finalizer, which may change the settlement or the way itself. */
  #finally(finalizer: ESTree.BlockStatement, flow: Flow): Flow {
    const pass = (settled: Settled): Flow => (settled === 0 ? falling(0) : this.#list(finalizer.body, settled));
    let result = pass(flow.normal);
    const through = (settled: Settled, onwards: (settled: Settled) => Flow): void => {
      const run = pass(settled);
      result = either(result, either({ ...run, normal: 0 }, onwards(run.normal)));
    };
    through(flow.returned, (returned) => ({ ...falling(0), returned }));
    through(flow.thrown, (thrown) => falling(0, thrown));
    for (const [target, settled] of flow.jumps) {
      through(settled, (jumped) => ({ ...falling(0), jumps: new Map([[target, jumped]]) }));
    }
    return result;
  }

  #loop(node: Loop, before: Settled, labels: readonly string[]): Flow {
    const continues = [CONTINUE, ...labels.map((label) => CONTINUE + label)];
    const head = this.#optional(node.type === "ForStatement" ? node.init : "right" in node ? node.right : null, before);
    let entry = head.normal;
    let result: Flow = { ...head, normal: 0 };
    // The set of answers only grows, so this ends after at most as many rounds as it has members.
    for (;;) {
      const round = this.#round(node, entry, continues);
      result = either(result, { ...round, normal: 0 });
      const next = entry | round.normal;
      if (next === entry) {
        if (node.type === "ForOfStatement") {
          // Asking for the next value may fail, and may have to be waited for.
          this.waiting |= node.await ? entry : 0;
          result = { ...result, thrown: result.thrown | entry };
        }
        const leaves = this.#leavesByTest(node, entry, round.normal);
        return land({ ...result, normal: leaves }, [BREAK]);
      }
      entry = next;
    }
  }

  #round(node: Loop, entry: Settled, continues: readonly string[]): Flow {
    const test = "test" in node && node.type !== "DoWhileStatement" ? this.#optional(node.test, entry) : falling(entry);
    const left = "left" in node ? sequence(test, (at) => this.#expression(node.left, at)) : test;
    const body = land(
      sequence(left, (at) => this.#statement(node.body, at)),
      continues,
    );
    if (node.type === "DoWhileStatement") {
      return sequence(body, (at) => this.#expression(node.test, at));
    }
    return node.type === "ForStatement" ? sequence(body, (at) => this.#optional(node.update, at)) : body;
  }

  #leavesByTest(node: Loop, entry: Settled, afterRound: Settled): Settled {
    if (node.type === "DoWhileStatement") {
      return isAlwaysTrue(node.test) ? 0 : afterRound;
    }
    if (!("test" in node)) {
      return entry;
    }
    return isAlwaysTrue(node.test) ? 0 : this.#optional(node.test, entry).normal;
  }

  /** Expressions, and declarations that hold them, in the order in which their parts are evaluated. */
  #expression(node: Node, before: Settled): Flow {
    if (isFunction(node)) {
      const isHandedOn = !this.#ask.isHelper(node) && this.#captures.closes(node) && !this.#ask.isHoisted(node);
      return falling(isHandedOn ? handOn(before) : before);
    }
    switch (node.type) {
      case "StaticBlock":
        return this.#classCode(node, before);
      case "PropertyDefinition":
        return sequence(node.computed ? this.#expression(node.key, before) : falling(before), (at) =>
          node.value ? this.#classCode(node.value, at) : falling(at),
        );
      case "Identifier":
        if (this.#ask.isCallback(node)) {
          this.escapes.add(node);
          return falling(handOn(before));
        }
        return falling(
          this.#captures.handsOn(node) ? handOn(before) : before,
          this.#ask.isUnsafeName(node) ? before : 0,
        );
      case "ConditionalExpression":
        return sequence(this.#expression(node.test, before), (at) =>
          either(this.#expression(node.consequent, at), this.#expression(node.alternate, at)),
        );
      case "LogicalExpression":
        return sequence(this.#expression(node.left, before), (at) =>
          either(falling(at), this.#expression(node.right, at)),
        );
      case "CallExpression":
        return this.#call(node, before);
      default: {
        const flow = this.#expressions(node, before);
        if (node.type === "AwaitExpression") {
          this.waiting |= flow.normal;
        }
        return mayThrow(node) && !this.#ask.isSafe(node) ? { ...flow, thrown: flow.thrown | flow.normal } : flow;
      }
    }
  }

  #expressions(node: Node, before: Settled): Flow {
    return childrenOf(node).reduce<Flow>(
      (at, child) => sequence(at, (settled) => this.#expression(child, settled)),
      falling(before),
    );
  }

  /** What a class runs for itself can neither return for the function around it nor be awaited there. */
  #classCode(node: Node, before: Settled): Flow {
    if (this.#captures.closes(node)) {
      return falling(handOn(before), before);
    }
    return node.type === "StaticBlock" ? this.#expressions(node, before) : this.#expression(node, before);
  }

  #call(node: ESTree.SimpleCallExpression, before: Settled): Flow {
    const isSettleCall = this.#ask.isCallback(node.callee);
    const isDelegate = !isSettleCall && this.#ask.isDelegate(node);
    const callee = isSettleCall ? falling(before) : this.#expression(node.callee, before);
    const ready = node.arguments
      .filter((argument) => !isDelegate || !this.#ask.isCallback(argument))
      .reduce<Flow>((flow, argument) => sequence(flow, (at) => this.#argument(node, argument, at)), callee);
    if (!isSettleCall && !isDelegate) {
      return this.#ask.isSafe(node) ? falling(ready.normal) : { ...ready, thrown: ready.thrown | ready.normal };
    }
    this.calls.set(node, (this.calls.get(node) ?? 0) | ready.normal);
    const isLater = isDelegate && this.#ask.isLater(node);
    const missed = isDelegate && this.#ask.isUncertain(node) ? ready.normal : 0;
    const settled = {
      ...ready,
      normal: (isLater ? handOn(ready.normal) : settle(ready.normal)) | missed,
      thrown: ready.thrown | (isDelegate && !isLater ? ready.normal : 0),
    };
    return this.#ask.isFinal(node) ? this.#leave(settled, "returned") : settled;
  }

  /** A function that an array method calls right away runs here, any number of times. */
  #argument(call: ESTree.SimpleCallExpression, argument: Node, before: Settled): Flow {
    const isRunHere =
      call.callee.type === "MemberExpression" &&
      callsAtOnce(staticName(call.callee)) &&
      argument === call.arguments[0] &&
      isFunction(argument) &&
      argument.async !== true &&
      argument.generator !== true;
    return isRunHere
      ? this.#once(argument, before, () => this.#repeat(argument, before))
      : this.#expression(argument, before);
  }

  #repeat(argument: FunctionNode, before: Settled): Flow {
    let result = falling(before);
    for (;;) {
      const run = this.body(argument, result.normal);
      const normal = result.normal | run.normal | run.returned;
      const thrown = result.thrown | run.thrown;
      if (normal === result.normal && thrown === result.thrown) {
        return result;
      }
      result = falling(normal, thrown);
    }
  }
}

function isAlwaysTrue(test: Node | null | undefined): boolean {
  return test === null || test === undefined || (test.type === "Literal" && Boolean(test.value));
}

/** Whatever can raise an error in practice; reading a plain variable, literals and operators on them are left out. */
function mayThrow(node: Node): boolean {
  if (node.type === "VariableDeclarator") {
    return node.id.type !== "Identifier";
  }
  if (node.type === "AssignmentExpression") {
    return /Pattern$/u.test(node.left.type);
  }
  return /^(?:New|Await|Yield|Member|TaggedTemplate|Import|Class|Binary|Update)Expression$|^(?:ForOf|ForIn|Spread|ClassDeclaration)/u.test(
    node.type,
  );
}
