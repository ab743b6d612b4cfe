import type { Node } from "../../analysis/code/tree.ts";
import type { HttpCall } from "../../analysis/http/calls.ts";
import type { RequestFacts } from "../../analysis/http/request.ts";
import type { ResponseUse } from "../../analysis/http/responses.ts";
import { findTellingErrorUses } from "../../analysis/errors/uses.ts";
import type { Model } from "../../analysis/code/model.ts";
import { planIdiomatic } from "../../analysis/http/idiomatic-plan.ts";
import type { IdiomaticPlan } from "../../analysis/http/idiomatic-plan.ts";
import type { Helpers } from "../templates/helpers.ts";

/** A request as far as its plan needs it. */
export interface PlannedRequest {
  readonly facts: RequestFacts;
  readonly use: ResponseUse | undefined;
}

/** How a request is written in the official form, and what its Response is called. */
export type NamedPlan = IdiomaticPlan & { readonly response: string };

/** `response`, or whose it is where the file has one already: `ticketResponse`. */
function responseName(plan: IdiomaticPlan, helpers: Helpers): string {
  const target = plan.kind === "body" && plan.place.kind === "declaration" ? plan.place.target : undefined;
  const own = target?.type === "Identifier" && target.name !== "response" ? `${target.name}Response` : "httpResponse";
  return helpers.freeName(helpers.isTaken("response") ? own : "response");
}

/**
 * Plans the official form of the requests of a file, in source order; those without a plan keep the faithful form.
 *
 * @param calls all calls of clients in the file
 */
export function planRequests(
  model: Model,
  requests: readonly PlannedRequest[],
  calls: readonly Node[],
  helpers: Helpers,
): ReadonlyMap<HttpCall, NamedPlan> {
  const context = { model, calls, looksAtErrors: findTellingErrorUses(model).length > 0 };
  const plans = new Map<HttpCall, NamedPlan>();
  for (const { facts, use } of requests) {
    const plan = planIdiomatic(context, facts, use);
    if (plan !== undefined) {
      const isNamed = plan.kind === "full" ? plan.native.name === undefined : hasResponse(plan, facts);
      plans.set(facts.call, { ...plan, response: isNamed ? responseName(plan, helpers) : "" });
    }
  }
  return plans;
}

/** A request of which nothing is used needs no name for its Response. */
function hasResponse(plan: IdiomaticPlan, { answer }: RequestFacts): boolean {
  return plan.kind === "full" || plan.place.kind !== "ignored" || answer.isSimple;
}
