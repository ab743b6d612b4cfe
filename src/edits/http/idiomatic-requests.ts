import { fetchGlobals } from "../../platform/http-options.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { HttpCall } from "../../analysis/http/calls.ts";
import type { RequestFacts } from "../../analysis/http/request.ts";
import type { ResponseUse } from "../../analysis/http/responses.ts";
import { statusErrorUseOf } from "../../analysis/errors/status-fields.ts";
import type { Model } from "../../analysis/code/model.ts";
import { planFaithful, planIdiomatic } from "../../analysis/http/idiomatic-plan.ts";
import type { IdiomaticPlan } from "../../analysis/http/idiomatic-plan.ts";
import type { Style } from "../step/step.ts";
import type { Helpers } from "../templates/helpers.ts";

/** A request as far as its plan needs it. */
export interface PlannedRequest {
  readonly facts: RequestFacts;
  readonly use: ResponseUse | undefined;
}

/** How a request is written, and what its Response is called. */
export type NamedPlan = IdiomaticPlan & {
  readonly response: string;
  /** `faithful`: in statements of its own as well, but it sends and gives what V1 did. */
  readonly style: Style;
};

/** So many requests of a file have their checks in place; more share a function. */
const MOST_IN_PLACE = 3;

/** `response`, or whose it is where the file has one already: `ticketResponse`. */
function responseName(plan: IdiomaticPlan, helpers: Helpers): string {
  const target = plan.kind === "body" && plan.place.kind === "declaration" ? plan.place.target : undefined;
  const own = target?.type === "Identifier" && target.name !== "response" ? `${target.name}Response` : "httpResponse";
  return helpers.freeName(helpers.isTaken("response") ? own : "response");
}

/**
 * Plans the requests of a file that can be written in statements of their own, in source order: in the official form,
 * or in the faithful one where a status outside 2xx rejects. Those without a plan go through a function.
 *
 * @param calls all calls of clients in the file
 */
export function planRequests(
  model: Model,
  requests: readonly PlannedRequest[],
  calls: readonly Node[],
  helpers: Helpers,
  style: Style,
): ReadonlyMap<HttpCall, NamedPlan> {
  const context = { model, calls, errors: statusErrorUseOf(model) };
  const isFree = !declaresGlobals(model);
  const found = requests.flatMap(({ facts, use }) => {
    const idiomatic = style === "idiomatic" ? planIdiomatic(context, facts, use) : undefined;
    const plan = idiomatic ?? (isFree ? planFaithful(context, facts) : undefined);
    return plan === undefined ? [] : [{ facts, plan, style: idiomatic === undefined ? ("faithful" as const) : style }];
  });
  const counts = new Map<string, number>();
  for (const { facts, style: own } of found) {
    const { format } = facts.answer;
    counts.set(format, (counts.get(format) ?? 0) + (own === "faithful" ? 1 : 0));
  }
  const isFew = (format: string): boolean => (counts.get(format) ?? 0) <= MOST_IN_PLACE;
  const kept = found.filter(({ facts, style: own }) => own === "idiomatic" || isFew(facts.answer.format));
  return new Map(
    kept.map(({ facts, plan, style: own }) => {
      const isNamed = plan.kind === "full" ? plan.native.name === undefined : hasResponse(plan, facts);
      return [facts.call, { ...plan, style: own, response: isNamed ? responseName(plan, helpers) : "" }];
    }),
  );
}

/** True where a name of the file hides a global somewhere: a check in its place may not see that global. */
function declaresGlobals(model: Model): boolean {
  const isDeclared = (name: string): boolean =>
    model.scopeManager.scopes.some((scope) => (scope.set.get(name)?.defs.length ?? 0) > 0);
  return [...fetchGlobals].some(isDeclared);
}

/** A request of which nothing is used needs no name for its Response. */
function hasResponse(plan: IdiomaticPlan, { answer }: RequestFacts): boolean {
  return plan.kind === "full" || (plan.kind === "body" && (plan.place.kind !== "ignored" || answer.isSimple));
}
