import type * as ESTree from "estree";
import { modernToolbelt } from "../../platform/toolbelt.ts";
import type { Model } from "../code/model.ts";
import { childrenOf, isFunction, staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { isRunByHandler } from "../control/invocations.ts";
import { lengthOf } from "../runtime/loop-rounds.ts";
import { clientCallsOf } from "../toolbelt/client-calls.ts";
import type { ClientCall } from "../toolbelt/client-calls.ts";
import { followedClients, methodCallOf } from "../toolbelt/client-trail.ts";
import { booleanOf, numberOf, objectLiteralOf } from "../values/constants.ts";
import { readObjectShape } from "../values/object-shape.ts";
import { textsOf } from "../values/texts.ts";

/** A secret that every invocation reads past the cache. */
export interface CacheBypass {
  readonly call: ESTree.SimpleCallExpression;
  readonly key: Node;
  /** The argument that says so. */
  readonly options: Node;
}

const CONDITIONAL =
  /^(?:If|Switch|For|ForIn|While|DoWhile)Statement$|^(?:Conditional|Logical)Expression$|^CatchClause$/u;

/** Functions of the language that run what they get, whatever happens. */
const RUNNING: ReadonlySet<string> = new Set(["all", "flatMap", "forEach", "map", "then"]);

function isOf(property: Node, name: string): property is ESTree.Property {
  return property.type === "Property" && !property.computed && staticName(property) === name;
}

/** The options of a read that certainly bypass the cache, wherever the file puts them together. */
function bypassOf(model: Model, options: Node | undefined): Node | undefined {
  const { values, certain, problems } = (options && readObjectShape(model, options)) ?? {};
  const said = values?.get("useCache") ?? [];
  const isBypass =
    certain?.has("useCache") === true &&
    problems?.length === 0 &&
    said.every((value) => booleanOf(model, value) === false);
  return isBypass ? options : undefined;
}

/**
 * True for a place that need not be reached whenever its function runs: under a condition, in a loop, or in what another
 * function calls at its own will.
 */
function isConditional(model: Model, place: Node): boolean {
  if (place.type === "CallExpression" && childrenOf(place).some(isFunction)) {
    const name = place.callee.type === "MemberExpression" ? staticName(place.callee) : undefined;
    if (!RUNNING.has(name ?? "")) {
      return true;
    }
  }
  for (let at = model.parentOf(place); at !== null && !isFunction(at); at = model.parentOf(at)) {
    const isOpenLoop = at.type === "ForOfStatement" && lengthOf(model, at.right) === undefined;
    if (isOpenLoop || CONDITIONAL.test(at.type)) {
      return true;
    }
  }
  return false;
}

/** The calls of all SecretClients of a file, when nothing but reads is seen of them; undefined when more may be done. */
function onlyReads(model: Model): readonly ClientCall[] | undefined {
  const { uses, escapes } = followedClients(model, "SecretClient", [modernToolbelt]);
  const isPassed = escapes.some(({ node }) => model.parentOf(node)?.type === "CallExpression");
  const isSeen = uses.every((use) => methodCallOf(model, use)?.method === "readSecret");
  const calls = clientCallsOf(model).filter(({ factory }) => factory === "SecretClient");
  return isSeen && !isPassed && calls.every(({ method }) => method === "readSecret") ? calls : undefined;
}

/**
 * Finds the reads of secrets that bypass the cache though nothing in the file could have changed the secret: the file
 * updates none, every use of the client is seen, and no other read asks for the same secret.
 */
export function findCacheBypasses(model: Model): CacheBypass[] {
  const reads = (onlyReads(model) ?? []).map(({ call, given: [key, options] }) => ({
    call,
    key,
    options,
    names: key === undefined ? [undefined] : textsOf(model, key),
  }));
  if (reads.some(({ names }) => names.length === 0 || names.includes(undefined))) {
    return [];
  }
  return reads.flatMap(({ call, key, options, names }): CacheBypass[] => {
    const isAlone = reads.every((other) => other.call === call || !other.names.some((name) => names.includes(name)));
    const bypass = bypassOf(model, options);
    return key !== undefined &&
      bypass !== undefined &&
      isAlone &&
      isRunByHandler(model, call, (place) => isConditional(model, place))
      ? [{ call, key, options: bypass }]
      : [];
  });
}

/** Finds the SecretClients that are told to keep nothing, in files that only read secrets: `{ cache: { ttl: 0 } }`. */
export function findUncachedClients(model: Model): Node[] {
  const calls = onlyReads(model);
  return calls === undefined || calls.length === 0
    ? []
    : followedClients(model, "SecretClient", [modernToolbelt]).clients.flatMap(({ call }) => {
        const [options] = call.arguments;
        const cache = memberIn(model, options, "cache");
        const ttl = memberIn(model, cache, "ttl");
        return options !== undefined && ttl !== undefined && numberOf(model, ttl) === 0 ? [ttl] : [];
      });
}

function memberIn(model: Model, node: Node | undefined, name: string): Node | undefined {
  const literal = node === undefined ? undefined : objectLiteralOf(model, node);
  return literal?.properties.find((property): property is ESTree.Property => isOf(property, name))?.value;
}
