import { describe, expect, it } from "vitest";
import { methodCallsOf } from "../../../src/analysis/toolbelt/method-calls.ts";
import { modelOf } from "../support.ts";

const HEAD = `const { Toolbelt } = require("lp-faas-toolbelt"); const client = Toolbelt.SDEUtil();`;

function found(text: string): { readonly calls: readonly string[]; readonly problems: readonly string[] } {
  const model = modelOf(`${HEAD} ${text}`);
  const { calls, problems } = methodCallsOf(model, "SDEUtil", "is not called", ({ method }) => method === "addSDEs");
  return {
    calls: calls.map(({ call }) => model.textOf(call)),
    problems: problems.map(({ id, node, data }) => `${id} ${model.textOf(node)} ${data?.["what"] ?? ""}`),
  };
}

describe("methodCallsOf", () => {
  it("follows a client to the calls of its methods", () => {
    expect(
      found("const other = client; async function f(sdes) { await other.addSDEs(sdes); client.addSDEs([]); }"),
    ).toEqual({
      calls: ["other.addSDEs(sdes)", "client.addSDEs([])"],
      problems: [],
    });
  });

  it.each([
    ["client.other();", "client-escapes client is not called"],
    ["log(client);", "client-escapes client is passed to a function that the tool can't follow"],
    ["const { addSDEs } = client;", "client-escapes client is stored or handed on"],
  ])("tells what else is done: %s", (text, problem) => {
    expect(found(text)).toEqual({ calls: [], problems: [problem] });
  });
});
