import vm from "node:vm";

/** Evaluates a script: decides in which realm its functions, objects and errors are made. */
export type Evaluate = (code: string) => unknown;

/** In the main realm of this process, as a file of the given name. */
export function evaluateHere(code: string): unknown {
  return new vm.Script(code, { filename: "index.js" }).runInThisContext();
}
