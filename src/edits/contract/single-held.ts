import type { Model } from "../../analysis/code/model.ts";
import { isInside } from "../../analysis/code/tree.ts";
import type { Node } from "../../analysis/code/tree.ts";
import type { OwnerPlan, SettlePlan } from "../../analysis/contract/settle-types.ts";
import type { SettleLines } from "./settle-lines.ts";

/** The one call whose outcome is kept, when all that follows it is the rest of the function's own statements. */
export function singleHeld(model: Model, owner: OwnerPlan, lines: SettleLines): SettlePlan | undefined {
  const [held, ...others] = owner.calls.filter(({ mode }) => mode !== "dead");
  const isAlone =
    held?.mode === "held" &&
    others.length === 0 &&
    held.kind !== "either" &&
    model.parentOf(held.statement) === owner.owner.node.body &&
    owner.returns.size === 0 &&
    owner.calls.every((plan) => plan === held || plan.statement.type !== "ReturnStatement" || lines.isUnreached(plan));
  const rest = isAlone ? statementsAfter(owner, held.statement) : [];
  return isAlone && !rest.some(({ type }) => type === "FunctionDeclaration") && !isNamedAbove(model, rest)
    ? held
    : undefined;
}

/** The statements of the function's own list that come behind one of them. */
export function statementsAfter({ owner }: OwnerPlan, statement: Node): readonly Node[] {
  const { body } = owner.node;
  const list: readonly Node[] = body.type === "BlockStatement" ? body.body : [];
  return list.slice(list.indexOf(statement) + 1);
}

/** True when code above the statements names what they declare, which it could not do if they stood in a block. */
function isNamedAbove(model: Model, statements: readonly Node[]): boolean {
  const declared = statements.flatMap((statement) => model.scopeManager.getDeclaredVariables(statement));
  const uses = declared.flatMap(({ references }) => references.map(({ identifier }) => identifier as Node));
  return uses.some((use) => !statements.some((statement) => isInside(use, statement)));
}
