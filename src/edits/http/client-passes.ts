import type { FunctionNode } from "../../analysis/code/tree.ts";
import type { PassedClient } from "../../analysis/http/client-passes.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { EditList } from "../text/edit-list.ts";
import { removeArgument, removeParameter } from "../text/list-items.ts";

/** Takes clients out of calls of functions of the file, and out of their parameters. */
export function removePassedClients(model: Model, edits: EditList, passed: readonly PassedClient[]): void {
  const owners = new Map<FunctionNode, number>();
  for (const { call, owner, index } of passed) {
    removeArgument(model, edits, call, index);
    owners.set(owner, index);
  }
  for (const [owner, index] of owners) {
    removeParameter(model, edits, owner, index);
  }
}
