import type { Variable } from "eslint-scope";
import type * as ESTree from "estree";
import { isFunction, rangeOf } from "../analysis/ast.ts";
import type { FunctionNode, Node } from "../analysis/ast.ts";
import { isInlinable, mentions, returnsOf } from "../analysis/chains.ts";
import { catchAround, continuationOf } from "../analysis/continuation.ts";
import { isAsync, isPure } from "../analysis/effects.ts";
import type { Model } from "../analysis/model.ts";
import { isConstant, readsOf } from "../analysis/modules.ts";
import { NONE, settlementOf } from "../analysis/settlement.ts";
import { asStatementText, operand } from "./awaited.ts";
import { EditList } from "./edit-list.ts";
import { findClashes, innerRange, movedText, renameVariable } from "./inline-body.ts";
import { indentAt, indentUnitOf, lineEndingOf, lineRangeOf } from "./layout.ts";
import { freeName } from "./names.ts";
import { removeLines } from "./remove-statements.ts";
import type { StepReport } from "./step.ts";

/** The handler with its callback, and where edits go. */
export interface ExposeContext {
  readonly model: Model;
  readonly owner: FunctionNode;
  readonly callback: Variable;
  readonly report: StepReport;
}

/** `const done = callback;`: every use of the alias becomes one of the callback. */
export function replaceAlias({ model, callback, report }: ExposeContext): boolean {
  for (const read of readsOf(callback)) {
    const declarator = model.parentOf(read);
    const declaration = declarator === null ? null : model.parentOf(declarator);
    const isAlias =
      declarator?.type === "VariableDeclarator" &&
      declarator.init === read &&
      declarator.id.type === "Identifier" &&
      declaration?.type === "VariableDeclaration" &&
      declaration.declarations.length === 1;
    const alias = isAlias && declarator.id.type === "Identifier" ? model.variableOf(declarator.id) : undefined;
    if (alias === undefined || declaration === null || !isConstant(alias)) {
      continue;
    }
    const reads = readsOf(alias);
    if (reads.some((use) => isHidden(model, use, callback) || isShorthand(model, use))) {
      continue;
    }
    removeLines(model, report.edits, [rangeOf(declaration)]);
    for (const use of reads) {
      report.edits.replace(rangeOf(use), callback.name);
    }
    return true;
  }
  return false;
}

/** True when the callback's name means something else at the node. */
function isHidden(model: Model, node: Node, callback: Variable): boolean {
  for (let scope: Variable["scope"] | null = model.scopeAt(node); scope !== null; scope = scope.upper) {
    const found = scope.set.get(callback.name);
    if (found !== undefined) {
      return found !== callback;
    }
  }
  return true;
}

function isShorthand(model: Model, node: Node): boolean {
  const parent = model.parentOf(node);
  return parent?.type === "Property" && parent.shorthand;
}

function isSettleCall({ model, callback }: ExposeContext, node: Node): boolean {
  return node.type === "CallExpression" && model.variableOf(node.callee) === callback;
}

