import type { Model } from "../../analysis/code/model.ts";
import type { RequestFacts } from "../../analysis/http/request.ts";
import type { StepReport } from "../step/step.ts";
import { idiomaticDifferences } from "../../analysis/http/idiomatic-plan.ts";
import type { NamedPlan } from "./idiomatic-requests.ts";
import { hasPlainErrorText } from "./idiomatic-response.ts";

/** Declares what a request does in another way than V1 because of how it is written. */
export function declarePlanned(
  model: Model,
  facts: RequestFacts,
  plan: NamedPlan | undefined,
  report: StepReport,
): void {
  const { auth } = facts;
  if (plan?.style !== "idiomatic" && auth?.areTexts === false) {
    report.declare("credentials-not-sent", auth.property);
  }
  if (plan === undefined) {
    return;
  }
  if (hasPlainErrorText(model, facts, plan)) {
    report.declare("status-error-text", facts.call.call);
  }
  for (const { id, node } of plan.style === "idiomatic" ? idiomaticDifferences(model, facts, plan) : []) {
    report.declare(id, node);
  }
}
