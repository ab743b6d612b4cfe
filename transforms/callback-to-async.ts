import { rangeOf } from "../src/analysis/code/tree.ts";
import type { FunctionNode, Node, Range } from "../src/analysis/code/tree.ts";
import { planHandler } from "../src/analysis/contract/callback-owners.ts";
import type { Helper } from "../src/analysis/contract/callback-owners.ts";
import { isAsync } from "../src/analysis/code/effects.ts";
import { errorKindOf } from "../src/analysis/errors/kind.ts";
import type { ErrorKind } from "../src/analysis/errors/kind.ts";
import { findHandler } from "../src/analysis/code/handler.ts";
import type { Handler } from "../src/analysis/code/handler.ts";
import { findHiddenHandler } from "../src/analysis/code/hidden-handler.ts";
import type { Model } from "../src/analysis/code/model.ts";
import { readsOf } from "../src/analysis/code/bindings.ts";
import { runtimeOf } from "../src/analysis/runtime/which-runtime.ts";
import { globalsOfError, globalsOfPlan, takenOf } from "../src/analysis/contract/settle-globals.ts";
import type { NeededGlobal } from "../src/analysis/contract/settle-globals.ts";
import type { OwnerPlan } from "../src/analysis/contract/settle-types.ts";
import { asTransform } from "../src/edits/step/as-transform.ts";
import { indentAt, indentUnitOf, lineEndingOf } from "../src/edits/text/layout.ts";
import { freeName } from "../src/edits/text/names.ts";
import { SettleWriter } from "../src/edits/contract/settle.ts";
import { StepReport } from "../src/edits/step/step.ts";
import type { Step } from "../src/edits/step/step.ts";

/** Turns `lambda(input, callback)` into `async function lambda(input)` that returns or throws. */
export const step: Step = (model) => {
  const report = new StepReport();
  const handler = findHandler(model);
  const hidden = findHiddenHandler(model);
  if (hidden !== undefined && runtimeOf(model) === "v1") {
    report.refuse("handler-shape", hidden.at, { what: hidden.problem });
  }
  if (handler?.callback === undefined && handler?.problem === undefined) {
    return report.finish();
  }
  if (handler.problem !== undefined) {
    report.refuse("handler-shape", handler.node, { what: handler.problem });
    return report.finish();
  }
  const plan = planHandler(model, handler);
  if (plan.why === undefined) {
    writeSignatures(model, handler, plan.helpers, report);
    // Helpers may stand inside the handler: what is written there goes along when the handler's text is moved.
    for (const ownerPlan of plan.plans.toReversed()) {
      remarkOn(ownerPlan, report);
      new SettleWriter(model, ownerPlan, report.edits).write();
    }
    refuseTaken(model, plan.plans.flatMap(globalsOfPlan), report);
  } else {
    report.keepContract(plan.at, plan.why);
    writeAdapter(model, handler, report);
    wrapErrors(model, handler, report);
  }
  return report.finish();
};

export default asTransform(step);

/** What stands in front of an error that is none, by its kind. */
const OPENINGS: Partial<Record<ErrorKind, string>> = { text: "new Error(", object: "Object.assign(new Error(), " };

function remarkOn({ owner, calls, neverSettles, answersLater }: OwnerPlan, report: StepReport): void {
  if (neverSettles) {
    report.declare("never-settles", owner.node);
  }
  const held = calls.find(({ mode }) => mode === "held");
  if (answersLater && held !== undefined) {
    report.declare("answers-later", held.call);
  }
  for (const { kind, mode, call } of calls) {
    if (mode === "dead") {
      report.notice("dead-callback", call);
    } else if (kind === "text" || kind === "object") {
      report.declare("error-object", call);
    }
  }
}

/** Where a name of the file hides a global, what is written would mean the user's `Error` or `Promise`. */
function refuseTaken(model: Model, needed: readonly NeededGlobal[], report: StepReport): void {
  for (const { name, place } of takenOf(model, needed)) {
    report.refuse("global-name-taken", place, { name });
  }
}

