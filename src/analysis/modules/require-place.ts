import type * as ESTree from "estree";
import { readsOf } from "../code/bindings.ts";
import { isReadTooEarly } from "../code/early-reads.ts";
import { isFunction } from "../code/tree.ts";
import type { Node } from "../code/tree.ts";
import type { Model } from "../code/model.ts";
import { chainFrom, isLocalSource } from "../code/local-files.ts";
import type { LocalFiles } from "../code/local-files.ts";
import type { ModuleUse } from "./uses.ts";

const CONDITIONAL = /^(?:If|Conditional|Logical|SwitchCase|CatchClause|While|DoWhile|For|ForIn|ForOf)/u;

function isRequireStatement(statement: Node, call: Node): boolean {
  const expression = statement.type === "ExpressionStatement" ? statement.expression : undefined;
  const value =
    statement.type === "VariableDeclaration" && statement.declarations.length === 1
      ? statement.declarations[0]?.init
      : expression?.type === "AssignmentExpression"
        ? expression.right
        : expression;
  return value === call || (value?.type === "MemberExpression" && value.object === call);
}

/** True for a `try` that asks whether the package is there: it holds nothing but the `require`. */
function asksForPackage(node: Node, inner: Node, call: Node): boolean {
  return (
    node.type === "TryStatement" &&
    node.block === inner &&
    node.block.body.length === 1 &&
    node.block.body.every((statement) => isRequireStatement(statement, call))
  );
}

/** Names all files that come with it, where they are known. */
function loadsFile(source: string, local: LocalFiles | undefined): string {
  const chain = local === undefined ? [] : chainFrom(local, source);
  if (local === undefined) {
    return "loads a file of the project";
  }
  return chain.length === 0
    ? "loads a file of the project that is not there"
    : `loads a file of the project (${chain.join(" → ")}), which only \`--bundle-local\` puts into the function`;
}

/** True when what is required is asked for before it is there: that fails, but not behind an import. */
function isNamedTooLate(model: Model, { whole, names = [] }: ModuleUse): boolean {
  return [...(whole === undefined ? [] : [whole]), ...names.map(({ local }) => local)]
    .flatMap((name) => model.variableOf(name) ?? [])
    .flatMap(readsOf)
    .some((read) => isReadTooEarly(model, read));
}

/**
 * Why a `require` can't move to the top of the file, as the end of a sentence that begins with “This `require`”.
 *
 * @param isCertain V2 surely has the package, and loading it does nothing else: it may be loaded whether or not the
 *   `require` is reached, and a `try` around it guards something else
 */
export function placeProblem(
  model: Model,
  call: ESTree.SimpleCallExpression,
  use: ModuleUse | undefined,
  isCertain: boolean,
  local?: LocalFiles,
): string | undefined {
  if (use === undefined) {
    return "has a name that is computed at run time";
  }
  if (isLocalSource(use.source)) {
    return loadsFile(use.source, local);
  }
  let inner: Node = call;
  for (let node = model.parentOf(call); node !== null; inner = node, node = model.parentOf(node)) {
    const isInTry = node.type === "TryStatement" && node.block === inner && node.handler !== null;
    if (asksForPackage(node, inner, call) || (isInTry && !isCertain)) {
      return "is guarded by `try`";
    }
    const isBranch = node.type === "IfStatement" && inner.type === "VariableDeclaration";
    if (CONDITIONAL.test(node.type) && (!isCertain || isBranch)) {
      return "is conditional";
    }
    if (
      !isCertain &&
      isFunction(node) &&
      node.type === "ArrowFunctionExpression" &&
      node.body.type !== "BlockStatement"
    ) {
      return "is loaded only when it is needed";
    }
  }
  if (isNamedTooLate(model, use)) {
    return "gives a name that is used above it";
  }
  return model.parentOf(call)?.type === "ExpressionStatement" ? "is loaded for its side effect" : undefined;
}
