import { afterAll, describe, expect, it } from "vitest";
import { migrateFunctionConfig } from "../../src/migrate/config-function.ts";
import { migrateManifest } from "../../src/migrate/config-manifest.ts";
import { migrateSource } from "../../src/migrate/migrate-source.ts";
import type { Remark } from "../../src/migrate/result.ts";
import { allRules } from "../rules/all-rules.ts";
import { lint } from "../rules/lint.ts";
import { enterLaw, isWhole, someOf } from "./ledger.ts";

/*
 * Every object inherits members. A table that is asked for `constructor` and answers with a function of the language
 * is a fault, so a file that uses such a name gets the result of a file that uses a name nobody has ever heard of.
 */
const INHERITED = ["constructor", "toString", "hasOwnProperty", "valueOf", "__proto__"];
const UNHEARD_OF = "unheardOf";

const HEAD = `const { Toolbelt, ErrorCodes, LpServices, SecretError } = require("lp-faas-toolbelt");
const httpClient = Toolbelt.HTTPClient();
const secretClient = Toolbelt.SecretClient();
const lpClient = Toolbelt.LpClient();
const mtls = Toolbelt.MTLSClient();
const orchestrator = Toolbelt.OrchestratorClient();
const sdeUtil = Toolbelt.SDEUtil();
`;

const MODERN_IMPORT = 'import { Toolbelt, ErrorCodes, LpServices } from "core-functions-toolbelt";';

