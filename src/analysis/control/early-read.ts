import type { Variable } from "eslint-scope";
import type { Node } from "../code/tree.ts";
import { CertainWrites } from "./early-read-writes.ts";
import type { NameQuestion } from "./early-read-writes.ts";

/**
 * Finds a read of an undeclared name that may come before the first write, where V1 throws a ReferenceError.
 *
 * Once a write has made the global, it stays. So whatever runs after a write has the name, and a function has it when
 * the name exists at each place that mentions the function: nobody can call it earlier.
 */
export function findEarlyRead(question: NameQuestion): Node | undefined {
  const { functions, handler } = question;
  const exits = findExits(question);
  let entries = new Map<Variable, boolean>(functions.variables.map((variable) => [variable, true]));
  for (;;) {
    const walkOver = new CertainWrites(question, exits);
    const loaded = walkOver.list(question.model.program.body, false);
    walkOver.enter(functions.variableOf(handler), loaded);
    for (const [variable, entry] of entries) {
      functions.nodesOf(variable).forEach((node) => walkOver.body(node, entry));
    }
    const found = new Map(functions.variables.map((variable) => [variable, walkOver.entryOf(variable)]));
    if ([...found].every(([variable, entry]) => entries.get(variable) === entry)) {
      return walkOver.early;
    }
    entries = found;
  }
}

/** The functions that have written the name whenever they end without an error. */
function findExits(question: NameQuestion): ReadonlySet<Variable> {
  const { functions } = question;
  let exits = new Set<Variable>();
  for (;;) {
    const found = functions.variables.filter((variable) => {
      const [node, ...others] = functions.nodesOf(variable);
      const isPlain = node !== undefined && others.length === 0 && node.generator !== true;
      return isPlain && new CertainWrites(question, exits).body(node, false);
    });
    if (found.length === exits.size) {
      return exits;
    }
    exits = new Set(found);
  }
}
