import { expect, it } from "vitest";
import { literalArgument } from "../../../src/analysis/values/literal-argument.ts";
import { argumentOf, modelOf } from "../support.ts";

it.each<[string, string[] | undefined]>([
  ["f({ a: 1, 'b': 2 });", ["a", "b"]],
  ["const o = { a: 1 }; f(o);", ["a"]],
  ["const o = { a: 1 }; f(o); f(o);", ["a"]],
  // Somebody else reads it as it is.
  ["const o = { a: 1 }; f(o); g(o);", undefined],
  ["let o = { a: 1 }; o = b; f(o);", undefined],
  ["f({ a: 1, ...b });", undefined],
  ["f({ ['a']: 1 });", undefined],
  ["f({ get a() { return 1; } });", undefined],
  ["f(a);", undefined],
])("%s → %j", (text, expected) => {
  const model = modelOf(text);
  const isArgumentOfF = (read: Parameters<typeof model.parentOf>[0]): boolean => {
    const parent = model.parentOf(read);
    return parent?.type === "CallExpression" && model.textOf(parent.callee) === "f";
  };
  const found = literalArgument(model, argumentOf(model, "f"), isArgumentOfF);
  expect(found === undefined ? undefined : [...found.properties.keys()]).toEqual(expected);
});