/** Statements of a handler; NAME stands for the name. */
const BODIES: Readonly<Record<string, readonly string[]>> = {
  variable: [
    "const NAME = input.payload.id; callback(null, NAME);",
    "let NAME; NAME = 1; callback(null, NAME);",
    "var NAME = 1; callback(null, { NAME });",
    "function NAME(value) { return value; } callback(null, NAME(1));",
    "const use = (NAME) => NAME; callback(null, use(1));",
    "class Holder { NAME2() { return 1; } } callback(null, new Holder().NAME2());",
    "const { NAME } = { other: 1 }; callback(null, NAME);",
    "NAME: for (const item of [1]) { if (item) break NAME; } callback(null);",
    "try { throw new Error('x'); } catch (NAME) { callback(NAME); }",
  ],
  option: [
    'callback(null, await httpClient("https://shop.example.com", { NAME: input.payload.x }));',
    'callback(null, await httpClient({ url: "https://shop.example.com", "NAME": true }));',
    'const options = { url: "https://shop.example.com" }; options.NAME = 1; callback(null, await httpClient(options));',
    'callback(null, await httpClient("https://shop.example.com", { headers: { NAME: "x" } }));',
    'callback(null, await httpClient("https://shop.example.com", { qs: { NAME: "x" }, json: true }));',
    'callback(null, await httpClient("https://shop.example.com", { method: "POST", form: { NAME: "x" } }));',
    'callback(null, await httpClient("https://shop.example.com", { auth: { NAME: "x" } }));',
    'callback(null, await httpClient("https://shop.example.com", { method: "NAME" }));',
    'callback(null, await lpClient(LpServices.NAME, "/api/x?v=2", { NAME: 1 }));',
    'callback(null, await lpClient("NAME", "/api/x?v=2", { appKeySecretName: "NAME", json: true }));',
    'callback(null, await mtls.get("https://shop.example.com", {}, { NAME: 1 }));',
    'callback(null, await orchestrator.invoke([{ NAME: 1, lambdaUuid: "1", payload: {} }], 1000, { NAME: 2 }));',
    "callback(null, await sdeUtil.addSDEs({ NAME: 1 }));",
  ],
  secret: [
    'const secret = await secretClient.readSecret("NAME"); callback(null, secret.value);',
    'const secret = await secretClient.readSecret("shop"); callback(null, secret.NAME);',
    'const { value: { NAME } } = await secretClient.readSecret("shop"); callback(null, NAME.length);',
    'const secrets = {}; for (const name of ["NAME", "shop"]) { secrets[name] = await secretClient.readSecret(name); } callback(null);',
    'const secret = await secretClient.readSecret("shop"); secret.value.NAME = 1; await secretClient.updateSecret(secret); callback(null);',
    'const a = await secretClient.readSecret("NAME"), b = await secretClient.readSecret("NAME2"); callback(null, a.value + b.value);',
  ],
  environment: [
    "callback(null, process.env.NAME);",
    'callback(null, process.env["F1_NAME"]);',
    "callback(null, process.env.F1_NAME2);",
    "const { NAME } = process.env; callback(null, NAME);",
    "process.env.NAME = 'x'; callback(null);",
    "delete process.env.NAME; callback(null);",
    "callback(null, { ...process.env }.NAME);",
  ],
  package: [
    'callback(null, require("NAME"));',
    'callback(null, require("node:NAME"));',
    'callback(null, require("NAME/promises").x);',
    'const _ = require("lodash"); callback(null, _.NAME(input));',
    'const { NAME } = require("lodash"); callback(null, NAME(input));',
    'callback(null, require("lodash/NAME")(input));',
    'const { NAME } = require("luxon"); callback(null, NAME.now());',
    'const { DateTime } = require("luxon"); callback(null, DateTime.NAME(), DateTime.now().NAME());',
    'const jsforce = require("jsforce"); callback(null, new jsforce.NAME());',
    'const fs = require("fs"); callback(null, fs.NAME);',
    'const { NAME } = require("lp-faas-toolbelt"); callback(null, NAME);',
    'const { NAME } = require("crypto"); callback(null, NAME);',
  ],
  method: [
    "callback(null, Toolbelt.NAME());",
    'callback(null, await httpClient.NAME("https://shop.example.com"));',
    'callback(null, await secretClient.NAME("shop"));',
    'callback(null, await mtls.NAME("https://shop.example.com", {}, {}));',
    "callback(null, await orchestrator.NAME([]));",
    "callback(null, await sdeUtil.NAME({}));",
    'console.NAME("x"); callback(null);',
    "callback(null, input.payload.list.NAME((item) => item.x));",
    'httpClient("https://shop.example.com").NAME((answer) => callback(null, answer), callback);',
    'httpClient("https://shop.example.com").then((answer) => answer.NAME()).then((x) => callback(null, x)).catch(callback);',
    "callback.NAME(null, 1);",
    "callback(null, Object.NAME(input), JSON.NAME('x'), Promise.NAME([]), Math.NAME(1));",
  ],
  property: [
    'callback(null, input.NAME === "Object");',
    "callback(null, input.payload.NAME);",
    'callback(null, { NAME: 1, "NAME2": input["NAME"] });',
    'const settings = { NAME: "a" }; settings.NAME = "b"; callback(null, settings.NAME);',
    "try { await work(); } catch (error) { callback(error.NAME); } async function work() {}",
    'try { await httpClient("https://shop.example.com"); } catch (error) { callback(null, error.NAME); }',
    'const answer = await httpClient("https://shop.example.com", { resolveWithFullResponse: true }); callback(null, answer.NAME);',
    'const answer = await httpClient("https://shop.example.com", { resolveWithFullResponse: true }); callback(null, answer.headers["NAME"]);',
    "try { await secretClient.readSecret('x'); } catch (e) { callback(null, e.code === ErrorCodes.NAME, e instanceof SecretError); }",
    "const [first] = await orchestrator.invoke([{ lambdaUuid: '1', payload: {} }]); callback(null, first.NAME, first.body.NAME);",
    "const answer = await lpClient('x', '/api/x?v=2', { json: true }); callback(null, answer.NAME);",
    'const NAME2 = "sk_live_4eC39HqLyjWDarjtT1zdp7dc", F1_NAME = "hunter2hunter"; callback(null, { F1_NAME, NAME2 });',
    'const settings = { F1_NAME: "aG7kQ2pL9xVb4tRz", NAME: "aG7kQ2pL9xVb4tRz" }; callback(null, settings);',
  ],
  "free variable": [
    'callback(null, await httpClient("https://shop.example.com", { [NAME]: 1 }));',
    "NAME = input.payload.x; callback(null, NAME);",
    "callback(null, typeof NAME);",
    "callback(null, NAME);",
  ],
};

function legacyFile(body: string): string {
  return `${HEAD}\nasync function lambda(input, callback) {\n  ${body}\n}\n`;
}

