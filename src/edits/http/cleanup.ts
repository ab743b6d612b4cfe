import type * as ESTree from "estree";
import type { Node, Range } from "../../analysis/code/tree.ts";
import type { ClientCreation } from "../../analysis/toolbelt/creations.ts";
import type { Model } from "../../analysis/code/model.ts";
import { readsOf } from "../../analysis/code/bindings.ts";
import { findModuleUses } from "../../analysis/modules/uses.ts";
import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import type { EditList } from "../text/edit-list.ts";
import { statementRange } from "../text/layout.ts";
import { removeDeclared } from "../text/remove-declared.ts";
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
function withComments(model: Model, statement: Node): Range {
  const range = statementRange(model, statement);
  const { leading, trailing } = commentsAround(model, range);
  const isKnown = ([start, end]: Range): boolean => {
    const isBlock = model.text.startsWith("/*", start);
    const inner = model.text.slice(start + 2, isBlock ? end - 2 : end);
    const words = (isBlock ? inner.replaceAll("*", " ") : inner.replace(/^\/+/u, "")).trim();
    const sentence = words.replace(/\.$/u, "").replaceAll(/\s+/gu, " ").toLowerCase();
    return [...clientComments, ...toolbeltComments].some((pattern) => pattern.test(sentence));
  };
  // One of several lines may be a part of a sentence: they go together or not at all.
  const start = leading.every(isKnown) ? leading[0]?.[0] : undefined;
  const end = trailing !== undefined && isKnown(trailing) ? trailing[1] : undefined;
  return [start ?? range[0], end ?? range[1]];
}

/** What is no longer needed of a file's clients. */
export interface Leftovers {
  /** The clients whose calls are all rewritten. */
  readonly clients: readonly ClientCreation[];
  /** Their other names. */
  readonly aliases: readonly ESTree.VariableDeclarator[];
  /** Whole statements. */
  readonly statements: readonly Node[];
}

/** Takes away the constants that hold clients, their other names, and the toolbelt where nothing reads it any more. */
export function removeLeftovers(model: Model, edits: EditList, { clients, aliases, statements }: Leftovers): void {
  const taken = new Set<Node>(
    clients.map(({ call }) => (call.callee.type === "MemberExpression" ? call.callee.object : call.callee)),
  );
  const items = [
    ...clients.flatMap(({ declarator }) => declarator ?? []),
    ...aliases,
    ...unusedToolbelts(model, taken),
    ...statements,
  ];
  removeDeclared(model, edits, items, (statement) =>
    statements.includes(statement) ? statementRange(model, statement) : withComments(model, statement),
  );
}

interface Binding {
  readonly local: ESTree.Identifier;
  /** What goes when the name goes: a part of a pattern, a declarator, a part of an import. */
  readonly item: Node;
}

/** The names of the toolbelt object in the file, with what declares them. */
function toolbeltBindings(model: Model): Binding[] {
  const uses = findModuleUses(model).filter((use) => use.source === legacyToolbelt || use.source === modernToolbelt);
  return uses.flatMap((use): Binding[] => {
    const local = use.names?.find((name) => name.imported === "Toolbelt")?.local ?? use.whole;
    const item = local === undefined ? null : model.parentOf(local);
    const isDeclared = use.node.type === "ImportDeclaration" || use.declarator !== undefined;
    return local !== undefined && item !== null && isDeclared ? [{ local, item }] : [];
  });
}

/** The names of the toolbelt that nothing reads any more; `taken` are the reads that went. */
function unusedToolbelts(model: Model, taken: ReadonlySet<Node>): Node[] {
  // `toolbelt.Toolbelt.HTTPClient()`: the member went with the read inside it.
  const isGone = (read: Node): boolean => {
    const parent = model.parentOf(read);
    return taken.has(read) || (parent !== null && taken.has(parent));
  };
  return toolbeltBindings(model).flatMap(({ local, item }) => {
    const variable = model.variableOf(local);
    const reads = variable === undefined ? [] : readsOf(variable);
    return reads.length > 0 && reads.every(isGone) ? [item] : [];
  });
}
