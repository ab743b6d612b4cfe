import { globalPath, variableNamed } from "../code/names.ts";
import type { Reference } from "eslint-scope";
import type * as ESTree from "estree";
import { commonJsNames, isNodeGlobal } from "../../platform/runtime-names.ts";
import { isFunction, isInside, rangeOf, staticName } from "../code/tree.ts";
import type { FunctionNode, Node } from "../code/tree.ts";
import { findDeadCode } from "./dead-code.ts";
import { findExports } from "./exports.ts";
import { moduleProblem, moduleProblemOf } from "../code/parse.ts";
import { usesArgumentValues } from "../code/own-arguments.ts";
import { findImplicitGlobals } from "./implicit-globals.ts";
import type { Model } from "../code/model.ts";
import { isWritten } from "../code/writes.ts";
import { boxedThis } from "./boxed-this.ts";
import { lostWrites } from "./lost-writes.ts";
import { isOwnThis } from "./own-this.ts";
import type { SloppyShape } from "./sloppy-shape.ts";
import { findRequires } from "./uses.ts";

/** A use of what only CommonJS provides. */
export interface CommonJsUse {
  readonly name: string;
  readonly node: Node;
}

function unresolved(model: Model): readonly Reference[] {
  return model.unresolved;
}

function offsetOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

/** Syntax that a module does not have: `with`, octal literals, `delete name`, `await` as a name, double parameters. */
function syntaxShapes(model: Model, dead: readonly Node[]): SloppyShape[] {
  const problem = dead.length === 0 ? moduleProblemOf(model) : moduleProblem(without(model, dead));
  if (problem !== undefined) {
    return [{ what: `This syntax (${problem.message})`, offset: problem.offset }];
  }
  // In front of an expression, a module reads the name as the keyword: `await` and a line break are other code there.
  const awaits = unresolved(model).filter(({ identifier }) => identifier.name === "await");
  return awaits.map(({ identifier }) => ({ what: "`await` as a name", offset: offsetOf(identifier as Node) }));
}

/** The text with blanks in the place of statements that go: a function may stand in a script twice. */
function without(model: Model, statements: readonly Node[]): string {
  return statements.reduce((text, statement) => {
    const [start, end] = rangeOf(statement);
    return text.slice(0, start) + text.slice(start, end).replaceAll(/[^\n]/gu, " ") + text.slice(end);
  }, model.text);
}

function implicitGlobals(model: Model): SloppyShape[] {
  return findImplicitGlobals(model).map(({ name, node, plan }) => ({
    what: `The assignment to \`${name}\`${"why" in plan ? plan.why : ", which is declared nowhere,"}`,
    offset: offsetOf(node),
  }));
}

function thisUses(model: Model): SloppyShape[] {
  const { receivers } = findDeadCode(model);
  return model
    .nodes("ThisExpression")
    .filter((node) => !receivers.has(node) && !isOwnThis(model, node))
    .map((node) => ({ what: "`this` in a plain function", offset: offsetOf(node) }));
}

function isArgumentsMember(model: Model, node: Node): node is ESTree.MemberExpression {
  return node.type === "MemberExpression" && model.isGlobal(node.object, "arguments");
}

function argumentsUses(model: Model): SloppyShape[] {
  const shapes: SloppyShape[] = [];
  for (const member of model.nodes("MemberExpression")) {
    if (isArgumentsMember(model, member) && ["callee", "caller"].includes(staticName(member) ?? "")) {
      shapes.push({ what: `\`arguments.${String(staticName(member))}\``, offset: offsetOf(member) });
    }
  }
  const functions: FunctionNode[] = [...model.nodes("FunctionDeclaration"), ...model.nodes("FunctionExpression")];
  for (const node of functions) {
    if (model.scopeAt(node).isStrict) continue;
    const writesParameter = node.params.some(
      (parameter) =>
        parameter.type === "Identifier" &&
        model.variableOf(parameter)?.references.some((reference) => reference.isWrite()) === true,
    );
    const writesArguments = model.nodes("AssignmentExpression").some(({ left }) => isArgumentsMember(model, left));
    // Only plain parameters are tied to it, and only in sloppy mode.
    const isTied =
      node.params.every((parameter) => parameter.type === "Identifier") && !model.scopeAt(node.body).isStrict;
    if (isTied && (writesParameter || writesArguments) && usesArgumentValues(model, node)) {
      shapes.push({ what: "`arguments` that changes with the parameters", offset: offsetOf(node) });
    }
  }
  return shapes;
}

/** `name.caller` and `name.arguments` of a function of the file: sloppy functions have them, strict ones throw. */
function callStackUses(model: Model): SloppyShape[] {
  return model.nodes("MemberExpression").flatMap((member) => {
    const name = staticName(member);
    const isAsked = name === "caller" || name === "arguments";
    const [definition] = isAsked ? (model.variableOf(member.object)?.defs ?? []) : [];
    const isOwnFunction =
      definition?.type === "FunctionName" ||
      (definition?.type === "Variable" && definition.node.init && isFunction(definition.node.init));
    return isAsked && isOwnFunction === true ? [{ what: `\`${name}\` of a function`, offset: offsetOf(member) }] : [];
  });
}

