import type * as ESTree from "estree";
import { isConstant, readsOf } from "../code/bindings.ts";
import { errorClasses } from "../code/builtins.ts";
import { handlerFunctionOf, findHandler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { globalPath, isCallOf } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { isFunction, isNullish, rangeOf, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { findConsoleCalls } from "../runtime/console-calls.ts";
import { trace } from "../values/trace.ts";
import type { PartHop, SameHop, TraceEvent, TraceStart } from "../values/trace-events.ts";
import { PROMISE } from "../values/trace-path.ts";
import { isSecretName } from "./classify.ts";
import { readCallsOf } from "./reads.ts";
import { TEXT_METHODS } from "./sensitive-parts.ts";

/** An expression with a secret in it, where people or other systems get to see it. */
export interface ShownSecret {
  readonly node: Node;
  /** The `readSecret` call that it comes from. */
  readonly read: ESTree.SimpleCallExpression;
  /** `log`: the console gets it · `result`: the caller of the function. */
  readonly where: "log" | "result";
}

/** What is known of a secret on its way. */
interface Flow {
  readonly read: ESTree.SimpleCallExpression;
  /** `entry`: what `readSecret` gives · `text`: its value, or what spells it out. */
  readonly shape: "entry" | "text";
  /** What has put it into an object or a list that was there before; only code behind it finds it there. */
  readonly stored: Node | undefined;
}

/**
 * Finds where the secrets of a file come out, forward from each read: through lists, maps, fields of classes, objects
 * that are filled step by step, and texts that are made of them.
 */
export const findShownSecrets = perModel((model): readonly ShownSecret[] => {
  const reads = readCallsOf(model);
  return reads.length === 0 ? [] : new SecretTracer(model).find(reads);
});

class SecretTracer {
  readonly #model: Model;
  readonly #handler: FunctionNode | undefined;
  readonly #callbacks: ReadonlySet<Node>;
  readonly #logs: ReadonlySet<Node>;
  /** States are compared by identity. */
  readonly #flows: Flow[] = [];
  readonly #found = new Map<Node, ShownSecret>();
  readonly #texts = new Map<Node, Flow>();

  constructor(model: Model) {
    this.#model = model;
    this.#handler = handlerFunctionOf(model);
    const callback = findHandler(model)?.callback?.variable;
    this.#callbacks = new Set(callback === undefined ? [] : readsOf(callback));
    this.#logs = new Set(findConsoleCalls(model).map(({ call }) => call));
  }

  find(reads: readonly ESTree.SimpleCallExpression[]): readonly ShownSecret[] {
    this.#trace(reads.map((read) => ({ node: read, path: [PROMISE], state: this.#flow(read, "entry", undefined) })));
    // A text that is made of a secret begins a way of its own; a map goes on with what is added meanwhile.
    for (const [node, state] of this.#texts) {
      this.#trace([{ node, state }]);
    }
    return [...this.#found.values()];
  }

  #trace(starts: readonly TraceStart<Flow>[]): void {
    const policy = { same: (hop: SameHop<Flow>) => this.#same(hop), part: (hop: PartHop<Flow>) => this.#part(hop) };
    for (const event of trace(this.#model, starts, policy)) {
      this.#visit(event);
    }
  }

  #flow(read: Flow["read"], shape: Flow["shape"], stored: Node | undefined): Flow {
    const known = this.#flows.find((each) => each.read === read && each.shape === shape && each.stored === stored);
    const flow = known ?? { read, shape, stored };
    if (known === undefined) {
      this.#flows.push(flow);
    }
    return flow;
  }

  /** What a variable holds that changes hangs on the order of the code, so it is left alone. */
  #same(hop: SameHop<Flow>): Flow | undefined {
    const { state } = hop;
    if (hop.type === "bind") {
      return isConstant(hop.variable) ? state : undefined;
    }
    const store = hop.type === "hold" ? this.#model.parentOf(hop.node) : null;
    if (store?.type === "AssignmentExpression") {
      return store.right === hop.node && this.#isOnlyWrite(store)
        ? this.#flow(state.read, state.shape, store)
        : undefined;
    }
    return store?.type === "CallExpression" ? this.#flow(state.read, state.shape, store) : state;
  }

  /** False where something else is written to the member as well, or it is deleted: the secret may be gone. */
  #isOnlyWrite({ left }: ESTree.AssignmentExpression): boolean {
    const text = this.#model.textOf(left);
    const isEmpty = (value: Node): boolean => isNullish(value) || (value.type === "Literal" && value.value === "");
    return (
      this.#model
        .nodes("AssignmentExpression")
        .every((other) => other.left === left || this.#model.textOf(other.left) !== text || isEmpty(other.right)) &&
      this.#model
        .nodes("UnaryExpression")
        .every(({ operator, argument }) => operator !== "delete" || this.#model.textOf(argument) !== text)
    );
  }

  #part(hop: PartHop<Flow>): Flow | undefined {
    const { state } = hop;
    switch (hop.type) {
      case "copy":
        return this.#isKeptBy(hop.by, state) ? state : undefined;
      case "member":
        return this.#member(hop.name ?? "", hop.call !== undefined, state);
      case "call": {
        const { callee } = hop.call.type === "CallExpression" ? hop.call : { callee: undefined };
        const isOwn = callee?.type === "MemberExpression" && callee === hop.node;
        return isOwn && TEXT_METHODS.has(staticName(callee) ?? "") ? state : undefined;
      }
      case "element":
        return undefined;
    }
  }

  /** False for `{ ...entry, value: "***" }`, where what follows takes the place of the secret. */
  #isKeptBy(copy: Node, { shape }: Flow): boolean {
    const literal = copy.type === "SpreadElement" ? this.#model.parentOf(copy) : null;
    const list: readonly Node[] = literal?.type === "ObjectExpression" ? literal.properties : [];
    const later = copy.type === "SpreadElement" ? list.slice(list.indexOf(copy) + 1) : [];
    return later.every(
      (property) => property.type === "Property" && shape === "entry" && (staticName(property) ?? "value") !== "value",
    );
  }

  #member(name: string, isCalled: boolean, { read, shape, stored }: Flow): Flow | undefined {
    const isTaken = shape === "entry" ? name === "value" : isCalled ? TEXT_METHODS.has(name) : isSecretName(name);
    return isTaken ? this.#flow(read, "text", stored) : undefined;
  }

  #visit(event: TraceEvent<Flow>): void {
    const { node, path, state } = event;
    const parent = this.#model.parentOf(node);
    switch (event.type) {
      case "return":
        if (event.owner === this.#handler && this.#callbacks.size === 0) {
          this.#show(event, "result", path[0] === PROMISE ? path.slice(1) : path);
        }
        break;
      case "convert":
        if (state.shape === "text" && this.#isSpelledBy(event.by)) {
          this.#texts.set(event.by, state);
        }
        break;
      case "show":
        if (this.#logs.has(event.call)) {
          this.#show(event, "log", path);
        } else if (isCallOf(this.#model, event.call, "JSON.stringify") && isWhole(event.call)) {
          this.#texts.set(event.call, this.#flow(state.read, "text", state.stored));
        }
        break;
      case "escape":
        if (event.reason === "argument" && parent?.type === "CallExpression") {
          this.#visitArgument(event, parent);
        } else if (event.reason === "argument" && parent?.type === "NewExpression") {
          this.#visitError(event, parent);
        }
        break;
      default:
    }
  }

  #isSpelledBy(by: Node): boolean {
    switch (by.type) {
      case "TemplateLiteral":
        return this.#model.parentOf(by)?.type !== "TaggedTemplateExpression";
      case "BinaryExpression":
        return by.operator === "+";
      case "CallExpression":
        return isCallOf(this.#model, by, "String", "JSON.stringify") && isWhole(by);
      default:
        return false;
    }
  }

  #visitArgument(event: TraceEvent<Flow>, call: ESTree.SimpleCallExpression): void {
    const { node, path, state } = event;
    if (this.#logs.has(call)) {
      this.#show(event, "log", path);
    } else if (this.#callbacks.has(call.callee) && call.arguments[1] === node) {
      this.#show(event, "result", path);
    } else if (
      state.shape === "text" &&
      path.length === 0 &&
      call.arguments[0] === node &&
      isCallOf(this.#model, call, "JSON.parse", "Buffer.from", "btoa", "encodeURIComponent", "decodeURIComponent")
    ) {
      this.#texts.set(call, state);
    }
  }

  /** `throw new Error(text)` in the handler, where nothing catches it, and `callback(new Error(text))`. */
  #visitError(event: TraceEvent<Flow>, made: ESTree.NewExpression): void {
    const user = this.#model.parentOf(made);
    const isThrown = user?.type === "ThrowStatement" && this.#model.functionOf(user) === this.#handler;
    const isHanded = user?.type === "CallExpression" && this.#callbacks.has(user.callee);
    const isMessage = event.path.length === 0 && event.state.shape === "text" && made.arguments[0] === event.node;
    if (isMessage && errorClasses.has(globalPath(this.#model, made.callee) ?? "")) {
      if (isHanded || (isThrown && !this.#isCaught(user))) {
        this.#show(event, "result", event.path);
      }
    }
  }

  #isCaught(node: Node): boolean {
    let inner = node;
    for (
      let above = this.#model.parentOf(node);
      above !== null && !isFunction(above);
      above = this.#model.parentOf(above)
    ) {
      if (above.type === "TryStatement" && above.block === inner && above.handler) {
        return true;
      }
      inner = above;
    }
    return false;
  }

  #show({ node, state }: TraceEvent<Flow>, where: ShownSecret["where"], path: readonly string[]): void {
    const { stored, read } = state;
    // Of a field that another function fills, the time is not known; an object as a whole may be shown before.
    const isBehind =
      stored === undefined ||
      (this.#model.functionOf(stored) === this.#model.functionOf(node)
        ? rangeOf(stored)[1] <= rangeOf(node)[0]
        : path.length === 0);
    if (isBehind && !path.includes(PROMISE) && !this.#found.has(node)) {
      this.#found.set(node, { node, read, where });
    }
  }
}

/** True for `JSON.stringify(value)` without a replacer, which may leave something out. */
function isWhole({ arguments: [, replacer] }: ESTree.CallExpression): boolean {
  return replacer === undefined || isNullish(replacer);
}
