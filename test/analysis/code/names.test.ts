import { describe, expect, it } from "vitest";
import {
  globalPath,
  globalReferences,
  isCallOf,
  isGlobalTaken,
  packageOf,
  variableNamed,
} from "../../../src/analysis/code/names.ts";
import { argumentOf, modelOf, present } from "../support.ts";

function pathOf(text: string): string | undefined {
  const model = modelOf(text);
  return globalPath(model, argumentOf(model, "look"));
}

function packageIn(text: string): string | undefined {
  const model = modelOf(text);
  return packageOf(model, argumentOf(model, "look"));
}

describe("variableNamed", () => {
  const model = modelOf("const a = 1; function run(b) { { const a = 2; look(a); } } look2(a);");
  const [place] = model.nodes("Literal").filter(({ value }) => value === 2);

  it("gives the innermost declaration that is seen at a place", () => {
    expect(variableNamed(model, "a", present(place))?.scope.type).toBe("block");
    expect(variableNamed(model, "b", present(place))?.scope.type).toBe("function");
    expect(variableNamed(model, "c", present(place))).toBeUndefined();
  });

  it("looks through declarations that go away", () => {
    const inner = present(variableNamed(model, "a", present(place)));
    expect(variableNamed(model, "a", present(place), new Set([inner]))).toBe(variableNamed(model, "a", model.program));
  });

  it("takes a scope for a place", () => {
    expect(variableNamed(model, "a", model.scopeAt(model.program))?.name).toBe("a");
  });
});

describe("globals", () => {
  it("are taken where the file declares the name around the place, or writes it", () => {
    const model = modelOf("function a(Promise) { one(); } function b() { two(); } fetch = three();");
    const [one, two] = model.nodes("CallExpression");
    expect(isGlobalTaken(model, present(one), "Promise")).toBe(true);
    expect(isGlobalTaken(model, present(two), "Promise")).toBe(false);
    expect(isGlobalTaken(model, present(two), "fetch")).toBe(true);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"])("can be called `%s`", (name) => {
    const model = modelOf(`look(${name}); ${name}();`);
    expect(globalReferences(model, name)).toHaveLength(2);
    expect(globalReferences(modelOf("look();"), name)).toHaveLength(0);
    expect(isGlobalTaken(model, model.program, name)).toBe(false);
  });

  it.each([
    ["look(fetch);", "fetch"],
    ["look(Object.assign);", "Object.assign"],
    ['look(Object["assign"]);', "Object.assign"],
    ["look(globalThis.fetch);", "fetch"],
    ["look(global.process.env);", "process.env"],
    ["look(console?.log);", "console.log"],
    ["look(Object[name]);", undefined],
    ["const Object = {}; look(Object.assign);", undefined],
    ["const globalThis = {}; look(globalThis.fetch);", undefined],
    ["look(make().assign);", undefined],
  ])("have a path: %s", (text, path) => {
    expect(pathOf(text)).toBe(path);
  });

  it("are told by the path in a call", () => {
    const model = modelOf("look(JSON.parse(text)); look2(parse(text));");
    const [, parse, , other] = model.nodes("CallExpression");
    expect(isCallOf(model, parse, "JSON.stringify", "JSON.parse")).toBe(true);
    expect(isCallOf(model, other, "JSON.parse")).toBe(false);
    expect(isCallOf(model, null, "JSON.parse")).toBe(false);
  });
});

describe("packageOf", () => {
  it.each([
    ['look(require("lodash"));', "lodash"],
    ['const _ = require("lodash"); look(_.merge);', "lodash"],
    ['const { merge } = require("lodash"); look(merge);', "lodash"],
    ['const merge = require("lodash").merge; look(merge);', "lodash"],
    ['import OAuth from "oauth-1.0a"; const signer = new OAuth({}); look(signer.authorize);', "oauth-1.0a"],
    ['import * as all from "luxon"; look(all.DateTime.now());', "luxon"],
    ['async function f() { const { get } = await import("axios"); look(get); }', "axios"],
    ["look(require(name));", undefined],
    ['let _ = require("lodash"); _ = {}; look(_.merge);', undefined],
    ['function require() {} look(require("lodash"));', undefined],
    ["look(JSON.parse);", undefined],
    ["const a = b.x(), b = a.y(); look(a);", undefined],
  ])("of %s", (text, source) => {
    expect(packageIn(text)).toBe(source);
  });
});
