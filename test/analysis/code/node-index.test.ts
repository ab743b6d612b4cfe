import { parse } from "acorn";
import type * as ESTree from "estree";
import { expect, it } from "vitest";
import { MAX_DEPTH } from "../../../src/analysis/code/depth.ts";
import { indexLintedNodes, indexNodes } from "../../../src/analysis/code/node-index.ts";
import { rangeOf } from "../../../src/analysis/code/tree.ts";

function programOf(text: string): ESTree.Program {
  return parse(text, { ecmaVersion: 2024, ranges: true }) as unknown as ESTree.Program;
}

it("knows the node above, and all nodes of a type in source order", () => {
  const program = programOf("a(b, [, c]); d = `${e}`;");
  const { parentOf, byType, tooDeep } = indexNodes(program);
  const names = (byType.get("Identifier") ?? []).map((node) => (node.type === "Identifier" ? node.name : ""));
  expect(names).toEqual(["a", "b", "c", "d", "e"]);
  expect(parentOf(program)).toBeNull();
  const [call] = byType.get("CallExpression") ?? [];
  expect((byType.get("Identifier") ?? []).slice(0, 3).map((node) => parentOf(node)?.type)).toEqual([
    "CallExpression",
    "CallExpression",
    "ArrayExpression",
  ]);
  expect(call && parentOf(call)?.type).toBe("ExpressionStatement");
  expect(tooDeep).toBeUndefined();
});

it("takes the nodes above from a linter, but only where it has told all of them", () => {
  const program = programOf("a(b);");
  const { parentOf, byType } = indexNodes(program);
  const nodes = [...byType.values()].flat();
  expect(nodes.map((node) => indexLintedNodes(program).parentOf(node))).toEqual(nodes.map(parentOf));
  for (const node of nodes) Reflect.set(node, "parent", parentOf(node));
  expect(nodes.map((node) => indexLintedNodes(program).parentOf(node))).toEqual(nodes.map(parentOf));
  expect(indexLintedNodes(program).parentOf({ type: "EmptyStatement" })).toBeNull();
});

it("stops where the code is nested too deeply, and says at which node", () => {
  const levels = MAX_DEPTH + 10;
  const { tooDeep, byType } = indexNodes(programOf(`a = ${"!".repeat(levels)}b; c;`));
  // Above the first operator stand the program, the statement and the assignment.
  expect(tooDeep && rangeOf(tooDeep)[0]).toBe("a = ".length + MAX_DEPTH - 3);
  expect(byType.get("UnaryExpression")).toHaveLength(MAX_DEPTH - 3);
});
