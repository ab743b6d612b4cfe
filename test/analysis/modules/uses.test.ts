import { describe, expect, it } from "vitest";
import { isConstant, readsOf } from "../../../src/analysis/code/bindings.ts";
import { findModuleUses } from "../../../src/analysis/modules/uses.ts";
import { returnedTokens } from "../../../src/analysis/secrets/returned-tokens.ts";
import { findSecretMutation, findSecretReads } from "../../../src/analysis/secrets/reads.ts";
import { toolbeltUseOf } from "../../../src/analysis/toolbelt/creations.ts";
import { modelOf, present } from "../support.ts";

function usesOf(text: string): string[] {
  return findModuleUses(modelOf(text)).map(({ source, whole, names, declarator }) => {
    const bound =
      names === undefined ? "?" : names.map(({ imported, local }) => `${imported} as ${local.name}`).join(", ");
    return `${source}: ${whole === undefined ? `{ ${bound} }` : whole.name}${declarator === undefined ? "" : " declared"}`;
  });
}

describe("findModuleUses", () => {
  it.each([
    ["const a = require('m');", ["m: a declared"]],
    ["const { a, b: c, 'd': e } = require('m');", ["m: { a as a, b as c, d as e } declared"]],
    ["const { a = 1 } = require('m');", ["m: { ? } declared"]],
    ["const { ...a } = require('m');", ["m: { ? } declared"]],
    ["const { [a]: b } = require('m');", ["m: { ? } declared"]],
    ["const { a: { b } } = require('m');", ["m: { ? } declared"]],
    ["const [a] = require('m');", ["m: { ? } declared"]],
    ["const a = require('m').b;", ["m: { b as a } declared"]],
    ["const a = require('m')['b'];", ["m: { b as a } declared"]],
    ["const a = require('m')[b];", ["m: { ? }"]],
    ["const { a } = require('m').b;", ["m: { ? }"]],
    ["require('m').b();", ["m: { ? }"]],
    ["f(require('m'));", ["m: { ? }"]],
    ["let a; a = require('m');", ["m: { ? }"]],
    ["require('m');", ["m: { ? }"]],
    ["require(name);", []],
    ["require('m', 1);", []],
    ["require(1);", []],
    ["require();", []],
    ["o.require('m');", []],
    ["(function (require) { require('m'); });", []],
    ["import a from 'm';", ["m: a"]],
    ["import * as a from 'm';", ["m: a"]],
    ["import { a, b as c, 'd e' as f } from 'm';", ["m: { a as a, b as c, d e as f }"]],
    ["import a, { b } from 'm';", ["m: a"]],
    ["import 'm';", ["m: {  }"]],
  ])("%s", (text, expected) => {
    expect(usesOf(text)).toEqual(expected);
  });
});

it("knows variables that only their declaration writes", () => {
  const model = modelOf("const a = 1; let b = 1; b++; var c = 1; var c; function d() {} a; [a, b];");
  const variableOf = (name: string): ReturnType<typeof model.variableOf> =>
    model
      .nodes("Identifier")
      .map((identifier) => model.variableOf(identifier))
      .find((variable) => variable?.name === name);
  expect(["a", "b", "c", "d"].map((name) => isConstant(present(variableOf(name))))).toEqual([true, false, false, true]);
  expect(readsOf(present(variableOf("a")))).toHaveLength(2);
});

function toolbeltOf(text: string): string[] {
  const model = modelOf(text);
  const { clients, escapes } = toolbeltUseOf(model);
  expect(toolbeltUseOf(model).clients).toBe(clients);
  return [
    ...clients.map(({ factory, declarator, variable }) => {
      const name = variable?.name ?? (declarator === undefined ? "in place" : "changing");
      return `${factory} ${name}`;
    }),
    ...escapes.map((escape) => `escape ${model.textOf(model.statementOf(escape))}`),
  ];
}

describe("toolbeltUseOf", () => {
  it.each([
    ["const { Toolbelt } = require('lp-faas-toolbelt'); const a = Toolbelt.SecretClient();", ["SecretClient a"]],
    ["const { Toolbelt: T } = require('lp-faas-toolbelt'); T['LpClient']();", ["LpClient in place"]],
    ["const T = require('lp-faas-toolbelt').Toolbelt; let a = T.A(); a = T.B();", ["A changing", "B in place"]],
    ["const t = require('lp-faas-toolbelt'); const { b } = t.Toolbelt.A();", ["A in place"]],
    ["const t = require('lp-faas-toolbelt'); t.ErrorCodes; f(t);", ["escape f(t);"]],
    ["require('lp-faas-toolbelt').Toolbelt.A().b();", ["A in place"]],
    ["f(require('lp-faas-toolbelt'));", ["escape f(require('lp-faas-toolbelt'));"]],
    ["import { Toolbelt, ErrorCodes } from 'core-functions-toolbelt'; f(Toolbelt);", ["escape f(Toolbelt);"]],
    ["import { Toolbelt } from 'core-functions-toolbelt'; Toolbelt.A; ", ["escape Toolbelt.A;"]],
    ["import { Toolbelt } from 'core-functions-toolbelt'; Toolbelt[a](); ", ["escape Toolbelt[a]();"]],
    ["import { Toolbelt } from 'core-functions-toolbelt'; o[Toolbelt]; ", ["escape o[Toolbelt];"]],
    ["import { Toolbelt } from 'core-functions-toolbelt'; f(Toolbelt.A); ", ["escape f(Toolbelt.A);"]],
    ["import * as t from 'core-functions-toolbelt'; new t.Toolbelt.A();", ["escape new t.Toolbelt.A();"]],
    ["import { Toolbelt } from 'another'; Toolbelt.A();", []],
    ["const Toolbelt = {}; Toolbelt.A();", []],
    ["const { Toolbelt } = require('lp-faas-toolbelt'); const f = (Toolbelt) => Toolbelt.A();", []],
  ])("%s", (text, expected) => {
    expect(toolbeltOf(text)).toEqual(expected);
  });
});