/** Functions declared in a block and used outside of it: visible there in sloppy mode only. */
function blockFunctions(model: Model): SloppyShape[] {
  const nested = model.nodes("FunctionDeclaration").filter((node) => {
    const parent = model.parentOf(node);
    return parent?.type === "SwitchCase" || (parent?.type === "BlockStatement" && !isFunctionBody(model, node));
  });
  const names = new Set(nested.map((node) => node.id.name));
  const what = (name: string): string => `The function \`${name}\`, declared in a block and used outside of it,`;
  const used = unresolved(model).filter(({ identifier }) => names.has(identifier.name));
  const hiding = nested.filter((node) => isKnownAround(model, node));
  return [
    ...used.map(({ identifier }) => ({ what: what(identifier.name), offset: offsetOf(identifier as Node) })),
    ...hiding.map((node) => ({ what: what(node.id.name), offset: offsetOf(node) })),
  ];
}

/** True when the name of a function in a block also means something around the block, where sloppy mode assigns it. */
function isKnownAround(model: Model, { id }: { readonly id: ESTree.Identifier }): boolean {
  const around = model.variableOf(id)?.scope.upper;
  return around !== null && around !== undefined && variableNamed(model, id.name, around) !== undefined;
}

/** Writes to the name of a function expression inside of it: ignored in sloppy mode, a TypeError in strict mode. */
function ownNameWrites(model: Model): SloppyShape[] {
  return model.nodes("FunctionExpression").flatMap(({ id }) => {
    const writes = id ? (model.variableOf(id)?.references.filter((reference) => reference.isWrite()) ?? []) : [];
    return writes.map(({ identifier }) => ({
      what: `The assignment to \`${identifier.name}\`, the name of the function around it,`,
      offset: offsetOf(identifier as Node),
    }));
  });
}

function isFunctionBody(model: Model, node: Node): boolean {
  const block = model.parentOf(node);
  const owner = block === null ? null : model.parentOf(block);
  return owner !== null && isFunction(owner);
}

/** `eval(…)` by its own name: it can read and declare the names around it, so that no name there can be followed. */
export function evalCalls(model: Model): SloppyShape[] {
  return model
    .nodes("CallExpression")
    .filter(({ callee }) => model.isGlobal(callee, "eval"))
    .map((call) => ({ what: "`eval`, which can declare names around it,", offset: offsetOf(call) }));
}

/**
 * All shapes of a CommonJS file that strict mode would break.
 *
 * @param dead statements that go
 */
export function sloppyShapes(model: Model, dead: readonly Node[] = []): SloppyShape[] {
  // With `eval` the names of the file are unknown, and all of them would look undeclared.
  const implicit = evalCalls(model).length > 0 ? [] : implicitGlobals(model);
  return [...otherSloppyShapes(model, dead), ...implicit];
}

/** The same without assignments to names that are declared nowhere: those can get a declaration. */
export function otherSloppyShapes(model: Model, dead: readonly Node[] = []): SloppyShape[] {
  const evals = evalCalls(model);
  return evals.length > 0
    ? [...syntaxShapes(model, dead), ...evals]
    : [thisUses, boxedThis, argumentsUses, callStackUses, blockFunctions, ownNameWrites, lostWrites].reduce(
        (shapes, find) => [...shapes, ...find(model)],
        syntaxShapes(model, dead),
      );
}

/** All uses of CommonJS variables, `require` calls left out. */
export function commonJsUses(model: Model): CommonJsUse[] {
  const requires = new Set<Node>(findRequires(model).map(({ callee }) => callee));
  return unresolved(model)
    .filter(({ identifier }) => commonJsNames.has(identifier.name) && !requires.has(identifier as Node))
    .map(({ identifier }) => ({ name: identifier.name, node: identifier as Node }));
}

/**
 * The uses of CommonJS variables that stay when exports go which only other files can see.
 *
 * @param dead statements that go
 */
export function neededCommonJsUses(model: Model, dead: readonly Node[] = []): CommonJsUse[] {
  const { known } = findExports(model);
  const isDead = (node: Node): boolean => dead.some((statement) => isInside(node, statement));
  return commonJsUses(model).filter(({ node }) => !known.has(node) && !isDead(node));
}

/** Names that are read, though nothing declares them and Node.js provides no such global; each once. */
export function undeclaredNames(model: Model): CommonJsUse[] {
  const assigned = unresolved(model).filter((reference) => reference.isWrite());
  // `globalThis.hits = 0` makes the name as well.
  const members = model.nodes("MemberExpression").filter((member) => isWritten(model, member));
  const made = members.flatMap((member) => globalPath(model, member) ?? []);
  const seen = new Set([...assigned.map(({ identifier }) => identifier.name), ...made]);
  return unresolved(model)
    .filter((reference) => {
      const { name } = reference.identifier;
      const isKnown = isNodeGlobal(name) || commonJsNames.has(name) || name === "arguments";
      const isNew = !seen.has(name);
      seen.add(name);
      return reference.isReadOnly() && !isKnown && isNew && !isTypeof(model, reference);
    })
    .map(({ identifier }) => ({ name: identifier.name, node: identifier as Node }));
}

function isTypeof(model: Model, { identifier }: Reference): boolean {
  const parent = model.parentOf(identifier as Node);
  return parent?.type === "UnaryExpression" && parent.operator === "typeof";
}
