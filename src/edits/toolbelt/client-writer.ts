import type { Model } from "../../analysis/code/model.ts";
import type { OwnAccount } from "../../analysis/toolbelt/context-config.ts";
import type { Helpers } from "../templates/helpers.ts";
import type { StepReport } from "../step/step.ts";

/** What the parts of a migration of toolbelt clients share. */
export interface ClientWriter extends OwnAccount {
  readonly model: Model;
  readonly report: StepReport;
  readonly helpers: Helpers;
}
