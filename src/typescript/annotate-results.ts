import type * as ESTree from "estree";
import { findHandler } from "../analysis/code/handler.ts";
import type { Model } from "../analysis/code/model.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import type { FunctionNode } from "../analysis/code/tree.ts";
import { returnStatementsOf } from "../analysis/code/functions.ts";
import { functionsOf } from "./migrated.ts";
import type { Annotation, Migrated } from "./migrated.ts";

/** A type of what a function returns, where its mark stands in the result. */
export interface ResultMark {
  readonly offset: number;
  readonly type: string;
}

/**
 * The types of what functions return, where these return something else now: of the handler a promise, of others what the
 * compiler finds out.
 *
 * @param told what the type of the handler's callback tells about the result; undefined where it tells nothing
 */
export function annotateResults(
  migrated: Migrated,
  marks: readonly ResultMark[],
  told: string | undefined,
): Annotation[] {
  const { model } = migrated;
  const handler = findHandler(model)?.node;
  return functionsOf(model).flatMap((node) => {
    const [from, to] = [rangeOf(node.params.at(-1) ?? node)[0], rangeOf(node.body)[0]];
    const mark = marks.findLast(({ offset }) => offset >= from && offset < to);
    if (mark === undefined) return [];
    const { offset } = mark;
    if (!returnsOther(migrated, node, mark)) return [];
    return [{ offset, text: node === handler ? `: Promise<${resultType(model, node, told)}>` : "" }];
  });
}

/** Whether a function has lost its callback, or waits now. */
function returnsOther({ original, keptOffset }: Migrated, node: FunctionNode, { type }: ResultMark): boolean {
  const [first] = node.params;
  const places = [node.body, ...(first === undefined ? [] : [first])].map((each) => keptOffset(rangeOf(each)[0]));
  const before = functionsOf(original).find(({ body, params: [parameter] }) =>
    [body, ...(parameter === undefined ? [] : [parameter])].some((each) => places.includes(rangeOf(each)[0])),
  );
  const isPromise = /^:\s*Promise\b/u.test(type);
  if (before === undefined) return node.async === true && !isPromise;
  return node.params.length < before.params.length || (node.async === true && before.async !== true && !isPromise);
}

const SAYS_NOTHING = /\b(?:any|unknown|undefined|void)\b/u;

function resultType(model: Model, handler: FunctionNode, told: string | undefined): string {
  if (told === undefined) return "unknown";
  const isGiven = returnStatementsOf(model, handler).every(({ argument }) => argument);
  const isWhole =
    SAYS_NOTHING.test(told) || (isGiven && handler.body.type === "BlockStatement" && endsAlways(handler.body));
  return isWhole ? told : `${told} | undefined`;
}

/** True where each way through statements ends in a `return`, or in an error. */
function endsAlways(statement: ESTree.Statement | null | undefined): boolean {
  switch (statement?.type) {
    case "ReturnStatement":
    case "ThrowStatement":
      return true;
    case "BlockStatement":
      return endsAlways(statement.body.at(-1));
    case "IfStatement":
      return endsAlways(statement.consequent) && endsAlways(statement.alternate);
    case "TryStatement":
      return (
        (endsAlways(statement.block) && (!statement.handler || endsAlways(statement.handler.body))) ||
        endsAlways(statement.finalizer)
      );
    default:
      return false;
  }
}
