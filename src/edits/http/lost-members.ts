import type { Model } from "../../analysis/code/model.ts";
import { findLostMembers } from "../../analysis/errors/lost-members.ts";
import type { LostMember } from "../../analysis/errors/lost-members.ts";
import type { StepReport } from "../step/step.ts";

/** Tells each place that looks at what the errors of V1's client held and those of fetch do not. */
export function declareLostMembers(model: Model, report: StepReport): void {
  for (const { kind, node, shown } of findLostMembers(model)) {
    if (kind === "listed") {
      report.declare("listed-error", node);
    } else {
      report.declare("error-read", node, { shown, advice: adviceFor(kind, shown) });
    }
  }
}

function adviceFor(kind: LostMember["kind"], shown: string): string {
  if (kind === "text") {
    return "a failed connection says `fetch failed`, its code is in `error.cause?.code`, and a time-out is called `TimeoutError`";
  }
  if (/\b(?:options|request|toJSON)\b/u.test(shown)) {
    return "errors no longer have the request";
  }
  if (/\bstack\b/u.test(shown)) {
    return "that of a status outside 2xx begins with `Error:` instead of `StatusCodeError:`, so ask for its `name`";
  }
  return "a failed connection has its cause in `error.cause`, with other codes, and a time-out has none";
}
