import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { bareExpression, bodyPartsOf, isShorthand, rangeOf, rootOf } from "../../analysis/code/tree.ts";
import type { FunctionNode, Node } from "../../analysis/code/tree.ts";
import { mentions } from "../../analysis/control/chains.ts";
import { variableNamed } from "../../analysis/code/names.ts";
import { isAsync, isPure } from "../../analysis/code/effects.ts";
import type { Model } from "../../analysis/code/model.ts";
import { isConstant, readsOf } from "../../analysis/code/bindings.ts";
import { handsAllOn, isHandingOn } from "../../analysis/contract/once-guards.ts";
import { isSettleCall, Places } from "./expose-context.ts";
import type { ExposeContext } from "./expose-context.ts";
import { commentTexts, inFrontOf } from "../text/comments.ts";
import type { EditList } from "../text/edit-list.ts";
import { indentAt, lineEndingOf, statementRange } from "../text/layout.ts";
import { withParentheses } from "../text/parentheses.ts";
import { removeDeclared } from "../text/remove-declared.ts";
import { removeStatement } from "../text/remove-statements.ts";

/** `const done = callback;`: every use of the alias becomes one of the callback. */
export function replaceAlias({ model, callback, report }: ExposeContext): boolean {
  const places = new Places(model);
  for (const read of readsOf(callback)) {
    const whole = handedOn(model, read);
    const declarator = model.parentOf(whole);
    const declaration = declarator === null ? null : model.parentOf(declarator);
    const isAlias =
      declarator?.type === "VariableDeclarator" &&
      declarator.init === whole &&
      declarator.id.type === "Identifier" &&
      declaration?.type === "VariableDeclaration" &&
      declaration.declarations.length === 1;
    const alias = isAlias && declarator.id.type === "Identifier" ? model.variableOf(declarator.id) : undefined;
    if (alias === undefined || declaration === null || !isConstant(alias)) {
      continue;
    }
    const reads = readsOf(alias);
    if (
      reads.some((use) => isHidden(model, use, callback) || isShorthand(model.parentOf(use))) ||
      !places.take(declaration)
    ) {
      continue;
    }
    removeStatement(model, report.edits, declaration);
    for (const use of reads) {
      report.edits.replace(rangeOf(use), callback.name);
    }
    if (whole.type === "CallExpression") {
      dropUnread(model, report.edits, rootOf(whole.callee));
    }
  }
  return !places.isEmpty;
}

/** Takes away what declares a name that nothing else reads: a function of the file, or a package that was loaded. */
function dropUnread(model: Model, edits: EditList, name: Node): void {
  const variable = name.type === "Identifier" ? model.variableOf(name) : undefined;
  const [definition] = variable?.defs ?? [];
  const isUnread = variable !== undefined && isConstant(variable) && readsOf(variable).length === 1;
  if (isUnread && (definition?.type === "FunctionName" || definition?.type === "Variable")) {
    const declared = declaringItem(model, variable.identifiers[0] as Node, definition.node);
    removeDeclared(model, edits, [declared], (statement) => statementRange(model, statement));
  }
}

/** The property of a pattern that declares a name, else the declarator or the function as a whole. */
function declaringItem(model: Model, name: Node, whole: Node): Node {
  const property = model.parentOf(name);
  return property?.type === "Property" ? property : whole;
}

/** `once(callback)`, which is the callback as far as its calls go: V1 heard only the first one anyway. */
function handedOn(model: Model, read: Node): Node {
  const call = model.parentOf(read);
  const isOnly = call?.type === "CallExpression" && call.arguments.length === 1 && call.arguments[0] === read;
  return isOnly && call.callee.type !== "Super" && isHandingOn(model, call.callee) ? call : read;
}

/** True when the callback's name means something else at the node. */
function isHidden(model: Model, node: Node, callback: Variable): boolean {
  return variableNamed(model, callback.name, node) !== callback;
}

/** A function that does nothing but call the callback with its own parameters: `(value) => callback(null, value)`. */
function wrappedCall(context: ExposeContext, node: FunctionNode): ESTree.SimpleCallExpression | undefined {
  const { model } = context;
  const parts = bodyPartsOf(node);
  const call = bareExpression(parts[0]);
  if (parts.length > 1 || call?.type !== "CallExpression" || !isSettleCall(context, call) || isAsync(node)) {
    return undefined;
  }
  if (handsAllOn(model, node, call)) {
    return call;
  }
  const parameters = node.params.map((parameter) =>
    parameter.type === "Identifier" ? model.variableOf(parameter) : undefined,
  );
  const isSimple = call.arguments.every(
    (argument) =>
      argument.type === "Literal" ||
      (argument.type === "Identifier" &&
        (argument.name === "undefined" || parameters.includes(model.variableOf(argument)))),
  );
  return isSimple && !parameters.includes(undefined) ? call : undefined;
}

