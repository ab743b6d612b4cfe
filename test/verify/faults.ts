import type * as ESTree from "estree";
import { childrenOf, rangeOf, staticName } from "../../src/analysis/code/tree.ts";
import type { Node } from "../../src/analysis/code/tree.ts";
import { parseFunction } from "../../src/verify/contract/parse.ts";

/** A V2 text with one fault in it. */
export interface Fault {
  /** What was done, and where: unique in the file. */
  readonly name: string;
  readonly text: string;
}

type Change = readonly [what: string, range: readonly [number, number], text: string];

/** The faults that a migration, or a person after it, could make in a text: one at a time. */
export function plantedFaults(text: string): Fault[] {
  const changes: Change[] = [];
  visit(parseFunction(text, "module"), undefined, text, changes);
  const seen = new Set<string>();
  return changes.flatMap(([what, [start, end], replacement]) => {
    const faulty = text.slice(0, start) + replacement + text.slice(end);
    const line = text.slice(0, start).split("\n").length;
    if (seen.has(faulty) || !parses(faulty)) return [];
    seen.add(faulty);
    return [{ name: `${what} at ${String(line)}:${String(start - text.lastIndexOf("\n", start - 1))}`, text: faulty }];
  });
}

function parses(text: string): boolean {
  try {
    parseFunction(text, "module");
    return true;
  } catch {
    return false;
  }
}

function visit(node: Node, parent: Node | undefined, text: string, changes: Change[]): void {
  changes.push(...changesOf(node, parent, text));
  for (const child of childrenOf(node)) visit(child, node, text, changes);
}

function changesOf(node: Node, parent: Node | undefined, text: string): Change[] {
  const source = (of: Node): string => text.slice(...rangeOf(of));
  switch (node.type) {
    case "AwaitExpression":
      return [["dropped await", rangeOf(node), source(node.argument)]];
    case "IfStatement":
    case "ConditionalExpression":
      return [["swapped branch", rangeOf(node.test), `!(${source(node.test)})`]];
    case "ThrowStatement":
      return [["missing throw", rangeOf(node), ";"]];
    case "ReturnStatement":
      return node.argument ? [["lost result", rangeOf(node), "return;"]] : [];
    case "LogicalExpression":
      return node.operator === "??"
        ? []
        : [
            [
              "other operator",
              rangeOf(node),
              `(${source(node.left)}) ${node.operator === "&&" ? "||" : "&&"} (${source(node.right)})`,
            ],
          ];
    case "BinaryExpression":
      return binaryChanges(node, source);
    case "CallExpression":
      return callChanges(node, source);
    case "Property":
      return parent?.type === "ObjectExpression" ? propertyChanges(node, source) : [];
    case "BlockStatement":
      return swappedEffects(node, source);
    default:
      return [];
  }
}

type Source = (of: Node) => string;

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

function propertyChanges(node: ESTree.Property, source: Source): Change[] {
  const name = node.key.type === "Identifier" ? node.key.name : source(node.key);
  const isHeader = /^["']?(?:[A-Z][\w-]*|accept|authorization|x-[\w-]+)["']?$/u.test(name);
  const changes: Change[] = isHeader ? [["lost header", rangeOf(node), ""]] : [];
  if (name === "redirect") changes.push(["lost option", rangeOf(node), ""]);
  if (name === "method") changes.push(["other method", rangeOf(node.value), `"LOCK"`]);
  if (name === "body") changes.push(["other body", rangeOf(node.value), `"changed"`]);
  return changes.map(([what, range, replacement]): Change => [what, range, replacement === "" ? "...{}" : replacement]);
}

/** Two statements in a row that call something, the other way round. */
function swappedEffects(node: ESTree.BlockStatement, source: Source): Change[] {
  return node.body.flatMap((statement, index): Change[] => {
    const next = node.body[index + 1];
    if (statement.type !== "ExpressionStatement" || next?.type !== "ExpressionStatement") return [];
    const range = [rangeOf(statement)[0], rangeOf(next)[1]] as const;
    return [["changed order", range, `${source(next)}\n${source(statement)}`]];
  });
}
