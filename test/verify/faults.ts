import type * as ESTree from "estree";
import { createModel } from "../../src/analysis/code/model.ts";
import type { Model } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import { childrenOf, rangeOf, staticName } from "../../src/analysis/code/tree.ts";
import type { Node } from "../../src/analysis/code/tree.ts";
import { parseFunction } from "../../src/verify/contract/parse.ts";
import {
  asErrorProbe,
  awaitedAnyway,
  inAnyOrder,
  isPauseOnly,
  sentAnyway,
  unheardError,
  unusedResult,
} from "./harmless.ts";

/** A V2 text with one fault in it. */
export interface Fault {
  /** What was done, and where: unique in the file. */
  readonly name: string;
  readonly text: string;
  /** The code that it takes the place of. */
  readonly code: string;
  /** The right text, but that it ends its process where the fault stands: tells whether any run comes there. */
  readonly probe: string;
  /**
   * The right text, but that what the fault changes is a value which ends the process where anybody looks at it, and
   * nothing: where both do the same as the right text, nobody looks at it. None where it changes more than a value.
   */
  readonly unread: readonly string[];
  /** The top-level function that it stands in. */
  readonly within: string | undefined;
  /** Why nobody can see it, where its place in the text tells. */
  readonly harmless: string | undefined;
}

type Change = readonly [
  what: string,
  range: readonly [number, number],
  text: string,
  harmless?: string | undefined,
  more?: Probes | undefined,
];

/** What else tells whether a fault can be seen. */
interface Probes {
  /** The code in its place that ends the process where the fault makes a difference there. */
  readonly differs?: string;
  /** The code in its place that gives another value. */
  readonly value?: (given: string) => string;
}

/** The faults that a migration, or a person after it, could make in a text: one at a time. */
export function plantedFaults(text: string): Fault[] {
  const changes: Change[] = [];
  const model = createModel(parseSource(text));
  const { program } = model;
  visit(program, [], model, changes);
  const seen = new Set<string>();
  return changes.flatMap(([what, [start, end], replacement, harmless, { differs, value } = {}]) => {
    const faulty = text.slice(0, start) + replacement + text.slice(end);
    const line = text.slice(0, start).split("\n").length;
    if (seen.has(faulty) || !parses(faulty)) return [];
    seen.add(faulty);
    const name = `${what} at ${String(line)}:${String(start - text.lastIndexOf("\n", start - 1))}`;
    const around = { text, start, end };
    const probe = differs === undefined ? probeAt(text, what, start, end) : written(around, differs);
    const unread =
      value === undefined ? [] : [POISON + written(around, value("poison")), written(around, value("undefined"))];
    return [
      {
        name,
        text: faulty,
        code: text.slice(start, end),
        probe,
        unread,
        within: functionAround(program, start),
        harmless,
      },
    ];
  });
}

/** Ends the process when it is asked for anything; a promise asks each value for its `then`. */
const POISON =
  'var poison = new Proxy(function () {}, new Proxy({}, { get: (_, trap) => (of, key) => (trap === "get" && key === "then" ? undefined : process.exit()) })); ';

function written({ text, start, end }: { text: string; start: number; end: number }, code: string): string {
  return text.slice(0, start) + code + text.slice(end);
}

/** The text that ends its process where the fault would stand. */
function probeAt(text: string, what: string, start: number, end: number): string {
  const code = text.slice(start, end);
  // The name of a method: its call has no arguments yet.
  if (what.includes("for")) return `${text.slice(0, end + 1)}process.exit()${text.slice(end + 1)}`;
  const wrapped = /^lost (?:header|option)/u.test(what)
    ? `...(process.exit(), {}), ${code}`
    : /^(?:missing|lost|changed order)/u.test(what)
      ? `{ process.exit(); ${code} }`
      : `(process.exit(), ${code})`;
  return text.slice(0, start) + wrapped + text.slice(end);
}

