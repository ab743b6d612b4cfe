import { rangeOf } from "../../analysis/code/tree.ts";
import type { EnvironmentUse } from "../../analysis/runtime/environment.ts";
import type { EditList } from "../text/edit-list.ts";

/** Reads another variable in this place; the local name that a pattern gives it stays. */
export function renameVariable(edits: EditList, { key, shorthand }: EnvironmentUse, name: string): void {
  const [start, end] = rangeOf(key);
  if (shorthand) {
    edits.insert(start, `${name}: `);
  } else if (key.type === "Literal") {
    edits.replace([start + 1, end - 1], name);
  } else {
    edits.replace([start, end], name);
  }
}
