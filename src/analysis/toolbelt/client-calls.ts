import type * as ESTree from "estree";
import { functionMethods } from "../code/builtins.ts";
import { modernClients } from "../../platform/client-creation.ts";
import { legacyFactories, legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import type { Model } from "../code/model.ts";
import { importedPath } from "../code/names.ts";
import type { ImportedPath } from "../code/names.ts";
import { perModel } from "../code/per-model.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { findModuleUses } from "../modules/uses.ts";
import { originsOf } from "../values/origins.ts";
import { trace } from "../values/trace.ts";
import type { TraceStart } from "../values/trace-events.ts";

/** A call that creates a client of a toolbelt, under any name of the factory. */
export interface Creation {
  readonly factory: string;
  readonly call: ESTree.SimpleCallExpression;
}

/** A call of a client, or of one of its methods. */
export interface ClientCall {
  readonly factory: string;
  /** Undefined where the client itself is called: `httpClient(url)`. */
  readonly method: string | undefined;
  readonly call: ESTree.SimpleCallExpression;
  /** What the method gets: without the `this` of `call`, and with what `bind` has given. */
  readonly given: readonly Node[];
}

const SOURCES: ReadonlySet<string> = new Set([legacyToolbelt, modernToolbelt]);

/** All clients that a file creates: through aliases of the toolbelt, `const { SecretClient } = Toolbelt`, parameters. */
export const creationsOf = perModel((model): readonly Creation[] => {
  const isUsed = findModuleUses(model).some(({ source }) => SOURCES.has(source));
  return !isUsed
    ? []
    : model.nodes("CallExpression").flatMap((call) => {
        const factory = factoryOf(model, call);
        return factory === undefined ? [] : [{ factory, call }];
      });
});

function factoryOf(model: Model, { callee }: ESTree.SimpleCallExpression): string | undefined {
  const found = factoryIn(importedPath(model, callee));
  if (found !== undefined || callee.type !== "MemberExpression") {
    return found;
  }
  const name = staticName(callee) ?? "";
  const isToolbelt = (node: Node): boolean => {
    const { source = "", path = [] } = importedPath(model, node) ?? {};
    return SOURCES.has(source) && path.join() === "Toolbelt";
  };
  const origins = isFactory(name) ? originsOf(model, callee.object) : [];
  return origins.length > 0 && origins.every(({ node }) => isToolbelt(node)) ? name : undefined;
}

function isFactory(name: string): boolean {
  return modernClients.has(name) || legacyFactories.has(name);
}

/** `Toolbelt.SecretClient`, also called by `call`, and bound. */
function factoryIn(imported: ImportedPath | undefined): string | undefined {
  const [toolbelt, factory = "", ...rest] = imported?.path ?? [];
  const isCalled = ["", "call", "apply", "bind,()"].includes(rest.join());
  const isOurs = imported !== undefined && SOURCES.has(imported.source) && toolbelt === "Toolbelt";
  return isOurs && isFactory(factory) && isCalled ? factory : undefined;
}

/** What is known of a value on its way: a client, or a method of one with what `bind` has given. */
interface Followed {
  readonly factory: string;
  readonly method: string | undefined;
  readonly bound: readonly Node[];
}

/** All calls of clients that the file shows: through names, fields, parameters, results, and bound methods. */
export const clientCallsOf = perModel((model): readonly ClientCall[] => {
  const calls = new Map<Node, ClientCall>();
  const todo: TraceStart<Followed>[] = creationsOf(model).map(({ factory, call }) => ({
    node: call,
    state: { factory, method: undefined, bound: [] },
  }));
  const seen = new Set<Node>();
  for (let start = todo.pop(); start !== undefined; start = todo.pop()) {
    if (seen.has(start.node)) {
      continue;
    }
    seen.add(start.node);
    for (const event of trace(model, [start], { part: partOf() })) {
      const { state } = event;
      const call = event.type === "call" && event.call.type === "CallExpression" ? event.call : undefined;
      const how = call === undefined ? undefined : howCalled(call.callee, state.method);
      if (call !== undefined && how === "bind") {
        todo.push({ node: call, state: { ...state, bound: [...state.bound, ...call.arguments.slice(1)] } });
      } else if (call !== undefined && how !== "apply") {
        const own = how === "call" ? call.arguments.slice(1) : call.arguments;
        const { factory, method, bound } = state;
        calls.set(call, { factory, method, call, given: [...bound, ...own] });
      }
    }
  }
  return [...calls.values()];
});

/** A method of a client is followed as the client is; two of a name have one state, so that the trace ends. */
function partOf() {
  const methods = new Map<Followed, Map<string, Followed>>();
  return (hop: { readonly type: string; readonly name?: string | undefined; readonly state: Followed }) => {
    const { state, name } = hop;
    if (hop.type !== "member" || name === undefined) {
      return undefined;
    }
    if (state.method !== undefined) {
      return functionMethods.has(name) ? state : undefined;
    }
    const known = methods.get(state) ?? new Map<string, Followed>();
    const method = known.get(name) ?? { ...state, method: name };
    methods.set(state, known.set(name, method));
    return method;
  };
}

function howCalled(callee: Node, method: string | undefined): string | undefined {
  const name = callee.type === "MemberExpression" ? staticName(callee) : undefined;
  return name !== undefined && name !== method && functionMethods.has(name) ? name : undefined;
}
