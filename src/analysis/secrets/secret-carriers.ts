import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { originsOf } from "../values/origins.ts";

/** What carries values to a server and shows them: an address, its query, the headers of a request. */
export type CarrierShape = "address" | "query" | "fields";

/** An object that carries values, and where it is made. */
export interface Carrier {
  readonly node: Node;
  readonly shape: CarrierShape;
}

const SHAPES: ReadonlyMap<string, CarrierShape> = new Map([
  ["Headers", "fields"],
  ["URL", "address"],
  ["URLSearchParams", "query"],
]);

/** Members by which a carrier shows all of what it carries, and what they are. */
const MEMBERS: Readonly<Record<CarrierShape, ReadonlyMap<string, "text" | "query">>> = {
  address: new Map([
    ["href", "text"],
    ["search", "text"],
    ["searchParams", "query"],
    ["toJSON", "text"],
    ["toString", "text"],
  ]),
  query: new Map([["toString", "text"]]),
  fields: new Map(),
};

/** `new URLSearchParams({ key })`: what carries the arguments of the call. */
export function carrierMadeBy(model: Model, made: ESTree.NewExpression): Carrier | undefined {
  const shape = SHAPES.get(globalPath(model, made.callee) ?? "");
  return shape === undefined ? undefined : { node: made, shape };
}

/** `url.searchParams.set("key", key)`, `headers.append("Authorization", token)`: what carries the value from now on. */
export function carrierFilledBy(model: Model, { callee }: ESTree.SimpleCallExpression): Carrier | undefined {
  const isFilling = callee.type === "MemberExpression" && /^(?:append|set)$/u.test(staticName(callee) ?? "");
  const [origin, ...others] = isFilling ? originsOf(model, callee.object) : [];
  if (origin === undefined || others.length > 0) {
    return undefined;
  }
  const isQuery = origin.kind === "part" && origin.path.join() === ".searchParams";
  const made = isQuery ? origin.of : origin.kind === "made" ? origin.node : undefined;
  const carrier = made?.type === "NewExpression" ? carrierMadeBy(model, made) : undefined;
  return (carrier?.shape === "address") === isQuery ? carrier : undefined;
}

/** `url.search = query`, `url.href = address`: what carries the value from now on. */
export function carrierAssigned(model: Model, { left }: ESTree.AssignmentExpression): Carrier | undefined {
  const isCarrying = left.type === "MemberExpression" && /^(?:hash|href|search)$/u.test(staticName(left) ?? "");
  const [origin, ...others] = isCarrying ? originsOf(model, left.object) : [];
  const made = origin?.kind === "made" && others.length === 0 ? origin.node : undefined;
  const carrier = made?.type === "NewExpression" ? carrierMadeBy(model, made) : undefined;
  return carrier?.shape === "address" ? carrier : undefined;
}

/** What a member of a carrier shows of what it carries; undefined for the rest: a host, one of the headers. */
export function shapeOfCarried(shape: CarrierShape, name: string): "text" | "query" | undefined {
  return MEMBERS[shape].get(name);
}
