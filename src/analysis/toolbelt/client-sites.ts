import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { perModel } from "../code/per-model.ts";
import { modernClients } from "../../platform/client-creation.ts";
import type { ClientCreationForm } from "../../platform/client-creation.ts";
import { legacyFactories, legacyToolbelt } from "../../platform/toolbelt.ts";
import { rangeOf, staticName } from "../code/tree.ts";
import type { Node, Range } from "../code/tree.ts";
import { followClient } from "./client-uses.ts";
import type { ClientUses } from "./client-uses.ts";
import type { Model } from "../code/model.ts";
import { constancyOf, isQuietAtLoad } from "./constancy.ts";
import { isConstant, readsOf } from "../code/bindings.ts";
import { isRunOnLoad } from "../control/invocations.ts";
import { findModuleUses } from "../modules/uses.ts";
import { toolbeltUseOf } from "./creations.ts";
import type { ClientCreation } from "./creations.ts";

/**
 * How a client is held where it is created.
 *
 * `module`: by a constant of the module, so it is created once already · `declaration`: by a declaration of its own in
 * a function · `list`: by one of several declarators · `in-place`: by nothing, it is used at once.
 */
export type ClientForm = "module" | "declaration" | "list" | "in-place";

/** Why a client must be created where it is. */
export type StayId =
  | "argument"
  | "may-throw"
  | "shared-options"
  | "keeps-token"
  | "assigned"
  | "changed"
  | "handed-on"
  | "toolbelt-in-function"
  | "scope"
  | "load-order";

export interface Stay {
  readonly id: StayId;
  /** The end of a sentence that begins with “The client is created in each invocation, because”. */
  readonly why: string;
  /** What the reason speaks of. */
  readonly node: Node;
}

/** One place where a V2 toolbelt client is created, at module level or in a function. */
export interface ClientSite {
  readonly creation: ClientCreation;
  readonly platform: ClientCreationForm;
  readonly form: ClientForm;
  /** Clients of the same kind are alike: one of them can serve all their places. */
  readonly kind: string;
  /** The top-level statement behind which the client can be created; undefined when it has to stay. */
  readonly anchor: Node | undefined;
  /** Undefined for a client that can be created once, in module scope (a `module` client that others can use). */
  readonly stay: Stay | undefined;
}

/**
 * Finds every toolbelt client that a file creates in a function, or holds in a constant of the module, by binding.
 * Factories that the V2 toolbelt does not have are left out; so are V1 clients that change with the migration.
 */
export const findClientSites = perModel((model): readonly ClientSite[] => {
  const isLegacy = findModuleUses(model).some(({ source }) => source === legacyToolbelt);
  return toolbeltUseOf(model).clients.flatMap((creation) => {
    const platform = modernClients.get(creation.factory);
    const isKnown =
      platform !== undefined && (!isLegacy || legacyFactories.get(creation.factory)?.isShareable === true);
    const form = isKnown ? formOf(model, creation) : undefined;
    return !isKnown || form === undefined ? [] : [siteOf(model, creation, platform, form)];
  });
});

function formOf(model: Model, { call, declarator }: ClientCreation): ClientForm | undefined {
  const declaration = declarator === undefined ? null : model.parentOf(declarator);
  const owner = model.functionOf(call);
  if (owner === null) {
    const isAtTop = declaration !== null && model.parentOf(declaration) === model.program;
    return isAtTop ? "module" : undefined;
  }
  if (isRunOnLoad(model, owner)) {
    // `const api = (() => { const client = …; return { … }; })();` makes it once as well.
    return undefined;
  }
  if (declaration?.type !== "VariableDeclaration") {
    return "in-place";
  }
  return declaration.declarations.length === 1 ? "declaration" : "list";
}

