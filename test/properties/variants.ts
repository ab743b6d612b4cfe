import type * as ESTree from "estree";
import { childrenOf, isFunction, rangeOf, walk } from "../../src/analysis/code/tree.ts";
import type { Node } from "../../src/analysis/code/tree.ts";
import { createModel } from "../../src/analysis/code/model.ts";
import type { Model } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { EditList } from "../../src/edits/text/edit-list.ts";

/** A way to write the same program differently. */
export interface Variation {
  readonly name: string;
  /** Works on the lines of generated programs; other texts have comments and long lines. */
  readonly isForGenerated?: boolean;
  /** @returns the other text; the same text where there is nothing to vary */
  readonly vary: (text: string) => string;
}

function edited(text: string, make: (model: Model, edits: EditList) => void): string {
  const model = createModel(parseSource(text));
  const edits = new EditList();
  make(model, edits);
  return edits.applyTo(text).text;
}

/** `{ name }` is a property and a variable in one. */
function isShorthand(model: Model, identifier: Node): boolean {
  const holder = model.parentOf(identifier);
  const property = holder?.type === "AssignmentPattern" ? model.parentOf(holder) : holder;
  return (
    property?.type === "Property" &&
    property.shorthand &&
    (property.value === identifier ||
      (property.value === holder && holder.type === "AssignmentPattern" && holder.left === identifier))
  );
}

/** Words that a script may take for names, and a module may not. */
const WORDS: ReadonlySet<string> = new Set(
  "arguments await eval implements interface let package private protected public static yield".split(" "),
);

/** A local that hides a global means something else under another name: it is what a refusal may ask to rename. */
function isRenamable({ name }: { readonly name: string }, model: Model): boolean {
  return name !== "lambda" && !WORDS.has(name) && !(name in globalThis) && !model.isNameTaken(`${name}Renamed`);
}

function renameLocals(model: Model, edits: EditList): void {
  const seen = new Set<Node>();
  for (const variable of model.scopeManager.scopes.flatMap(({ variables }) => variables)) {
    if (variable.defs.length === 0 || !isRenamable(variable, model)) {
      continue;
    }
    const places = [...variable.identifiers, ...variable.references.map(({ identifier }) => identifier)] as Node[];
    for (const place of places) {
      if (seen.has(place)) {
        continue;
      }
      seen.add(place);
      const renamed = `${variable.name}Renamed`;
      edits.replace(rangeOf(place), isShorthand(model, place) ? `${variable.name}: ${renamed}` : renamed);
    }
  }
}

/** Expressions around which parentheses change nothing. */
function wrappable(node: Node): (Node | null | undefined)[] {
  switch (node.type) {
    case "VariableDeclarator":
      return node.id.type === "Identifier" && node.init && !isFunction(node.init) ? [node.init] : [];
    case "ReturnStatement":
    case "AwaitExpression":
      return [node.argument];
    case "CallExpression":
      return node.arguments.filter(({ type }) => type !== "SpreadElement");
    case "ConditionalExpression":
      return [node.test, node.consequent, node.alternate];
    case "ArrowFunctionExpression":
      return node.body.type === "BlockStatement" ? [] : [node.body];
    default:
      return [];
  }
}

function addParentheses(model: Model, edits: EditList): void {
  walk(model.program, (node) => {
    for (const child of wrappable(node)) {
      if (child !== null && child !== undefined && !/\brequire\b/u.test(model.textOf(child))) {
        edits.insert(rangeOf(child)[0], "(");
        edits.insert(rangeOf(child)[1], ")");
      }
    }
    return true;
  });
}

function statementLists(model: Model): (readonly Node[])[] {
  return [
    ...model.nodes("BlockStatement").map(({ body }) => body),
    ...model.nodes("SwitchCase").map(({ consequent }) => consequent),
  ];
}

function addComments(model: Model, edits: EditList): void {
  for (const list of statementLists(model)) {
    for (const statement of list) {
      edits.insert(rangeOf(statement)[0], "/* why */ ");
      edits.insert(rangeOf(statement)[1], " /* so */");
    }
  }
  for (const call of model.nodes("CallExpression")) {
    for (const argument of call.arguments) {
      edits.insert(rangeOf(argument)[0], "/* given */ ");
    }
  }
}

function isDirective(node: Node | undefined): boolean {
  return node?.type === "ExpressionStatement" && "directive" in node;
}

/** Statements at the start of blocks; behind a call of the callback they would not be irrelevant. */
function addStatements(model: Model, edits: EditList): void {
  model.nodes("BlockStatement").forEach((body: ESTree.BlockStatement, index) => {
    const [first] = childrenOf(body);
    if (!isDirective(first)) {
      edits.insert(rangeOf(body)[0] + 1, ` const irrelevant${String(index)} = ${String(index)};`);
    }
  });
}

/** Leaves out semicolons at the ends of lines, where the next line can't be taken for a continuation. */
function dropSemicolons(text: string): string {
  return text.replaceAll(/;(?=\n(?!\s*[([`+\-/.]))/gu, "");
}

/** Ways to write a program differently that must change neither verdict nor behaviour. */
export const variations: readonly Variation[] = [
  { name: "every local renamed", vary: (text) => edited(text, renameLocals) },
  { name: "redundant parentheses", vary: (text) => edited(text, addParentheses) },
  { name: "comments everywhere", vary: (text) => edited(text, addComments) },
  { name: "irrelevant statements", vary: (text) => edited(text, addStatements) },
  { name: "CRLF line endings", vary: (text) => text.replaceAll(/\r?\n/gu, "\r\n") },
  { name: "no semicolons", vary: dropSemicolons, isForGenerated: true },
  { name: "tabs", vary: (text) => text.replaceAll("  ", "\t"), isForGenerated: true },
  { name: "one line", vary: (text) => text.replaceAll(/\n\s*/gu, " "), isForGenerated: true },
];
