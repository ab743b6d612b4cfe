import { readsOf } from "../code/bindings.ts";
import type { Model } from "../code/model.ts";
import { globalPath } from "../code/names.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import { memberReads } from "../modules/package-changes.ts";
import { findModuleUses } from "../modules/uses.ts";
import { followConstant } from "../values/constants.ts";
import { isUnchanged } from "../values/object-changes.ts";
import { originsOf } from "../values/origins.ts";

/**
 * What the address of a request is. `text`: a text, or nothing that can be told to be anything else · `url`: a `URL`
 * can be among it, and no other object · `parsed`: what `url.parse` gave, unchanged · `object`: another object can be
 * among it, of whose parts V1 made the address.
 */
export type AddressKind = "text" | "url" | "parsed" | "object";

/** Why an address that is not a text is refused. */
export const addressOfParts = "may be an object of parts, which fetch can't take; write the address as text";

/** Why a `URL` beside `qs` is refused. Source: request.js, `qs`, which looks for `uri.query`. */
export const queryBesideUrl = "stands beside a `URL`, whose own query V1 left out then; write all of it in one place";

/** Why an address in the first place is refused. Source: request.js, `initParams`. */
export const addressInFirstPlace = "is an object where V1 took a text only; give it as the option `url`";

const URL_MODULE = /^(?:node:)?url$/u;
const OBJECTS = /^(?:(?:Object|Array|Function|ArrowFunction|Class)Expression|(?:Function|Class)Declaration)$/u;

/** True for an expression that means a name of the module `url`. */
function isUrlMember(model: Model, node: Node, name: string): boolean {
  return findModuleUses(model)
    .filter(({ source }) => URL_MODULE.test(source))
    .some((use) => memberReads(model, use).some((read) => read.node === node && read.member === name));
}

function isParse(model: Model, node: Node): boolean {
  return node.type === "CallExpression" && isUrlMember(model, node.callee, "parse");
}

function kindOf(model: Model, origin: Node): AddressKind {
  switch (origin.type) {
    case "NewExpression":
      return globalPath(model, origin.callee) === "URL" || isUrlMember(model, origin.callee, "URL") ? "url" : "object";
    case "CallExpression": {
      const isOfObject = globalPath(model, origin.callee)?.startsWith("Object.");
      return isOfObject === true || isParse(model, origin) ? "object" : "text";
    }
    case "Literal":
      return "regex" in origin ? "object" : "text";
    default:
      return OBJECTS.test(origin.type) ? "object" : "text";
  }
}

/**
 * True for `url.parse(…)` in place, or held by a constant that is only read. The port is not: V1 wrote the usual one
 * into the object.
 */
function isUnchangedParse(model: Model, url: Node): boolean {
  const variable = url.type === "Identifier" ? model.variableOf(url) : undefined;
  if (variable === undefined) {
    return isParse(model, url);
  }
  const definition: unknown = variable.defs[0]?.node;
  const value = followConstant(model, url);
  return (
    isParse(model, value) &&
    model.parentOf(value) === definition &&
    isUnchanged(model, variable) &&
    readsOf(variable).every((read) => !readsPort(model, read))
  );
}

function readsPort(model: Model, read: Node): boolean {
  const member = model.parentOf(read);
  return member?.type === "MemberExpression" && [undefined, "port"].includes(staticName(member));
}

/** Tells what the address of a request is, by all that it can come from. */
export function addressKind(model: Model, url: Node): AddressKind {
  if (isUnchangedParse(model, url)) {
    return "parsed";
  }
  const origins = originsOf(model, url).flatMap(({ kind, node }) => (kind === "made" ? [node] : []));
  // `Object.freeze(parts)` gives an object, wherever the parts come from.
  const kinds = new Set([followConstant(model, url), ...origins].map((origin) => kindOf(model, origin)));
  return kinds.has("object") ? "object" : kinds.has("url") ? "url" : "text";
}

/** What is written of an address: of a `URL` and of `url.parse` the text that they take apart. */
export function addressText(model: Model, url: Node): Node {
  const value = followConstant(model, url);
  if (kindOf(model, value) === "url" && value.type === "NewExpression") {
    return value.arguments[1] ?? value.arguments[0] ?? value;
  }
  return value.type === "CallExpression" && isParse(model, value) ? (value.arguments[0] ?? value) : url;
}
