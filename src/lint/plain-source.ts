import type { Scope, SourceCode } from "eslint";
import type { ScopeManager } from "eslint-scope";
import type * as ESTree from "estree";
import { nodeTooDeep } from "../analysis/code/depth.ts";
import { parsedElsewhere, sourceTypeOf } from "../analysis/code/parse.ts";
import type { ParsedSource, SourceType } from "../analysis/code/parse.ts";
import { indexLintedNodes } from "../analysis/code/node-index.ts";
import { rangeOf } from "../analysis/code/tree.ts";
import type { Range } from "../analysis/code/tree.ts";
import { childrenBy, isNode } from "./any-node.ts";
import type { AnyNode } from "./any-node.ts";
import { eraseTypes, knowsTypes } from "./typescript/erase-types.ts";
import type { TypeNames } from "./typescript/erase-types.ts";

/** A file that no analysis can look at: where it gives up, and why, as the end of a sentence that begins with “It”. */
export interface Unreadable {
  readonly range: Range;
  readonly why: string;
}

/** What ESLint has parsed, as JavaScript: without types, and with what TypeScript makes of its own syntax. */
export function plainSource(sourceCode: SourceCode): ParsedSource | Unreadable {
  const { text, visitorKeys } = sourceCode;
  const root: unknown = sourceCode.ast;
  if (!isNode(root)) {
    return { range: [0, 0], why: "comes from a parser that gives no places" };
  }
  const comments = sourceCode.getAllComments();
  if (!knowsTypes(visitorKeys)) {
    const nodeIndex = indexLintedNodes(sourceCode.ast);
    if (nodeIndex.tooDeep !== undefined) {
      return tooDeepAt(rangeOf(nodeIndex.tooDeep));
    }
    const sourceType = sourceTypeOf(sourceCode.ast);
    const scopes = scopesOfLinter(sourceCode, sourceType);
    return { ...parsedElsewhere(text, sourceCode.ast, comments, sourceType, scopes), nodeIndex };
  }
  const deep = nodeTooDeep<AnyNode>(root, (node) => childrenBy(visitorKeys, node));
  if (deep !== undefined) {
    return tooDeepAt(deep.range);
  }
  const { program, unknown } = eraseTypes(text, root, typeNamesOf(sourceCode));
  if (unknown !== undefined) {
    return { range: unknown.range, why: `has syntax that is no JavaScript (${unknown.type})` };
  }
  // The tree that is left is ESTree: whatever else the parser knows was looked for.
  return parsedElsewhere(text, program as unknown as ESTree.Program, comments, sourceTypeOf(sourceCode.ast));
}

function tooDeepAt(range: Range): Unreadable {
  return { range, why: "is nested too deeply" };
}

/** What eslint-scope was asked for, as it keeps it; other makers of scopes keep nothing of the kind. */
interface ScopeOptions {
  readonly sourceType?: string;
  readonly nodejsScope?: boolean;
  readonly impliedStrict?: boolean;
  readonly jsx?: boolean;
}

/**
 * The scopes that ESLint has made, where ours would be the same: it takes a file without imports for a module unless told
 * otherwise, and knows nothing of what `eval` may declare. The globals that it adds declare nothing.
 */
function scopesOfLinter({ text, scopeManager }: SourceCode, sourceType: SourceType): ScopeManager | undefined {
  const { __options: options } = scopeManager as { readonly __options?: ScopeOptions };
  const isOurs =
    options?.sourceType === sourceType &&
    [options.nodejsScope, options.impliedStrict, options.jsx].every((option) => option !== true) &&
    !text.includes("eval");
  return isOurs ? (scopeManager as unknown as ScopeManager) : undefined;
}

/** What the scopes of TypeScript's parser know of names; another parser's know nothing. */
interface TypedVariable extends Scope.Variable {
  readonly isValueVariable?: boolean;
}

interface TypedReference extends Scope.Reference {
  readonly isValueReference?: boolean;
}

function typeNamesOf(sourceCode: SourceCode): TypeNames {
  const [global] = sourceCode.scopeManager.scopes;
  const top = [global, ...(global?.childScopes.filter(({ type }) => type === "module") ?? [])];
  return {
    isTypeImport: (specifier) => {
      const variables = sourceCode.getDeclaredVariables(specifier as unknown as ESTree.ImportSpecifier);
      const references: readonly TypedReference[] = variables.flatMap((variable) => variable.references);
      return references.length > 0 && references.every(({ isValueReference }) => isValueReference === false);
    },
    isType: (name) => {
      const variables: readonly TypedVariable[] = top.flatMap((scope) => scope?.set.get(name) ?? []);
      return variables.length > 0 && variables.every(({ isValueVariable }) => isValueVariable === false);
    },
  };
}