function functionAround(program: ESTree.Program, place: number): string | undefined {
  const around = program.body.find((node) => rangeOf(node)[0] <= place && place < rangeOf(node)[1]);
  return around?.type === "FunctionDeclaration" ? around.id.name : undefined;
}

function parses(text: string): boolean {
  try {
    parseFunction(text, "module");
    return true;
  } catch {
    return false;
  }
}

/** @param around the nodes that it stands in, the innermost last */
function visit(node: Node, around: readonly Node[], model: Model, changes: Change[]): void {
  const unheard = unheardError(around);
  for (const [what, range, replacement, harmless, more] of changesOf(node, around, model)) {
    changes.push([what, range, replacement, harmless ?? unheard, more]);
  }
  for (const child of childrenOf(node)) visit(child, [...around, node], model, changes);
}

function changesOf(node: Node, around: readonly Node[], model: Model): Change[] {
  const { text } = model;
  const source = (of: Node): string => text.slice(...rangeOf(of));
  const parent = around.at(-1);
  switch (node.type) {
    case "AwaitExpression":
      return [droppedAwait(node, around, source)];
    case "IfStatement":
      return swappedIf(node, text);
    case "ConditionalExpression": {
      const swapped = `(!(${source(node.test)}) ? (${source(node.consequent)}) : (${source(node.alternate)}))`;
      return [
        ["swapped branch", rangeOf(node), swapped, undefined, isTested(node, parent) ? {} : valueOf(node, source)],
      ];
    }
    case "ThrowStatement":
      return [["missing throw", rangeOf(node), ";"]];
    case "ReturnStatement":
      // `return undefined;` does nothing else than what a lost result does.
      return node.argument && !isUndefined(node.argument) ? [lostResult(node, node.argument, around, source)] : [];
    case "LogicalExpression":
      return node.operator === "??" ? [] : [otherOperator(node, around, source)];
    case "BinaryExpression":
      return binaryChanges(node, source);
    case "CallExpression":
      return callChanges(node, source);
    case "Property":
      return parent?.type === "ObjectExpression" ? propertyChanges(node, around, source) : [];
    case "BlockStatement":
      return swappedEffects(node, model, source);
    default:
      return [];
  }
}

type Source = (of: Node) => string;

/** The value of an expression, once it has been found, in the place of which another one is given. */
function valueOf(node: Node, source: Source): Probes {
  return { value: (given) => `(void (${source(node)}), ${given})` };
}

function droppedAwait(node: ESTree.AwaitExpression, around: readonly Node[], source: Source): Change {
  const argument = source(node.argument);
  const differs = asErrorProbe(argument, around);
  const probes = { ...valueOf(node, source), ...(differs !== undefined && { differs }) };
  return ["dropped await", rangeOf(node), argument, awaitedAnyway(node, around), probes];
}

/** Whether a value counts as true or false alone. */
function isTested(node: Node, parent: Node | undefined): boolean {
  switch (parent?.type) {
    case "IfStatement":
    case "ConditionalExpression":
      return parent.test === node;
    case "UnaryExpression":
      return parent.operator === "!";
    default:
      return false;
  }
}

/** `if (test) target = value;` may change nothing but what the target holds. */
function swappedIf({ test, consequent, alternate }: ESTree.IfStatement, text: string): Change[] {
  const condition = text.slice(...rangeOf(test));
  const [only, ...others] = consequent.type === "BlockStatement" ? consequent.body : [consequent];
  const assigned =
    only?.type === "ExpressionStatement" && others.length === 0 && !alternate ? only.expression : undefined;
  if (assigned?.type !== "AssignmentExpression") return [["swapped branch", rangeOf(test), `!(${condition})`]];
  const target = text.slice(...rangeOf(assigned.left));
  const value = (given: string): string => `(${target} = ${given}, false)`;
  return [["swapped branch", rangeOf(test), `!(${condition})`, undefined, { value }]];
}

