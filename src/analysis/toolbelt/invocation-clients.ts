import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { isFunction, isInside, walk } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isMutatorCall, isWritten, wholeMember } from "../code/writes.ts";
import { isRunByHandler } from "../control/invocations.ts";
import { creationsOf } from "./client-calls.ts";
import type { Creation } from "./client-calls.ts";
import { followClient } from "./client-uses.ts";
import { constancyOf } from "./constancy.ts";

/**
 * Finds the clients that the handler creates by way of whatever code of the file, from arguments that are the same in
 * every invocation. Those that something keeps for the invocations that follow are left out, and so are those that are
 * changed.
 */
export function findInvocationClients(model: Model): Creation[] {
  return creationsOf(model).filter(
    ({ call }) =>
      call.arguments.every((argument) => constancyOf(model, argument).isConstant) &&
      !isChanged(model, call) &&
      isRunByHandler(model, call, (place) => isKept(model, place)),
  );
}

function isChanged(model: Model, call: ESTree.SimpleCallExpression): boolean {
  const holder = model.parentOf(call);
  const variable = holder?.type === "VariableDeclarator" ? model.variableOf(holder.id) : undefined;
  return followClient(model, variable === undefined ? [call] : readsOf(variable)).changed !== undefined;
}

/**
 * True for a place that is reached only while what keeps its result is empty: `client ??= create()`,
 * `if (!client) { client = create(); }`, `if (cache.has(key)) { return cache.get(key); }`.
 */
function isKept(model: Model, place: Node): boolean {
  const owner = model.functionOf(place) ?? model.program;
  return conditionsOf(model, place).some((condition) => {
    let isKeeper = false;
    walk(condition, (part) => {
      isKeeper ||= isStore(model, part, owner);
      return !isKeeper;
    });
    return isKeeper;
  });
}

/** What has to hold, in the function itself, for a place to be reached. */
function conditionsOf(model: Model, place: Node): Node[] {
  const conditions: Node[] = [];
  let inner = place;
  for (let above = model.parentOf(place); above !== null && !isFunction(above); above = model.parentOf(above)) {
    if ((above.type === "IfStatement" || above.type === "ConditionalExpression") && above.test !== inner) {
      conditions.push(above.test);
    } else if (above.type === "LogicalExpression" && above.right === inner) {
      conditions.push(above.left);
    } else if (above.type === "AssignmentExpression" && above.operator !== "=" && above.right === inner) {
      conditions.push(above.left);
    } else if (above.type === "BlockStatement") {
      const list: readonly Node[] = above.body;
      const before = list.slice(0, list.indexOf(inner));
      conditions.push(...before.flatMap((statement) => (statement.type === "IfStatement" ? [statement.test] : [])));
    }
    inner = above;
  }
  return conditions;
}

/** True for something that outlives the invocation, and that the function writes. */
function isStore(model: Model, part: Node, owner: Node): boolean {
  if (part.type === "ThisExpression") {
    return model
      .nodes("ThisExpression")
      .some((self) => isInside(self, owner) && self !== part && isFilled(model, self));
  }
  if (part.type !== "Identifier" || (model.parentOf(part)?.type === "MemberExpression" && isMemberName(model, part))) {
    return false;
  }
  const variable = model.variableOf(part);
  if (variable === undefined) {
    const path = globalPath(model, part);
    return model.globals(path ?? "").some((other) => isInside(other, owner) && isFilled(model, other));
  }
  return (
    isOutside(model, variable) &&
    variable.references.some(({ identifier }) => {
      const name = identifier as Node;
      return isInside(name, owner) && isFilled(model, name);
    })
  );
}

function isMemberName(model: Model, name: Node): boolean {
  const member = model.parentOf(name);
  return member?.type === "MemberExpression" && member.property === name && !member.computed;
}

/** True where a variable, a member of it, or what is in its list or map is written. */
function isFilled(model: Model, name: Node): boolean {
  const whole = wholeMember(model, name);
  return isWritten(model, name) || isWritten(model, whole) || isMutatorCall(model, name);
}

/** True for a variable that is there before the invocation begins. */
function isOutside(model: Model, variable: Variable): boolean {
  return variable.defs.every(({ node }) => !isRunByHandler(model, node as Node));
}
