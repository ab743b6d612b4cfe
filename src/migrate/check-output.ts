import { parse as acornParse } from "acorn";
import type { Model } from "../analysis/code/model.ts";
import { findHandler } from "../analysis/code/handler.ts";
import { findImplicitGlobals } from "../analysis/modules/implicit-globals.ts";
import { findRequires } from "../analysis/modules/uses.ts";
import { undeclaredNames } from "../analysis/modules/strictness.ts";

/**
 * Checks what must hold for every migrated file, whatever the steps did.
 *
 * @returns what does not hold, as a clause; undefined when all is well
 */
export function missedByOutput(original: Model, migrated: Model): string | undefined {
  try {
    acornParse(migrated.text, { ecmaVersion: 2024, sourceType: "module" });
  } catch (error) {
    return `the result does not parse as a module (${String(error)})`;
  }
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
  if (findHandler(migrated)?.callback !== undefined) {
    return "the handler still takes a callback";
  }
  return undefined;
}
