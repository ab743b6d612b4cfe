import type { ResponseUse } from "../../analysis/http/responses.ts";
import type { StepReport } from "../step/step.ts";

/** Declares where it shows that a response of V1 had more in it, or in another order. */
export function declareResponse(use: ResponseUse | undefined, report: StepReport): void {
  for (const escape of use?.escapes ?? []) {
    report.declare("full-response-shape", escape);
  }
  for (const headers of use?.allHeaders ?? []) {
    report.declare("headers-sorted", headers);
  }
}
