import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import { errorClasses } from "../code/builtins.ts";
import { findInvoked } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { globalPath, isCallOf } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { isNullish, rangeOf, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { consoleMethods } from "../../platform/console.ts";
import { catchAround } from "../control/continuation.ts";
import { findConsoleCalls } from "../runtime/console-calls.ts";
import { stringOf } from "../values/constants.ts";
import { trace } from "../values/trace.ts";
import type { Path, TraceEvent, TraceStart } from "../values/trace-events.ts";
import { PROMISE } from "../values/trace-path.ts";
import { readCallsOf } from "./reads.ts";
import { carrierAssigned, carrierFilledBy, carrierMadeBy } from "./secret-carriers.ts";
import type { Carrier } from "./secret-carriers.ts";
import { SecretFlows } from "./secret-flows.ts";
import type { Flow } from "./secret-flows.ts";

/** An expression with a secret or the input in it, where people or other systems get to see it. */
export interface Shown {
  readonly node: Node;
  /** What is shown, and the `readSecret` call that it comes from. */
  readonly flow: Flow;
  /** False where something that holds it is shown. */
  readonly isItself: boolean;
  /** The method of the console that gets it; undefined for what goes to the caller of the function. */
  readonly method: string | undefined;
}

/**
 * Finds where the secrets of a file and the input of its handler come out, forward from each read: through lists, maps,
 * fields of classes, objects that are filled step by step, and texts that are made of them. In the order of the code.
 */
export const findShown = perModel((model): readonly Shown[] => new ShownSearch(model).run());

/** The name of a secret where it is written out, and where it is read. */
export function describeRead(model: Model, read: ESTree.SimpleCallExpression): string {
  const [argument] = read.arguments;
  const name = argument === undefined ? undefined : stringOf(model, argument);
  const line = String(model.placeOf(rangeOf(read)[0]).line);
  return name === undefined ? `that line ${line} reads` : `\`${name}\` that line ${line} reads`;
}

/** `[id, key].join(":")` */
function isJoin({ callee }: ESTree.CallExpression): boolean {
  return callee.type === "MemberExpression" && staticName(callee) === "join";
}

/** What shows its parts when it is made a list. */
const LISTS: ReadonlySet<Flow["shape"]> = new Set(["query", "fields"]);
const CARRIERS: ReadonlySet<Flow["shape"]> = new Set([...LISTS, "address"]);

class ShownSearch {
  readonly #model: Model;
  readonly #handler: FunctionNode | undefined;
  readonly #callbacks: ReadonlySet<Node>;
  readonly #logs: ReadonlyMap<Node, string>;
  readonly #flows: SecretFlows;
  readonly #found = new Map<Node, Shown>();
  readonly #texts = new Map<Node, Flow>();

  constructor(model: Model) {
    this.#model = model;
    const handler = findInvoked(model);
    this.#handler = handler?.node;
    this.#callbacks = new Set(handler?.callback === undefined ? [] : readsOf(handler.callback.variable));
    const logs = findConsoleCalls(model).filter(({ method }) => consoleMethods.has(method));
    this.#logs = new Map(logs.map(({ call, method }) => [call, method]));
    this.#flows = new SecretFlows(model);
  }

  run(): readonly Shown[] {
    const [input] = this.#handler?.params ?? [];
    this.#trace([
      ...readCallsOf(this.#model).map((read) => ({
        node: read,
        path: [PROMISE],
        state: this.#flows.flow(read, "entry"),
      })),
      ...(input === undefined
        ? []
        : [{ node: input, isTarget: true, state: this.#flows.flow(undefined, "input") } as const]),
    ]);
    // A text that is made of a secret begins a way of its own; a map goes on with what is added meanwhile.
    for (const [node, state] of this.#texts) {
      this.#trace([{ node, state }]);
    }
    return [...this.#found.values()].sort((one, other) => rangeOf(one.node)[0] - rangeOf(other.node)[0]);
  }

  #trace(starts: readonly TraceStart<Flow>[]): void {
    for (let next = starts; next.length > 0; next = this.#flows.takeLate()) {
      for (const event of trace(this.#model, next, this.#flows)) {
        this.#visit(event);
      }
    }
  }

  #visit(event: TraceEvent<Flow>): void {
    const { node, path, state } = event;
    const parent = this.#model.parentOf(node);
    switch (event.type) {
      case "return":
        // V1 ignores what a handler with a callback returns.
        if (event.owner === this.#handler && this.#callbacks.size === 0) {
          this.#show(event, undefined, path[0] === PROMISE ? path.slice(1) : path);
        }
        break;
      case "convert":
        if (this.#isSpelledBy(event.by, state)) {
          this.#addText(event.by, state);
        }
        break;
      case "show":
        if (this.#logs.has(event.call)) {
          this.#show(event, event.call);
        } else if (this.#isWholeText(event.call) && !LISTS.has(state.shape) && !path.includes(PROMISE)) {
          this.#addText(event.call, state);
        }
        break;
      case "hold":
        if (parent?.type === "AssignmentExpression" && parent.right === node) {
          this.#carry(carrierAssigned(this.#model, parent), event, parent);
        }
        break;
      case "escape":
        if (parent?.type === "AssignmentExpression" && parent.right === node) {
          this.#carry(carrierAssigned(this.#model, parent), event, parent);
        }
        this.#visitEscape(event, parent);
        break;
      default:
    }
  }

  #visitEscape(event: TraceEvent<Flow> & { readonly type: "escape" }, parent: Node | null): void {
    if (event.reason === "argument" && parent?.type === "CallExpression") {
      this.#visitArgument(event, parent);
    } else if (event.reason === "argument" && parent?.type === "NewExpression") {
      this.#carry(carrierMadeBy(this.#model, parent), event, undefined);
      this.#visitError(event, parent);
    } else if (event.reason === "spread" && parent?.type === "SpreadElement") {
      const call = this.#model.parentOf(parent);
      if (call !== null && this.#logs.has(call)) {
        this.#show({ ...event, node: parent }, call);
      }
    }
  }

  /** What carries a secret to a server goes a way of its own, as a text does. */
  #carry(carrier: Carrier | undefined, { state, path }: TraceEvent<Flow>, stored: Node | undefined): void {
    const isCarried = state.shape === "text" || CARRIERS.has(state.shape);
    if (carrier !== undefined && isCarried && !path.includes(PROMISE) && !this.#texts.has(carrier.node)) {
      this.#texts.set(carrier.node, this.#flows.flow(state.read, carrier.shape, stored ?? state.stored));
    }
  }

  #addText(node: Node, { read, stored }: Flow): void {
    if (!this.#texts.has(node)) {
      this.#texts.set(node, this.#flows.flow(read, "text", stored));
    }
  }

  /** Of an object, a text shows nothing, unless JSON is made of it. */
  #isSpelledBy(by: Node, { shape }: Flow): boolean {
    const isSpelled = shape === "text" || shape === "address" || shape === "query";
    switch (by.type) {
      case "TemplateLiteral":
        return isSpelled && this.#model.parentOf(by)?.type !== "TaggedTemplateExpression";
      case "BinaryExpression":
        return isSpelled && by.operator === "+";
      case "CallExpression":
        return (
          (this.#isWholeText(by) && shape !== "query" && shape !== "fields") ||
          (isSpelled && (isCallOf(this.#model, by, "String") || isJoin(by)))
        );
      default:
        return false;
    }
  }

  /** True for `JSON.stringify(value)` without a replacer, which may leave something out. */
  #isWholeText(call: ESTree.CallExpression): boolean {
    const [, replacer] = call.arguments;
    return isCallOf(this.#model, call, "JSON.stringify") && (replacer === undefined || isNullish(replacer));
  }

  #visitArgument(event: TraceEvent<Flow>, call: ESTree.SimpleCallExpression): void {
    const { node, path, state } = event;
    if (this.#logs.has(call)) {
      this.#show(event, call);
    } else if (this.#callbacks.has(call.callee) && call.arguments[1] === node) {
      this.#show(event, undefined);
    } else if (
      state.shape === "text" &&
      path.length === 0 &&
      call.arguments[0] === node &&
      isCallOf(this.#model, call, "JSON.parse", "Buffer.from", "btoa", "encodeURIComponent", "decodeURIComponent")
    ) {
      this.#addText(call, state);
    } else if (path.length === 0 && LISTS.has(state.shape) && isCallOf(this.#model, call, "Object.fromEntries")) {
      this.#addText(call, state);
    } else if (call.arguments[0] !== node) {
      this.#carry(carrierFilledBy(this.#model, call), event, call);
    }
  }

  /** `throw new Error(text)` in the handler, where nothing catches it, and `callback(new Error(text))`. */
  #visitError(event: TraceEvent<Flow>, made: ESTree.NewExpression): void {
    const user = this.#model.parentOf(made);
    const owner = user?.type === "ThrowStatement" ? this.#model.functionOf(user) : null;
    const isThrown = owner !== null && owner === this.#handler && catchAround(this.#model, made, owner) === undefined;
    const isHanded = user?.type === "CallExpression" && this.#callbacks.has(user.callee);
    const isMessage = event.path.length === 0 && event.state.shape === "text" && made.arguments[0] === event.node;
    if (isMessage && errorClasses.has(globalPath(this.#model, made.callee) ?? "")) {
      if (isHanded || isThrown) {
        this.#show(event, undefined);
      }
    }
  }

  #show({ node, state, path: at }: TraceEvent<Flow>, log: Node | undefined, path: Path = at): void {
    const { stored } = state;
    // Of a field that another function fills, the time is not known; an object as a whole may be shown before.
    const isBehind =
      stored === undefined ||
      (this.#model.functionOf(stored) === this.#model.functionOf(node)
        ? rangeOf(stored)[1] <= rangeOf(node)[0]
        : path.length === 0);
    if (isBehind && !path.includes(PROMISE) && !this.#found.has(node)) {
      const method = log === undefined ? undefined : this.#logs.get(log);
      this.#found.set(node, { node, flow: state, isItself: path.length === 0, method });
    }
  }
}
