import type * as ESTree from "estree";
import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { followedClients, methodCallOf } from "../toolbelt/client-trail.ts";
import { isPure } from "../code/effects.ts";
import { stringOf } from "../values/constants.ts";
import type { Model } from "../code/model.ts";
import { isGlobalTaken } from "../code/names.ts";

/** A statement that writes one secret, waits for it, and takes no result: `await client.updateSecret({ key, value });`. */
export interface WriteStatement {
  readonly statement: ESTree.ExpressionStatement;
  readonly call: ESTree.SimpleCallExpression;
  /** The secret's name, which the file writes out. */
  readonly key: string;
}

/** Writes of different secrets that follow each other without anything between them. */
export type WriteRun = readonly [WriteStatement, WriteStatement, ...WriteStatement[]];

const WRITERS = new Set(["updateSecret", "writeSecret"]);

/** Finds the runs of writes that don't need each other: their values are there before the first begins. */
export function findSecretWrites(model: Model): WriteRun[] {
  const calls = writeCalls(model);
  const lists: (readonly Node[])[] = [
    ...model.nodes("BlockStatement").map(({ body }) => body),
    ...model.nodes("SwitchCase").map(({ consequent }) => consequent),
  ];
  return (calls.size < 2 ? [] : lists).flatMap((list) => {
    const runs: WriteStatement[][] = [[]];
    for (const statement of list) {
      const write = writeOf(model, statement, calls);
      const run = runs.at(-1) ?? [];
      const isNext = write !== undefined && run.every(({ key }) => key !== write.key);
      if (write !== undefined && isNext) {
        run.push(write);
      } else {
        runs.push(write === undefined ? [] : [write]);
      }
    }
    return runs.flatMap(([first, second, ...others]) =>
      first === undefined || second === undefined ? [] : [[first, second, ...others] as const],
    );
  });
}

function writeCalls(model: Model): ReadonlySet<Node> {
  const { uses } = followedClients(model, "SecretClient", [legacyToolbelt, modernToolbelt]);
  const calls = uses.flatMap((use) => {
    const found = methodCallOf(model, use);
    return found !== undefined && use.node.type === "Identifier" && WRITERS.has(found.method) ? found.call : [];
  });
  return new Set<Node>(calls);
}

function writeOf(model: Model, statement: Node, calls: ReadonlySet<Node>): WriteStatement | undefined {
  const awaited = statement.type === "ExpressionStatement" ? statement.expression : undefined;
  const call = awaited?.type === "AwaitExpression" ? awaited.argument : undefined;
  if (statement.type !== "ExpressionStatement" || call?.type !== "CallExpression" || !calls.has(call)) {
    return undefined;
  }
  const [entry] = call.arguments;
  const key = entry === undefined ? undefined : keyOf(model, entry);
  const isPlain =
    entry !== undefined && call.arguments.length === 1 && !call.optional && isPure(model, entry) && key !== undefined;
  return isPlain && !isGlobalTaken(model, call, "Promise") ? { statement, call, key } : undefined;
}

/** The name in `{ key: "name", value }`. */
function keyOf(model: Model, entry: Node): string | undefined {
  const properties = entry.type === "ObjectExpression" ? entry.properties : [];
  const keys = properties.filter((property) => property.type !== "Property" || staticName(property) === "key");
  const [key] = keys;
  return keys.length === 1 && key?.type === "Property" && !key.computed ? stringOf(model, key.value) : undefined;
}
