import { rangeOf } from "../analysis/ast.ts";
import type { FunctionNode, Node } from "../analysis/ast.ts";
import type { PassedClient } from "../analysis/http-passes.ts";
import type { Model } from "../analysis/model.ts";
import type { EditList } from "./edit-list.ts";

/** Takes one item out of a list of arguments or parameters, with the comma that belongs to it. */
function removeItem(model: Model, edits: EditList, items: readonly Node[], index: number): void {
  const [previous, item, next] = [items[index - 1], items[index], items[index + 1]];
  if (item === undefined) {
    return;
  }
  const [start, end] = rangeOf(item);
  if (next !== undefined) {
    edits.remove([start, rangeOf(next)[0]]);
  } else if (previous !== undefined) {
    edits.remove([rangeOf(previous)[1], end]);
  } else {
    const comma = /^\s*,/u.exec(model.text.slice(end))?.[0].length ?? 0;
    edits.remove([start, end + comma]);
  }
}

function removeParameter(model: Model, edits: EditList, owner: FunctionNode, index: number): void {
  const [only] = owner.params;
  const isBare =
    only !== undefined &&
    owner.params.length === 1 &&
    owner.type === "ArrowFunctionExpression" &&
    !model.text.slice(rangeOf(owner)[0], rangeOf(only)[0]).includes("(");
  if (isBare) {
    edits.replace(rangeOf(only), "()");
  } else {
    removeItem(model, edits, owner.params, index);
  }
}

/** Takes clients out of calls of functions of the file, and out of their parameters. */
export function removePassedClients(model: Model, edits: EditList, passed: readonly PassedClient[]): void {
  const owners = new Map<FunctionNode, number>();
  for (const { call, owner, index } of passed) {
    removeItem(model, edits, call.arguments, index);
    owners.set(owner, index);
  }
  for (const [owner, index] of owners) {
    removeParameter(model, edits, owner, index);
  }
}
