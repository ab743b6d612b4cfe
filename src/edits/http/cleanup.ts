import type * as ESTree from "estree";
import { rangeOf } from "../../analysis/code/tree.ts";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { ClientCreation } from "../../analysis/toolbelt/creations.ts";
import type { Model } from "../../analysis/code/model.ts";
import { readsOf } from "../../analysis/code/bindings.ts";
import { findModuleUses } from "../../analysis/modules/uses.ts";
import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import { statementRange } from "../text/layout.ts";
import { commentsAround } from "../text/remove-statements.ts";

/**
 * What a comment says that only documents how the HTTP client is obtained; any other comment stays.
 * Compared with the whole comment, in lower case, without the full stop.
 */
const clientComments: readonly RegExp[] = [
  // “For API Docs look @ https://www.npmjs.com/package/request-promise”
  /^(?:for )?(?:the )?(?:(?:api )?(?:docs?|documentation)(?: (?:look|see))?(?: ?@| at)?:? )?https?:\/\/\S*\/request(?:-promise\S*)?$/u,
  // “Obtain an HTTPClient Instance from the Toolbelt”, “Create the HTTP client”, “set up http client”
  /^(?:obtain|get|create|instantiate|initiali[sz]e|init|set ?up) (?:(?:an?|the) )?(?:(?:new )?instance of (?:(?:an?|the) )?)?http ?client(?: instance)?(?: from (?:the )?(?:faas )?tool ?belt)?$/u,
  // “the HTTP client”
  /^(?:the )?http ?client(?: instance)?$/u,
];

/** The same for what is said of the toolbelt object. */
const toolbeltComments: readonly RegExp[] = [
  // “Importing the FaaS Toolbelt”, “Load the toolbelt of the platform”
  /^(?:import|load|requir|includ|get)(?:e|ing|ting)? (?:the )?(?:(?:faas|lp|liveperson|functions) )*tool ?belt(?: of the platform)?$/u,
  // “the FaaS Toolbelt”, “toolbelt of the platform”
  /^(?:the )?(?:(?:faas|lp|liveperson|functions) )*tool ?belt(?: of the platform)?$/u,
];

/** The range of a statement with the comments around it, as far as they only say what the statement does. */
function withComments(model: Model, statement: Node, known: readonly RegExp[]): Range {
  const range = statementRange(model.text, rangeOf(statement));
  const { leading, trailing } = commentsAround(model, range);
  const isKnown = ([start, end]: Range): boolean => {
    const words = model.text
      .slice(start, end)
      .replaceAll(/^\/[/*]+|\*+\/$/gu, "")
      .trim();
    return known.some((pattern) => pattern.test(words.replace(/\.$/u, "").replaceAll(/\s+/gu, " ").toLowerCase()));
  };
  // One of several lines may be a part of a sentence: they go together or not at all.
  const start = leading.every(isKnown) ? leading[0]?.[0] : undefined;
  const end = trailing !== undefined && isKnown(trailing) ? trailing[1] : undefined;
  return [start ?? range[0], end ?? range[1]];
}

/** The range that takes one declarator out of a declaration of several. */
function declaratorRange(declaration: ESTree.VariableDeclaration, declarator: ESTree.VariableDeclarator): Range {
  const index = declaration.declarations.indexOf(declarator);
  const next = declaration.declarations[index + 1];
  const previous = declaration.declarations[index - 1];
  const [start, end] = rangeOf(declarator);
  if (next !== undefined) {
    return [start, rangeOf(next)[0]];
  }
  return previous === undefined ? rangeOf(declaration) : [rangeOf(previous)[1], end];
}

/** The ranges that take away a constant which holds a client. */
function holderRemovals(model: Model, declarator: ESTree.VariableDeclarator): Range[] {
  const declaration = model.parentOf(declarator);
  if (declaration?.type !== "VariableDeclaration") {
    return [];
  }
  return declaration.declarations.length > 1
    ? [declaratorRange(declaration, declarator)]
    : [withComments(model, declaration, clientComments)];
}

/** The ranges that take away the creation of clients whose calls are all rewritten, and their other names. */
export function clientRemovals(
  model: Model,
  clients: readonly ClientCreation[],
  aliases: readonly ESTree.VariableDeclarator[],
  taken: Set<Node>,
): Range[] {
  for (const { call } of clients) {
    taken.add(call.callee.type === "MemberExpression" ? call.callee.object : call.callee);
  }
  const holders = [...clients.flatMap(({ declarator }) => declarator ?? []), ...aliases];
  return holders.flatMap((declarator) => holderRemovals(model, declarator));
}

interface Binding {
  readonly local: ESTree.Identifier;
  /** The other names of the same import or pattern stay. */
  readonly siblings: readonly Node[];
  readonly item: Node;
  readonly statement: Node;
}

/** The names of the toolbelt object in the file, with what declares them. */
function toolbeltBindings(model: Model): Binding[] {
  const uses = findModuleUses(model).filter((use) => use.source === legacyToolbelt || use.source === modernToolbelt);
  return uses.flatMap((use): Binding[] => {
    const local = use.names?.find((name) => name.imported === "Toolbelt")?.local ?? use.whole;
    const item = local === undefined ? null : model.parentOf(local);
    if (local === undefined || item === null) {
      return [];
    }
    if (use.node.type === "ImportDeclaration") {
      return [{ local, item, siblings: use.node.specifiers, statement: use.node }];
    }
    const declaration = use.declarator === undefined ? null : model.parentOf(use.declarator);
    if (declaration?.type !== "VariableDeclaration" || use.declarator === undefined) {
      return [];
    }
    const { id } = use.declarator;
    const isOneOfMany = id.type === "ObjectPattern" && id.properties.length > 1;
    if (isOneOfMany) {
      return [{ local, item, siblings: id.properties, statement: declaration }];
    }
    return [{ local, item: use.declarator, siblings: declaration.declarations, statement: declaration }];
  });
}

/** The ranges that take away the toolbelt where nothing reads it any more; `taken` are the reads that went. */
export function toolbeltRemovals(model: Model, taken: ReadonlySet<Node>): Range[] {
  return toolbeltBindings(model).flatMap(({ local, siblings, item, statement }) => {
    const variable = model.variableOf(local);
    const reads = variable === undefined ? [] : readsOf(variable);
    // `toolbelt.Toolbelt.HTTPClient()`: the member went with the read inside it.
    const isGone = (read: Node): boolean => {
      const parent = model.parentOf(read);
      return taken.has(read) || (parent !== null && taken.has(parent));
    };
    if (reads.length === 0 || !reads.every(isGone)) {
      return [];
    }
    if (siblings.length === 1) {
      return [withComments(model, statement, toolbeltComments)];
    }
    const index = siblings.indexOf(item);
    const next = siblings[index + 1];
    const previous = siblings[index - 1];
    if (next !== undefined) {
      return [[rangeOf(item)[0], rangeOf(next)[0]] as const];
    }
    return previous === undefined ? [] : [[rangeOf(previous)[1], rangeOf(item)[1]] as const];
  });
}