/** `const fail = (error) => callback(error);`: its calls become calls of the callback. */
export function replaceWrapper(context: ExposeContext): boolean {
  const { model, callback, report } = context;
  for (const read of readsOf(callback)) {
    const node = model.functionOf(read);
    const wrapped = node === null ? undefined : wrappedCall(context, node);
    const parent = node === null ? null : model.parentOf(node);
    const declaration =
      node?.type === "FunctionDeclaration"
        ? node
        : parent?.type === "VariableDeclarator"
          ? model.parentOf(parent)
          : null;
    const name =
      node?.type === "FunctionDeclaration" ? node.id : parent?.type === "VariableDeclarator" ? parent.id : undefined;
    const variable = name === undefined ? undefined : model.variableOf(name);
    const isAlone = declaration?.type !== "VariableDeclaration" || declaration.declarations.length === 1;
    if (
      node === null ||
      wrapped === undefined ||
      declaration === null ||
      !isAlone ||
      variable === undefined ||
      !isConstant(variable)
    ) {
      continue;
    }
    const isWhole = handsAllOn(model, node, wrapped);
    const calls = readsOf(variable).map((use) => {
      const call = model.parentOf(use);
      const isPlain =
        call?.type === "CallExpression" &&
        call.callee === use &&
        (isWhole || call.arguments.length <= node.params.length);
      const isKept = isPlain && (isWhole || keepsArguments(model, node, wrapped, call));
      return isKept && !isHidden(model, use, callback) ? call : undefined;
    });
    if (calls.includes(undefined) || calls.length === 0) {
      continue;
    }
    removeStatement(model, report.edits, declaration);
    for (const call of calls) {
      if (call !== undefined) {
        const { callee } = call;
        const isRenamed = isWhole && callee.type !== "Super";
        report.edits.replace(
          isRenamed ? rangeOf(callee) : rangeOf(call),
          isRenamed ? callback.name : `${callback.name}(${givenArguments(model, node, wrapped, call)})`,
        );
      }
    }
    return true;
  }
  return false;
}

/** True when each argument with effects is handed on once, and all in their order. */
function keepsArguments(
  model: Model,
  node: FunctionNode,
  wrapped: ESTree.SimpleCallExpression,
  call: ESTree.SimpleCallExpression,
): boolean {
  const order = wrapped.arguments.map((argument) =>
    node.params.findIndex(
      (parameter) => model.variableOf(parameter) === model.variableOf(argument) && argument.type === "Identifier",
    ),
  );
  const used = order.filter((index) => index >= 0);
  const isOrdered = used.every((index, position) => position === 0 || index > (used[position - 1] ?? -1));
  return call.arguments.every(
    (argument, index) =>
      argument.type !== "SpreadElement" &&
      (isPure(model, argument) || (isOrdered && used.filter((other) => other === index).length === 1)),
  );
}

function givenArguments(
  model: Model,
  node: FunctionNode,
  wrapped: ESTree.SimpleCallExpression,
  call: ESTree.SimpleCallExpression,
): string {
  const texts = wrapped.arguments.map((argument) => {
    const index = node.params.findIndex((parameter) => model.variableOf(parameter) === model.variableOf(argument));
    const given = call.arguments[index];
    return argument.type === "Literal" || index === -1
      ? model.textOf(argument)
      : given === undefined
        ? "undefined"
        : model.textOf(given);
  });
  while (texts.at(-1) === "undefined") {
    texts.pop();
  }
  const written = texts.join(", ");
  const comments = commentTexts(model, rangeOf(call)).filter((comment) => !written.includes(comment));
  return inFrontOf(comments, lineEndingOf(model.text) + indentAt(model.text, rangeOf(call)[0])) + written;
}

/** `const pending = load().then(…callback…);` that nobody looks at again is the chain alone. */
export function dropUnusedName(context: ExposeContext): boolean {
  const { model, owner, settling, report } = context;
  for (const declaration of model.nodes("VariableDeclaration")) {
    const [declarator, ...others] = declaration.declarations;
    const variable = declarator?.id.type === "Identifier" ? model.variableOf(declarator.id) : undefined;
    const isUnused =
      others.length === 0 && variable !== undefined && isConstant(variable) && readsOf(variable).length === 0;
    const init = declarator?.init;
    const isOwn = isUnused && init?.type === "CallExpression" && model.functionOf(declaration) === owner;
    if (isOwn && mentions(model, init, settling) && startsStatement(model, init)) {
      report.edits.remove([rangeOf(declaration)[0], rangeOf(init)[0]]);
      return true;
    }
  }
  return false;
}

/** True when the expression can stand as a statement in place of its declaration, whatever the line above ends with. */
function startsStatement(model: Model, init: Node): boolean {
  const isBare = withParentheses(model, init)[0] === rangeOf(init)[0];
  return isBare && !/^[([`{/+-]|^(?:async )?function\b/u.test(model.textOf(init));
}
