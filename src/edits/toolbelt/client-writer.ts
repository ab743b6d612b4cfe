import type { Model } from "../../analysis/code/model.ts";
import type { Helpers } from "../templates/helpers.ts";
import type { StepReport } from "../step/step.ts";

/** What the parts of a migration of toolbelt clients share. */
export interface ClientWriter {
  readonly model: Model;
  readonly report: StepReport;
  readonly helpers: Helpers;
  /** Names of the environment variables that are the user's own. */
  readonly ownEnvironment: ReadonlySet<string>;
}
