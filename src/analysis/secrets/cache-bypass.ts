import type * as ESTree from "estree";
import { modernToolbelt } from "../../platform/toolbelt.ts";
import { isFunction, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { followedClients, methodCallOf } from "../toolbelt/client-trail.ts";
import type { Handler } from "../code/handler.ts";
import { objectLiteralOf, stringOf } from "../values/constants.ts";
import type { Model } from "../code/model.ts";

/** A secret that every invocation reads past the cache. */
export interface CacheBypass {
  readonly call: ESTree.SimpleCallExpression;
  readonly key: Node;
  /** The argument that says so. */
  readonly options: Node;
}

const CONDITIONAL =
  /^(?:If|Switch|For|ForIn|ForOf|While|DoWhile)Statement$|^(?:Conditional|Logical)Expression$|^CatchClause$/u;

/** The options of a read that bypass the cache, also where a constant holds them. */
function bypassOf(model: Model, { arguments: [, options] }: ESTree.SimpleCallExpression): Node | undefined {
  const isBypass = (property: Node): boolean =>
    property.type === "Property" &&
    !property.computed &&
    staticName(property) === "useCache" &&
    property.value.type === "Literal" &&
    property.value.value === false;
  const literal = options === undefined ? undefined : objectLiteralOf(model, options);
  return literal?.properties.some(isBypass) === true ? options : undefined;
}

/** True when the handler gets to the node in every invocation, and once: it is no retry, and no answer to a failure. */
function isUnconditional(model: Model, node: Node, handler: Handler): boolean {
  for (let current = model.parentOf(node); current !== handler.node; current = model.parentOf(current)) {
    if (current === null || isFunction(current) || CONDITIONAL.test(current.type)) {
      return false;
    }
  }
  return true;
}

/**
 * Finds the reads of secrets that bypass the cache though nothing in the file could have changed the secret: the file
 * updates none, every use of the client is seen, and no other read asks for the same secret.
 */
export function findCacheBypasses(model: Model, handler: Handler | undefined): CacheBypass[] {
  const { uses, escapes } = followedClients(model, "SecretClient", [modernToolbelt]);
  const calls = uses.map((use) => methodCallOf(model, use));
  const isSeen = escapes.length === 0 && calls.every((found) => found?.method === "readSecret");
  if (handler === undefined || !isSeen) {
    return [];
  }
  const reads = calls.flatMap((found) => found?.call ?? []);
  const nameOf = ({ arguments: [key] }: ESTree.SimpleCallExpression): string | undefined =>
    key === undefined ? undefined : stringOf(model, key);
  return reads.flatMap((call): CacheBypass[] => {
    const [key] = call.arguments;
    const options = bypassOf(model, call);
    const name = nameOf(call);
    const isAlone = reads.every((other) => other === call || (nameOf(other) !== undefined && nameOf(other) !== name));
    return key !== undefined &&
      options !== undefined &&
      name !== undefined &&
      isAlone &&
      isUnconditional(model, call, handler)
      ? [{ call, key, options }]
      : [];
  });
}
