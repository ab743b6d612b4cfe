import { findHandler } from "../analysis/code/handler.ts";
import { hidesHandler } from "../analysis/code/hidden-handler.ts";
import { createModel } from "../analysis/code/model.ts";
import { parseSource } from "../analysis/code/parse.ts";
import { isTypeScript } from "../typescript/compiler.ts";
import { isModernModule } from "../typescript/modern-module.ts";
import { plainJavaScript } from "../typescript/plain.ts";
import { showsFunction } from "./recognize.ts";
import { isLegacyFunction } from "./survey.ts";

/** Whether a text is a V1 function, or a part of one; what cannot be parsed may be one if it looks so. */
export function isLegacyCode(text: string, path = "index.js"): boolean {
  try {
    if (isTypeScript(path) && isModernModule(text)) return false;
    return isLegacyFunction(createModel(parseSource(plainJavaScript(path, text, "v1"))));
  } catch {
    return showsFunction(text);
  }
}

/** Whether a text is a V1 function with a handler of its own; what cannot be parsed is none. */
export function isLegacyHandler(text: string, path: string): boolean {
  try {
    if (isTypeScript(path) && isModernModule(text)) return false;
    const model = createModel(parseSource(plainJavaScript(path, text, "v1")));
    return (findHandler(model) !== undefined || hidesHandler(model)) && isLegacyFunction(model);
  } catch {
    return false;
  }
}
