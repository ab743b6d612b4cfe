import { handlerFunctionOf } from "../analysis/code/handler.ts";
import { createModel } from "../analysis/code/model.ts";
import { usesArguments } from "../analysis/code/own-arguments.ts";
import { parseSource } from "../analysis/code/parse.ts";
import { findRequires } from "../analysis/modules/uses.ts";
import { legacyToolbelt } from "../platform/toolbelt.ts";
import { eraseTypes } from "./erase.ts";

/**
 * Whether an ES module is a V2 function that takes in no toolbelt: its handler takes no callback. Read as the CommonJS
 * module that V1 would run, its imports alone would make it one of V1.
 */
export function isModernModule(text: string): boolean {
  if (text.includes(legacyToolbelt)) return false;
  const erased = eraseTypes(text, { isModule: true });
  if ("message" in erased) return false;
  try {
    const model = createModel(parseSource(erased.text));
    const handler = handlerFunctionOf(model);
    const [first, second] = handler?.params ?? [];
    const isCalledBack = second !== undefined || first?.type === "RestElement";
    return handler !== undefined && !isCalledBack && !usesArguments(model, handler) && findRequires(model).length === 0;
  } catch {
    return false;
  }
}
