import { describe, expect, it } from "vitest";
import { findLpCalls } from "../../../src/analysis/http/lp-calls.ts";
import type { LpUse } from "../../../src/analysis/http/lp-calls.ts";
import { planSecretClients } from "../../../src/analysis/secrets/lp-clients.ts";
import type { Model } from "../../../src/analysis/code/model.ts";
import { modelOf } from "../support.ts";

const REQUIRE = "const { Toolbelt, LpServices } = require('lp-faas-toolbelt');\n";

function lpUseOf(text: string): LpUse & { readonly model: Model } {
  const model = modelOf(REQUIRE + text);
  return { model, ...findLpCalls(model) };
}

/** How the client is used in a handler with this body. */
function useIn(body: string): LpUse {
  return lpUseOf(`async function lambda(input) {\nconst client = Toolbelt.LpClient();\n${body}\n}`);
}

describe("findLpCalls", () => {
  it.each([
    ["'/a'", "/a"],
    ["`/a/${input.id}/b`", "/a/…/b"],
    ["'/a/' + input.id", "/a/…"],
    ["'/a' - input.id", "…"],
    ["input.path", "…"],
    ["`/a/${'b'}`", "/a/b"],
  ])("reads the path %s as %s", (path, text) => {
    expect(useIn(`await client(LpServices.A, ${path}, {});`).calls).toMatchObject([{ path: text }]);
  });

  it.each([
    ["{}", "lp-faas-default-app-key"],
    ["{ appKeySecretName: 'mine' }", "mine"],
    ["{ appKeySecretName: process.env.KEY }", "process.env.KEY"],
  ])("reads the secret of %s as %s", (options, secret) => {
    expect(useIn(`await client(LpServices.A, '/a', ${options});`).calls).toMatchObject([{ secret }]);
  });

  it.each([
    ["client(LpServices.A, '/a', {}).then(input.x);"],
    ["client(LpServices.A, '/a', {}).catch(input.x);"],
    ["input.x = client(LpServices.A, '/a', { headers: { Accept: 'text/plain' } });"],
  ])("takes %s for a call", (body) => {
    expect(useIn(body)).toMatchObject({ calls: [{ path: "/a" }], problems: [] });
  });

  it.each([
    [
      "client(LpServices.A, '/a', {}).cancel();",
      "client-escapes",
      "gives a request that is used by its member `cancel`",
    ],
    [
      "client(LpServices.A, '/a', {})[input.x]();",
      "client-escapes",
      "gives a request that is used by its member `[…]`",
    ],
    ["await client?.(LpServices.A, '/a', {});", "client-escapes", "is called with `?.`"],
    ["await client(...input.list);", "client-escapes", "is called with a spread"],
    ["client.defaults({});", "client-escapes", "is used by its member `defaults`"],
    ["client[input.x]({});", "client-escapes", "is used by its member `[…]`"],
    ["input.x = client;", "client-escapes", "is stored or handed on"],
    ["await client(LpServices.A, (input.x, '/a'), {});", "http-options", "hold a comma expression"],
    ["await client(LpServices.A, '/a', input.options);", "http-options", "come from an expression"],
    ["await client(LpServices.A, '/a', { headers: { authorization: 'x' } });", "lp-client-headers", "hold an"],
    ["await client(LpServices.A, '/a', { headers: input.headers });", "lp-client-headers", "can't be read"],
    ["await client(LpServices.A, 'https://a', {});", "lp-client-path", "`https://a`"],
    ["await client(LpServices.A, '/a', { appKeySecretName: input.x });", "lp-client-secret", "at run time only"],
  ])("finds the problem of %s: %s", (body, id, text) => {
    const { calls, problems } = useIn(body);
    expect(calls).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.id).toBe(id);
    expect(Object.values(problems[0]?.data ?? {}).join(" ")).toContain(text);
  });

  it("tells calls without options, and leaves those in V2's form alone", () => {
    expect(useIn("await client(LpServices.A, '/a'); await client(); await client(LpServices.A);")).toMatchObject({
      calls: [],
      problems: [],
      withoutOptions: [{ type: "CallExpression" }, { type: "CallExpression" }, { type: "CallExpression" }],
    });
    expect(useIn("return (await client(LpServices.A, '/a', {})).json();")).toMatchObject({ calls: [], problems: [] });
  });
});

describe("planSecretClients", () => {
  /** The secrets that get a client of their own, and why others can't. */
  function planFor(text: string): { clients: string[]; problems: string[] } {
    const { model, ...use } = lpUseOf(text);
    const { clients, problems } = planSecretClients(model, use);
    return { clients: clients.map(({ secret }) => secret), problems: problems.map(({ node }) => model.textOf(node)) };
  }
  const TWO = "client('a', '/a', {}); client('a', '/b', { appKeySecretName: 'b' });";

  it("gives every further secret a client", () => {
    expect(planFor(`const client = Toolbelt.LpClient();\nfunction f() { ${TWO} }`)).toEqual({
      clients: ["b"],
      problems: [],
    });
    const three = `function f() { const client = Toolbelt.LpClient(); ${TWO} client('a', '/', { appKeySecretName: 'c' }); }`;
    expect(planFor(three)).toEqual({ clients: ["b", "c"], problems: [] });
  });

  it("asks for nothing where all calls share a secret, or there are none", () => {
    const none = { clients: [], problems: [] };
    expect(planFor("const client = Toolbelt.LpClient();")).toEqual(none);
    expect(planFor("function f() { const client = Toolbelt.LpClient(); client('a', '/a', {}); }")).toEqual(none);
  });

  it.each([
    ["is a parameter", "const own = Toolbelt.LpClient();\nfunction f(client) { TWO }\nf(own);"],
    ["is another constant", "const own = Toolbelt.LpClient();\nconst client = own;\nfunction f() { TWO }"],
    ["stands in the head of a loop", "for (const client = Toolbelt.LpClient(); ;) { TWO }"],
    ["stands in a case", "switch (x) { case 1: const client = Toolbelt.LpClient(); TWO }"],
    ["is exported", "export const client = Toolbelt.LpClient(); function f() { TWO }"],
    ["is a parameter of a call in place", "function f(client) { TWO }\nf(Toolbelt.LpClient());"],
  ])("tells where the client %s", (_, text) => {
    expect(planFor(text.replace("TWO", TWO))).toEqual({
      clients: [],
      problems: ["client('a', '/b', { appKeySecretName: 'b' })"],
    });
  });
});
