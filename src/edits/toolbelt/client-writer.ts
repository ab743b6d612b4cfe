import type { Model } from "../../analysis/code/model.ts";
import type { ClientHelpers } from "./client-helpers.ts";
import type { StepReport } from "../step/step.ts";

/** What the parts of a migration of toolbelt clients share. */
export interface ClientWriter {
  readonly model: Model;
  readonly report: StepReport;
  readonly helpers: ClientHelpers;
  /** Names of the environment variables that are the user's own. */
  readonly ownEnvironment: ReadonlySet<string>;
}