/** Takes the callback out of the parameters, and makes the handler async. */
function writeSignatures(model: Model, handler: Handler, helpers: readonly Helper[], report: StepReport): void {
  const callbacks = [{ node: handler.node, parameter: handler.callback?.parameter }, ...helpers];
  for (const { node, parameter } of callbacks) {
    if (parameter !== undefined) {
      removeParameter(model, node, parameter, report);
    }
  }
  if (!isAsync(handler.node)) {
    report.edits.insert(rangeOf(handler.node)[0], "async ");
  }
}

/** Takes a parameter out with its comma; comments around it stay. */
function removeParameter(model: Model, { params }: FunctionNode, parameter: Node, report: StepReport): void {
  const index = params.findIndex((candidate) => candidate === parameter);
  const previous = params[index - 1];
  const next = params[index + 1];
  const [start, end] = rangeOf(parameter);
  const range: Range =
    previous === undefined ? [start, next === undefined ? end : rangeOf(next)[0]] : [rangeOf(previous)[1], end];
  const comments = model.commentsIn(range).map((comment) => ` ${model.text.slice(...rangeOf(comment))}`);
  report.edits.replace(range, comments.join(""));
}

/** Puts an adapter with the exact V1 contract in front of the original function, whose body stays as it is. */
function writeAdapter(model: Model, handler: Handler, report: StepReport): void {
  if (handler.alias !== undefined || handler.exported !== undefined) {
    // Not in a whole run: remove-exports has given it its name there.
    report.refuse("handler-shape", handler.id, { what: "has another name" });
    return;
  }
  const legacyName = freeName(model, "lambdaWithCallback");
  const start = rangeOf(handler.declaration)[0];
  const unit = indentUnitOf(model.text);
  const base = indentAt(model.text, start);
  const adapter = [
    "async function lambda(input) {",
    `${unit}return new Promise((resolve, reject) => {`,
    `${unit}${unit}const callback = (error, result) => (error === undefined || error === null ? resolve(result) : reject(error));`,
    `${unit}${unit}Promise.resolve(${legacyName}(input, callback)).then(() => {}).catch(reject);`,
    `${unit}});`,
    "}",
    "",
    "",
  ];
  report.edits.insert(start, adapter.join(lineEndingOf(model.text) + base));
  const around = model.parentOf(handler.declaration) ?? model.program;
  refuseTaken(model, [{ name: "Promise", place: around }], report);
  const variable = model.variableOf(handler.id);
  for (const name of [handler.id, ...(variable === undefined ? [] : readsOf(variable))]) {
    const parent = model.parentOf(name);
    const isShorthand = parent?.type === "Property" && parent.shorthand;
    report.edits.replace(rangeOf(name), isShorthand ? `${handler.name}: ${legacyName}` : legacyName);
  }
}

/** V2 needs an Error where the kept function plainly gives a text or an object to the callback. */
function wrapErrors(model: Model, { callback }: Handler, report: StepReport): void {
  const needed: NeededGlobal[] = [];
  for (const read of callback === undefined ? [] : readsOf(callback.variable)) {
    const call = model.parentOf(read);
    const [error] = call?.type === "CallExpression" && call.callee === read ? call.arguments : [];
    const kind = error === undefined ? undefined : errorKindOf(model, error);
    const opening = kind === undefined ? undefined : OPENINGS[kind];
    if (
      call === null ||
      error === undefined ||
      kind === undefined ||
      opening === undefined ||
      error.type === "Identifier"
    ) {
      continue;
    }
    const [start, end] = rangeOf(error);
    report.edits.insert(start, opening);
    report.edits.insert(end, ")");
    report.declare("error-object", call);
    needed.push(...globalsOfError(kind, call));
  }
  refuseTaken(model, needed, report);
}
