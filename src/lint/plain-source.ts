import type { Scope, SourceCode } from "eslint";
import type * as ESTree from "estree";
import { nodeTooDeep } from "../analysis/code/depth.ts";
import { isModule, parsedElsewhere } from "../analysis/code/parse.ts";
import type { ParsedSource } from "../analysis/code/parse.ts";
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
    return nodeIndex.tooDeep === undefined
      ? { ...parsedElsewhere(text, sourceCode.ast, comments), nodeIndex }
      : tooDeepAt(rangeOf(nodeIndex.tooDeep));
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
  return parsedElsewhere(
    text,
    program as unknown as ESTree.Program,
    comments,
    isModule(sourceCode.ast) ? "module" : "commonjs",
  );
}

function tooDeepAt(range: Range): Unreadable {
  return { range, why: "is nested too deeply" };
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
