import { isFunction, rangeOf, walk } from "../../src/analysis/code/tree.ts";
import type { Node } from "../../src/analysis/code/tree.ts";
import { findHandler } from "../../src/analysis/code/handler.ts";
import { readsOf } from "../../src/analysis/code/bindings.ts";
import { createModel } from "../../src/analysis/code/model.ts";
import type { Model } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { EditList } from "../../src/edits/text/edit-list.ts";

/** A way to write a function differently that means the same. */
export interface Rewriting {
  readonly name: string;
  readonly rewrite: (code: string) => string;
  /** As what the new text is linted, when it is no JavaScript any more. */
  readonly filename?: string;
  /** Rules that look at the very syntax which this writes. */
  readonly concerns?: readonly string[];
}

function edited(code: string, make: (model: Model, edits: EditList) => void): string {
  const model = createModel(parseSource(code));
  const edits = new EditList();
  make(model, edits);
  return edits.applyTo(code).text;
}

function surround(edits: EditList, node: Node | null | undefined, before: string, after: string): void {
  if (node !== null && node !== undefined) {
    edits.insert(rangeOf(node)[0], before);
    edits.insert(rangeOf(node)[1], after);
  }
}

/**
 * Gives every variable another name, but the handler and what may be one, because nothing else calls it; its words stay,
 * for rules that read names. What `eval` runs may name any of them.
 */
function renameLocals(model: Model, edits: EditList): void {
  if (model.globals("eval").length > 0) {
    return;
  }
  const seen = new Set<Node>();
  for (const variable of model.scopeManager.scopes.flatMap(({ variables }) => variables)) {
    const isTopLevel = variable.scope.upper === null || variable.scope.type === "module";
    const isHandler = model.handlerNames.has(variable.name) || (isTopLevel && readsOf(variable).length === 0);
    const isOwn = variable.defs.length > 0 && !isHandler;
    const renamed = `${variable.name}_`;
    const places = [...variable.identifiers, ...variable.references.map(({ identifier }) => identifier)] as Node[];
    for (const place of isOwn && !model.isNameTaken(renamed) ? places : []) {
      if (!seen.has(place)) {
        seen.add(place);
        edits.replace(rangeOf(place), renamedText(model, place, variable.name, renamed));
      }
    }
  }
}

function renamedText(model: Model, place: Node, name: string, renamed: string): string {
  const parent = model.parentOf(place);
  const holder = parent?.type === "AssignmentPattern" && parent.left === place ? model.parentOf(parent) : parent;
  if (holder?.type === "Property" && holder.shorthand) {
    return `${name}: ${renamed}`;
  }
  if (parent?.type === "ImportSpecifier" && rangeOf(parent.imported)[0] === rangeOf(place)[0]) {
    return `${name} as ${renamed}`;
  }
  return parent?.type === "ExportSpecifier" && rangeOf(parent.exported)[0] === rangeOf(place)[0]
    ? `${renamed} as ${name}`
    : renamed;
}

/** Expressions that may be wrapped without a change of meaning. */
function wrappable(node: Node): (Node | null | undefined)[] {
  switch (node.type) {
    case "VariableDeclarator":
      return node.init && isFunction(node.init) ? [] : [node.init];
    case "ReturnStatement":
    case "AwaitExpression":
    case "ThrowStatement":
      return [node.argument];
    case "CallExpression":
      return [
        ...node.arguments.filter(({ type }) => type !== "SpreadElement"),
        ...(node.callee.type === "Identifier" ? [node.callee] : []),
      ];
    case "MemberExpression":
      return node.object.type === "Super" ? [] : [node.object];
    case "ConditionalExpression":
      return [node.test, node.consequent, node.alternate];
    case "Property":
      return node.value.type === "Identifier" && !node.shorthand && isExpressionOf(node) ? [node.value] : [];
    case "IfStatement":
      return [node.test];
    default:
      return [];
  }
}

/** Properties of patterns are no expressions; only literals are told apart without looking further up. */
function isExpressionOf(node: Node): boolean {
  return node.type === "Property" && node.value.type === "Literal";
}

function wrapExpressions(before: string, after: string): (model: Model, edits: EditList) => void {
  return (model, edits) => {
    walk(model.program, (node) => {
      for (const child of wrappable(node)) {
        // Nothing can follow the body of an arrow function but a parenthesis.
        const isArrow = child?.type === "ArrowFunctionExpression";
        surround(edits, child, isArrow ? `${before}(` : before, isArrow ? `)${after}` : after);
      }
      return true;
    });
  };
}

function addComments(model: Model, edits: EditList): void {
  for (const block of [...model.nodes("BlockStatement"), model.program]) {
    for (const statement of block.type === "Program" ? [] : block.body) {
      edits.insert(rangeOf(statement)[0], "/* why */ ");
    }
  }
  for (const call of model.nodes("CallExpression")) {
    for (const argument of call.arguments) {
      edits.insert(rangeOf(argument)[0], "/* given */ ");
    }
  }
}

/** In the handler and behind it: a helper may be known for doing a single thing. */
function addStatements(model: Model, edits: EditList): void {
  const body = findHandler(model)?.node.body;
  if (body?.type === "BlockStatement" && !("directive" in (body.body[0] ?? {}))) {
    edits.insert(rangeOf(body)[0] + 1, " void 0;");
  }
  edits.insert(rangeOf(model.program)[1], "\nvoid 0;\n");
}

const typescript = "functions/sample/index.ts";

/** Files that TypeScript's parser takes as well. */
function asTypeScript(make: (model: Model, edits: EditList) => void): (code: string) => string {
  return (code) => edited(code, make);
}

export const rewritings: readonly Rewriting[] = [
  {
    name: "other names",
    // An import gets its other name by `as`.
    concerns: ["cli-safe-imports"],
    rewrite: (code) => edited(code, renameLocals),
  },
  { name: "parentheses", rewrite: (code) => edited(code, wrapExpressions("(", ")")) },
  // In a comment people say why an error does not matter.
  { name: "comments", rewrite: (code) => edited(code, addComments), concerns: ["require-error-handling"] },
  { name: "irrelevant statements", rewrite: (code) => edited(code, addStatements) },
  { name: "CRLF line endings", rewrite: (code) => code.replaceAll(/\r?\n/gu, "\r\n") },
  { name: "a byte order mark", rewrite: (code) => `\uFEFF${code}` },
  { name: "`as`", rewrite: asTypeScript(wrapExpressions("(", " as unknown)")), filename: typescript },
  { name: "`satisfies`", rewrite: asTypeScript(wrapExpressions("(", " satisfies unknown)")), filename: typescript },
  { name: "`!`", rewrite: asTypeScript(wrapExpressions("(", ")!")), filename: typescript },
];
