import type * as ESTree from "estree";
import { keptMethods } from "../../platform/console.ts";
import { EACH, isShort, iterationAround, lengthOf, roundsOf } from "./loop-rounds.ts";
import { childrenOf, isFunction, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { mayLeave, withoutBreak } from "../control/leaving.ts";
import { loopAround, pathFromHandler } from "../control/call-path.ts";
import { findConsoleCalls } from "./console-calls.ts";
import { findInvoked } from "../code/handler.ts";
import { callSiteOf, localFunctionOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";

/** What is logged while a piece of code runs: the calls in order, one that runs several times as often. */
type Entries = readonly Node[];

/** What a piece of code logs. */
interface Logged {
  /** What it logs whenever it runs and nothing in it throws. */
  readonly sure: Entries;
  /** The most that it logs on its way to the code behind it; undefined when it never gets there. */
  readonly through: Entries | undefined;
  /** The most that it logs on a way out of the code around it: `return`, `throw`, `break`, `continue`. */
  readonly out: Entries | undefined;
}

/** Methods of promises whose function runs when what the promise stands for goes well. */
const BEHIND: ReadonlySet<string> = new Set(["finally", "then"]);

/** More than any limit; so that nested loops stay small. */
const MOST = 1000;

function longer(a: Entries | undefined, b: Entries | undefined): Entries | undefined {
  return a === undefined || (b !== undefined && b.length > a.length) ? b : a;
}

function always(entries: Entries): Logged {
  return { sure: entries, through: entries, out: undefined };
}

function repeated(entries: Entries, times: number): Entries {
  const rounds = Math.min(times, Math.ceil(MOST / Math.max(entries.length, 1)));
  return Array.from({ length: rounds }, () => entries).flat();
}

/** Finds the longest list of entries that one invocation surely can log. */
class LogReader {
  readonly #model: Model;
  readonly #calls: ReadonlySet<Node>;
  readonly #open = new Set<FunctionNode>();

  constructor(model: Model) {
    this.#model = model;
    this.#calls = new Set<Node>(logCallsOf(model));
  }

  /** The most that a function logs in one run, as far as its conditions don't contradict each other. */
  most(node: FunctionNode): Entries {
    const { through, out } =
      node.body.type === "BlockStatement" ? this.#ofStatement(node.body) : this.#ofParts([node.body]);
    return longer(through, out) ?? [];
  }

  /** What a function logs in every run, up to the first place where it may end before. */
  #least(node: FunctionNode): Entries {
    if (this.#open.has(node) || node.generator === true) {
      return [];
    }
    this.#open.add(node);
    const statements: readonly Node[] = node.body.type === "BlockStatement" ? node.body.body : [node.body];
    const entries: Node[] = [];
    for (const statement of statements) {
      if (statement.type === "TryStatement" || (statement.type !== "ReturnStatement" && mayLeave(statement))) {
        break;
      }
      entries.push(...this.#ofStatement(statement).sure);
      if (statement.type === "ReturnStatement") {
        break;
      }
    }
    this.#open.delete(node);
    return entries;
  }

  /**
   * Only one of the statements takes a branch that need not be taken: the conditions of two may contradict each other.
   */
  #ofSequence(statements: readonly Node[]): Logged {
    const parts: Logged[] = [];
    for (const statement of statements) {
      const part = this.#ofStatement(statement);
      parts.push(part);
      if (part.through === undefined) {
        break;
      }
    }
    const sure = parts.flatMap((part) => part.sure);
    const isOpen = parts.at(-1)?.through !== undefined || parts.length === 0;
    let through: Entries | undefined = isOpen ? sure : undefined;
    let out: Entries | undefined;
    parts.forEach((part, index) => {
      const before = parts.slice(0, index).flatMap((other) => other.sure);
      const behind = parts.slice(index + 1).flatMap((other) => other.sure);
      if (part.through !== undefined) {
        const path = [...before, ...part.through, ...behind];
        through = isOpen ? longer(through, path) : undefined;
        out = isOpen ? out : longer(out, path);
      }
      out = part.out === undefined ? out : longer(out, [...before, ...part.out]);
    });
    return { sure, through, out };
  }

  #ofStatement(node: Node): Logged {
    switch (node.type) {
      case "BlockStatement":
        return this.#ofSequence(node.body);
      case "ReturnStatement":
      case "ThrowStatement":
      case "BreakStatement":
      case "ContinueStatement": {
        const { sure } = this.#ofParts(childrenOf(node).filter(({ type }) => type !== "Identifier"));
        return { sure, through: undefined, out: sure };
      }
      case "IfStatement":
        return this.#ofChoice(
          [node.test],
          [node.consequent, node.alternate ?? undefined].map((each) => this.#ofBranch(each)),
        );
      case "SwitchStatement":
        return this.#ofChoice([node.discriminant], this.#casesOf(node));
      case "TryStatement":
        return this.#ofTry(node);
      case "LabeledStatement":
        return this.#ofStatement(node.body);
      case "ForStatement":
      case "ForOfStatement":
      case "ForInStatement":
      case "WhileStatement":
      case "DoWhileStatement":
        return this.#ofLoop(node);
      case "FunctionDeclaration":
      case "ClassDeclaration":
        return always([]);
      default:
        return this.#ofParts([node]);
    }
  }

  #ofBranch(branch: Node | undefined): Logged {
    return branch === undefined ? always([]) : this.#ofStatement(branch);
  }

  /** What the cases of a `switch` log, each without the `break` at its end. */
  #casesOf({ cases }: ESTree.SwitchStatement): Logged[] {
    const filled = cases.filter(({ consequent }, index) => consequent.length > 0 || index === cases.length - 1);
    const parts = filled.map(({ consequent }) => {
      const statements = withoutBreak(consequent);
      const logged = this.#ofSequence(statements);
      return statements.some(mayLeave) ? { ...logged, sure: [] } : logged;
    });
    return cases.some(({ test }) => test === null) ? parts : [always([]), ...parts];
  }

  #ofChoice(first: readonly Node[], parts: readonly Logged[]): Logged {
    const tested = this.#ofParts(first).sure;
    const least = parts.map(({ sure }) => sure).reduce((one, other) => (other.length < one.length ? other : one));
    const sure = [...tested, ...least];
    const add = (entries: Entries | undefined): Entries | undefined => entries && [...tested, ...entries];
    return {
      sure,
      through: add(parts.map(({ through }) => through).reduce(longer)),
      out: add(parts.map(({ out }) => out).reduce(longer)),
    };
  }

  #ofTry({ block, handler, finalizer }: ESTree.TryStatement): Logged {
    const tried = this.#ofStatement(block);
    const caught = handler ? this.#ofStatement(handler.body) : undefined;
    const last = finalizer ? this.#ofStatement(finalizer).sure : [];
    const add = (entries: Entries | undefined): Entries | undefined => entries && [...entries, ...last];
    return {
      sure: [...tried.sure, ...last],
      through: add(longer(tried.through, caught?.through)),
      out: add(longer(tried.out, caught?.out)),
    };
  }

  #ofLoop(loop: Loop): Logged {
    const times = roundsOf(this.#model, loop) ?? (loop.type === "DoWhileStatement" ? 1 : 0);
    const body = mayLeave(loop.body) ? [] : this.#ofStatement(loop.body).sure;
    return always(repeated(body, times));
  }

  /** What expressions log wherever they are evaluated; functions in them run later, if at all. */
  #ofParts(nodes: readonly Node[]): Logged {
    const entries: Node[] = [];
    const visit = (node: Node): void => {
      if (isFunction(node) || node.type === "ClassExpression") {
        return;
      }
      const isChoice = node.type === "ConditionalExpression" || node.type === "LogicalExpression";
      const children =
        node.type === "ChainExpression" ? [] : isChoice ? childrenOf(node).slice(0, 1) : childrenOf(node);
      children.forEach(visit);
      if (node.type === "CallExpression") {
        entries.push(...this.#ofCall(node));
      }
    };
    nodes.forEach(visit);
    return always(entries);
  }

  #ofCall(call: ESTree.SimpleCallExpression): Entries {
    if (this.#calls.has(call)) {
      return [call];
    }
    const called = callSiteOf(this.#model, call)?.node;
    const { callee } = call;
    const [callback] = call.arguments;
    if (called === undefined && callee.type === "MemberExpression") {
      const name = staticName(callee) ?? "";
      const run = callback === undefined ? undefined : localFunctionOf(this.#model, callback);
      const rounds = EACH.has(name) ? lengthOf(this.#model, callee.object) : BEHIND.has(name) ? 1 : undefined;
      return run === undefined || rounds === undefined ? [] : repeated(this.#least(run), rounds);
    }
    return called === undefined ? [] : this.#least(called);
  }
}

type Loop =
  ESTree.ForStatement | ESTree.ForOfStatement | ESTree.ForInStatement | ESTree.WhileStatement | ESTree.DoWhileStatement;

/** `console.debug` logs nothing in production. */
function logCallsOf(model: Model): Node[] {
  return findConsoleCalls(model)
    .filter(({ method, isUnconditional }) => isUnconditional && keptMethods.has(method))
    .map(({ call }) => call);
}

/** The entries of the longest path through the handler, in order. */
export function longestLog(model: Model): readonly Node[] {
  const handler = findInvoked(model)?.node;
  return handler === undefined || logCallsOf(model).length === 0 ? [] : new LogReader(model).most(handler);
}

/** Entries that are logged once per round of a loop that may have more rounds than `max`. */
export function loggedInLoops(model: Model, max: number): readonly Node[] {
  return logCallsOf(model).filter((call) => {
    const loop = loopAround(model, call) ?? iterationAround(model, call);
    return (
      loop !== null &&
      !isShort(model, loop, max) &&
      !endsLoop(model, call) &&
      pathFromHandler(model, call) !== undefined
    );
  });
}

/** True when the block of the call leaves the loop behind it. */
function endsLoop(model: Model, call: Node): boolean {
  const block = model.parentOf(model.statementOf(call));
  const last =
    block?.type === "BlockStatement"
      ? block.body.at(-1)
      : block?.type === "SwitchCase"
        ? block.consequent.at(-1)
        : undefined;
  return last !== undefined && /^(?:Return|Throw|Break)Statement$/u.test(last.type);
}
