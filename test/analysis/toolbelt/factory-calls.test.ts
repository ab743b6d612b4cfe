import { describe, expect, it } from "vitest";
import { findFactoryCallsOfToolbelt } from "../../../src/analysis/toolbelt/factory-calls.ts";
import { modelOf } from "../support.ts";

function callsIn(code: string): string[] {
  const model = modelOf(`import { Toolbelt } from "core-functions-toolbelt";\n${code}`);
  return findFactoryCallsOfToolbelt(model).map(({ factory, call }) => `${factory}: ${model.textOf(call)}`);
}

describe("findFactoryCallsOfToolbelt", () => {
  it.each([
    ["const a = Toolbelt.HTTPClient();", "HTTPClient: Toolbelt.HTTPClient()"],
    ["const a = Toolbelt['HTTPClient']();", "HTTPClient: Toolbelt['HTTPClient']()"],
    ["const { HTTPClient } = Toolbelt; HTTPClient();", "HTTPClient: HTTPClient()"],
    ["const { HTTPClient: make } = Toolbelt; make();", "HTTPClient: make()"],
    ["if (Toolbelt.LpClient) f(); Toolbelt.HTTPClient();", "HTTPClient: Toolbelt.HTTPClient()"],
    ["const all = Toolbelt; all.HTTPClient();", "HTTPClient: all.HTTPClient()"],
    ["f(Toolbelt); Toolbelt.HTTPClient();", "HTTPClient: Toolbelt.HTTPClient()"],
    ["Toolbelt[name](); Toolbelt.HTTPClient();", "HTTPClient: Toolbelt.HTTPClient()"],
  ])("finds the call in %s", (code, found) => {
    expect(callsIn(code)).toEqual([found]);
  });

  it.each([
    ["Toolbelt?.HTTPClient();"],
    ["Toolbelt.HTTPClient?.();"],
    ["if (Toolbelt.HTTPClient) Toolbelt.HTTPClient();"],
    ["const make = Toolbelt.HTTPClient; make();"],
    ["const { HTTPClient } = Toolbelt; if (HTTPClient) HTTPClient();"],
    ["const { HTTPClient } = Toolbelt; HTTPClient?.();"],
    ["const { HTTPClient } = Toolbelt; f(HTTPClient);"],
    ["const { HTTPClient = f } = Toolbelt; HTTPClient();"],
    ["const { ...all } = Toolbelt; all.HTTPClient();"],
    ["const { [name]: make } = Toolbelt; make();"],
    ["let { HTTPClient } = Toolbelt; HTTPClient = f; HTTPClient();"],
    ["const all = Toolbelt; if (all.HTTPClient) all.HTTPClient();"],
    ["let all = Toolbelt; all = f(); all.HTTPClient();"],
  ])("leaves alone %s", (code) => {
    expect(callsIn(code)).toEqual([]);
  });
});
