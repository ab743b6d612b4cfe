import { createHash } from "node:crypto";

import { findHandler } from "./handler.ts";
import type { Model } from "./model.ts";
import { findNamedFunctions } from "./named-functions.ts";
import { lastAtMost } from "./rising.ts";
import { rangeOf, walk } from "./tree.ts";
import type { FunctionNode } from "./tree.ts";

/** A function at module level that is not the handler. */
export interface HelperFunction {
  readonly name: string;
  /** Where it begins. */
  readonly offset: number;
  /** The same for the same name and code, whatever the white space and the comments; short, whatever the code. */
  readonly code: string;
}

/** What is shorter is often the same by chance. */
const FEWEST_STATEMENTS = 3;

/** The functions at module level that have some statements and are not the handler. */
export function helperFunctionsOf(model: Model): HelperFunction[] {
  const named = findNamedFunctions(model);
  const handler = findHandler(model)?.node;
  const isHelper = (name: string, node: FunctionNode): boolean =>
    node !== handler && !model.handlerNames.has(name) && model.functionOf(node) === null;
  return named.variables.flatMap((variable) =>
    named
      .nodesOf(variable)
      .filter((node) => isHelper(variable.name, node))
      .flatMap((node) => {
        const code = codeOf(model, variable.name, node);
        return code === undefined ? [] : [{ name: variable.name, offset: rangeOf(node)[0], code }];
      }),
  );
}

/** Undefined for a function that is too short, and where the tokens are not known. */
function codeOf(model: Model, name: string, node: FunctionNode): string | undefined {
  // The types distinguish what a line break alone makes different: `return x` and a `return` above `x`.
  const types: string[] = [];
  walk(node, ({ type }) => {
    types.push(type);
    return true;
  });
  const tokens = types.filter(isStatement).length < FEWEST_STATEMENTS ? undefined : tokensOf(model, node);
  if (tokens === undefined) {
    return undefined;
  }
  return createHash("sha256")
    .update(JSON.stringify([name, tokens, types]))
    .digest("base64url");
}

/** Blocks are not statements of their own, nor is the function. */
function isStatement(type: string, index: number): boolean {
  return index > 0 && type !== "BlockStatement" && /(?:Statement|Declaration)$/u.test(type);
}

function tokensOf({ text, reading }: Model, node: FunctionNode): string[] | undefined {
  if (reading === undefined) {
    return undefined;
  }
  const { tokens } = reading;
  const [start, end] = rangeOf(node);
  const found: string[] = [];
  // Begins and ends stand in turn; where one token touches the next, the end of the first is the begin of the second.
  for (let index = 2 * Math.ceil((lastAtMost(tokens, start - 1) + 1) / 2); (tokens[index] ?? end) < end; index += 2) {
    // The language knows but one kind of line break, in templates too.
    found.push(text.slice(tokens[index], tokens[index + 1]).replaceAll(/\r\n?/gu, "\n"));
  }
  return found;
}
