import { isConstant } from "../../analysis/code/bindings.ts";
import { variableNamed } from "../../analysis/code/names.ts";
import type { Model } from "../../analysis/code/model.ts";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { callbackCallOf, maySeeArgumentErrors } from "../../analysis/contract/callback-calls.ts";
import type { CallbackCall } from "../../analysis/contract/callback-calls.ts";
import { isLastIn } from "../../analysis/control/continuation.ts";
import { findModuleUses } from "../../analysis/modules/uses.ts";
import { importOffset } from "../text/import-offset.ts";
import { valuesOf } from "../../analysis/values/values-of.ts";
import { lineEndingOf } from "../text/layout.ts";
import { removeArgument } from "../text/list-items.ts";
import { withParentheses } from "../text/parentheses.ts";
import { writeHandlers } from "./callback-handlers.ts";
import type { ExposeContext } from "./expose-context.ts";

/** `fs.readFile(path, (error, text) => …)` becomes `fs.promises.readFile(path).then((text) => …, (error) => …)`. */
export function promiseOfCallback(context: ExposeContext): boolean {
  const { model, mayBecomeAsync, callback, report } = context;
  for (const statement of mayBecomeAsync
    ? [...model.nodes("ExpressionStatement"), ...model.nodes("ReturnStatement")]
    : []) {
    const found = callbackCallOf(context, statement);
    const callee = found && promisedCallee(context, found);
    if (found === undefined || callee === undefined) {
      continue;
    }
    const { call, callback: handed } = found;
    // The callback adopts a promise that is its result.
    const isResult = !("error" in handed) && handed.passes === "result" && isLastIn(model, statement, context.owner);
    report.edits.replace(withParentheses(model, call.callee), isResult ? `${callback.name}(null, ${callee}` : callee);
    if (isResult) {
      removeArgument(model, report.edits, call, call.arguments.length - 1);
      report.edits.insert(rangeOf(call)[1], ")");
    } else {
      writeHandlers(
        { model, edits: report.edits },
        call,
        "error" in handed ? handed : { name: callback.name, ...handed },
      );
    }
    if (maySeeArgumentErrors(context, found)) {
      report.declare("argument-error", call);
    }
    return true;
  }
  return false;
}

/** The function of a call with what makes it give a promise; undefined where that can't be written. */
function promisedCallee({ model, report }: ExposeContext, { call, how, module }: CallbackCall): string | undefined {
  const { callee } = call;
  if (how.by === "promises" && module !== undefined && (how.takesOpenFile !== true || namesFile(model, call))) {
    const [start, end] = withParentheses(model, module);
    return `${model.text.slice(start, end)}.promises${model.text.slice(end, rangeOf(callee)[1])}`;
  }
  const promisify = promisifyAt(model, call);
  if (promisify?.isMissing === true) {
    const isModule = model.nodes("ImportDeclaration").length > 0;
    const line = isModule ? 'import { promisify } from "util";' : 'const { promisify } = require("util");';
    report.edits.insert(importOffset(model), line + lineEndingOf(model.text));
  }
  return promisify && `${promisify.name}(${model.textOf(callee)})`;
}

/** True when the first argument can be nothing but a file's name: `fs.promises` takes no number of an open file. */
function namesFile(model: Model, { arguments: [file] }: CallbackCall["call"]): boolean {
  const values = file === undefined ? [] : valuesOf(model, file);
  return values.every((value) => value.kind === "text" || (value.kind === "instance" && value.of === "URL"));
}

/** How `util.promisify` is written at a place; undefined where its name means something else. */
function promisifyAt(model: Model, place: Node): { readonly name: string; readonly isMissing: boolean } | undefined {
  for (const { source, whole, names } of findModuleUses(model)) {
    const taken = names?.find(({ imported }) => imported === "promisify")?.local;
    const local = /^(?:node:)?util$/u.test(source) ? (taken ?? whole) : undefined;
    const variable = local === undefined ? undefined : model.variableOf(local);
    const isSeen =
      variable !== undefined && isConstant(variable) && variableNamed(model, variable.name, place) === variable;
    if (isSeen && variable.scope.block === model.program) {
      return { name: taken === undefined ? `${variable.name}.promisify` : variable.name, isMissing: false };
    }
  }
  return model.isNameTaken("promisify") ? undefined : { name: "promisify", isMissing: true };
}
