import { constantOf, readsOf } from "../code/bindings.ts";
import type * as ESTree from "estree";
import { httpPackages } from "../../platform/http-packages.ts";
import { clientMethods } from "../../platform/modern-members.ts";
import { bodyReaders } from "../code/builtins.ts";
import { callSiteOf, functionGivenBy, returnsOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { globalPath, importedPath } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { isFunction, staticName, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { catchAround } from "../control/continuation.ts";
import { fetchCallsOf, isFetchCall } from "../runtime/fetch-calls.ts";
import { clientCallsOf } from "../toolbelt/client-calls.ts";
import { originsOf } from "../values/origins.ts";

/** Methods of clients that give no promise. Source: the toolbelts of both platforms. */
const PLAIN_METHODS: ReadonlySet<string> = new Set([
  "scanConversationForKeywords",
  "getSDEsFromConv",
  "defaults",
  "jar",
]);

/** Methods of jsforce's connections and of HTTP packages that send a request. Source: their documentation. */
const PACKAGE_METHODS =
  /^(?:query(?:All|More)?|login|logout|identity|create|insert|update|upsert|del(?:ete)?|destroy|retrieve|search|head|patch|post|put|request(?:Get|Post|Put|Patch|Delete)?)$/u;
const PACKAGES: ReadonlySet<string> = new Set(["jsforce", "@jsforce/jsforce-node", ...httpPackages.keys()]);
/** Methods that give what their function gives. */
const LISTING = /^(?:flatMap|map|reduce(?:Right)?)$/u;
const FILES = /^(?:node:)?fs(?:\/promises)?$/u;
const COMBINATORS: ReadonlySet<string> = new Set(["Promise.all", "Promise.race", "Promise.any"]);

/** Tells which expressions of a file give promises that may be rejected. */
export class Rejections {
  readonly #model: Model;
  readonly #requests: ReadonlyMap<Node, Request>;
  readonly #functions = new Map<FunctionNode, boolean>();

  constructor(model: Model) {
    this.#model = model;
    this.#requests = requestsOf(model);
  }

  /** The name of what gives a promise that may be rejected; undefined for all else, and where its errors are handled. */
  sourceOf(node: Node): string | undefined {
    switch (node.type) {
      case "ChainExpression":
        return this.sourceOf(node.expression);
      case "LogicalExpression":
        return this.sourceOf(node.right);
      case "ConditionalExpression":
        return this.sourceOf(node.consequent) ?? this.sourceOf(node.alternate);
      case "SequenceExpression":
        return this.#first(node.expressions);
      case "Identifier":
        return this.#ofName(node);
      case "NewExpression":
        return this.#ofExecutor(node);
      case "CallExpression":
        return this.#ofCall(node);
      default:
        return undefined;
    }
  }

  /** True for `response.json()` and its like, of an answer that a request has given. */
  isBodyRead(node: Node): boolean {
    return node.type === "CallExpression" && isBodyRead(this.#model, node);
  }

  /** True for a function whose promise may be rejected: it is async and fails, or gives such a promise. */
  mayReject(node: FunctionNode): boolean {
    const known = this.#functions.get(node);
    if (known !== undefined) {
      return known;
    }
    // A cyclic definition fails by something else.
    this.#functions.set(node, false);
    const isRejecting = node.generator !== true && (this.#fails(node) || this.#gives(node) !== undefined);
    this.#functions.set(node, isRejecting);
    return isRejecting;
  }

  /** The function of the file that an expression means. */
  functionOf(node: Node): FunctionNode | undefined {
    return functionGivenBy(this.#model, node);
  }

  /** An async function that throws or waits where no `catch` of its own sees the error. */
  #fails(node: FunctionNode): boolean {
    const parts: Node[] = [...this.#model.nodes("AwaitExpression"), ...this.#model.nodes("ThrowStatement")];
    return (
      node.async === true &&
      parts.some(
        (part) =>
          this.#model.functionOf(part) === node &&
          catchAround(this.#model, part, node) === undefined &&
          !(part.type === "AwaitExpression" && this.isHandled(part.argument)),
      )
    );
  }

  /** What a function returns without waiting for it. */
  #gives(node: FunctionNode): string | undefined {
    return this.#first(returnsOf(this.#model, node));
  }

  #first(nodes: readonly Node[]): string | undefined {
    for (const node of nodes) {
      const source = this.sourceOf(node);
      if (source !== undefined) {
        return source;
      }
    }
    return undefined;
  }

  /** True for a chain that handles the errors of its promise itself. */
  isHandled(node: Node): boolean {
    return node.type === "CallExpression" && stepOf(node) !== undefined && this.sourceOf(node) === undefined;
  }

  #ofCall(call: ESTree.SimpleCallExpression): string | undefined {
    const request = this.#requests.get(call);
    if (request !== undefined) {
      return request === "callback" && this.#takesCallback(call) ? undefined : this.#nameOf(call.callee);
    }
    const step = stepOf(call);
    if (step !== undefined) {
      return this.#ofStep(step, call);
    }
    const path = globalPath(this.#model, call.callee) ?? "";
    const [first] = call.arguments;
    if (COMBINATORS.has(path) && first !== undefined) {
      return this.#ofList(first);
    }
    if (path === "Promise.reject") {
      return path;
    }
    const called = callSiteOf(this.#model, call)?.node;
    return called !== undefined && this.mayReject(called) ? this.#nameOf(call.callee) : this.#ofMap(call);
  }

  /** `const sent = fetch(url);` of which nobody else takes `sent`. */
  #ofName(name: ESTree.Identifier): string | undefined {
    const variable = constantOf(this.#model, name);
    const definition = variable?.defs[0];
    const init =
      definition?.type === "Variable" && definition.node.id.type === "Identifier" ? definition.node.init : null;
    const isOnlyRead = variable !== undefined && readsOf(variable).length === 1;
    return init && isOnlyRead && init.type !== "Identifier" ? this.sourceOf(init) : undefined;
  }

  #nameOf(callee: Node): string {
    return isFunction(callee) ? "the function" : this.#model.textOf(callee).replaceAll(/\s+/gu, "");
  }

  /** `.then` and `.finally` pass an error on, and `.catch` handles it; all of them may fail by themselves. */
  #ofStep({ method, object }: Step, { arguments: handlers }: ESTree.SimpleCallExpression): string | undefined {
    const source = this.sourceOf(object);
    const [first, second] = handlers;
    const onError = method === "then" ? second : method === "catch" ? first : undefined;
    const isPassedOn = source !== undefined && (onError === undefined || this.#raises(onError));
    const isRaised = method !== "catch" && first !== undefined && this.#raises(first);
    return isPassedOn || isRaised ? (source ?? this.#rootOf(object)) : undefined;
  }

  /** What a chain begins with. */
  #rootOf(promise: Node): string {
    const step = promise.type === "CallExpression" ? stepOf(promise) : undefined;
    return step === undefined
      ? this.#nameOf(promise.type === "CallExpression" ? promise.callee : promise)
      : this.#rootOf(step.object);
  }

  /** True for a handler of a promise that fails by itself. */
  #raises(handler: Node): boolean {
    const node = this.functionOf(handler);
    return node !== undefined && (this.mayReject(node) || throwsAlways(node));
  }

  /** `Promise.all([…])`, or of what `map` gives. */
  #ofList(list: Node): string | undefined {
    return list.type === "ArrayExpression"
      ? this.#first(list.elements.flatMap((element) => element ?? []))
      : this.sourceOf(list);
  }

  /** `list.map(async (item) => …)`: a list of such promises, or by `reduce` a chain of them. */
  #ofMap(call: ESTree.SimpleCallExpression): string | undefined {
    const name = call.callee.type === "MemberExpression" ? staticName(call.callee) : undefined;
    const [given] = call.arguments;
    const run = given === undefined ? undefined : this.functionOf(given);
    return LISTING.test(name ?? "") && run !== undefined && this.mayReject(run) ? name : undefined;
  }

  /** `new Promise((resolve, reject) => …)` that rejects, or whose executor passes an error on. */
  #ofExecutor({ callee, arguments: [executor] }: ESTree.NewExpression): string | undefined {
    const node = executor === undefined ? undefined : this.functionOf(executor);
    const reject = node?.params[1];
    const variable = reject === undefined ? undefined : this.#model.variableOf(reject);
    const isRejecting = (variable?.references.length ?? 0) > 0;
    return this.#model.isGlobal(callee, "Promise") && isRejecting ? "new Promise" : undefined;
  }

  /** True for a request of V1 whose last argument may be a callback, which gets its errors. */
  #takesCallback({ arguments: given }: ESTree.SimpleCallExpression): boolean {
    const last = given.length > 1 ? given.at(-1) : undefined;
    const variable = last?.type === "Identifier" ? this.#model.variableOf(last) : undefined;
    const isFunctionName = last !== undefined && this.functionOf(last) !== undefined;
    return given.some((argument) => isFunction(argument)) || isFunctionName || variable?.defs[0]?.type === "Parameter";
  }
}

