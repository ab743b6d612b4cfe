import type { FunctionNode } from "../code/tree.ts";
import { readsOf } from "../code/bindings.ts";
import { rangeOf } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { settlementsOf } from "./callback-owners.ts";
import type { OwnerSettlement } from "./callback-owners.ts";
import type { LateCode, MissingCall, Place, SecondCall } from "./callback-problems.ts";
import { MissingCalls } from "./missing-calls.ts";
import { plainCallbackOf } from "./plain-callback.ts";
import { SecondCalls } from "./second-calls.ts";
import { settlementOf } from "./settlement.ts";

/** The handler, its helpers, and the nested functions that call back: handlers of promises, of timers. */
function placesOf(model: Model, owners: readonly OwnerSettlement[]): Place[] {
  return owners.flatMap(({ owner: { node, callback }, settlement, known }) => {
    const others = new Set<FunctionNode | null>([...known.helpers, node, ...owners.map((each) => each.owner.node)]);
    const nested = new Set(readsOf(callback).map((read) => model.functionOf(read)));
    const inner = [...nested].filter((each): each is FunctionNode => each !== null && !others.has(each));
    return [
      { node, callback, calls: settlement.calls, known },
      ...inner.map((each) => ({
        node: each,
        callback,
        calls: settlementOf(model, each, callback, known).calls.filter(({ call }) => model.functionOf(call) === each),
        known,
      })),
    ];
  });
}

/** True when names of the file may mean something else than they seem to. */
function isDynamic(model: Model): boolean {
  return (
    model.nodes("WithStatement").length > 0 ||
    model.nodes("CallExpression").some(({ callee }) => model.isGlobal(callee, "eval"))
  );
}

/** What is wrong with the calls of the callback, by the name that the handler gave it. */
export interface CallbackReport {
  readonly callback: string;
  readonly problems: readonly (SecondCall | MissingCall | LateCode)[];
}

/** Finds what is wrong with the one call of V1's callback that every invocation must make, and make last. */
export function findCallbackProblems(original: Model): CallbackReport | undefined {
  if (isDynamic(original)) {
    return undefined;
  }
  const { model, handler } = plainCallbackOf(original) ?? {};
  if (model === undefined || handler?.callback === undefined || handler.problem !== undefined) {
    return undefined;
  }
  const owners = settlementsOf(model, handler);
  const places = placesOf(model, owners);
  const problems = [
    ...new SecondCalls(model, handler).problems(places),
    ...new MissingCalls(model, handler, owners, places).problems(),
  ];
  return {
    callback: handler.callback.parameter.name,
    problems: problems.map((problem) => asWritten(original, problem)),
  };
}

/** A statement that nobody has written can get no `return`. */
function asWritten(original: Model, problem: SecondCall | MissingCall | LateCode): SecondCall | MissingCall | LateCode {
  const { returnable } = problem.kind === "twice" ? problem : {};
  if (problem.kind !== "twice" || returnable === undefined) {
    return problem;
  }
  const [start, end] = rangeOf(returnable);
  const isWritten = original
    .nodes("ExpressionStatement")
    .some((statement) => rangeOf(statement)[0] === start && rangeOf(statement)[1] === end);
  return isWritten ? problem : { ...problem, returnable: undefined };
}