function siteOf(model: Model, creation: ClientCreation, platform: ClientCreationForm, form: ClientForm): ClientSite {
  const { factory, call, variable } = creation;
  const uses = followClient(model, variable === undefined ? [call] : readsOf(variable));
  const secret = platform.creation === "keeps-token" ? credentialOf(model, uses) : "";
  const kind = `${factory}(${call.arguments.map((argument) => model.textOf(argument)).join(", ")}) ${secret ?? "?"}`;
  const anchor = anchorOf(model, creation, form);
  const site = { creation, platform, form, kind, anchor };
  const stay =
    argumentStay(model, site) ??
    holderStay(model, site) ??
    useStay(uses, secret, call) ??
    toolbeltStay(model, site) ??
    (anchor === undefined
      ? { id: "load-order" as const, why: "code that runs when the module is loaded may need it earlier", node: call }
      : undefined);
  return { ...site, anchor: stay === undefined ? anchor : undefined, stay };
}

type OpenSite = Omit<ClientSite, "stay">;

/** Reasons in what the client is created from. */
function argumentStay(model: Model, { creation, platform, form }: OpenSite): Stay | undefined {
  const { call, factory } = creation;
  if (form === "module") {
    return undefined;
  }
  for (const argument of call.arguments) {
    const constancy = constancyOf(model, argument);
    if (!constancy.isConstant) {
      const text = model.textOf(constancy.part);
      const name = text.length <= 40 && !text.includes("\n") ? `\`${text}\`` : "its argument";
      return { id: "argument", why: `${name} may differ from one to the next`, node: constancy.part };
    }
  }
  if (platform.creation === "may-throw") {
    const why = `\`${factory}\` fails for bad arguments, and in module scope that would take the whole function down; a module variable filled by \`client ??= Toolbelt.${factory}(…)\` in the handler keeps it for later invocations`;
    return { id: "may-throw", why, node: call };
  }
  const textOf = ({ arguments: list }: ESTree.SimpleCallExpression): string =>
    list.map((argument) => model.textOf(argument)).join();
  const others = toolbeltUseOf(model).clients.filter((other) => other.factory === factory);
  if (call.arguments.length > 0 && platform.hasSharedOptions && others.some((o) => textOf(o.call) !== textOf(call))) {
    return { id: "shared-options", why: "its options hold for all clients of its kind from then on", node: call };
  }
  return undefined;
}

/** The last of all: with the toolbelt at the top, nothing else is in the way. */
function toolbeltStay(model: Model, { creation, form }: OpenSite): Stay | undefined {
  const root = toolbeltRoot(model, creation);
  return form !== "module" && (root === undefined || model.parentOf(root) !== model.program)
    ? { id: "toolbelt-in-function", why: "a function loads the toolbelt itself", node: creation.call }
    : undefined;
}

/** Reasons in where and how the client is held. */
function holderStay(model: Model, { creation, form }: OpenSite): Stay | undefined {
  const { call, declarator, variable } = creation;
  if (form === "in-place") {
    return undefined;
  }
  if (declarator === undefined || variable === undefined) {
    return { id: "assigned", why: "its variable is written more than once", node: call };
  }
  const declaration = model.parentOf(declarator);
  if (form !== "module" && (declaration === null || !isReadOnlyBehind(model, variable, declaration))) {
    return { id: "scope", why: "its variable can be reached where it has no value yet", node: declarator };
  }
  return undefined;
}

/** Reasons in what is done with the client. */
function useStay(uses: ClientUses, secret: string | undefined, call: Node): Stay | undefined {
  if (uses.changed !== undefined) {
    return { id: "changed", why: "the object is changed", node: uses.changed };
  }
  if (uses.handedOn !== undefined) {
    return { id: "handed-on", why: "the object goes where it can't be followed", node: uses.handedOn };
  }
  if (secret === undefined) {
    const why = "it keeps the access token of its first call, and the code does not show which secret each call uses";
    return { id: "keeps-token", why, node: call };
  }
  return undefined;
}

/** The one secret that all calls of an LpClient name; empty for the default; undefined when they may differ. */
function credentialOf(model: Model, { calls }: ClientUses): string | undefined {
  const named = new Set(calls.map((call) => secretOfCall(model, call)));
  const [only] = named;
  return named.size > 1 ? undefined : named.size === 0 ? "" : only;
}

