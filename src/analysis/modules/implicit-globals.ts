import type { Reference } from "eslint-scope";
import type * as ESTree from "estree";
import { callOf } from "../code/called.ts";
import { commonJsNames, isNodeGlobal } from "../../platform/runtime-names.ts";
import { isFunction, rangeOf, staticName, walk } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { findEarlyRead } from "../control/early-read.ts";
import { findHandler } from "../code/handler.ts";
import type { Model } from "../code/model.ts";
import { findModuleUses } from "./uses.ts";
import { findNamedFunctions } from "../code/named-functions.ts";
import type { NamedFunctions } from "../code/named-functions.ts";

/** Where the declaration of an implicit global goes. */
export type DeclarationPlace =
  /** The first assignment becomes the declaration: an expression statement, or the head of a loop. */
  | { readonly kind: "in-place"; readonly target: Node; readonly keyword: "const" | "let" }
  /** A statement of its own in front of the first statement that needs it. */
  | { readonly kind: "before"; readonly statement: Node }
  /** A statement of its own at the beginning of the module. */
  | { readonly kind: "module" };

/** A name that is assigned but declared nowhere: in sloppy mode the assignment makes a property of the global object. */
export interface ImplicitGlobal {
  readonly name: string;
  /** The first assignment in the text. */
  readonly node: Node;
  /** Why no declaration is certain to keep the behaviour, as words behind “The assignment to `name`”; or where it goes. */
  readonly plan:
    { readonly why: string } | { readonly place: DeclarationPlace; readonly owner: FunctionNode | undefined };
}

/** One implicit global with all that mentions it. */
interface Mentions {
  readonly name: string;
  readonly references: readonly Reference[];
}

/** What all names of a file share. */
interface FileFacts {
  readonly model: Model;
  readonly functions: NamedFunctions;
  readonly handler: FunctionNode | undefined;
}

/** Names that a sloppy script can use as variables and a module can't. */
const RESERVED = /^(?:await|enum|implements|interface|let|package|private|protected|public|static|yield)$/u;
const UNDECLARED = ", which is declared nowhere,";

/** Methods that call a function which they get only while they run. */
const ELEMENT_METHODS = new Set(
  "every filter find findIndex findLast flatMap forEach map reduce reduceRight replace some sort".split(" "),
);

/** Finds the implicit globals of a file, in the order of their first assignments. */
export function findImplicitGlobals(model: Model): ImplicitGlobal[] {
  const through = model.scopeManager.globalScope?.through ?? [];
  const names = new Set(through.filter((reference) => reference.isWrite()).map(({ identifier }) => identifier.name));
  if (names.size === 0) {
    return [];
  }
  const facts = { model, functions: findNamedFunctions(model), handler: findHandler(model)?.node };
  const byName = new Map<string, Reference[]>([...names].map((name) => [name, []]));
  for (const reference of through.toSorted((a, b) => startOf(a) - startOf(b))) {
    byName.get(reference.identifier.name)?.push(reference);
  }
  return [...byName]
    .map(([name, references]) => {
      const write = references.find((reference) => reference.isWrite());
      return { name, node: write?.identifier as Node, plan: planFor(facts, { name, references }) };
    })
    .toSorted((a, b) => rangeOf(a.node)[0] - rangeOf(b.node)[0]);
}

function startOf({ identifier }: Reference): number {
  return rangeOf(identifier as Node)[0];
}

function planFor(facts: FileFacts, mentions: Mentions): ImplicitGlobal["plan"] {
  const { model, functions, handler } = facts;
  const { name } = mentions;
  if (commonJsNames.has(name) || name === "arguments" || RESERVED.test(name)) {
    return { why: UNDECLARED };
  }
  if (mentions.references.some((reference) => reference.isWrite() && reference.from.isStrict)) {
    return { why: ", which is declared nowhere and fails in V1 already because the code is strict," };
  }
  if (isNodeGlobal(name)) {
    return { why: ", a global of Node.js," };
  }
  if (model.handlerNames.has(name)) {
    return { why: `${UNDECLARED} although it is the handler,` };
  }
  if (handler === undefined) {
    return { why: `${UNDECLARED} in a file without a top-level handler` };
  }
  const reach = globalObjectUse(model, name);
  if (reach !== undefined) {
    return { why: `${UNDECLARED} while ${lineOf(model, reach)} can reach it as a property of the global object` };
  }
  const early = findEarlyRead({ model, functions, handler, name, trustsTypeof: true });
  if (early !== undefined) {
    return { why: `${UNDECLARED} while ${lineOf(model, early)} may read it before it has a value,` };
  }
  const owner = ownerOf(facts, mentions);
  const isOwn =
    owner !== undefined && findEarlyRead({ model, functions, handler, name, trustsTypeof: false }) === undefined;
  const place = isOwn ? placeIn(model, owner, mentions) : undefined;
  return place === undefined ? { place: moduleFormOf(facts, mentions), owner: undefined } : { place, owner };
}

