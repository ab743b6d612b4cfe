import type { RequestFacts } from "../../analysis/http/request.ts";
import { staticName } from "../../analysis/code/tree.ts";
import type { StepReport } from "../step/step.ts";

/** Declares what V2 sends, or does, in a way of its own whatever the request says. */
export function declareDropped({ headers, body, redirectLimit, followAll }: RequestFacts, report: StepReport): void {
  for (const header of headers.conditional) {
    report.declare("conditional-headers", header);
  }
  for (const header of headers.dropped) {
    const name = staticName(header) ?? "";
    // The host is that of the URL: nothing changes.
    if (name.toLowerCase() !== "host") {
      report.declare("header-not-sent", header, { name });
    }
  }
  if (body.kind === "form" && body.search === "alike") {
    report.declare("form-spaces", body.property);
  }
  if (body.kind === "multipart" && body.form.mayBreakLines) {
    report.declare("multipart-form", body.property);
  }
  if (redirectLimit !== undefined) {
    report.declare("redirect-limit", redirectLimit);
  }
  if (followAll !== undefined) {
    report.declare("post-redirected-again", followAll);
  }
}
