import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { perModel } from "../code/per-model.ts";
import { callOf } from "../code/called.ts";
import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import { staticName } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { constantOf, readsOf } from "../code/bindings.ts";
import { findModuleUses, namesOf } from "../modules/uses.ts";

/** One call of a toolbelt factory: `Toolbelt.SecretClient()`. */
export interface ClientCreation {
  /** The factory's name, whether or not the toolbelt has it. */
  readonly factory: string;
  /** The toolbelt package that it comes from, that of V1 or that of V2. */
  readonly source: string;
  readonly call: ESTree.SimpleCallExpression;
  /** The `const client = …` that holds it; undefined when it is used in place or bound in another way. */
  readonly declarator: ESTree.VariableDeclarator | undefined;
  /** The variable of that declarator when nothing else writes it. */
  readonly variable: Variable | undefined;
}

/** How a file uses the toolbelt. */
export interface ToolbeltUse {
  readonly clients: readonly ClientCreation[];
  /** Reads of the `Toolbelt` object that are no factory call: what they do can't be followed. */
  readonly escapes: readonly Node[];
}

/** The client that a read of the toolbelt object creates; undefined when it does anything else. */
function clientOf(model: Model, toolbelt: Node, source: string): ClientCreation | undefined {
  const member = model.parentOf(toolbelt);
  if (member?.type !== "MemberExpression" || member.object !== toolbelt) {
    return undefined;
  }
  const call = callOf(model, member);
  const factory = staticName(member);
  if (factory === undefined || call === undefined) {
    return undefined;
  }
  const declarator = model.parentOf(call);
  if (declarator?.type !== "VariableDeclarator" || declarator.id.type !== "Identifier") {
    return { factory, source, call, declarator: undefined, variable: undefined };
  }
  return { factory, source, call, declarator, variable: constantOf(model, declarator.id) };
}

/** What a declaration binds a value to, where nothing else ever writes a single name. */
function nameBoundTo(model: Model, value: Node): ESTree.Pattern | undefined {
  const declarator = model.parentOf(value);
  if (declarator?.type !== "VariableDeclarator" || declarator.init !== value) return undefined;
  const { id } = declarator;
  return id.type === "Identifier" && constantOf(model, id) === undefined ? undefined : id;
}

/** Whether a pattern takes nothing of the module but `Toolbelt`, by names that nothing else ever writes. */
function takesToolbeltOnly(model: Model, pattern: ESTree.ObjectPattern): boolean {
  return (
    namesOf(pattern)?.every(
      ({ imported, local }) => imported === "Toolbelt" && constantOf(model, local) !== undefined,
    ) === true
  );
}

/** Finds every client that the file creates, in V1 and V2 spelling, by binding. */
export const toolbeltUseOf = perModel((model): ToolbeltUse => {
  const clients: ClientCreation[] = [];
  const escapes: Node[] = [];
  const visitToolbelt = (toolbelt: Node, source: string): void => {
    const client = clientOf(model, toolbelt, source);
    const alias = nameBoundTo(model, toolbelt);
    if (client !== undefined) {
      clients.push(client);
    } else if (alias?.type === "Identifier") {
      visitVariable(alias, source, visitToolbelt);
    } else {
      escapes.push(toolbelt);
    }
  };
  const visitVariable = (
    identifier: ESTree.Identifier,
    source: string,
    visitRead: (read: Node, source: string) => void,
  ): void => {
    const variable = model.variableOf(identifier);
    for (const read of variable === undefined ? [] : readsOf(variable)) {
      visitRead(read, source);
    }
  };
  /** A read of the whole module: `module.Toolbelt`, its other members, and `const { Toolbelt } = module` are followed. */
  const visitModule = (read: Node, source: string): void => {
    const member = model.parentOf(read);
    const bound = nameBoundTo(model, read);
    if (bound?.type === "Identifier") {
      visitVariable(bound, source, visitModule);
    } else if (bound?.type === "ObjectPattern" && takesToolbeltOnly(model, bound)) {
      for (const { local } of namesOf(bound) ?? []) visitVariable(local, source, visitToolbelt);
    } else if (member?.type !== "MemberExpression" || member.object !== read) {
      escapes.push(read);
    } else if (staticName(member) === "Toolbelt") {
      visitToolbelt(member, source);
    }
  };
  for (const use of findModuleUses(model)) {
    if (use.source !== legacyToolbelt && use.source !== modernToolbelt) {
      continue;
    }
    if (use.whole !== undefined) {
      visitVariable(use.whole, use.source, visitModule);
    } else if (use.names === undefined) {
      visitModule(use.node, use.source);
    }
    for (const { imported, local } of use.names ?? []) {
      if (imported === "Toolbelt") {
        visitVariable(local, use.source, visitToolbelt);
      }
    }
  }
  clients.sort((a, b) => (a.call.range?.[0] ?? 0) - (b.call.range?.[0] ?? 0));
  return { clients, escapes };
});
