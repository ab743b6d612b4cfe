import { describe, expect, it } from "vitest";
import { findFactoryCalls } from "../../../src/analysis/toolbelt/own-clients.ts";
import { modelOf } from "../support.ts";

const FACTORIES = ["crm#create", "crm#default", "crm#Client"];

function callsIn(text: string, factories: readonly string[] = FACTORIES): string[] {
  const model = modelOf(text);
  return findFactoryCalls(model, factories).map((call) => model.textOf(call));
}

describe("findFactoryCalls", () => {
  it.each([
    ["import { create } from 'crm';", "create('a')"],
    ["import { create as make } from 'crm';", "make('a')"],
    ["import { 'create' as make } from 'crm';", "make()"],
    ["import crm from 'crm';", "crm({ a: 1 })"],
    ["import crm from 'crm';", "new crm.Client()"],
    ["import * as crm from 'crm';", "new crm.Client()"],
    ["const crm = require('crm');", "crm()"],
    ["const crm = require('crm');", "crm.create()"],
    ["const crm = require('crm');", "crm['create']()"],
    ["const { Client } = require('crm');", "new Client(process.env.URL)"],
  ])("finds behind %s the call %s", (head, call) => {
    expect(callsIn(`${head}\nasync function lambda(input) { const client = ${call}; return client; }`)).toEqual([call]);
  });

  it.each([
    ["import { other } from 'crm';", "const client = other();"],
    ["import { create } from 'other';", "const client = create();"],
    ["import crm from 'other';", "const client = crm.create();"],
    ["import * as crm from 'crm';", "const client = crm();"],
    ["import * as crm from 'crm';", "const client = crm.other();"],
    ["import * as crm from 'crm';", "const client = crm[input.name]();"],
    ["import { create } from 'crm';", "const client = input.with(create);"],
    ["import { create } from 'crm';", "const client = create;"],
    ["import { create } from 'crm';", "const client = create(input.name);"],
    ["import { create } from 'crm';", "const [client = create()] = [];"],
    ["import { create } from 'crm';", "let client; client ??= create();"],
    ["import { create } from 'crm';", "return create();"],
    ["const crm = input(require('crm'));", "const client = crm.create();"],
  ])("leaves behind %s alone: %s", (head, body) => {
    expect(callsIn(`${head}\nasync function lambda(input) { ${body} }`)).toEqual([]);
  });

  it("leaves calls of the module alone, and looks for nothing without factories", () => {
    expect(callsIn("import { create } from 'crm';\nconst client = create();")).toEqual([]);
    expect(callsIn("import { create } from 'crm';\nfunction f() { const a = create(); }", [])).toEqual([]);
  });
});
