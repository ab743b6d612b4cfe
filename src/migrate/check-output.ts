import type { Model } from "../analysis/code/model.ts";
import { findHandler } from "../analysis/code/handler.ts";
import { moduleProblemOf } from "../analysis/code/parse.ts";
import { hidesHandler } from "../analysis/code/hidden-handler.ts";
import { findImplicitGlobals } from "../analysis/modules/implicit-globals.ts";
import { findRequires } from "../analysis/modules/uses.ts";
import { undeclaredNames } from "../analysis/modules/strictness.ts";
import { changedMeaning } from "./check-names.ts";
import { changedText } from "./check-text.ts";
import type { Output } from "./pipeline.ts";

/**
 * Checks what must hold for every migrated file, whatever the steps did.
 *
 * @returns what does not hold, as a clause; undefined when all is well
 */
export function missedByOutput(original: Model, output: Output): string | undefined {
  const { model: migrated } = output;
  const problem = moduleProblemOf(migrated);
  if (problem !== undefined) {
    return `the result does not parse as a module (SyntaxError: ${problem.message})`;
  }
  return (
    missedByNames(original, migrated) ??
    missedByHandler(original, migrated) ??
    changedText(original, output) ??
    changedMeaning(original, output)
  );
}

/** Names that only the original explains, and what no module has. */
function missedByNames(original: Model, migrated: Model): string | undefined {
  const known = new Set(undeclaredNames(original).map(({ name }) => name));
  const lost = undeclaredNames(migrated).find(({ name }) => !known.has(name));
  if (lost !== undefined) {
    return `the result uses \`${lost.name}\`, which nothing declares any more`;
  }
  const [assigned] = findImplicitGlobals(migrated);
  if (assigned !== undefined) {
    return `the result assigns \`${assigned.name}\`, which nothing declares`;
  }
  if (findRequires(migrated).length > 0) {
    return "the result still calls `require`";
  }
  return undefined;
}

/** The platform must find a function called `lambda` that takes the input alone. */
function missedByHandler(original: Model, migrated: Model): string | undefined {
  const handler = findHandler(migrated);
  const hadHandler = findHandler(original) !== undefined || hidesHandler(original);
  if (handler === undefined) {
    return hadHandler || hidesHandler(migrated) ? "the handler can't be seen any more" : undefined;
  }
  if (handler.alias !== undefined || handler.exported !== undefined) {
    return `the handler is not declared as \`${handler.name}\``;
  }
  const [, second] = handler.node.params;
  return second !== undefined || handler.problem !== undefined ? "the handler takes more than the input" : undefined;
}
