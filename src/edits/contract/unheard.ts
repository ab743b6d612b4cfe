import { isInList } from "../../analysis/code/lists.ts";
import { isPure } from "../../analysis/code/effects.ts";
import { isFunction, rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { planChain } from "../../analysis/contract/chain-plan.ts";
import { unheardUses } from "../../analysis/contract/unheard-calls.ts";
import type { UnheardUse } from "../../analysis/contract/unheard-calls.ts";
import { chainOf } from "../../analysis/control/chains.ts";
import { findHandler } from "../../analysis/code/handler.ts";
import { operand } from "../text/awaited.ts";
import { removeStatement } from "../text/remove-statements.ts";
import { asStatementText, asStatementTexts } from "../text/statement-text.ts";
import { indentAt, lineEndingOf, statementRange } from "../text/layout.ts";
import { commentTexts, inFrontOf } from "../text/comments.ts";
import type { EditList } from "../text/edit-list.ts";
import type { Model } from "../../analysis/code/model.ts";
import { withParentheses } from "../text/parentheses.ts";
import { Places } from "./expose-context.ts";
import type { ExposeContext } from "./expose-context.ts";

/**
 * Takes the callback out of functions that run when the handler has answered already: `.then((r) => callback(null, r))` in
 * front of `callback(null, "started")`. What they do besides they still do.
 */
export function dropUnheard(context: ExposeContext): boolean {
  const { model, owner, callback } = context;
  if (findHandler(model)?.node !== owner) {
    return false;
  }
  const places = new Places(model);
  for (const use of unheardUses(model, owner, callback)) {
    const chain = chainOf(use.statement);
    const isUnrolled = chain !== undefined && planChain(context, chain) !== undefined;
    if (!isUnrolled && places.take(use.call === undefined ? use.read : model.statementOf(use.call))) {
      drop(context, use);
    }
  }
  return !places.isEmpty;
}

function drop({ model, report }: ExposeContext, { read, call }: UnheardUse): void {
  report.notice("dead-callback", read);
  if (call === undefined) {
    report.edits.replace(rangeOf(read), "() => {}");
    return;
  }
  const texts = call.arguments
    .filter((argument) => !isPure(model, argument))
    .map((argument) => operand(argument, model.text.slice(...withParentheses(model, argument))));
  const statement = model.parentOf(call);
  if (statement?.type === "ExpressionStatement" || statement?.type === "ReturnStatement") {
    const isReturned = statement.type === "ReturnStatement";
    dropStatement(model, report.edits, statement, [
      ...asStatementTexts(model, statement, texts),
      ...(isReturned ? ["return;"] : []),
    ]);
  } else if (statement !== null && isFunction(statement)) {
    report.edits.replace(
      withParentheses(model, call),
      texts.length === 0 ? "{}" : `{ ${texts.map((text) => `${asStatementText(text)};`).join(" ")} }`,
    );
  } else {
    report.edits.replace(
      rangeOf(call),
      texts.length === 0 ? "undefined" : `void ${texts.length === 1 ? texts.join("") : `(${texts.join(", ")})`}`,
    );
  }
}

/** Puts what is left of a statement in its place. */
function dropStatement(model: Model, edits: EditList, statement: Node, lines: readonly string[]): void {
  if (lines.length === 0 && isInList(model, statement)) {
    removeStatement(model, edits, statement);
    return;
  }
  const range = statementRange(model, statement);
  const comments = inFrontOf(commentTexts(model, range), lineEndingOf(model.text));
  const isBraced = lines.length !== 1 && !isInList(model, statement);
  const text = lines.join(isBraced ? " " : lineEndingOf(model.text) + indentAt(model.text, range[0]));
  edits.replace(range, comments + (isBraced ? (text === "" ? "{}" : `{ ${text} }`) : text));
}