interface Step {
  readonly method: "then" | "catch" | "finally";
  readonly object: Node;
}

function stepOf({ callee }: ESTree.SimpleCallExpression): Step | undefined {
  const name = callee.type === "MemberExpression" ? staticName(callee) : undefined;
  return callee.type === "MemberExpression" && (name === "then" || name === "catch" || name === "finally")
    ? { method: name, object: callee.object }
    : undefined;
}

/** True for a function of which a statement of its own throws, whatever happens before. */
function throwsAlways({ body }: FunctionNode): boolean {
  let isThrown = false;
  walk(body, (part) => {
    isThrown ||= part.type === "ThrowStatement";
    return !isThrown && !isFunction(part);
  });
  return isThrown;
}

/** How a request reports its errors: by its promise, or by a callback if it gets one. */
type Request = "promise" | "callback";

/** The calls that send a request or read an answer: of `fetch`, of clients, of packages, of a Response's body. */
const requestsOf = perModel((model): ReadonlyMap<Node, Request> => {
  const found = new Map<Node, Request>(fetchCallsOf(model).map(({ call }) => [call, "promise"]));
  for (const { factory, method, call } of clientCallsOf(model)) {
    const known = clientMethods.get(factory);
    const isPlain =
      method !== undefined && (PLAIN_METHODS.has(method) || (known?.has(method) === false && factory !== "HTTPClient"));
    if (!isPlain) {
      found.set(call, factory === "HTTPClient" || factory === "LpClient" ? "callback" : "promise");
    }
  }
  const usesPackages = [...PACKAGES, "fs"].some((name) => model.text.includes(name));
  for (const call of model.nodes("CallExpression")) {
    if (usesPackages && isPackageRequest(model, call)) {
      found.set(call, "callback");
    } else if (isBodyRead(model, call)) {
      found.set(call, "promise");
    }
  }
  return found;
});

function isPackageRequest(model: Model, { callee }: ESTree.SimpleCallExpression): boolean {
  const { source = "", path = [] } = importedPath(model, callee) ?? {};
  const isCalled = path.length === 0 || path.join() === "fetch";
  if (FILES.test(source) && path.length === (source.endsWith("promises") ? 1 : 2)) {
    return source.endsWith("promises") || path[0] === "promises";
  }
  return (
    PACKAGES.has(source) &&
    (isCalled || ((path.length > 1 || !source.includes("jsforce")) && PACKAGE_METHODS.test(path.at(-1) ?? "")))
  );
}

/** `response.json()` of what a `fetch` has given. */
function isBodyRead(model: Model, { callee }: ESTree.SimpleCallExpression): boolean {
  const isReader = callee.type === "MemberExpression" && bodyReaders.has(staticName(callee) ?? "");
  return (
    isReader &&
    originsOf(model, callee.object).some((origin) => {
      const made = origin.kind === "part" ? origin.of : origin.node;
      return isFetchCall(model, made);
    })
  );
}
