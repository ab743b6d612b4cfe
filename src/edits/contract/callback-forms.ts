import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { calledMethodOf } from "../../analysis/code/called.ts";
import { readsOf } from "../../analysis/code/bindings.ts";
import type { CalledMethod } from "../../analysis/code/called.ts";
import { isPure } from "../../analysis/code/effects.ts";
import type { Model } from "../../analysis/code/model.ts";
import { isNullish, rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import { commentTexts, inFrontOf } from "../text/comments.ts";
import { gapEnd } from "../text/gaps.ts";
import { indentAt, lineEndingOf } from "../text/layout.ts";
import { freeName } from "../text/names.ts";
import { Places } from "./expose-context.ts";
import type { ExposeContext } from "./expose-context.ts";

/**
 * Replaces code in a node; comments in it that the new text lacks go in front. A line comment stands in front of the whole
 * statement: behind `return` no line may end.
 */
export function replaceCode(
  { model, report }: Pick<ExposeContext, "model" | "report">,
  node: Node,
  range: Range,
  text: string,
): void {
  const comments = commentTexts(model, range).filter((comment) => !text.includes(comment));
  const isOnLine = comments.every((comment) => !comment.startsWith("//"));
  const [start] = isOnLine ? range : rangeOf(model.statementOf(node));
  const written = inFrontOf(comments, lineEndingOf(model.text) + indentAt(model.text, start));
  report.edits.insert(start, written);
  report.edits.replace(range, text);
}

/** The call of a method of the callback: `callback.call(…)`, `callback.bind(…)`. */
function methodCall(model: Model, read: Node): CalledMethod | undefined {
  const found = calledMethodOf(model, read);
  return found?.call.optional === true ? undefined : found;
}

/** The arguments that `call` and `apply` hand on; undefined when they can't be known. */
function handedOn(
  model: Model,
  method: string,
  { arguments: given }: ESTree.SimpleCallExpression,
): readonly Node[] | undefined {
  const [receiver, ...rest] = given;
  if (receiver === undefined || !isPure(model, receiver)) {
    return undefined;
  }
  if (method === "call") {
    return rest;
  }
  const [list, ...others] = rest;
  const isList = list?.type === "ArrayExpression" && others.length === 0;
  const elements = isList ? list.elements.filter((element) => element !== null) : [];
  return isList && elements.length === list.elements.length && elements.every(({ type }) => type !== "SpreadElement")
    ? elements
    : undefined;
}

/** `callback.call(null, error)`, `callback.apply(this, [null, result])` and `callback?.(null, result)` are plain calls. */
export function plainCall({ model, callback, report }: ExposeContext): boolean {
  const places = new Places(model);
  for (const read of readsOf(callback)) {
    const parent = model.parentOf(read);
    if (parent?.type === "CallExpression" && parent.callee === read && parent.optional) {
      if (places.take(model.statementOf(read))) {
        const [, end] = rangeOf(read);
        const optional = gapEnd(model, end);
        report.edits.remove([optional, optional + "?.".length]);
      }
      continue;
    }
    const found = methodCall(model, read);
    const isKnown = found?.method === "call" || found?.method === "apply";
    const given = isKnown ? handedOn(model, found.method, found.call) : undefined;
    if (found === undefined || given === undefined || !places.take(model.statementOf(read))) {
      continue;
    }
    const texts = given.map((argument) => model.textOf(argument));
    replaceCode({ model, report }, found.call, rangeOf(found.call), `${callback.name}(${texts.join(", ")})`);
  }
  return !places.isEmpty;
}

/** `callback.bind(null, null)` as the handler of a promise is a function that calls back. */
export function boundCallback({ model, callback, report }: ExposeContext): boolean {
  const places = new Places(model);
  for (const read of readsOf(callback)) {
    const found = methodCall(model, read);
    if (found?.method !== "bind") {
      continue;
    }
    const [receiver, ...given] = found.call.arguments;
    const isPlain = given.length <= 2 && given.every((argument) => argument.type === "Literal" || isNullish(argument));
    const isKnown = isPlain && (receiver === undefined || isPure(model, receiver));
    if (!isKnown || !places.take(model.statementOf(read))) {
      continue;
    }
    const names = ["error", "result"].slice(given.length).map((name) => parameterName(model, name, callback));
    const parameters = names.join(", ");
    const texts = [...given.map((argument) => model.textOf(argument)), ...names];
    replaceCode(
      { model, report },
      found.call,
      rangeOf(found.call),
      given.length === 0 ? callback.name : `(${parameters}) => ${callback.name}(${texts.join(", ")})`,
    );
  }
  return !places.isEmpty;
}

/** A name for a parameter behind which the callback is still called by its own. */
function parameterName(model: Model, wanted: string, callback: Variable): string {
  return callback.name === wanted ? freeName(model, wanted) : wanted;
}

/** `(input, callback = () => {})`: the platform always gives the function. */
export function dropDefault({ model, owner, callback, report }: ExposeContext): boolean {
  for (const parameter of owner.params) {
    if (parameter.type === "AssignmentPattern" && model.variableOf(parameter.left) === callback) {
      replaceCode({ model, report }, parameter, [rangeOf(parameter.left)[1], rangeOf(parameter)[1]], "");
      return true;
    }
  }
  return false;
}
