import type { Node } from "../../src/analysis/code/tree.ts";
import { findHandler } from "../../src/analysis/code/handler.ts";
import type { Handler } from "../../src/analysis/code/handler.ts";
import { createModel } from "../../src/analysis/code/model.ts";
import type { Model } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";

/** The model of a text. */
export function modelOf(text: string): Model {
  return createModel(parseSource(text));
}

/** A value that must be there, or the test is wrong. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) {
    throw new Error("The text of the test lacks what it is about.");
  }
  return value;
}

/** The handler of a model, and its callback. */
export function handlerOf(model: Model): Handler & { readonly callback: NonNullable<Handler["callback"]> } {
  const handler = present(findHandler(model));
  return { ...handler, callback: present(handler.callback) };
}

/** The first argument of the only call of `name` in a text. */
export function argumentOf(model: Model, name: string): Node {
  const call = model.nodes("CallExpression").find(({ callee }) => callee.type === "Identifier" && callee.name === name);
  return present(call?.arguments[0]);
}
