import type * as ESTree from "estree";
import { isStable } from "../../analysis/code/effects.ts";
import { globalPath } from "../../analysis/code/names.ts";
import { bareExpression, rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { isInList } from "../../analysis/code/lists.ts";
import { isLastIn } from "../../analysis/control/continuation.ts";
import { commentTexts, inFrontOf } from "../text/comments.ts";
import { indentAt, lineEndingOf } from "../text/layout.ts";
import { freeName } from "../text/names.ts";
import { Places } from "./expose-context.ts";
import type { ExposeContext } from "./expose-context.ts";

/**
 * `setTimeout(callback, wait, null, result)` calls back in a function of its own. `process.nextTick(callback, error)` at
 * the end of the handler is `callback(error)`: nothing runs between the two.
 */
export function callInTimer(context: ExposeContext): boolean {
  const { model, report, callback, owner } = context;
  const places = new Places(model);
  for (const statement of [...model.nodes("ExpressionStatement"), ...model.nodes("ReturnStatement")]) {
    const call = bareExpression(statement);
    const given = call?.type === "CallExpression" && !call.optional ? call.arguments : [];
    if (call?.type !== "CallExpression" || model.variableOf(given[0] ?? call) !== callback) {
      continue;
    }
    const isPlain = given.every(({ type }) => type !== "SpreadElement") && model.functionOf(statement) === owner;
    if (!isPlain) {
      continue;
    }
    const text = textFor(context, statement, call);
    if (text !== undefined && places.take(statement)) {
      const [start] = rangeOf(statement);
      const lineBreak = lineEndingOf(model.text) + indentAt(model.text, start);
      const before = text.before.map((line) => line + lineBreak).join("");
      const head = model.text.slice(start, rangeOf(call)[0]);
      const comments = commentTexts(model, rangeOf(call)).filter((comment) => !(before + text.call).includes(comment));
      report.edits.replaceWhole([start, rangeOf(call)[1]], inFrontOf(comments, lineBreak) + before + head + text.call);
    }
  }
  return !places.isEmpty;
}

/** The call that stands there in the end, and the constants in front of it. */
function textFor(
  { model, callback, owner }: ExposeContext,
  statement: Node,
  call: ESTree.SimpleCallExpression,
): { readonly call: string; readonly before: readonly string[] } | undefined {
  const [, wait, ...others] = call.arguments;
  const called = (given: readonly string[]): string => `${callback.name}(${given.join(", ")})`;
  if (globalPath(model, call.callee) === "process.nextTick") {
    const given = call.arguments.slice(1).map((argument) => model.textOf(argument));
    return isLastIn(model, statement, owner) ? { call: called(given), before: [] } : undefined;
  }
  const isTimer = model.isGlobal(call.callee, "setTimeout") && wait !== undefined && isStable(model, wait);
  if (!isTimer || others.length > 2 || !isInList(model, statement)) {
    return undefined;
  }
  const before: string[] = [];
  const given = others.map((argument, index) => {
    if (isStable(model, argument)) {
      return model.textOf(argument);
    }
    // What is given is given at once: later it may be something else.
    const name = freeName(model, index === 0 ? "error" : "result");
    before.push(`const ${name} = ${model.textOf(argument)};`);
    return name;
  });
  return { call: `setTimeout(() => ${called(given)}, ${model.textOf(wait)})`, before };
}
