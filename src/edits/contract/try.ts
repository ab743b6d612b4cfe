import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import { planChain } from "../../analysis/contract/chain-plan.ts";
import { chainOf, mentions } from "../../analysis/control/chains.ts";
import type { Chain } from "../../analysis/control/chains.ts";
import { isLastIn } from "../../analysis/control/continuation.ts";
import type { Model } from "../../analysis/code/model.ts";
import type { ExposeContext } from "./expose-context.ts";
import { movedText } from "./inline-body.ts";
import { indentAt, unitOf, lineEndingOf, statementRange } from "../text/layout.ts";
import { withParentheses } from "../text/parentheses.ts";
import { freeName } from "../text/names.ts";
import { rangeWithComments } from "../text/remove-statements.ts";

/** A `try` that only guards the making of a promise: nobody waits in it for the chain at its end. */
interface GuardedChain {
  readonly whole: ESTree.TryStatement;
  readonly handler: ESTree.CatchClause;
  readonly chain: Chain;
}

function guardedChain(context: ExposeContext, whole: ESTree.TryStatement): GuardedChain | undefined {
  const { model, owner, settling } = context;
  const last = whole.block.body.at(-1);
  const chain = last === undefined ? undefined : chainOf(last);
  const parent = model.parentOf(whole);
  if (
    chain === undefined ||
    chain.mode === "awaited" ||
    !whole.handler ||
    whole.finalizer ||
    parent?.type !== "BlockStatement"
  ) {
    return undefined;
  }
  const knowsCallback = !mentions(model, chain.base, settling) && mentions(model, chain.statement, settling);
  const isNeeded = isLastIn(model, whole, owner) && knowsCallback && planChain(context, chain) === undefined;
  return isNeeded && isIndependent(model, whole.block, chain) ? { whole, handler: whole.handler, chain } : undefined;
}

/** True when the chain's handlers use nothing that is declared in the block. */
function isIndependent(model: Model, block: Node, { links }: Chain): boolean {
  const declared = model.scopeAt(block).block === block ? model.scopeAt(block).variables : [];
  return links.every(({ handlers }) =>
    handlers.every((part) => declared.every((variable) => !mentions(model, part, variable))),
  );
}

/** A chain at the end of a `try` whose `catch` does not hear it is written behind the `try`. */
export function moveChainOutOfTry(context: ExposeContext): boolean {
  const { model, owner } = context;
  for (const whole of model.nodes("TryStatement").filter((statement) => model.functionOf(statement) === owner)) {
    const guarded = guardedChain(context, whole);
    if (guarded !== undefined) {
      write(context, guarded);
      return true;
    }
  }
  return false;
}

function write({ model, report }: ExposeContext, { whole, handler, chain }: GuardedChain): void {
  const { text } = model;
  const { edits } = report;
  const newline = lineEndingOf(text);
  const indent = indentAt(text, rangeOf(whole)[0]);
  const name = freeName(model, "promise");
  const [start, end] = statementRange(model, chain.statement);
  const [from, to] = withParentheses(model, chain.base);
  // What stands in front of the chain's start is `return`, and parentheses.
  const head = text.slice(start, from);
  const rest = movedText(model, edits, [to, end], indent);
  edits.insert(rangeOf(whole)[0], `let ${name};${newline}${indent}`);
  edits.replace([start, from], `${name} = `);
  edits.replace([to, end], ";");
  const last = handler.body.body.at(-1);
  if (last?.type !== "ReturnStatement" && last?.type !== "ThrowStatement") {
    const offset = last === undefined ? rangeOf(handler.body)[0] + 1 : rangeWithComments(model, last)[1];
    edits.insert(offset, `${newline}${indent}${unitOf(model)}return;`);
  }
  edits.insert(rangeOf(whole)[1], `${newline}${indent}${head}${name}${rest}`);
}
