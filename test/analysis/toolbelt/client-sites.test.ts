import { describe, expect, it } from "vitest";
import { findClientSites } from "../../../src/analysis/toolbelt/client-sites.ts";
import { createModel } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";

const IMPORT = 'import { LpServices, Toolbelt } from "core-functions-toolbelt";\n';

function sitesOf(text: string): { form: string; kind: string; stay: string | undefined; why: string | undefined }[] {
  const model = createModel(parseSource(text));
  return findClientSites(model).map(({ form, kind, stay }) => ({ form, kind, stay: stay?.id, why: stay?.why }));
}

/** The only client of a handler with this body. */
function siteOf(body: string): ReturnType<typeof sitesOf>[number] | undefined {
  const sites = sitesOf(`${IMPORT}async function lambda(input) {\n${body}\n}\n`);
  expect(sites).toHaveLength(1);
  return sites[0];
}

describe("findClientSites", () => {
  it.each([
    ["declaration", "const client = Toolbelt.SecretClient(); return client.readSecret('a');"],
    ["list", "const key = 'a', client = Toolbelt.SecretClient(); return client.readSecret(key);"],
    ["in-place", "return Toolbelt.SecretClient().readSecret('a');"],
  ])("tells a client in a %s that can move", (form, body) => {
    expect(siteOf(body)).toMatchObject({ form, stay: undefined });
  });

  it.each([
    [
      "argument",
      "const c = Toolbelt.SecretClient(input.options); return c.readSecret('a');",
      "`input.options` may differ",
    ],
    [
      "argument",
      "return Toolbelt.SecretClient(input.payload.options.of.a.rather.long.way).readSecret('a');",
      "its argument may",
    ],
    [
      "may-throw",
      "return Toolbelt.MTLSClient({ cert: process.env.CERT }).get('/');",
      "client ??= Toolbelt.MTLSClient(…)",
    ],
    ["keeps-token", "return Toolbelt.LpClient()(LpServices.RTBF, '/', input.options);", "access token"],
    ["keeps-token", "return Toolbelt.LpClient()(...input.list);", "access token"],
    [
      "keeps-token",
      "return Toolbelt.LpClient()(LpServices.RTBF, '/', { appKeySecretName: input.name });",
      "access token",
    ],
    ["assigned", "let c = Toolbelt.SecretClient(); c = input.c ?? c; return c.readSecret('a');", "more than once"],
    ["changed", "const c = Toolbelt.SecretClient(); c.count++; return c.readSecret('a');", "changed"],
    ["handed-on", "return Toolbelt.SecretClient();", "can't be followed"],
    ["scope", "if (input.bad) { var c = Toolbelt.SecretClient(); } return c.readSecret('a');", "no value yet"],
  ])("tells why a client must stay: %s", (stay, body, why) => {
    const site = siteOf(body);
    expect(site).toMatchObject({ stay });
    expect(site?.why).toContain(why);
  });

  it("tells that options hold for all clients of the kind", () => {
    const body = "const a = Toolbelt.SecretClient({ cache: { ttl: 1 } }); return a.readSecret('a');";
    const text = `${IMPORT}const all = Toolbelt.SecretClient();\nasync function lambda() {\n${body}\n}\n`;
    expect(sitesOf(text).map(({ form, stay }) => [form, stay])).toEqual([
      ["module", undefined],
      ["declaration", "shared-options"],
    ]);
  });

  it("tells that the toolbelt is taken in inside of the function, and that code runs at load", () => {
    const inside =
      "async function lambda() { const { Toolbelt } = require('lp-faas-toolbelt'); return Toolbelt.SecretClient().readSecret('a'); }";
    expect(sitesOf(inside)).toMatchObject([{ stay: "toolbelt-in-function" }]);
    const inline = "const read = () => require('lp-faas-toolbelt').Toolbelt.SecretClient().readSecret('a');";
    expect(sitesOf(inline)).toMatchObject([{ stay: "toolbelt-in-function" }]);
    const early = `const first = read();\n${IMPORT}async function read() { return Toolbelt.SecretClient().readSecret('a'); }\nasync function lambda() { return read(); }`;
    expect(sitesOf(early)).toMatchObject([{ stay: "load-order" }]);
  });

  it("leaves a client alone that a function makes which runs once, as the file is loaded", () => {
    const once = `${IMPORT}const { read } = (() => { const client = Toolbelt.SecretClient(); return { read: () => client.readSecret('a') }; })();`;
    expect(sitesOf(once)).toEqual([]);
    const again = `${once}\nconst make = () => Toolbelt.SecretClient();\nconst first = make();\nasync function lambda() { return make(); }`;
    expect(sitesOf(again)).toHaveLength(1);
  });

  it("gives clients of one kind one name, and LpClients one for each secret", () => {
    const lp = (secret: string): string => `Toolbelt.LpClient()(LpServices.RTBF, '/', { ${secret} })`;
    const text = `${IMPORT}const one = () => [${lp("")}, ${lp("method: 'GET'")}, ${lp("appKeySecretName: 'A'")}];`;
    const [a, b, c] = sitesOf(text);
    expect(a?.kind).toBe(b?.kind);
    expect(c?.kind).not.toBe(a?.kind);
  });

  it("leaves out what the toolbelt of V2 does not have, and V1 clients that change", () => {
    expect(sitesOf(`${IMPORT}const make = () => Toolbelt.NoClient();`)).toEqual([]);
    expect(
      sitesOf('const { Toolbelt } = require("lp-faas-toolbelt"); const make = () => Toolbelt.MTLSClient();'),
    ).toEqual([]);
    expect(sitesOf(`${IMPORT}const secret = Toolbelt.SecretClient().readSecret("a");`)).toEqual([]);
  });

  it.each([
    ["undefined", true],
    ["-TTL * 2", true],
    ["`${TTL}s`", true],
    ["TTL > 1 ? [TTL] : { ttl: TTL || 1 }", true],
    ["options", true],
    ["process.env['TTL']", true],
    ["/ttl/u", false],
    ["delete options.ttl", false],
    ["'ttl' in options", false],
    ["{ get ttl() { return 1; } }", false],
    ["changing", false],
    ["changed", false],
    ["input.ttl", false],
    ["process.env", false],
    ["unknown", false],
    ["make()", false],
  ])("tells whether %s is the same in every invocation: %s", (argument, isConstant) => {
    const text = `${IMPORT}const TTL = 1;
const options = { ttl: 1 };
const changed = { ttl: 1 };
changed.ttl = 2;
let changing = 1;
async function lambda(input) {
  changing += 1;
  return Toolbelt.OrchestratorClient(${argument}).invoke([]);
}
`;
    const [site] = findClientSites(createModel(parseSource(text)));
    expect(site?.stay?.id === "argument").toBe(!isConstant);
  });
});
