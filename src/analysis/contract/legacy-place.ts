import { requestPackages } from "../../platform/packages.ts";
import { legacyToolbelt } from "../../platform/toolbelt.ts";
import { findHandler } from "../code/handler.ts";
import { findHiddenHandler } from "../code/hidden-handler.ts";
import type { Model } from "../code/model.ts";
import { restReads, usesArguments } from "../code/own-arguments.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { findModuleUses, findRequires } from "../modules/uses.ts";

/** Where a V1 function shows what it is: its handler, or what it takes in. */
export interface LegacyPlace {
  readonly node: Node;
  /** What of V1 it does, as the end of a sentence that begins with “it”. */
  readonly why: string;
}

/** What makes a file a function of V1; undefined for an ES module that has nothing of V1 but a second parameter. */
export function legacyPlaceOf(model: Model): LegacyPlace | undefined {
  const handler = findHandler(model);
  const uses = findModuleUses(model);
  const [required] = findRequires(model);
  const old = uses.find(({ source }) => source === legacyToolbelt || requestPackages.has(source));
  const isModule = model.nodes("ImportDeclaration").length > 0;
  const takesCallback =
    handler !== undefined && !isModule && (handler.node.params.length > 1 || takesMore(model, handler.node));
  const reasons = [
    ...(takesCallback ? ["takes a callback"] : []),
    ...(old === undefined ? [] : [`needs \`${old.source}\``]),
    ...(old === undefined && required !== undefined ? ["uses `require`"] : []),
  ];
  const node = handler?.id ?? findHiddenHandler(model)?.at ?? old?.node ?? required;
  return reasons.length === 0 || node === undefined ? undefined : { node, why: reasons.join(" and ") };
}

/** True for a handler that gets at what it is called with in another way than by a second parameter. */
function takesMore(model: Model, node: FunctionNode): boolean {
  return usesArguments(model, node) || restReads(model, node, 1).length > 0;
}
