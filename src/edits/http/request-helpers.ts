import { staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { Helpers } from "../templates/helpers.ts";
import { bodyTemplate, factsOf } from "./request-function.ts";
import type { RequestFunction } from "./request-function.ts";

/** True when the file names the `response` of an error somewhere, apart from helpers that it has already. */
export function readsErrorResponse(model: Model): boolean {
  const written = new Helpers(model);
  const members: readonly Node[] = [...model.nodes("MemberExpression"), ...model.nodes("Property")];
  return members.some(
    (node) =>
      (node.type === "MemberExpression" || node.type === "Property") &&
      staticName(node) === "response" &&
      !written.isInside(node),
  );
}

/**
 * The helpers of the requests of a file. The error of a status holds the whole response only where the file could look
 * at it.
 *
 * @param wanted what the `request` function must know, where there is one
 */
export function requestHelpers(model: Model, wanted?: RequestFunction): Helpers {
  const status = readsErrorResponse(model) ? (["fullStatusError"] as const) : [];
  return wanted === undefined
    ? new Helpers(model, { forms: status })
    : new Helpers(model, { facts: factsOf(wanted), forms: [...status, bodyTemplate(wanted)] });
}
