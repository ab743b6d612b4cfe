import { isFunction, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Chain } from "../control/chains.ts";
import { catchAround, continuationOf } from "../control/continuation.ts";
import type { ChainContext } from "./chain-handlers.ts";

/** The statements that stand behind another one in the function's own list, up to a `return`; functions are left out. */
function statementsBehind({ model, owner }: ChainContext, statement: Node): readonly Node[] {
  const list: readonly Node[] = owner.body.type === "BlockStatement" ? owner.body.body : [];
  const behind = list.includes(statement) ? list.slice(list.indexOf(statement) + 1) : [];
  const end = behind.findIndex(({ type }) => type === "ReturnStatement");
  const reached = end === -1 ? behind : behind.slice(0, end);
  const isRunning = model.parentOf(statement) === owner.body && statement.type === "ExpressionStatement";
  return isRunning && reached.some(({ type }) => type !== "FunctionDeclaration" && type !== "EmptyStatement")
    ? reached
    : [];
}

/** True when a statement neither waits nor leaves the function: it has run before any handler of a promise does. */
function runsAtOnce(statement: Node): boolean {
  let isAtOnce = true;
  walk(statement, (node) => {
    isAtOnce &&= !/^(?:Return|Break|Continue|Throw)Statement$|^(?:Await|Yield)Expression$/u.test(node.type);
    return isAtOnce && !isFunction(node);
  });
  return isAtOnce;
}

/** What runs while the chain is under way; undefined when waiting for it where it stands would change what else happens. */
export function meanwhileOf(context: ChainContext, chain: Chain, cannotReject: boolean): readonly Node[] | undefined {
  const { model, owner } = context;
  const { statement, mode } = chain;
  if (mode === "awaited") {
    return [];
  }
  const { after, repeats } = continuationOf(model, statement, owner);
  const isCaught = catchAround(model, statement, owner) !== undefined;
  if (repeats || (isCaught && !cannotReject)) {
    return undefined;
  }
  if (after.length > 0 && (model.parentOf(statement) !== owner.body || !after.every((node) => runsAtOnce(node)))) {
    return undefined;
  }
  return statementsBehind(context, statement);
}
