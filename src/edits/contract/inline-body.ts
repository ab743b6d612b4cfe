import type { Variable } from "eslint-scope";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node, Range } from "../../analysis/code/tree.ts";
import type { Model } from "../../analysis/code/model.ts";
import { perModel } from "../../analysis/code/per-model.ts";
import type { EditList } from "../text/edit-list.ts";
import { indentAt, reindentCode } from "../text/layout.ts";
import { ownVariables } from "../text/rename.ts";

/** True when a variable of this name, declared in the moved function, would hide or meet the other one. */
function meets(other: Variable | undefined, moved: FunctionNode, together: readonly FunctionNode[]): boolean {
  if (other === undefined) {
    return true;
  }
  const [start, end] = rangeOf(moved);
  const [from, to] = rangeOf(other.scope.block);
  const encloses = from <= start && to >= end && other.scope.block !== moved && other.scope.block !== moved.body;
  return encloses || together.some((node) => other.scope.block === node || other.scope.block === node.body);
}

/**
 * The variables of a function whose names mean something else where its statements are to stand.
 *
 * @param together functions whose statements come to stand there too
 */
export function findClashes(
  model: Model,
  moved: FunctionNode,
  target: FunctionNode,
  together: readonly FunctionNode[],
): Variable[] {
  const [start, end] = rangeOf(target);
  const isInTarget = (identifier: Node): boolean => {
    const [at] = rangeOf(identifier);
    return at >= start && at < end;
  };
  return ownVariables(model, moved).filter((variable) =>
    meaningsOf(model)
      .get(variable.name)
      ?.some(
        ({ meant, identifiers }) =>
          meant !== variable && meets(meant, moved, together) && identifiers.some((node) => isInTarget(node)),
      ),
  );
}

/** What a name means somewhere in the file, a variable or a global, and where. */
interface Meaning {
  readonly meant: Variable | undefined;
  readonly identifiers: Node[];
}

/** The meanings of each name. */
const meaningsOf = perModel((model): ReadonlyMap<string, readonly Meaning[]> => {
  const byName = new Map<string, Map<Variable | undefined, Meaning>>();
  for (const identifier of model.nodes("Identifier")) {
    const meant = model.variableOf(identifier);
    if (meant !== undefined || model.referenceOf(identifier) !== undefined) {
      const meanings = byName.get(identifier.name) ?? new Map<Variable | undefined, Meaning>();
      const known = meanings.get(meant);
      known?.identifiers.push(identifier);
      if (known === undefined) meanings.set(meant, { meant, identifiers: [identifier] });
      byName.set(identifier.name, meanings);
    }
  }
  return new Map([...byName].map(([name, meanings]) => [name, [...meanings.values()]]));
});

/** A piece of source as it reads at another indentation, with edits applied. */
export function movedText(model: Model, edits: EditList, range: Range, to: string): string {
  return reindentCode(edits.textOf(model.text, range), indentAt(model.text, range[0]), to);
}

/** The range of all statements of a block, with the comments between its braces; undefined when it is empty. */
export function innerRange(model: Model, block: Node): Range | undefined {
  const [start, end] = rangeOf(block);
  const inner = model.text.slice(start + 1, end - 1);
  const text = inner.trim();
  if (text === "") {
    return undefined;
  }
  const offset = start + 1 + inner.indexOf(text);
  return [offset, offset + text.length];
}