/** A function that does nothing but call the callback with its own parameters: `(value) => callback(null, value)`. */
function wrappedCall(context: ExposeContext, node: FunctionNode): ESTree.SimpleCallExpression | undefined {
  const { model } = context;
  const [only, ...others] = node.body.type === "BlockStatement" ? node.body.body : [node.body];
  const call = only?.type === "ExpressionStatement" ? only.expression : only?.type === "ReturnStatement" ? only.argument : only;
  if (others.length > 0 || call?.type !== "CallExpression" || !isSettleCall(context, call) || isAsync(node)) {
    return undefined;
  }
  const parameters = node.params.map((parameter) => (parameter.type === "Identifier" ? model.variableOf(parameter) : undefined));
  if (model.commentsIn(rangeOf(node)).length > 0) {
    return undefined;
  }
  const isSimple = call.arguments.every(
    (argument) => argument.type === "Literal" || (argument.type === "Identifier" && (argument.name === "undefined" || parameters.includes(model.variableOf(argument)))),
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
    const declaration = node?.type === "FunctionDeclaration" ? node : parent?.type === "VariableDeclarator" ? model.parentOf(parent) : null;
    const name = node?.type === "FunctionDeclaration" ? node.id : parent?.type === "VariableDeclarator" ? parent.id : undefined;
    const variable = name === undefined ? undefined : model.variableOf(name);
    const isAlone = declaration?.type !== "VariableDeclaration" || declaration.declarations.length === 1;
    if (node === null || wrapped === undefined || declaration === null || !isAlone || variable === undefined || !isConstant(variable)) {
      continue;
    }
    const calls = readsOf(variable).map((use) => {
      const call = model.parentOf(use);
      const isPlain = call?.type === "CallExpression" && call.callee === use && call.arguments.length <= node.params.length;
      const isKept = isPlain && model.commentsIn(rangeOf(call)).length === 0 && keepsArguments(model, node, wrapped, call);
      return isKept && !isHidden(model, use, callback) ? call : undefined;
    });
    if (calls.includes(undefined) || calls.length === 0) {
      continue;
    }
    removeLines(model, report.edits, [rangeOf(declaration)]);
    for (const call of calls) {
      if (call !== undefined) {
        report.edits.replace(rangeOf(call), `${callback.name}(${givenArguments(model, node, wrapped, call)})`);
      }
    }
    return true;
  }
  return false;
}

/** True when each argument with effects is handed on once, and all in their order. */
function keepsArguments(model: Model, node: FunctionNode, wrapped: ESTree.SimpleCallExpression, call: ESTree.SimpleCallExpression): boolean {
  const order = wrapped.arguments.map((argument) => node.params.findIndex((parameter) => model.variableOf(parameter) === model.variableOf(argument) && argument.type === "Identifier"));
  const used = order.filter((index) => index >= 0);
  const isOrdered = used.every((index, position) => position === 0 || index > (used[position - 1] ?? -1));
  return call.arguments.every(
    (argument, index) => argument.type !== "SpreadElement" && (isPure(model, argument) || (isOrdered && used.filter((other) => other === index).length === 1)),
  );
}

function givenArguments(model: Model, node: FunctionNode, wrapped: ESTree.SimpleCallExpression, call: ESTree.SimpleCallExpression): string {
  const texts = wrapped.arguments.map((argument) => {
    const index = node.params.findIndex((parameter) => model.variableOf(parameter) === model.variableOf(argument));
    const given = call.arguments[index];
    return argument.type === "Literal" || index === -1 ? model.textOf(argument) : given === undefined ? "undefined" : model.textOf(given);
  });
  while (texts.at(-1) === "undefined") {
    texts.pop();
  }
  return texts.join(", ");
}

/** `const pending = load().then(…callback…);` that nobody looks at again is the chain alone. */
export function dropUnusedName(context: ExposeContext): boolean {
  const { model, owner, callback, report } = context;
  for (const declaration of model.nodes("VariableDeclaration")) {
    const [declarator, ...others] = declaration.declarations;
    const variable = declarator?.id.type === "Identifier" ? model.variableOf(declarator.id) : undefined;
    const isUnused = others.length === 0 && variable !== undefined && isConstant(variable) && readsOf(variable).length === 0;
    const init = declarator?.init;
    const isOwn = isUnused && init?.type === "CallExpression" && model.functionOf(declaration) === owner;
    if (isOwn && mentions(model, init, callback) && startsStatement(model, declaration, init)) {
      report.edits.remove([rangeOf(declaration)[0], rangeOf(init)[0]]);
      return true;
    }
  }
  return false;
}

