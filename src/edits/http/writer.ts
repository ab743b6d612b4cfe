import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { Style } from "../step/step.ts";
import type { EditList } from "../text/edit-list.ts";
import type { Helpers } from "../templates/helpers.ts";

/** What the writers of a request share. */
export interface HttpWriter {
  readonly model: Model;
  readonly edits: EditList;
  readonly helpers: Helpers;
  /** Statements that go with their lines once everything is written. */
  readonly removals: Node[];
  /** The form in which the request at hand is written; faithful when left out. */
  readonly style?: Style;
}