function lineOf(model: Model, node: Node): string {
  return `line ${String(model.placeOf(rangeOf(node)[0]).line)}`;
}

/** Code that can mean a global by another way than its name: `globalThis.name`, `new Function(…)`, `vm`. */
function globalObjectUse(model: Model, name: string): Node | undefined {
  const uses = (model.scopeManager.globalScope?.through ?? []).filter(({ identifier }) => {
    const parent = model.parentOf(identifier as Node);
    if (identifier.name === "globalThis" || identifier.name === "global") {
      const member =
        parent?.type === "MemberExpression" && parent.object === identifier ? staticName(parent) : undefined;
      return member === undefined || member === name || ["globalThis", "global", "Function", "eval"].includes(member);
    }
    return identifier.name === "Function" || identifier.name === "eval";
  });
  const vm = findModuleUses(model).find(({ source }) => /^(?:node:)?vm$/u.test(source));
  return (uses[0]?.identifier as Node | undefined) ?? vm?.node;
}

/** The function around a node, where functions that array methods call at once count as part of the code around them. */
function straightFunction(model: Model, node: Node): FunctionNode | undefined {
  let current = model.functionOf(node);
  while (current !== null && isElementCallback(model, current)) {
    current = model.functionOf(current);
  }
  return current ?? undefined;
}

function isElementCallback(model: Model, node: FunctionNode): boolean {
  const call = model.parentOf(node);
  return (
    node.type !== "FunctionDeclaration" &&
    node.async !== true &&
    node.generator !== true &&
    call?.type === "CallExpression" &&
    call.arguments.includes(node) &&
    call.callee.type === "MemberExpression" &&
    ELEMENT_METHODS.has(staticName(call.callee) ?? "")
  );
}

/**
 * The function that may have the name for itself: it holds all that mentions it, nothing in it runs later, and it is
 * never entered again before it has ended.
 */
function ownerOf({ model, functions, handler }: FileFacts, { references }: Mentions): FunctionNode | undefined {
  const owners = new Set(references.map(({ identifier }) => straightFunction(model, identifier as Node)));
  const [owner] = owners;
  if (owners.size !== 1 || owner === undefined || handler === undefined) {
    return undefined;
  }
  const isSettled = owner === handler || (owner.async !== true && owner.generator !== true);
  return isSettled && isEnteredOnce(model, functions, handler, owner, new Set()) ? owner : undefined;
}

/** True for a function that is only ever called straight from the handler: not by itself, and not by what it calls. */
function isEnteredOnce(
  model: Model,
  functions: NamedFunctions,
  handler: FunctionNode,
  node: FunctionNode,
  above: ReadonlySet<FunctionNode>,
): boolean {
  const variable = functions.variableOf(node);
  const uses = variable?.references.filter((reference) => reference.init !== true) ?? [];
  if (variable === undefined || above.has(node) || functions.nodesOf(variable).length > 1) {
    return false;
  }
  if (node === handler) {
    return uses.length === 0;
  }
  return uses.every(({ identifier }) => {
    const caller = straightFunction(model, identifier as Node);
    const isCall = callOf(model, identifier as Node) !== undefined;
    return (
      isCall && caller !== undefined && isEnteredOnce(model, functions, handler, caller, new Set([...above, node]))
    );
  });
}

const LOOPS = new Set(["ForStatement", "ForInStatement", "ForOfStatement", "WhileStatement", "DoWhileStatement"]);

/** The place inside the owner: the head of a loop, the first assignment, or a statement in the innermost block. */
function placeIn(model: Model, owner: FunctionNode, mentions: Mentions): DeclarationPlace | undefined {
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

function isInside(node: Node, holder: Node): boolean {
  return rangeOf(node)[0] >= rangeOf(holder)[0] && rangeOf(node)[1] <= rangeOf(holder)[1];
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
function moduleFormOf({ model }: FileFacts, mentions: Mentions): DeclarationPlace {
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
