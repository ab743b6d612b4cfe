import type * as ESTree from "estree";
import { allCallsOf } from "../code/calls.ts";
import { variableOfFunction } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { rangeOf } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { followedCreations } from "./assigned-clients.ts";
import type { ClientCreation } from "./creations.ts";

/** A function that does nothing but create a client: `const newClient = () => Toolbelt.HTTPClient();`. */
export interface ClientFactory {
  readonly node: FunctionNode;
  readonly creation: ClientCreation;
  readonly calls: readonly Node[];
}

/** The calls of a function by its name and without arguments, when all can be seen. */
export function callsByName(model: Model, node: FunctionNode): readonly Node[] | undefined {
  const calls = variableOfFunction(model, node) === undefined ? undefined : allCallsOf(model, node);
  const isPlain = calls?.every(
    ({ call }) => call.type === "CallExpression" && call.callee.type === "Identifier" && call.arguments.length === 0,
  );
  return isPlain === true ? calls?.map(({ call }) => call) : undefined;
}

function isOnly({ body, params, async, generator }: FunctionNode, call: ESTree.SimpleCallExpression): boolean {
  const [statement, ...more] = body.type === "BlockStatement" ? body.body : [];
  const value = statement?.type === "ReturnStatement" && more.length === 0 ? statement.argument : body;
  return value === call && params.length === 0 && async !== true && generator !== true;
}

/** Finds the functions that only create a client of the V1 toolbelt whose calls have to be followed. */
export function findClientFactories(model: Model): ClientFactory[] {
  return followedCreations(model).flatMap((creation) => {
    const { call } = creation;
    const node = call.arguments.length === 0 && !call.optional ? model.functionOf(call) : null;
    const isBare = node !== null && isOnly(node, call) && model.commentsIn(rangeOf(node)).length === 0;
    const calls = isBare ? callsByName(model, node) : undefined;
    return node === null || calls === undefined ? [] : [{ node, creation, calls }];
  });
}
