import { findInvoked } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import type { Node } from "../code/tree.ts";
import { originsOf } from "./origins.ts";

/** True when the expression surely is, or is taken out of, what the platform gives to the handler. */
export function isOfInput(model: Model, node: Node): boolean {
  const input = findInvoked(model)?.node.params[0];
  const origins = originsOf(model, node);
  return origins.length > 0 && origins.every((origin) => (origin.kind === "part" ? origin.of : origin.node) === input);
}