/** True when the expression can stand as a statement in place of its declaration, whatever the line above ends with. */
function startsStatement(model: Model, declaration: Node, init: Node): boolean {
  const between = model.text.slice(rangeOf(declaration)[0], rangeOf(init)[0]);
  return !between.includes("(") && !/^[([`{/+-]|^(?:async )?function\b/u.test(model.textOf(init));
}

/** `(input, callback) => work(callback)` gets a body with braces. */
export function bodyOfArrow(context: ExposeContext): boolean {
  const { model, owner, callback, report } = context;
  const { body } = owner;
  if (body.type === "BlockStatement" || isSettleCall(context, body) || !mentions(model, body, callback)) {
    return false;
  }
  const [start, end] = outerParentheses(model, body);
  if (!/=>\s*$/u.test(model.text.slice(0, start))) {
    return false;
  }
  const newline = lineEndingOf(model.text);
  const indent = indentAt(model.text, rangeOf(owner)[0]);
  report.edits.replace([start, end], `{${newline}${indent}${indentUnitOf(model.text)}return ${model.textOf(body)};${newline}${indent}}`);
  return true;
}

function outerParentheses(model: Model, node: Node): readonly [number, number] {
  const [start, end] = rangeOf(node);
  const before = /\(\s*$/u.exec(model.text.slice(0, start));
  const after = /^\s*\)/u.exec(model.text.slice(end));
  return before !== null && after !== null ? [before.index, end + after[0].length] : [start, end];
}

/** `bad ? callback(error) : callback(null, 1);` becomes `if … else …`. */
export function unfoldExpression(context: ExposeContext): boolean {
  const { model, owner, callback, report } = context;
  const statements: (ESTree.ExpressionStatement | ESTree.ReturnStatement)[] = [
    ...model.nodes("ExpressionStatement"),
    ...model.nodes("ReturnStatement"),
  ];
  for (const statement of statements) {
    const expression = statement.type === "ExpressionStatement" ? statement.expression : statement.argument;
    const isOwn = model.functionOf(statement) === owner || isRunByOwner(model, statement, owner);
    if (!isOwn || !expression || !mentions(model, expression, callback)) {
      continue;
    }
    const lines = unfold(context, expression, statement.type === "ReturnStatement");
    if (lines !== undefined) {
      const indent = indentAt(model.text, rangeOf(statement)[0]);
      const newline = lineEndingOf(model.text);
      const parent = model.parentOf(statement);
      const isInList = parent?.type === "BlockStatement" || parent?.type === "SwitchCase";
      const unit = indentUnitOf(model.text);
      const written = lines.join("\n");
      // A comment that stood between the parts of the expression goes in front of the whole.
      const stranded = model.commentsIn(rangeOf(statement)).map((comment) => model.text.slice(...rangeOf(comment)));
      const unfolded = [...stranded.filter((comment) => !written.includes(comment)), ...lines];
      const all = isInList ? unfolded : ["{", ...unfolded.map((line) => unit + line), "}"];
      report.edits.replace(rangeOf(statement), all.join(newline + indent));
      return true;
    }
  }
  return false;
}

/** True for a statement in a plain function that an array method of the owner calls: `list.forEach((x) => …)`. */
function isRunByOwner(model: Model, statement: Node, owner: FunctionNode): boolean {
  const inner = model.functionOf(statement);
  return inner !== null && !isAsync(inner) && model.functionOf(inner) === owner && model.parentOf(inner)?.type === "CallExpression";
}

/** The statements that do what an expression does whose value nobody takes; undefined when it stays an expression. */
function unfold(context: ExposeContext, expression: Node, isReturned: boolean): string[] | undefined {
  const { model } = context;
  const unit = indentUnitOf(model.text);
  const branch = (node: Node): string[] => asStatements(context, node, isReturned).map((line) => unit + line);
  switch (expression.type) {
    case "ConditionalExpression":
      return [
        `if (${model.textOf(expression.test)}) {`,
        ...branch(expression.consequent),
        "} else {",
        ...branch(expression.alternate),
        "}",
      ];
    case "LogicalExpression": {
      if (expression.operator === "??" || mentions(model, expression.left, context.callback)) {
        return undefined;
      }
      const test = model.textOf(expression.left);
      const condition = expression.operator === "&&" ? test : `!(${test})`;
      return [`if (${condition}) {`, ...branch(expression.right), "}", ...(isReturned ? ["return;"] : [])];
    }
    case "SequenceExpression": {
      const last = expression.expressions.at(-1);
      return expression.expressions.flatMap((part) => asStatements(context, part, isReturned && part === last));
    }
    case "UnaryExpression":
      return expression.operator === "void" ? [...asStatements(context, expression.argument, false), ...(isReturned ? ["return;"] : [])] : undefined;
    default:
      return undefined;
  }
}

function asStatements(context: ExposeContext, node: Node, isReturned: boolean): string[] {
  const { model, callback } = context;
  const unfolded = mentions(model, node, callback) ? unfold(context, node, isReturned) : undefined;
  if (unfolded !== undefined) {
    return unfolded;
  }
  const text = asStatementText(model.textOf(node));
  return isPure(model, node) ? (isReturned ? ["return;"] : []) : [isReturned ? `return ${text};` : `${text};`];
}

/** A function with the callback in it that is called in one place, without arguments. */
interface InnerCall {
  readonly statement: ESTree.ExpressionStatement | ESTree.ReturnStatement;
  readonly mode: "floating" | "returned" | "awaited";
  readonly inner: FunctionNode;
  /** The statement that declares the function; undefined when it is called where it stands. */
  readonly declaration: Node | undefined;
}

/** `main();` or `(async () => { … })();`: the statements of the inner function take the place of the call. */
export function inlineFunction(context: ExposeContext): boolean {
  const { model, owner } = context;
  const statements: (ESTree.ExpressionStatement | ESTree.ReturnStatement)[] = [
    ...model.nodes("ExpressionStatement"),
    ...model.nodes("ReturnStatement"),
  ];
  for (const statement of statements.filter((candidate) => model.functionOf(candidate) === owner)) {
    const call = innerCallOf(context, statement);
    if (call !== undefined && canInline(context, call)) {
      writeInline(context, call);
      return true;
    }
  }
  return false;
}

function innerCallOf(context: ExposeContext, statement: InnerCall["statement"]): InnerCall | undefined {
  const { model, owner, callback } = context;
  const whole = statement.type === "ExpressionStatement" ? statement.expression : statement.argument;
  const call = whole?.type === "AwaitExpression" ? whole.argument : whole;
  if (call?.type !== "CallExpression" || call.arguments.length > 0) {
    return undefined;
  }
  const mode = whole?.type === "AwaitExpression" ? "awaited" : statement.type === "ReturnStatement" ? "returned" : "floating";
  const { callee } = call;
  if (isFunction(callee)) {
    const own = callee.type === "FunctionExpression" && callee.id ? model.variableOf(callee.id) : undefined;
    if (own !== undefined && readsOf(own).length > 0) {
      return undefined;
    }
    return mentions(model, callee, callback) ? { statement, mode, inner: callee, declaration: undefined } : undefined;
  }
  const variable = callee.type === "Identifier" ? model.variableOf(callee) : undefined;
  const [definition] = variable?.defs ?? [];
  if (variable === undefined || definition === undefined || !isConstant(variable) || readsOf(variable).length !== 1) {
    return undefined;
  }
  const declarator = definition.node as Node;
  const inner = declarator.type === "VariableDeclarator" ? declarator.init : declarator;
  const declaration = declarator.type === "VariableDeclarator" ? model.parentOf(declarator) : declarator;
  const isAlone = declaration?.type !== "VariableDeclaration" || declaration.declarations.length === 1;
  const isOwn = inner && isFunction(inner) && model.functionOf(declarator) === owner && mentions(model, inner, callback);
  return isOwn && isAlone && declaration !== null ? { statement, mode, inner, declaration } : undefined;
}

function canInline({ model, owner, callback }: ExposeContext, { statement, mode, inner, declaration }: InnerCall): boolean {
  if (inner.params.length > 0 || inner.body.type !== "BlockStatement" || !isInlinable(model, inner)) {
    return false;
  }
  if (!meansTheSame(model, inner, statement)) {
    return false;
  }
  const isIgnored = (node: Node): boolean => node === declaration;
  const way = statement.type === "ReturnStatement" ? "return" : "fall";
  const { after, repeats } = continuationOf(model, statement, owner, way, isIgnored);
  const isLast = after.length === 0 && !repeats;
  const isWaitedFor = mode === "awaited" || !isAsync(inner);
  const last = inner.body.body.at(-1);
  const returns = returnsOf(model, inner).filter((candidate) => candidate !== last);
  if (!isLast && (returns.length > 0 || !isWaitedFor)) {
    return false;
  }
  const isHarmless = returns.every(({ argument }) => !argument || isOwnSettle(model, argument, callback) || isPure(model, argument));
  // What an async function throws is not seen by a `catch` around a call that nobody waits for.
  return isHarmless && (isWaitedFor || catchAround(model, statement, owner) === undefined);
}

/** True when every name that the function takes from outside is the same where its statements are to stand. */
function meansTheSame(model: Model, inner: FunctionNode, statement: Node): boolean {
  const target = model.scopeAt(statement);
  return model.scopeAt(inner).through.every(({ identifier, resolved }) => {
    for (let scope: typeof target | null = target; scope !== null; scope = scope.upper) {
      const found = scope.set.get(identifier.name);
      if (found !== undefined && (found.defs.length > 0 || scope.type === "function")) {
        return found === resolved;
      }
    }
    return resolved === null || resolved.defs.length === 0;
  });
}

function isOwnSettle(model: Model, node: Node, callback: Variable): boolean {
  return node.type === "CallExpression" && model.variableOf(node.callee) === callback;
}

function writeInline({ model, owner, callback, report }: ExposeContext, { statement, mode, inner, declaration }: InnerCall): void {
  const renames = new EditList();
  for (const variable of findClashes(model, inner, owner, [])) {
    renameVariable(model, renames, variable, freeName(model, variable.name));
  }
  const indent = indentAt(model.text, rangeOf(statement)[0]);
  const range = innerRange(model, inner.body);
  const text = range === undefined ? "" : endText(model, renames, inner, range, indent, callback, mode);
  const { after, repeats } = continuationOf(model, statement, owner, "fall", (node) => node === declaration);
  const mustLeave = statement.type === "ReturnStatement" && (after.length > 0 || repeats);
  const stranded = [...model.commentsIn(rangeOf(statement)), ...(declaration === undefined ? [] : model.commentsIn(rangeOf(declaration)))]
    .map((comment) => model.text.slice(...rangeOf(comment)))
    .filter((comment) => !text.includes(comment.trim()));
  const lines = [...new Set(stranded), ...(text === "" ? [] : [text]), ...(mustLeave ? ["return;"] : [])];
  report.edits.replace(rangeOf(statement), lines.join(lineEndingOf(model.text) + indent));
  if (declaration !== undefined) {
    removeLines(model, report.edits, [lineRangeOf(model.text, rangeOf(declaration))]);
  }
  if (isAsync(inner) && !isAsync(owner)) {
    report.edits.insert(rangeOf(owner)[0], "async ");
  }
  const settlement = settlementOf(model, inner, callback);
  if (mode === "floating" && isAsync(inner) && (settlement.atThrow & NONE) !== 0) {
    report.declare("never-settles", statement);
  }
}

/** The moved statements; a value returned at their end is waited for, since its error would still count. */
function endText(
  model: Model,
  renames: EditList,
  inner: FunctionNode,
  range: readonly [number, number],
  indent: string,
  callback: Variable,
  mode: InnerCall["mode"],
): string {
  const last = inner.body.type === "BlockStatement" ? inner.body.body.at(-1) : undefined;
  if (last?.type === "ReturnStatement" && last.argument && mode !== "returned") {
    const given = renames.textOf(model.text, rangeOf(last.argument));
    const isPlain = isOwnSettle(model, last.argument, callback) || !isAsync(inner) || last.argument.type === "AwaitExpression";
    const line = isPlain ? `${asStatementText(given)};` : `await ${operand(last.argument, given)};`;
    renames.replaceWhole(rangeOf(last), isPure(model, last.argument) ? "" : line);
  }
  return movedText(model, renames, range, indent);
}
