import type { Reference } from "eslint-scope";
import type * as ESTree from "estree";
import type { Model } from "../code/model.ts";
import { isFunction, isInside, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";

/** Where the declaration of an implicit global goes. */
export type DeclarationPlace =
  /** The first assignment becomes the declaration: an expression statement, or the head of a loop. */
  | { readonly kind: "in-place"; readonly target: Node; readonly keyword: "const" | "let" }
  /** A statement of its own in front of the first statement that needs it. */
  | { readonly kind: "before"; readonly statement: Node }
  /** A statement of its own at the beginning of the module. */
  | { readonly kind: "module" };

/** One implicit global with all that mentions it. */
export interface Mentions {
  readonly name: string;
  readonly references: readonly Reference[];
}

const LOOPS = new Set(["ForStatement", "ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement"]);

/** The place inside the owner: the head of a loop, the first assignment, or a statement in the innermost block. */
export function placeIn(model: Model, owner: FunctionNode, mentions: Mentions): DeclarationPlace | undefined {
  const { references } = mentions;
  const nodes = references.map(({ identifier }) => identifier as Node);
  const isCaptured = nodes.some((node) => model.functionOf(node) !== owner);
  const common = (holder: Node): boolean => nodes.every((node) => isInside(node, holder));
  let block: ESTree.BlockStatement | undefined;
  for (let at = model.parentOf(nodes[0] ?? owner); at !== null && at !== owner; at = model.parentOf(at)) {
    const head = !isCaptured && model.functionOf(at) === owner && common(at) ? loopHead(at, mentions) : undefined;
    if (head !== undefined) {
      return head;
    }
    if (isCaptured && LOOPS.has(at.type)) {
      block = undefined;
    }
    if (at.type === "BlockStatement" && block === undefined && model.functionOf(at) === owner && common(at)) {
      block = at;
    }
  }
  return block === undefined ? undefined : inBlock(model, block.body, mentions);
}

function keywordFor({ references }: Mentions): "const" | "let" {
  return references.filter((reference) => reference.isWrite()).length > 1 ? "let" : "const";
}

/** `for (i = 0; …)`, `for (item of list)`, when the name means nothing behind the loop. */
function loopHead(loop: Node, mentions: Mentions): DeclarationPlace | undefined {
  const [first] = mentions.references;
  const isHere = (node: Node): boolean => node === first?.identifier;
  const isIn = (holder: Node): boolean =>
    mentions.references.some(({ identifier }) => isInside(identifier as Node, holder));
  if (loop.type === "ForStatement" && loop.init?.type === "AssignmentExpression" && loop.init.operator === "=") {
    const { init } = loop;
    const isOwn = isHere(init.left) && !isIn(init.right) && init.right.type !== "AssignmentExpression";
    return isOwn ? { kind: "in-place", target: init, keyword: keywordFor(mentions) } : undefined;
  }
  if ((loop.type === "ForInStatement" || loop.type === "ForOfStatement") && isHere(loop.left) && !isIn(loop.right)) {
    return { kind: "in-place", target: loop.left, keyword: keywordFor(mentions) };
  }
  return undefined;
}

/** The statement whose assignment can become the declaration: it comes before all else that mentions the name. */
function assignmentFor(
  model: Model,
  body: readonly Node[],
  mentions: Mentions,
): ESTree.ExpressionStatement | undefined {
  const { references } = mentions;
  const [first] = references.filter(({ identifier }) => !isInDeclaredFunction(model, identifier as Node, body));
  const statement = first === undefined ? undefined : model.statementOf(first.identifier as Node);
  if (statement?.type !== "ExpressionStatement" || !body.includes(statement)) {
    return undefined;
  }
  const { expression } = statement;
  const isPlain =
    expression.type === "AssignmentExpression" &&
    expression.operator === "=" &&
    expression.left === first?.identifier &&
    expression.right.type !== "AssignmentExpression" &&
    (isFunction(expression.right) ||
      !references.some(({ identifier }) => isInside(identifier as Node, expression.right)));
  return isPlain ? statement : undefined;
}

/** True for a name inside a function that is declared in the block, and could be called above its declaration. */
function isInDeclaredFunction(model: Model, node: Node, body: readonly Node[]): boolean {
  return body.some((statement) => statement.type === "FunctionDeclaration" && isInside(node, statement));
}

function inBlock(model: Model, body: readonly Node[], mentions: Mentions): DeclarationPlace | undefined {
  const { references } = mentions;
  const isHoisted = references.some(({ identifier }) => isInDeclaredFunction(model, identifier as Node, body));
  const assignment = isHoisted ? undefined : assignmentFor(model, body, mentions);
  if (assignment !== undefined) {
    return { kind: "in-place", target: assignment, keyword: keywordFor(mentions) };
  }
  const statement = isHoisted
    ? body.find((each) => !("directive" in each))
    : body.find((each) => references.some(({ identifier }) => isInside(identifier as Node, each)));
  return statement === undefined ? undefined : { kind: "before", statement };
}

/** At module level: the assignment itself, when nothing of the file can have run before it. */
export function moduleFormOf(model: Model, mentions: Mentions): DeclarationPlace {
  const { body } = model.program;
  const statement = assignmentFor(model, body, mentions);
  const before = statement === undefined ? [] : body.slice(0, body.indexOf(statement) + 1);
  return statement !== undefined && before.every((each) => callsNothingOfTheFile(model, each))
    ? { kind: "in-place", target: statement, keyword: keywordFor(mentions) }
    : { kind: "module" };
}

/** True when running a top-level statement can't run a function of the file. */
function callsNothingOfTheFile(model: Model, statement: Node): boolean {
  let isQuiet = true;
  const holdsCode = (node: Node): boolean => {
    let isFound = false;
    walk(node, (inner) => {
      isFound ||= isFunction(inner) || inner.type === "ClassBody";
      return !isFound;
    });
    return isFound;
  };
  const isOwnCode = (node: Node): boolean => {
    const definitions = model.variableOf(node)?.defs ?? [];
    return definitions.some((definition) => holdsCode(definition.node));
  };
  walk(statement, (node) => {
    if (isFunction(node)) {
      return false;
    }
    if (node.type === "CallExpression" || node.type === "NewExpression" || node.type === "TaggedTemplateExpression") {
      walk(node, (inner) => {
        isQuiet &&= !isFunction(inner) && !(inner.type === "Identifier" && isOwnCode(inner));
        return isQuiet;
      });
    }
    return isQuiet;
  });
  return isQuiet;
}
