import type * as ESTree from "estree";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { isConstant } from "../code/bindings.ts";
import { allCallsOf } from "../code/calls.ts";
import { argumentFor, parameterIndexOf } from "../code/functions.ts";
import type { PartHop, SameHop, TraceEvent, TracePolicy, TraceStart } from "../values/trace-events.ts";
import { changesOfLiteral } from "../values/object-changes.ts";
import { textsOf } from "../values/texts.ts";
import { trace } from "../values/trace.ts";
import { readsOfModule } from "../modules/uses.ts";
import { globalObjects, globalPath } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { consoleMethods } from "../../platform/console.ts";

/** A call of a method of the global `console`. */
export interface ConsoleCall {
  readonly call: ESTree.SimpleCallExpression;
  readonly method: string;
  /** What names the method in the call: the member, or the variable that holds the method. */
  readonly callee: Node;
  /** False for `console.table?.()`, and where the file asks elsewhere whether the method exists. */
  readonly isUnconditional: boolean;
}

/** A method of the global `console` that is not called, but given to somebody who calls it: `.catch(console.error)`. */
export interface HandedMethod {
  readonly method: string;
  readonly node: Node;
  /** The call that gets it. */
  readonly call: ESTree.SimpleCallExpression | ESTree.NewExpression;
}

/** A method of the console. */
interface Method {
  readonly method: string;
  /** `console.dir.bind`, whose call gives the method once more. */
  readonly isBind: boolean;
}

/** What an expression that leads to a method of the console gives. */
type Kind = "global" | "console" | Method;

/** How a file uses the methods of the console. */
class ConsoleUse {
  readonly calls: ConsoleCall[] = [];
  readonly handed: HandedMethod[] = [];
  /** Methods that are read without being called, or set: the file looks whether they are there. */
  readonly asked = new Set<string>();
  readonly #model: Model;
  readonly #methods = new Map<string, Method>();

  constructor(model: Model) {
    this.#model = model;
  }

  read(starts: readonly TraceStart<Kind>[]): void {
    const policy: TracePolicy<Kind> = {
      same: (hop) => (this.#stays(hop) ? hop.state : undefined),
      part: (hop) => this.#partOf(hop),
    };
    for (const event of trace(this.#model, starts, policy)) {
      if (event.state === "console" && event.type === "write") {
        this.asked.add(event.name ?? "");
      } else if (typeof event.state === "object" && !("isFollowed" in event && event.isFollowed)) {
        this.#visit(event, event.state);
      }
    }
  }

  /** One state for each method, so that a trace ends. */
  method(method: string, isBind = false): Method {
    const key = [method, isBind].join(" ");
    const known = this.#methods.get(key) ?? { method, isBind };
    this.#methods.set(key, known);
    return known;
  }

  /** Nobody puts another method in its place: it is in a constant, or in an object that never changes. */
  #stays(hop: SameHop<Kind>): boolean {
    if (hop.type === "hold") {
      return hop.holder.type === "ObjectExpression" && changesOfLiteral(this.#model, hop.holder).length === 0;
    }
    if (hop.type === "pass") {
      return this.#isOnlyConsole(hop);
    }
    return hop.type === "choice"
      ? hop.by.type === "ConditionalExpression"
      : hop.type === "bind" && isConstant(hop.variable) && (hop.via === "declaration" || hop.via === "parameter");
  }

  /** True for an argument that is the console in every call of the function. */
  #isOnlyConsole({ site, node }: SameHop<Kind> & { readonly type: "pass" }): boolean {
    const index = parameterIndexOf(site, node);
    const sites = index === undefined ? undefined : allCallsOf(this.#model, site.node);
    return (
      sites?.every((each) => {
        const argument = index === undefined ? undefined : argumentFor(each, index);
        return argument?.kind === "given" && globalPath(this.#model, argument.node) === "console";
      }) === true
    );
  }

  #partOf(hop: PartHop<Kind>): Kind | undefined {
    const { state, type } = hop;
    if (typeof state === "object" && type === "call") {
      return state.isBind ? this.method(state.method) : undefined;
    }
    if (type === "copy") {
      const copy = this.#model.parentOf(hop.by);
      return copy?.type === "ObjectExpression" && copy.properties.length === 1 ? state : undefined;
    }
    if (type === "member" && hop.name === undefined && state === "console") {
      const missing = missingOf(this.#model, hop.member);
      return missing === undefined ? undefined : this.method(missing);
    }
    if (type !== "member" || hop.name === undefined) {
      return undefined;
    }
    if (typeof state === "object") {
      const isBind = hop.name === "bind";
      const isCalled = hop.name === "call" || hop.name === "apply";
      return state.isBind || !(isBind || isCalled) ? undefined : this.method(state.method, isBind);
    }
    if (state === "console") {
      // There is a console on both platforms: `console?.table()` asks for nothing else.
      return this.method(hop.name);
    }
    return hop.name === "console" ? "console" : globalObjects.includes(hop.name) ? "global" : undefined;
  }

  /** What is done with a method in the end. */
  #visit({ type, node }: TraceEvent<Kind>, { method }: Method): void {
    const call = this.#model.parentOf(node);
    if (call?.type !== "CallExpression" && call?.type !== "NewExpression") {
      this.asked.add(method);
    } else if (type !== "call") {
      this.handed.push({ method, node, call });
    } else if (call.type === "CallExpression") {
      this.calls.push({ call, method, callee: node, isUnconditional: !call.optional });
    }
  }
}

/** Of the methods that `console[isVerbose ? "trace" : "info"]` may be, one that the console lacks. */
function missingOf(model: Model, member: Node): string | undefined {
  const names = member.type === "MemberExpression" ? textsOf(model, member.property) : [];
  return names.includes(undefined) ? undefined : names.find((name) => !consoleMethods.has(name ?? ""));
}

const CONSOLE = /^(?:node:)?console$/u;

const consoleUseOf = perModel((model): ConsoleUse => {
  const use = new ConsoleUse(model);
  const named = (name: string): readonly Node[] => model.globals(name).filter((node) => model.referenceOf(node));
  use.read([
    ...named("console").map((node) => ({ node, state: "console" as const })),
    ...globalObjects.flatMap(named).map((node) => ({ node, state: "global" as const })),
    ...readsOfModule(model, CONSOLE).map(({ node, name = "default" }) => ({
      node,
      state: name === "default" ? ("console" as const) : use.method(name),
    })),
  ]);
  return use;
});

/** Finds the calls of the console by binding, in no particular order. */
export const findConsoleCalls = perModel((model): readonly ConsoleCall[] => {
  const { calls, asked } = consoleUseOf(model);
  return calls.map((call) => ({ ...call, isUnconditional: call.isUnconditional && !asked.has(call.method) }));
});

/** Finds the uses of methods that the platform's console lacks: a call of one crashes the function. */
export function findMissingMethods(
  model: Model,
): { readonly method: string; readonly node: Node; readonly isCall: boolean }[] {
  const calls = findConsoleCalls(model).filter(({ isUnconditional }) => isUnconditional);
  return [
    ...calls.map(({ method, callee }) => ({ method, node: callee, isCall: true })),
    ...findHandedMethods(model).map(({ method, node }) => ({ method, node, isCall: false })),
  ].filter(({ method }) => !consoleMethods.has(method));
}

/** Finds the methods of the console that others get to call, unless the file asks whether they are there. */
function findHandedMethods(model: Model): HandedMethod[] {
  const { handed, asked } = consoleUseOf(model);
  return handed.filter(({ method }) => !asked.has(method));
}