function isUndefined(node: Node): boolean {
  return node.type === "Identifier" && node.name === "undefined";
}

function lostResult(node: Node, argument: Node, around: readonly Node[], source: Source): Change {
  const value = (given: string): string => `return (void (${source(argument)}), ${given});`;
  return ["lost result", rangeOf(node), "return;", unusedResult(around), { value }];
}

function otherOperator(node: ESTree.LogicalExpression, around: readonly Node[], source: Source): Change {
  const parent = around.at(-1);
  const [left, right] = [source(node.left), source(node.right)];
  const faulty = `(${left}) ${node.operator === "&&" ? "||" : "&&"} (${right})`;
  const test = isTested(node, parent) ? "!l === !r" : "Object.is(l, r)";
  const differs = `((l, r) => (${test} || process.exit(), l ${node.operator} r))(${left}, ${right})`;
  // What it gives, and that it gives it: neither of them may be looked at.
  const isWaiting = /\b(?:await|yield)\b/u.test(left + right);
  const probes = isTested(node, parent) ? {} : valueOf(node, source);
  return [
    "other operator",
    rangeOf(node),
    faulty,
    isPauseOnly(node, around),
    isWaiting ? probes : { ...probes, differs },
  ];
}

function binaryChanges(node: ESTree.BinaryExpression, source: Source): Change[] {
  const { left, right } = node;
  if (left.type === "PrivateIdentifier") return [];
  const isStatus = right.type === "Literal" && typeof right.value === "number" && /===|!==|<|>/u.test(node.operator);
  return isStatus ? [["changed check", rangeOf(right), `${source(right)}1`]] : [];
}

function callChanges(node: ESTree.CallExpression, source: Source): Change[] {
  if (node.callee.type !== "MemberExpression") return [];
  const name = staticName(node.callee);
  const [first] = node.arguments;
  const range = rangeOf(node.callee.property);
  if (name === "json" && node.arguments.length === 0) return [["text() for json()", range, "text"]];
  if (name === "text" && node.arguments.length === 0) return [["json() for text()", range, "json"]];
  if (name === "readSecret" && first?.type === "Literal") return [["wrong secret", rangeOf(first), `"wrong-secret"`]];
  if (/^(?:info|log|warn|error)$/u.test(name ?? "") && first !== undefined) {
    return [["other log", rangeOf(first), `"changed", ${source(first)}`]];
  }
  return [];
}

function propertyChanges(node: ESTree.Property, around: readonly Node[], source: Source): Change[] {
  const name = node.key.type === "Identifier" ? node.key.name : source(node.key);
  const isHeader = /^["']?(?:[A-Z][\w-]*|accept|authorization|x-[\w-]+)["']?$/u.test(name);
  const changes: Change[] = isHeader ? [["lost header", rangeOf(node), "", sentAnyway(node, around)]] : [];
  if (name === "redirect") changes.push(["lost option", rangeOf(node), ""]);
  if (name === "method") changes.push(["other method", rangeOf(node.value), `"LOCK"`]);
  if (name === "body") changes.push(["other body", rangeOf(node.value), `"changed"`]);
  return changes.map(([what, range, replacement, harmless]): Change => [
    what,
    range,
    replacement === "" ? "...{}" : replacement,
    harmless,
  ]);
}

/** Two statements in a row that call something, the other way round. */
function swappedEffects(node: ESTree.BlockStatement, model: Model, source: Source): Change[] {
  return node.body.flatMap((statement, index): Change[] => {
    const next = node.body[index + 1];
    if (statement.type !== "ExpressionStatement" || next?.type !== "ExpressionStatement") return [];
    const range = [rangeOf(statement)[0], rangeOf(next)[1]] as const;
    const harmless = inAnyOrder(model, statement.expression, next.expression);
    return [["changed order", range, `${source(next)}\n${source(statement)}`, harmless]];
  });
}