const SECRETS = `import { Toolbelt } from 'core-functions-toolbelt'; const client = Toolbelt.SecretClient();`;

describe("findSecretReads", () => {
  it.each([
    ["const a = await client.readSecret('a');", ["a"]],
    ["const { value } = await Toolbelt.SecretClient().readSecret('a');", ["{ value }"]],
    ["f(await client.readSecret('a'), client.readSecret('b'));", ["-", "-"]],
    ["client.readSecret;", []],
    ["client.updateSecret('a');", []],
    ["client[input]('a');", []],
    ["f(client); input[client]();", []],
    ["await Toolbelt.LpClient().readSecret('a');", []],
  ])("%s", (body, expected) => {
    const model = modelOf(`${SECRETS} async function f(input) { ${body} }`);
    expect(
      findSecretReads(model).map(({ declarator }) => (declarator === undefined ? "-" : model.textOf(declarator.id))),
    ).toEqual(expected);
  });

  it.each([
    ["a.value = 1;", "a.value"],
    ["a.value.b.c += 1;", "a.value.b.c"],
    ["a.count++;", "a.count"],
    ["delete a.value;", "delete a.value"],
    ["a.value.push(1);", "a.value.push"],
    ["a.value.map(b);", undefined],
    ["a.value[b]();", undefined],
    ["b(a.value);", undefined],
    ["a();", undefined],
    ["typeof a.value;", undefined],
    ["a.value;", undefined],
    ["b = a;", undefined],
    ["o[a] = 1;", undefined],
    ["o.b = a.value;", undefined],
  ])("%s changes the secret: %s", (body, expected) => {
    const model = modelOf(`${SECRETS} async function f(o) { let b; const a = await client.readSecret('a'); ${body} }`);
    const mutation = findSecretReads(model)
      .map((read) => findSecretMutation(model, read))
      .at(0);
    expect(mutation === undefined ? undefined : expected?.endsWith(model.textOf(mutation))).toBe(
      expected === undefined ? undefined : true,
    );
  });

  it("takes every change below a `value` for one of a secret that no declaration holds", () => {
    const text = "let a; a = await client.readSecret('a'); f(a.value); a.value.b = 1; other.c = 2;";
    const model = modelOf(`${SECRETS} async function g() { ${text} }`);
    const [read] = findSecretReads(model);
    expect(model.textOf(present(findSecretMutation(model, present(read))))).toBe("a.value.b");
  });

  it("sees a change of what was taken out of it", () => {
    const model = modelOf(
      `${SECRETS} async function f() { const { value } = await client.readSecret('a'); value.b = 1; }`,
    );
    const [read] = findSecretReads(model);
    expect(model.textOf(present(findSecretMutation(model, present(read))))).toBe("value.b");
  });
});

describe("returnedTokens", () => {
  it.each([
    ["const token = await post({ grant_type: 'x' }); callback(null, token);", ["token"]],
    ["const token = await post({ form: { 'grant_type': 'x' } }); callback(null, token);", ["token"]],
    ["const token = await post({ grant_type: 'x' }); callback(null, token.expires);", []],
    ["let token = await post({ grant_type: 'x' }); token = 1; callback(null, token);", []],
    ["const token = post({ grant_type: 'x' }); callback(null, token);", []],
    ["const token = await post({ type: 'x' }); callback(null, token);", []],
    ["callback(null, input); callback(null, nowhere); f(callback);", []],
  ])("%s", (body, expected) => {
    const model = modelOf(`async function lambda(input, callback) { ${body} }`);
    expect(returnedTokens(model).map(({ name }) => name)).toEqual(expected);
  });

  it("asks only handlers with a callback", () => {
    expect(returnedTokens(modelOf("async function lambda(input) {}"))).toEqual([]);
  });

  it("tells them in the order of the text", () => {
    const model = modelOf(`async function lambda(input, callback) {
      const a = await post({ grant_type: 'x' });
      if (input) return callback(null, a);
      callback(null, a);
    }`);
    expect(returnedTokens(model).map(({ node }) => model.placeOf(present(node.range)[0]).line)).toEqual([3, 4]);
  });
});
