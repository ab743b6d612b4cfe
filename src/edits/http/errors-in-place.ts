import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { readsOf } from "../../analysis/code/bindings.ts";
import type { Model } from "../../analysis/code/model.ts";
import { meansTheSameAt } from "../../analysis/code/names.ts";
import { isInside, rangeOf, staticName } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { EditList } from "../text/edit-list.ts";
import { indentAt, reindentCode } from "../text/layout.ts";

/** So many places make the error of a status by themselves; more share the function. */
const MOST_IN_PLACE = 2;

/** A call in `throw statusError(response, body);`, in whose place the error itself can be made. */
interface ErrorCall {
  readonly call: ESTree.SimpleCallExpression;
  readonly names: readonly ESTree.Identifier[];
}

/** A function whose statements are written at a call of it. */
interface WrittenReader {
  readonly node: Node;
  /** Where they are written. */
  readonly value: Node;
}

/** The function of a migration that makes the error of a status, with its calls. */
export interface ErrorMaker {
  readonly node: ESTree.FunctionDeclaration;
  readonly error: Node;
  readonly calls: readonly ErrorCall[];
}

/** What each parameter, or name taken from it, is of the argument: the member that it holds, or all of it. */
function parametersOf(
  model: Model,
  node: ESTree.FunctionDeclaration,
): ReadonlyMap<Variable, readonly [number, string]> {
  const found = new Map<Variable, readonly [number, string]>();
  node.params.forEach((parameter, index) => {
    const parts = parameter.type === "ObjectPattern" ? parameter.properties : [parameter];
    for (const part of parts) {
      const variable = model.variableOf(part.type === "Property" ? part.value : part);
      const member = part.type === "Property" ? `.${staticName(part) ?? ""}` : "";
      if (variable !== undefined) {
        found.set(variable, [index, member]);
      }
    }
  });
  return found;
}

function errorCallAt(model: Model, read: Node, { params }: ESTree.FunctionDeclaration): ErrorCall | undefined {
  const call = model.parentOf(read);
  if (call?.type !== "CallExpression" || model.parentOf(call)?.type !== "ThrowStatement") {
    return undefined;
  }
  const names = call.arguments.filter((argument): argument is ESTree.Identifier => argument.type === "Identifier");
  const isPlain = names.length === call.arguments.length && names.length === params.length;
  return isPlain ? { call, names } : undefined;
}

/**
 * Finds the function whose errors can be made where they are thrown.
 *
 * @param isErrorMaker whether a function makes the error of a status, as a migration writes it
 * @param readers the functions whose statements are written at their calls, once for each call
 */
export function findErrorMaker(
  model: Model,
  isErrorMaker: (node: ESTree.FunctionDeclaration) => boolean,
  readers: readonly WrittenReader[],
): ErrorMaker | undefined {
  const node = model.program.body.find(
    (statement): statement is ESTree.FunctionDeclaration =>
      statement.type === "FunctionDeclaration" && isErrorMaker(statement),
  );
  const variable = node === undefined ? undefined : model.variableOf(node.id);
  const [only, ...others] = node?.body.body ?? [];
  if (node === undefined || variable === undefined || only?.type !== "ReturnStatement" || others.length > 0) {
    return undefined;
  }
  const reads = readsOf(variable);
  const calls = reads.flatMap((read) => errorCallAt(model, read, node) ?? []);
  const places = reads.flatMap((read): readonly Node[] => {
    const written = readers.filter((reader) => isInside(read, reader.node)).map(({ value }) => value);
    return written.length > 0 ? written : [read];
  });
  const isFew = calls.length === reads.length && places.length <= MOST_IN_PLACE;
  const isSame = places.every((place) => meansTheSameAt(model, node, place));
  return isFew && isSame && only.argument ? { node, error: only.argument, calls } : undefined;
}

/**
 * Makes the error where it is thrown.
 *
 * @param range the calls inside of it are written
 * @param nameOf what an argument is called there
 */
export function writeErrors(
  model: Model,
  edits: EditList,
  { node, error, calls }: ErrorMaker,
  isHere: (call: Node) => boolean,
  nameOf: (argument: ESTree.Identifier) => string,
): void {
  const parameters = parametersOf(model, node);
  for (const { call, names } of calls.filter((each) => isHere(each.call))) {
    const own = new EditList();
    for (const [variable, [index, member]] of parameters) {
      const argument = names[index];
      const given = argument === undefined ? "" : nameOf(argument) + member;
      for (const read of readsOf(variable)) {
        const parent = model.parentOf(read);
        const isShort = parent?.type === "Property" && parent.shorthand && given !== variable.name;
        own.replace(rangeOf(read), isShort ? `${variable.name}: ${given}` : given);
      }
    }
    const { text } = model;
    const from = indentAt(text, rangeOf(error)[0]);
    const made = reindentCode(own.textOf(text, rangeOf(error)), from, indentAt(text, rangeOf(call)[0]));
    edits.replaceWhole(rangeOf(call), made);
  }
}
