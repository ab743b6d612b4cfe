import { callsAtOnce } from "../code/builtins.ts";
import { moduleFormOf, placeIn } from "./declaration-place.ts";
import type { DeclarationPlace, Mentions } from "./declaration-place.ts";
import type { Reference } from "eslint-scope";
import { callOf } from "../code/called.ts";
import { commonJsNames, isNodeGlobal } from "../../platform/runtime-names.ts";
import { rangeOf, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { findEarlyRead } from "../control/early-read.ts";
import { findHandler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { findModuleUses } from "./uses.ts";
import { findNamedFunctions } from "../code/named-functions.ts";
import type { NamedFunctions } from "../code/named-functions.ts";

/** A name that is assigned but declared nowhere: in sloppy mode the assignment makes a property of the global object. */
export interface ImplicitGlobal {
  readonly name: string;
  /** The first assignment in the text. */
  readonly node: Node;
  /** Why no declaration is certain to keep the behaviour, as words behind “The assignment to `name`”; or where it goes. */
  readonly plan:
    { readonly why: string } | { readonly place: DeclarationPlace; readonly owner: FunctionNode | undefined };
}

/** What all names of a file share. */
interface FileFacts {
  readonly model: Model;
  readonly functions: NamedFunctions;
  readonly handler: FunctionNode | undefined;
}

/** Names that a sloppy script can use as variables and a module can't. */
const RESERVED = /^(?:await|enum|implements|interface|let|package|private|protected|public|static|yield)$/u;
const UNDECLARED = ", which is declared nowhere,";

/** Finds the implicit globals of a file, in the order of their first assignments. */
export function findImplicitGlobals(model: Model): ImplicitGlobal[] {
  const through = model.unresolved;
  const names = new Set(through.filter((reference) => reference.isWrite()).map(({ identifier }) => identifier.name));
  if (names.size === 0) {
    return [];
  }
  const facts = { model, functions: findNamedFunctions(model), handler: findHandler(model)?.node };
  const byName = new Map<string, Reference[]>([...names].map((name) => [name, []]));
  for (const reference of through.toSorted((a, b) => startOf(a) - startOf(b))) {
    byName.get(reference.identifier.name)?.push(reference);
  }
  return [...byName]
    .map(([name, references]) => {
      const write = references.find((reference) => reference.isWrite());
      return { name, node: write?.identifier as Node, plan: planFor(facts, { name, references }) };
    })
    .toSorted((a, b) => rangeOf(a.node)[0] - rangeOf(b.node)[0]);
}

function startOf({ identifier }: Reference): number {
  return rangeOf(identifier as Node)[0];
}

function planFor(facts: FileFacts, mentions: Mentions): ImplicitGlobal["plan"] {
  const { model, functions, handler } = facts;
  const { name } = mentions;
  if (commonJsNames.has(name) || name === "arguments" || RESERVED.test(name)) {
    return { why: UNDECLARED };
  }
  if (mentions.references.some((reference) => reference.isWrite() && reference.from.isStrict)) {
    return { why: ", which is declared nowhere and fails in V1 already because the code is strict," };
  }
  if (isNodeGlobal(name)) {
    return { why: ", a global of Node.js," };
  }
  if (model.handlerNames.has(name)) {
    return { why: `${UNDECLARED} although it is the handler,` };
  }
  if (handler === undefined) {
    return { why: `${UNDECLARED} in a file without a top-level handler` };
  }
  const reach = globalObjectUse(model, name);
  if (reach !== undefined) {
    return { why: `${UNDECLARED} while ${lineOf(model, reach)} can reach it as a property of the global object` };
  }
  const early = findEarlyRead({ model, functions, handler, name, trustsTypeof: true });
  if (early !== undefined) {
    return { why: `${UNDECLARED} while ${lineOf(model, early)} may read it before it has a value,` };
  }
  const owner = ownerOf(facts, mentions);
  const isOwn =
    owner !== undefined && findEarlyRead({ model, functions, handler, name, trustsTypeof: false }) === undefined;
  const place = isOwn ? placeIn(model, owner, mentions) : undefined;
  return place === undefined ? { place: moduleFormOf(facts.model, mentions), owner: undefined } : { place, owner };
}

function lineOf(model: Model, node: Node): string {
  return `line ${String(model.placeOf(rangeOf(node)[0]).line)}`;
}

/** Code that can mean a global by another way than its name: `globalThis.name`, `new Function(…)`, `vm`. */
function globalObjectUse(model: Model, name: string): Node | undefined {
  const uses = model.unresolved.filter(({ identifier }) => {
    const parent = model.parentOf(identifier as Node);
    if (identifier.name === "globalThis" || identifier.name === "global") {
      const member =
        parent?.type === "MemberExpression" && parent.object === identifier ? staticName(parent) : undefined;
      return member === undefined || member === name || ["globalThis", "global", "Function", "eval"].includes(member);
    }
    return identifier.name === "Function" || identifier.name === "eval";
  });
  const vm = findModuleUses(model).find(({ source }) => /^(?:node:)?vm$/u.test(source));
  return (uses[0]?.identifier as Node | undefined) ?? vm?.node;
}

/** The function around a node, where functions that array methods call at once count as part of the code around them. */
function straightFunction(model: Model, node: Node): FunctionNode | undefined {
  let current = model.functionOf(node);
  while (current !== null && isElementCallback(model, current)) {
    current = model.functionOf(current);
  }
  return current ?? undefined;
}

function isElementCallback(model: Model, node: FunctionNode): boolean {
  const call = model.parentOf(node);
  return (
    node.type !== "FunctionDeclaration" &&
    node.async !== true &&
    node.generator !== true &&
    call?.type === "CallExpression" &&
    call.arguments.includes(node) &&
    call.callee.type === "MemberExpression" &&
    runsAtOnce(staticName(call.callee))
  );
}

/** `replace` of a text calls a function as the methods of lists do. */
function runsAtOnce(method: string | undefined): boolean {
  return callsAtOnce(method) || method === "replace";
}

/**
 * The function that may have the name for itself: it holds all that mentions it, nothing in it runs later, and it is
 * never entered again before it has ended.
 */
function ownerOf({ model, functions, handler }: FileFacts, { references }: Mentions): FunctionNode | undefined {
  const owners = new Set(references.map(({ identifier }) => straightFunction(model, identifier as Node)));
  const [owner] = owners;
  if (owners.size !== 1 || owner === undefined || handler === undefined) {
    return undefined;
  }
  const isSettled = owner === handler || (owner.async !== true && owner.generator !== true);
  return isSettled && isEnteredOnce(model, functions, handler, owner, new Set()) ? owner : undefined;
}

/** True for a function that is only ever called straight from the handler: not by itself, and not by what it calls. */
function isEnteredOnce(
  model: Model,
  functions: NamedFunctions,
  handler: FunctionNode,
  node: FunctionNode,
  above: ReadonlySet<FunctionNode>,
): boolean {
  const variable = functions.variableOf(node);
  const uses = variable?.references.filter((reference) => reference.init !== true) ?? [];
  if (variable === undefined || above.has(node) || functions.nodesOf(variable).length > 1) {
    return false;
  }
  if (node === handler) {
    return uses.length === 0;
  }
  return uses.every(({ identifier }) => {
    const caller = straightFunction(model, identifier as Node);
    const isCall = callOf(model, identifier as Node) !== undefined;
    return (
      isCall && caller !== undefined && isEnteredOnce(model, functions, handler, caller, new Set([...above, node]))
    );
  });
}
