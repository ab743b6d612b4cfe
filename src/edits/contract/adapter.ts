import type { Variable } from "eslint-scope";
import { replaceName } from "../text/rename.ts";
import { callOf } from "../../analysis/code/called.ts";
import { readsOf } from "../../analysis/code/bindings.ts";
import type { Handler } from "../../analysis/code/handler.ts";
import { callSiteOf, parameterIndexOf } from "../../analysis/code/functions.ts";
import type { Model } from "../../analysis/code/model.ts";
import { rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { NeededGlobal } from "../../analysis/contract/settle-globals.ts";
import { mayBeAbsent, mayBeDropped } from "../../analysis/errors/reason-set.ts";
import { caughtReasons, reasonsGivenAt } from "../../analysis/errors/reasons.ts";
import type { StepReport } from "../step/step.ts";
import { indentAt, lineEndingOf, unitOf } from "../text/layout.ts";
import { freeName } from "../text/names.ts";
import { ErrorObjects } from "./error-objects.ts";

/**
 * Puts an adapter with the exact V1 contract in front of the original function, whose body stays as it is but for
 * errors that are plainly no Errors.
 *
 * @returns the globals that the written code names
 */
export function writeAdapter(model: Model, handler: Handler, report: StepReport): NeededGlobal[] {
  const objects = new ErrorObjects(model);
  const isUntold =
    !wrapErrors(model, handler.callback?.variable, objects, report) || mayBeDropped(caughtReasons(model));
  const legacyName = freeName(model, "lambdaWithCallback");
  const start = rangeOf(handler.declaration)[0];
  const unit = unitOf(model);
  const settled = [
    "new Promise((resolve, reject) => {",
    `${unit}const callback = (error, result) => (error === undefined || error === null ? resolve(result) : reject(error));`,
    `${unit}Promise.resolve(${legacyName}(input, callback)).then(() => {}).catch(reject);`,
    "});",
  ];
  const body = isUntold
    ? [
        "try {",
        ...prefixed("return await ", settled).map((line) => unit + line),
        "} catch (error) {",
        `${unit}throw ${objects.any("error")};`,
        "}",
      ]
    : prefixed("return ", settled);
  const adapter = ["async function lambda(input) {", ...body.map((line) => unit + line), "}", "", ""];
  report.edits.insert(start, adapter.join(lineEndingOf(model.text) + indentAt(model.text, start)));
  rename(model, handler, legacyName, report);
  objects.appendTo(report.edits);
  const around = model.parentOf(handler.declaration) ?? model.program;
  return [{ name: "Promise", place: around }, ...objects.globals];
}

function prefixed(start: string, [first = "", ...others]: readonly string[]): string[] {
  return [start + first, ...others];
}

function rename(model: Model, handler: Handler, name: string, report: StepReport): void {
  const variable = model.variableOf(handler.id);
  const { node } = handler;
  const isNamedByItself = node.type === "FunctionExpression" && node.id !== null && node.id !== undefined;
  for (const place of [handler.id, ...(variable === undefined ? [] : readsOf(variable))]) {
    const parent = model.parentOf(place);
    if (!isNamedByItself && parent?.type === "MemberExpression" && staticName(parent) === "name") {
      // What is called `lambda` now has the name that is asked for.
      continue;
    }
    replaceName(model, report.edits, place, name);
  }
}

/**
 * V2 needs an Error where the kept function gives something else to the callback. What shows its kind is put into one
 * in place.
 *
 * @returns false when something is left that may be no Error
 */
function wrapErrors(
  model: Model,
  callback: Variable | undefined,
  objects: ErrorObjects,
  report: StepReport,
  seen = new Set<Variable>(),
): boolean {
  if (callback === undefined || seen.has(callback)) {
    return true;
  }
  seen.add(callback);
  let isTold = true;
  for (const read of readsOf(callback)) {
    const parameter = parameterAt(model, read);
    if (parameter !== undefined) {
      isTold = wrapErrors(model, parameter, objects, report, seen) && isTold;
      continue;
    }
    const reasons = reasonsGivenAt(model, read);
    if (!mayBeDropped(reasons)) {
      continue;
    }
    const call = callOf(model, read);
    const [error] = call?.arguments ?? [];
    report.declare("error-object", error === undefined ? read : (call ?? read));
    const around = error === undefined || mayBeAbsent(reasons) ? undefined : objects.around(reasons, error);
    if (error === undefined || around === undefined) {
      isTold = false;
    } else {
      report.edits.insert(rangeOf(error)[0], around[0]);
      report.edits.insert(rangeOf(error)[1], around[1]);
    }
  }
  return isTold;
}

/** The parameter of a function of the file that gets the callback at this place. */
function parameterAt(model: Model, read: Node): Variable | undefined {
  const call = model.parentOf(read);
  const site = call?.type === "CallExpression" && call.callee !== read ? callSiteOf(model, call) : undefined;
  const index = site === undefined ? undefined : parameterIndexOf(site, read);
  const parameter = index === undefined ? undefined : site?.node.params[index];
  return parameter?.type === "Identifier" ? model.variableOf(parameter) : undefined;
}
