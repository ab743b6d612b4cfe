import type * as ESTree from "estree";
import { callSiteOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { perModel } from "../code/per-model.ts";
import { isQuietCall } from "../code/quiet-calls.ts";
import { staticName, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { clientCallsOf } from "../toolbelt/client-calls.ts";
import { stringOf } from "../values/constants.ts";

/** A call that reads or writes a secret: of a client, or of a function of the file that does nothing else of weight. */
export interface SecretOperation {
  readonly call: ESTree.SimpleCallExpression;
  readonly kind: "read" | "write";
  /** The secret's name where it is written out. */
  readonly key: string | undefined;
}

const KINDS: ReadonlyMap<string, SecretOperation["kind"]> = new Map([
  ["readSecret", "read"],
  ["updateSecret", "write"],
  ["writeSecret", "write"],
]);

/** All operations on secrets of a file. */
export const secretOperationsOf = perModel((model): ReadonlyMap<Node, SecretOperation> => {
  const operations = new Map<Node, SecretOperation>();
  for (const { factory, method = "", call, given } of clientCallsOf(model)) {
    const kind = factory === "SecretClient" ? KINDS.get(method) : undefined;
    if (kind !== undefined) {
      operations.set(call, { call, kind, key: kind === "read" ? nameIn(model, given[0]) : keyIn(model, given[0]) });
    }
  }
  // Readers may call readers: again until nothing is found.
  for (let size = -1; size !== operations.size;) {
    size = operations.size;
    for (const call of size === 0 ? [] : model.nodes("CallExpression")) {
      const site = operations.has(call) ? undefined : callSiteOf(model, call);
      const inside = site === undefined ? undefined : readOf(model, site.node, operations);
      if (site !== undefined && inside !== undefined) {
        const [name] = inside.call.arguments;
        const index = site.node.params.findIndex(
          (parameter) => name !== undefined && model.variableOf(parameter) === (model.variableOf(name) ?? null),
        );
        const key = index < 0 ? inside.key : nameIn(model, site.given[index]);
        operations.set(call, { call, kind: "read", key });
      }
    }
  }
  return operations;
});

function nameIn(model: Model, node: Node | undefined): string | undefined {
  return node === undefined ? undefined : stringOf(model, node);
}

/** The name in `{ key: "name", value }`. */
function keyIn(model: Model, entry: Node | undefined): string | undefined {
  const properties = entry?.type === "ObjectExpression" ? entry.properties : [];
  const key = properties.findLast((property) => property.type === "Property" && staticName(property) === "key");
  return key?.type === "Property" ? stringOf(model, key.value) : undefined;
}

/** The read of a function that reads one secret: besides it may log, fail, and keep what it has read. */
function readOf(
  model: Model,
  node: FunctionNode,
  operations: ReadonlyMap<Node, SecretOperation>,
): SecretOperation | undefined {
  const reads: SecretOperation[] = [];
  let isReader = node.generator !== true;
  walk(node.body, (part) => {
    const operation = operations.get(part);
    if (operation !== undefined) {
      reads.push(operation);
    } else if (part.type === "CallExpression" || part.type === "NewExpression") {
      isReader &&= isQuietCall(model, part) || isPromiseStep(part);
    }
    isReader &&= !/^(?:For|While|DoWhile|TaggedTemplate|ImportExpression)/u.test(part.type);
    return isReader;
  });
  const [read, ...others] = reads;
  return isReader && read?.kind === "read" && others.length === 0 ? read : undefined;
}

/** `.then(…)`, `.catch(…)`, `.finally(…)` */
export function isPromiseStep(call: Node): call is ESTree.SimpleCallExpression & { callee: ESTree.MemberExpression } {
  const name =
    call.type === "CallExpression" && call.callee.type === "MemberExpression" ? staticName(call.callee) : undefined;
  return name === "then" || name === "catch" || name === "finally";
}
