import type { ResponseUse } from "../../analysis/http/responses.ts";
import type { StepReport, Style } from "../step/step.ts";

/** Declares where it shows that a response of V1 had more in it, or in another order. */
export function declareResponse(use: ResponseUse | undefined, style: Style, report: StepReport): void {
  const areTexts = style === "idiomatic" && use?.native === undefined && use?.headers !== "cookies";
  for (const escape of use?.escapes ?? []) {
    report.declare("full-response-shape", escape);
    if (areTexts) {
      report.declare("cookies-as-text", escape);
    }
  }
  for (const headers of use?.allHeaders ?? []) {
    report.declare("headers-sorted", headers);
    if (areTexts) {
      report.declare("cookies-as-text", headers);
    }
  }
}
