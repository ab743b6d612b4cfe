import type { Model } from "../../analysis/code/model.ts";
import { rangeOf, rootOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node } from "../../analysis/code/tree.ts";
import { isHiddenFrom } from "../../analysis/modules/import-names.ts";
import { findClientFactories } from "../../analysis/toolbelt/client-factories.ts";
import { findLazyClients } from "../../analysis/toolbelt/lazy-clients.ts";
import type { LazyClient } from "../../analysis/toolbelt/lazy-clients.ts";
import { commentTexts } from "../text/comments.ts";
import type { EditList } from "../text/edit-list.ts";
import { indentAt, lineEndingOf, statementRange } from "../text/layout.ts";
import { freeName } from "../text/names.ts";
import { withParentheses } from "../text/parentheses.ts";
import { removeDeclared } from "../text/remove-declared.ts";
import { rangeWithComments, removeStatement } from "../text/remove-statements.ts";
import { renameVariable } from "../text/rename.ts";

/** Creates a client where its variable is declared, and not where it is found to be missing. */
export function exposeLazyClient(model: Model, edits: EditList): void {
  const [found] = findLazyClients(model);
  if (found === undefined) {
    return;
  }
  const { variable, creation, expressions, getters } = found;
  const places = [...expressions, ...getters.flatMap(({ calls }) => calls)];
  if (places.some((place) => isHiddenFrom(model, place, variable.name, variable))) {
    const plain = creation.factory.replace(/^[A-Z]+(?=[A-Z])|^[A-Z]/u, (start) => start.toLowerCase());
    renameVariable(model, edits, variable, freeName(model, plain));
    return;
  }
  const comments = getters.flatMap(({ node }) => removeGetter(model, edits, node));
  createAtDeclaration(model, edits, found, comments);
  for (const statement of found.statements) {
    removeStatement(model, edits, statement);
  }
  for (const place of places) {
    edits.replace(withParentheses(model, place), variable.name);
  }
}

/** Takes a function away that nobody calls any more, and gives its comments. */
function removeGetter(model: Model, edits: EditList, node: FunctionNode): string[] {
  const range = rangeWithComments(model, model.statementOf(node));
  removeDeclared(model, edits, [declaredBy(model, node)], () => range);
  return commentTexts(model, range);
}

function declaredBy(model: Model, node: FunctionNode): Node {
  return node.type === "FunctionDeclaration" ? node : (model.parentOf(node) ?? node);
}

/** Creates a client in the place of a call of the function that does. */
export function exposeClientFactory(model: Model, edits: EditList): void {
  const found = findClientFactories(model).find(({ creation, calls }) => {
    const root = rootOf(creation.call.callee);
    const variable = root.type === "Identifier" ? model.variableOf(root) : undefined;
    return (
      root.type === "Identifier" &&
      variable?.scope.block.type === "Program" &&
      calls.every((call) => !isHiddenFrom(model, call, root.name, variable))
    );
  });
  if (found !== undefined) {
    const { node, creation, calls } = found;
    // A comment above it stays where it is.
    removeDeclared(model, edits, [declaredBy(model, node)], (statement) => statementRange(model, statement));
    for (const call of calls) {
      edits.replace(rangeOf(call), model.textOf(creation.call));
    }
  }
}

function createAtDeclaration(
  model: Model,
  edits: EditList,
  { declarator, creation }: LazyClient,
  comments: readonly string[],
): void {
  const declaration = model.parentOf(declarator);
  const [start] = rangeOf(declaration ?? declarator);
  if (declaration?.type === "VariableDeclaration" && declaration.declarations.length === 1) {
    edits.replace([start, start + declaration.kind.length], "const");
  }
  const lineBreak = lineEndingOf(model.text) + indentAt(model.text, start);
  edits.insert(start, comments.map((comment) => comment + lineBreak).join(""));
  const [, end] = rangeOf(declarator.id);
  edits.replace([end, rangeOf(declarator)[1]], ` = ${model.textOf(creation.call)}`);
}