/** The same for V2, for the rules that look at such functions. */
function modernFile(body: string): string {
  return legacyFile(body)
    .replace(/^.*require\("lp-faas-toolbelt"\);/u, MODERN_IMPORT)
    .replace("(input, callback) {", "(input) {\n  const callback = (error, value) => value;");
}

/** What must be the same: the verdict, what is said and where, and the text; the name itself is left out. */
function migrated(text: string, name: string): unknown {
  const result = migrateSource("index.js", text.replaceAll("NAME", name), { style: "faithful" });
  const { verdict, transforms, reasons, differences, followUps } = result;
  const idsOf = (remarks: readonly Remark[]): string[] => remarks.map(({ id, line }) => `${String(line)} ${id}`);
  return {
    verdict,
    transforms,
    reasons: verdict === "failed" ? reasons.map(({ message }) => message) : idsOf(reasons),
    differences: idsOf(differences),
    followUps: idsOf(followUps),
    // Helpers at the end of the file use `toString` themselves.
    text: result.text.split(/^\/\/|^async function (?!lambda)/mu)[0]?.replaceAll(name, "NAME"),
  };
}

function linted(text: string, name: string): string[] {
  return rules.flatMap(({ id }) =>
    lint(id, text.replaceAll("NAME", name)).map(({ line, messageId }) => `${String(line)} ${id} ${messageId ?? ""}`),
  );
}

const rules = allRules.filter(({ rule }) => rule.meta.languages?.includes("js/js"));
const names = isWhole ? INHERITED : ["constructor"];

const counts = { files: 0 };

describe.each(Object.entries(BODIES))("a file whose %s has the name of what every object inherits", (kind, bodies) => {
  it.each(someOf(bodies, 2))("migrates and is linted like any other: %s", (body) => {
    const [legacy, modern] = [legacyFile(body), modernFile(body)];
    const expected = [migrated(legacy, UNHEARD_OF), linted(legacy, UNHEARD_OF), linted(modern, UNHEARD_OF)];
    for (const name of names) {
      counts.files += 1;
      const found = [migrated(legacy, name), linted(legacy, name), linted(modern, name)];
      expect(found[0]).not.toMatchObject({ verdict: "failed" });
      if (!hasMeaning(kind, body, name)) expect(found).toEqual(expected);
    }
  });
});

/** True where the name means something to the language, to the clients or their errors, or to lodash. */
function hasMeaning(kind: string, body: string, name: string): boolean {
  return (
    kind === "free variable" ||
    (kind === "method" && /(?:client|mtls|orchestrator|util)\.NAME\(/iu.test(body)) ||
    // The classes of V1's errors are gone, and with them fields that could be asked for; the text of an error holds its name.
    (["constructor", "hasOwnProperty", "toString"].includes(name) &&
      body.includes("httpClient") &&
      body.includes("error.NAME")) ||
    (name === "toString" && body.includes("lodash/NAME")) ||
    // It gives a text, which nobody needs to wait for.
    (name === "toString" && kind === "method" && body.includes("answer.NAME()")) ||
    // A literal takes it for its prototype, and sends no field.
    (name === "__proto__" && (body.includes("secrets[name]") || body.includes("form: { NAME:")))
  );
}

describe("a config.json", () => {
  it.each(INHERITED)("takes %s for the name of a variable", (name) => {
    const text = JSON.stringify({ environmentVariables: [{ key: name, value: "x" }] });
    expect(migrateFunctionConfig(text)).toMatchObject({
      verdict: "migrated",
      text: `{"environmentVariables":{"${name}":"x"}}`,
      followUps: [],
    });
  });
});

describe("a package.json", () => {
  it.each(INHERITED)("may depend on %s", (name) => {
    const text = JSON.stringify({ dependencies: Object.fromEntries([[name, "1.0.0"]]) });
    const use = { isNamed: () => false, isNamedByMigratedOnly: () => true };
    expect(migrateManifest(text, use)).toMatchObject({ verdict: "unchanged", text });
  });
});

afterAll(() => {
  enterLaw({ law: "No name means anything to a table that does not hold it", counts });
});
