import { expect, it } from "vitest";
import { copyOf, nameAt, rewrite } from "../../../src/analysis/code/rewrite.ts";
import { childrenOf, rangeOf } from "../../../src/analysis/code/tree.ts";
import type { Node } from "../../../src/analysis/code/tree.ts";
import { modelOf } from "../support.ts";

function namesIn(node: Node): string[] {
  return [...(node.type === "Identifier" ? [node.name] : []), ...childrenOf(node).flatMap(namesIn)];
}

it("gives the tree itself when nothing changes", () => {
  const { program } = modelOf("f(a); g(b);");
  expect(rewrite(program, () => undefined)).toBe(program);
});

it("puts other nodes in the place of some, and keeps the others", () => {
  const { program } = modelOf("f(a); g(b);");
  const written = rewrite(program, (node) =>
    node.type === "Identifier" && node.name === "a" ? [nameAt("c", rangeOf(node))] : undefined,
  );
  expect(namesIn(written)).toEqual(["f", "c", "g", "b"]);
  expect(namesIn(program)).toEqual(["f", "a", "g", "b"]);
  expect(childrenOf(written)[1]).toBe(program.body[1]);
});

it("puts several statements into a list, and into a block where one must stand alone", () => {
  const twice = (node: Node, inner: Node): readonly Node[] | undefined =>
    node.type === "ExpressionStatement" ? [inner, copyOf(inner)] : undefined;
  expect(namesIn(rewrite(modelOf("f();").program, twice))).toEqual(["f", "f"]);
  const [statement] = childrenOf(rewrite(modelOf("if (a) f();").program, twice));
  expect(statement).toMatchObject({ consequent: { type: "BlockStatement" } });
});

it("copies a tree with nodes of its own", () => {
  const { program } = modelOf("f(a);");
  const copy = copyOf(program);
  expect(copy).toEqual(program);
  expect(childrenOf(copy)[0]).not.toBe(program.body[0]);
});
