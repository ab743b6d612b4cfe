import { expect, it } from "vitest";
import { assignmentOf, exportTarget, exportedValues, exportsRoot } from "../../../src/analysis/code/exported-names.ts";
import { argumentOf, modelOf, present } from "../support.ts";

it.each([
  ["f(module.exports);", "module"],
  ["f(module['exports']);", "module"],
  ["f(exports);", "exports"],
  ["f(module);", undefined],
  ["f(module.exports.lambda);", undefined],
  ["const module = {}; f(module.exports);", undefined],
  ["const exports = {}; f(exports);", undefined],
])("%s → %s", (text, expected) => {
  const model = modelOf(text);
  const root = exportsRoot(model, argumentOf(model, "f"));
  expect(root === undefined ? undefined : model.textOf(root)).toBe(expected);
});

it.each([
  ["f(exports.a);", "exports a"],
  ["f(module.exports.a);", "module a"],
  ["f(module.exports);", "module all"],
  ["f(exports[a]);", undefined],
  ["f(exports.a.b);", undefined],
  ["f(other.a);", undefined],
])("%s → %s", (text, expected) => {
  const model = modelOf(text);
  const target = exportTarget(model, argumentOf(model, "f"));
  const told = target === undefined ? undefined : `${model.textOf(target.root)} ${target.name ?? "all"}`;
  expect(told).toBe(expected);
});

it.each([
  ["exports.a = 1;", true],
  ["exports.a += 1;", false],
  ["f();", false],
  ["if (a) b = 1;", false],
])("%s → is an assignment: %j", (text, expected) => {
  expect(assignmentOf(present(modelOf(text).program.body[0])) !== undefined).toBe(expected);
});

it.each<[string, string[]]>([
  ["exports.a = 1; exports.b = 2;", ["a: 1", "b: 2"]],
  ["module.exports = { a, b: 2, ...c };", ["a: a", "b: 2"]],
  ["module.exports = { [a]: 1 };", ["undefined: 1"]],
  ["module.exports = function lambda() {};", ["lambda: function lambda() {}"]],
  ["module.exports = () => 1;", ["undefined: () => 1"]],
  ["module.exports = exports = f;", ["undefined: f"]],
  ["function g() { exports.a = 1; }", []],
  ["exports.a ||= 1;", []],
])("%s → %j", (text, expected) => {
  const model = modelOf(text);
  const values = exportedValues(model).map(({ name, value }) => `${String(name)}: ${model.textOf(value)}`);
  expect(values).toEqual(expected);
});
