import { parse } from "acorn";
import type * as ESTree from "estree";

/** Parses a function file: a V1 text as the body of a CommonJS module, a V2 text as an ES module. */
export function parseFunction(text: string, sourceType: "script" | "module"): ESTree.Program {
  return parse(text, {
    ecmaVersion: "latest",
    sourceType,
    allowReturnOutsideFunction: sourceType === "script",
    allowHashBang: true,
    ranges: true,
  }) as unknown as ESTree.Program;
}
