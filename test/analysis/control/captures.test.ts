import { expect, it } from "vitest";
import { isFunction } from "../../../src/analysis/code/tree.ts";
import type { FunctionNode, Node } from "../../../src/analysis/code/tree.ts";
import { Captures } from "../../../src/analysis/control/captures.ts";
import { argumentOf, modelOf } from "../support.ts";

/** The callback is `c`, `help(…)` settles, and `planned` is a function that is planned by itself. */
function ask(text: string): { closes: boolean; handsOn: boolean; escapes: number } {
  const model = modelOf(text);
  const escapes = new Set<Node>();
  const isNamed = (node: Node, name: string): boolean => node.type === "Identifier" && node.name === name;
  const hoistedFunction = (name: Node): FunctionNode | undefined => {
    const [definition] = model.variableOf(name)?.defs ?? [];
    return definition?.type === "FunctionName" && isFunction(definition.node) ? definition.node : undefined;
  };
  const captures = new Captures(
    {
      isCallback: (node) => isNamed(node, "c"),
      isDelegate: ({ callee }) => isNamed(callee, "help"),
      isHelper: (node) => node.type === "FunctionDeclaration" && isNamed(node.id, "planned"),
      hoistedFunction,
    },
    escapes,
  );
  const node = argumentOf(model, "f");
  return { closes: captures.closes(node), handsOn: captures.handsOn(node), escapes: escapes.size };
}

it.each([
  ["f(() => c());", { closes: true, handsOn: false, escapes: 1 }],
  ["f(() => () => c(c));", { closes: true, handsOn: false, escapes: 2 }],
  ["f(() => 1);", { closes: false, handsOn: false, escapes: 0 }],
  ["f(() => help(1));", { closes: true, handsOn: false, escapes: 0 }],
  // By way of another function of the file, however long the way is.
  ["function a() { c(); } f(() => a());", { closes: true, handsOn: false, escapes: 1 }],
  ["function a() { b(); } function b() { a(); c(); } f(() => a());", { closes: true, handsOn: false, escapes: 1 }],
  ["function planned() { c(); } f(() => planned());", { closes: false, handsOn: false, escapes: 0 }],
])("%s", (text, expected) => {
  expect(ask(text)).toEqual(expected);
});

it.each([
  ["function a() { c(); } f(a);", true],
  ["function a() { return 1; } f(a);", false],
  ["function planned() { c(); } f(planned);", false],
  ["const a = () => c(); f(a);", false],
])("%s hands the callback on by a name: %j", (text, expected) => {
  expect(ask(text).handsOn).toBe(expected);
});
