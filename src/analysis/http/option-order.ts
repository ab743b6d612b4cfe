import type * as ESTree from "estree";
import { argumentWriters, mutators } from "../code/builtins.ts";
import { isPure } from "../code/effects.ts";
import { callSiteOf } from "../code/functions.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { isQuietCall } from "../code/quiet-calls.ts";
import { isInside, rangeOf, rootOf, staticName, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { writeOf } from "../code/writes.ts";
import type { AuthFacts } from "./auth.ts";
import type { BodyFacts } from "./body.ts";
import type { HttpCall } from "./calls.ts";
import type { HeaderFacts } from "./headers.ts";

/** What decides where the parts of a request are written. */
export interface PlacedFacts {
  readonly call: HttpCall;
  readonly urlProperty: ESTree.Property | undefined;
  readonly method: { readonly property: ESTree.Property | undefined };
  readonly headers: Pick<HeaderFacts, "property">;
  readonly body: BodyFacts;
  readonly auth: AuthFacts | undefined;
}

/** A part of a request, in the order in which V1 evaluated them, with its place among what fetch gets. */
interface Part {
  readonly name: string;
  readonly node: Node;
  readonly place: number;
}

const AT_FRONT = -1;

/**
 * An option that would be evaluated in another order than it was, where that can be noticed: the parts that change
 * places both do something besides giving a value.
 */
export function findReordered(model: Model, facts: PlacedFacts): string | undefined {
  const parts = partsOf(model, facts);
  const noisy = parts.filter(({ node }) => isNoisy(model, node, node, new Set()));
  return noisy.find(({ place }, index) => noisy.slice(0, index).some((before) => before.place > place))?.name;
}

function partsOf(model: Model, facts: PlacedFacts): Part[] {
  const { call, auth, urlProperty } = facts;
  const isInPlace = call.options?.reference === undefined;
  const placeOf = (property: ESTree.Property, name: string, index: number): number => {
    if (name === "auth") {
      return placeOfAuth(model, facts);
    }
    if (name === "headers" && movesHeaders(model, facts)) {
      return placeOfBody(facts);
    }
    return isInPlace && property === urlProperty ? AT_FRONT - 1 : isInPlace && name === "qs" ? AT_FRONT : index;
  };
  const options = [...(call.options?.properties ?? [])].flatMap(([name, property], index) => {
    const nodes = name === "auth" && auth !== undefined ? authParts(auth) : [property.value];
    return nodes.map((node) => ({ name, node, place: placeOf(property, name, index) }));
  });
  return call.urlArgument === undefined
    ? options
    : [{ name: "url", node: call.urlArgument, place: AT_FRONT - 1 }, ...options];
}

/** The parts of the credentials that are written into a header. */
export function authParts(auth: AuthFacts): Node[] {
  const parts = auth.kind === "bearer" ? [auth.token] : [auth.user, auth.password];
  return parts.filter((part) => part !== undefined);
}

/** The credentials become a header, which is written behind the user's own ones, or with the new ones. */
function placeOfAuth(model: Model, facts: PlacedFacts): number {
  const before = facts.headers.property ?? newHeadersPlace(facts);
  return movesHeaders(model, facts) ? placeOfBody(facts) : placeOf(facts, before);
}

function placeOfBody(facts: PlacedFacts): number {
  return placeOf(facts, facts.body.kind === "none" ? undefined : facts.body.property);
}

/** Right behind a property. */
function placeOf({ call }: PlacedFacts, before: ESTree.Property | "first" | undefined): number {
  return [...(call.options?.properties.values() ?? [])].findIndex((property) => property === before) + 0.5;
}

/** True where credentials in the user's own headers would be checked before the body is made, which may fail as well. */
export function movesHeaders(model: Model, { auth, body, headers }: PlacedFacts): boolean {
  const isChecked = auth !== undefined && !auth.areTexts;
  return (
    isChecked &&
    body.kind !== "none" &&
    headers.property !== undefined &&
    rangeOf(headers.property)[0] < rangeOf(body.property)[0] &&
    !isPure(model, body.property.value)
  );
}

/**
 * What new headers stand behind: `json`, which they are there for, but in front of the body. Credentials that are checked
 * come behind the body: V1 checked them when it had all options.
 */
export function newHeadersPlace({ method, body, auth, call }: PlacedFacts): ESTree.Property | "first" {
  const json = call.options?.properties.get("json");
  const start = body.kind === "none" ? Infinity : rangeOf(body.property)[0];
  if (auth !== undefined && !auth.areTexts) {
    return body.kind !== "none" && rangeOf(auth.property)[0] < start ? body.property : auth.property;
  }
  return json !== undefined && rangeOf(json)[0] < start ? json : (method.property ?? "first");
}

/** True when evaluating does more than give a value: it changes what other code reads, calls what is not known, may throw. */
function isNoisy(model: Model, node: Node, within: Node, seen: ReadonlySet<FunctionNode>): boolean {
  let isFound = false;
  walk(node, (part) => {
    isFound ||= isNoisyPart(model, part, within, seen);
    return !isFound && (part === node || !/Function/u.test(part.type));
  });
  return isFound;
}

function isNoisyPart(model: Model, part: Node, within: Node, seen: ReadonlySet<FunctionNode>): boolean {
  switch (part.type) {
    case "AwaitExpression":
    case "YieldExpression":
    case "ThrowStatement":
    case "TaggedTemplateExpression":
      return true;
    case "CallExpression":
    case "NewExpression":
      return isNoisyCall(model, part, within, seen);
    case "Identifier":
    case "MemberExpression":
      return writeOf(model, part) !== undefined && !isOwn(model, part, within, part.type === "Identifier");
    default:
      return false;
  }
}

function isNoisyCall(
  model: Model,
  call: ESTree.SimpleCallExpression | ESTree.NewExpression,
  within: Node,
  seen: ReadonlySet<FunctionNode>,
): boolean {
  const path = globalPath(model, call.callee) ?? "";
  const site = call.type === "CallExpression" ? callSiteOf(model, call) : undefined;
  if (site !== undefined) {
    return !seen.has(site.node) && isNoisy(model, site.node, site.node, new Set([...seen, site.node]));
  }
  const [target] = argumentWriters.has(path) ? call.arguments : [];
  const method = call.callee.type === "MemberExpression" ? call.callee : undefined;
  const changed = method !== undefined && mutators.has(staticName(method) ?? "") ? method.object : target;
  const isChange = changed !== undefined && !/^(?:Object|Array)Expression$/u.test(changed.type);
  return (
    !isQuietCall(model, call) || path.startsWith("console.") || (isChange && !isOwn(model, changed, within, false))
  );
}

/** True for what is declared inside of the code that changes it; what a parameter holds is of somebody else. */
function isOwn(model: Model, target: Node, within: Node, isName: boolean): boolean {
  const root = rootOf(target);
  const variable = root.type === "Identifier" ? model.variableOf(root) : undefined;
  const [declared] = variable?.identifiers ?? [];
  const isHere = declared !== undefined && isInside(declared, within);
  return isHere && (isName || variable?.defs[0]?.type !== "Parameter");
}