function secretOfCall(model: Model, call: ESTree.SimpleCallExpression): string | undefined {
  const [, , options] = call.arguments;
  if (call.arguments.some(({ type }) => type === "SpreadElement")) {
    return undefined;
  }
  const variable = options === undefined ? undefined : model.variableOf(options);
  const definition = variable?.defs[0];
  const isHeld = variable !== undefined && definition?.type === "Variable" && isConstant(variable);
  const isUnchanged = isHeld && readsOf(variable).every((read) => model.parentOf(read) === call);
  const literal = isUnchanged ? definition.node.init : options;
  if (literal === undefined) {
    return "";
  }
  if (literal?.type !== "ObjectExpression") {
    return undefined;
  }
  const properties = literal.properties.map((property) =>
    property.type === "Property" && staticName(property) !== undefined ? property : undefined,
  );
  if (properties.includes(undefined)) {
    return undefined;
  }
  const value = properties.findLast((property) => property && staticName(property) === "appKeySecretName")?.value;
  return value === undefined ? "" : value.type === "Literal" ? String(value.value) : undefined;
}

/** The declaration that brings the toolbelt object; undefined for `require("…").Toolbelt` on the spot. */
function toolbeltRoot(model: Model, { call }: ClientCreation): Node | undefined {
  let object: Node = call.callee;
  while (object.type === "MemberExpression") {
    object = object.object;
  }
  const definition = model.variableOf(object)?.defs[0];
  if (definition?.type === "ImportBinding") {
    return definition.parent;
  }
  return definition?.type === "Variable" ? (model.parentOf(definition.node) ?? undefined) : undefined;
}

/** Where the variable is read its declaration has run: the name means the client, and nothing else ever. */
function isReadOnlyBehind(model: Model, variable: Variable, declaration: Node): boolean {
  const block = model.parentOf(declaration);
  if (block?.type !== "BlockStatement" && block?.type !== "SwitchCase") {
    return false;
  }
  const [, from] = rangeOf(declaration);
  const [, to] = rangeOf(block);
  const isBehind = ([start, end]: Range): boolean => start >= from && end <= to;
  return readsOf(variable).every((read) => isBehind(rangeOf(read)) || isNextTo(model, declaration, read));
}

/** In `const client = Toolbelt.SecretClient(), read = client.readSecret(key)` the list itself reads the client. */
function isNextTo(model: Model, declaration: Node, read: Node): boolean {
  const [start, end] = rangeOf(declaration);
  const [from] = rangeOf(read);
  return model.functionOf(read) === model.functionOf(declaration) && from > start && from < end;
}

/** The top-level statement behind which the client can stand: only quiet code before it, all that it needs as well. */
function anchorOf(model: Model, creation: ClientCreation, form: ClientForm): Node | undefined {
  const { body } = model.program;
  const indexOf = (node: Node | null | undefined): number => body.findIndex((statement) => statement === node);
  const isQuietUpTo = (index: number): boolean =>
    index >= 0 && body.slice(0, index + 1).every((statement) => isQuietAtLoad(model, statement));
  if (form === "module") {
    const own = indexOf(creation.declarator === undefined ? undefined : model.parentOf(creation.declarator));
    return isQuietUpTo(own - 1) || own === 0 ? body[own] : undefined;
  }
  const needs = creation.call.arguments.flatMap((argument) => {
    const constancy = constancyOf(model, argument);
    return constancy.isConstant ? constancy.needs : [];
  });
  const needed = needs.map((variable) => {
    const [definition] = variable.defs;
    return indexOf(definition?.type === "Variable" ? model.parentOf(definition.node) : undefined);
  });
  const lastTaken = body.findLastIndex((statement) => isModuleTaken(model, statement));
  // The name of the toolbelt may be a second one, which stands behind what takes the modules in.
  const root = indexOf(toolbeltRoot(model, creation));
  const candidates = [lastTaken, root].map((index) => Math.max(index, root, ...needed));
  const index = candidates.find(isQuietUpTo);
  return index === undefined ? undefined : body[index];
}

function isModuleTaken(model: Model, statement: Node): boolean {
  return (
    statement.type === "ImportDeclaration" ||
    (statement.type === "VariableDeclaration" &&
      findModuleUses(model).some(
        ({ declarator }) => declarator !== undefined && model.parentOf(declarator) === statement,
      ))
  );
}
