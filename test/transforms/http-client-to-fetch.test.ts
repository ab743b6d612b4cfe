import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createModel } from "../../src/analysis/code/model.ts";
import { parseSource } from "../../src/analysis/code/parse.ts";
import type { StepRemark, StepResult } from "../../src/edits/step/step.ts";
import { httpOptions } from "../../src/platform/http-options.ts";
import { expectFile } from "../expected.ts";
import transform, { step } from "../../transforms/http-client-to-fetch.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const fixtures = join(root, "fixtures/transforms/http-client-to-fetch");

function runStep(text: string): StepResult {
  return step(createModel(parseSource(text)), { style: "faithful" });
}

function withLines(text: string, remarks: readonly StepRemark[]): string[] {
  const model = createModel(parseSource(text));
  return remarks.map(({ offset, id, message }) => `${String(model.placeOf(offset).line)} ${id}: ${message}`);
}

function commentsOf(text: string): string[] {
  return parseSource(text).comments.map((comment) => comment.value.trim());
}

describe.each(readdirSync(fixtures))("%s", (name) => {
  const input = readFileSync(join(fixtures, name, "input.js"), "utf8");
  const result = runStep(input);

  it("is what it should be", async () => {
    if (result.refusals.length > 0) {
      expect(existsSync(join(fixtures, name, "expected.js")), withLines(input, result.refusals).join("\n")).toBe(false);
      expect(result.edits.isEmpty).toBe(true);
      const refused = `${JSON.stringify(withLines(input, result.refusals), null, 2)}\n`;
      await expectFile(join(fixtures, name, "refused.json"), refused);
      return;
    }
    const output = result.edits.applyTo(input).text;
    await expectFile(join(fixtures, name, "expected.js"), output);
    const remarks = withLines(input, [...result.notices, ...result.differences, ...result.followUps]);
    const listed = remarks.map((remark) => remark.replace(/:.*/u, "")).join("\n");
    await expectFile(join(fixtures, name, "remarks.txt"), `${listed}\n`);
  });

  it("parses, and a second run changes nothing", () => {
    const output = result.edits.applyTo(input).text;
    expect(() => parseSource(output)).not.toThrow();
    if (result.refusals.length === 0) {
      expect(runStep(output).edits.isEmpty).toBe(true);
    }
  });

  it("keeps its comments, but for those on the lines that went", () => {
    const output = commentsOf(result.edits.applyTo(input).text);
    const gone = commentsOf(input).filter((comment) => !output.includes(comment));
    expect(gone.filter((comment) => !/gone\b|http ?client|toolbelt|API docs/iu.test(comment))).toEqual([]);
    expect(output.filter((comment) => /\bgone\b/u.test(comment))).toEqual(
      result.refusals.length > 0 ? commentsOf(input).filter((comment) => /\bgone\b/u.test(comment)) : [],
    );
  });

  it("keeps its line endings", () => {
    const output = result.edits.applyTo(input).text;
    expect(/[^\r]\n/u.test(output)).toBe(/[^\r]\n/u.test(input));
  });
});

/** Refusals of a request whose options, or whose whole call, are given. */
function refusalsOf(body: string): string[] {
  const text = `const { Toolbelt } = require("lp-faas-toolbelt");
const client = Toolbelt.HTTPClient();
async function lambda(input) { ${body} }`;
  return runStep(text).refusals.map(({ id, message }) => `${id}: ${message}`);
}

describe("the table of options", () => {
  const refused = [...httpOptions].filter(([, option]) => option.handling === "refuse");

  it.each(refused)("refuses %s by its name", (name, option) => {
    expect(refusalsOf(`await client("https://a.example", { ${name}: input.x });`)).toEqual([
      `http-option: The request option \`${name}\` ${option.why}.`,
    ]);
  });

  it("refuses what it does not list", () => {
    expect(refusalsOf(`await client("https://a.example", { tymeout: 1, toString: 1 });`)).toEqual([
      "http-option: The request option `tymeout` is not known to this tool.",
      "http-option: The request option `toString` is not known to this tool.",
    ]);
  });
});

describe("refusals", () => {
  it.each([
    ["send(client)", "is passed to a function that the tool can't follow"],
    ["const other = { client };", "is stored or handed on"],
    ["return client;", "is stored or handed on"],
    ["client.jar()", "is used by its member `jar`"],
    ["client['jar']('https://a.example')", "is used by its member `jar`"],
    ["client[input.verb]('https://a.example')", "is used by its member `[…]`"],
    ["client.get", "is used by its member `get`"],
    ["client?.('https://a.example')", "is called with `?.`"],
    ["client?.get('https://a.example')", "is called with `?.`"],
    ["client('https://a.example').pipe(input)", "gives a request that is used by its member `pipe`"],
    ["client('https://a.example')[input.x]", "gives a request that is used by its member `[…]`"],
    ["function done() {} client('https://a.example', done)", undefined],
  ])("%s", (body, what) => {
    const message = `http-client-escapes: The HTTP client ${String(what)}, so the tool can't follow its calls.`;
    const found = refusalsOf(body);
    expect(what === undefined ? found.length : found).toEqual(what === undefined ? 1 : [message]);
  });

  it.each([
    ["client()", "are missing"],
    ["client({})", "have no URL"],
    ["client((input.a, input.b), { json: true })", "hold a comma expression"],
    ["client(...input.all)", "come from a spread argument"],
    ["client({ url: 'https://a.example' }, { json: true })", "come from two objects"],
    ["client(input.target)", "come from an expression that may be a URL or an object"],
    ["client('https://a.example', input.options)", "come from outside of this function"],
    ["client('https://a.example', input)", "come from the parameter `input`, whose values are not all in this file"],
    ["client('https://a.example', { ...input.options })", "come from outside of this function"],
    [
      "const _ = require('lodash'); const options = {}; _.merge(options, input); client('https://a.example', options)",
      "are given to a function that may add to them",
    ],
    [
      "const { merge } = require('lodash'); const options = {}; merge(options, input); client('https://a.example', options)",
      "are given to a function that may add to them",
    ],
    [
      "const options = {}; Object.defineProperty(options, 'jar', { value: 1 }); client('https://a.example', options)",
      "are given to a function that may add to them",
    ],
    [
      "const options = {}; for (const key of input.keys) options[key] = 1; client('https://a.example', options)",
      "have a computed key",
    ],
    ["client('https://a.example', { [input.key]: 1 })", "have a computed key"],
    ["client('https://a.example', { get json() { return true; } })", "have an accessor"],
    [
      "const options = { ...input }; client('https://a.example', options)",
      "come from the parameter `input`, whose values are not all in this file",
    ],
  ])("%s", (body, what) => {
    expect(refusalsOf(body)).toEqual([
      `http-options: The options of this request ${what}, so the tool can't know what it sends.`,
    ]);
  });

  it.each([
    ["method", "method: 'BREW'", "is `BREW`, which this tool does not know"],
    [
      "followAllRedirects",
      "method: 'PUT', followAllRedirects: true",
      "follows redirects of every method, each with GET, which fetch does differently",
    ],
    ["followRedirect", "followRedirect: () => true", "is neither `true` nor `false` in the code"],
    ["url", "url: 'https://b.example'", "stands beside another URL"],
    ["body", "body: 'a'", "is sent with GET, which fetch refuses"],
    ["form", "form: {}", "is sent with GET, which fetch refuses"],
    ["json", "json: { a: 1 }", "is a body and sent with GET, which fetch refuses"],
    [
      "body",
      "method: 'POST', body: {}",
      "is not a text and `json` is not set, so the request failed in V1; add `json: true`",
    ],
    [
      "body",
      "method: 'POST', body: 5",
      "is not a text and `json` is not set, so the request failed in V1; add `json: true`",
    ],
    ["headers", "headers: { Host: 'a' }", "set `Host`, which fetch does not send"],
    ["headers", "headers: { 'X-A': ['a', 'b'] }", "give `X-A` several values, which fetch joins into one"],
    ["auth", "auth: input.auth", "is not a plain user with password, nor a bearer token"],
    [
      "auth",
      "auth: { user: 'a', pass: 'b', sendImmediately: false }",
      "is not a plain user with password, nor a bearer token",
    ],
    ["auth", "auth: { ...input.auth }", "is not a plain user with password, nor a bearer token"],
  ])("%s: %s", (name, options, why) => {
    const found = refusalsOf(`await client("https://a.example", { ${options} });`);
    expect(found).toEqual([`http-option: The request option \`${name}\` ${why}.`]);
  });

  it.each([
    [
      "client('https://user:pass@a.example')",
      "url",
      "holds credentials, which fetch refuses; send them in an Authorization header",
    ],
    [
      "client(`https://${input.user}:${input.pass}@a.example`)",
      "url",
      "holds credentials, which fetch refuses; send them in an Authorization header",
    ],
    [
      "const r = await client('https://a.example', { resolveWithFullResponse: true }); return r.toJSON();",
      "resolveWithFullResponse",
      "gives a response whose `toJSON` is used, which fetch does not have",
    ],
    [
      "const { request } = await client('https://a.example', { resolveWithFullResponse: true });",
      "resolveWithFullResponse",
      "gives a response whose `request` is used, which fetch does not have",
    ],
    [
      "client('https://a.example', { resolveWithFullResponse: true }).then((r) => r.request.uri)",
      "resolveWithFullResponse",
      "gives a response whose `request` is used, which fetch does not have",
    ],
  ])("%s", (body, name, why) => {
    expect(refusalsOf(body)).toEqual([`http-option: The request option \`${name}\` ${why}.`]);
  });

  it.each([
    "client('https://a.example', (error) => error)",
    "client('https://a.example', {}, input.done)",
    "client.post({ url: 'https://a.example' }, () => 1)",
    "const done = () => 1; client('https://a.example', done)",
  ])("of a callback: %s", (body) => {
    expect(refusalsOf(body).map((refusal) => refusal.replace(/:.*/u, ""))).toEqual(["http-callback"]);
  });

  it("of a client in a variable that changes", () => {
    const text = `const { Toolbelt } = require("lp-faas-toolbelt"); let client = Toolbelt.HTTPClient(); client = null;`;
    expect(runStep(text).refusals.map(({ message }) => message)).toEqual([
      "The HTTP client is in a variable that changes, so the tool can't follow its calls.",
    ]);
  });
});

describe("options that can't be rewritten in place go through a function of the file", () => {
  it.each([
    "const options = {}; options.json = true; console.log(options, JSON.stringify(options), Object.keys(options)); client('https://a.example', options)",
    "const options = { url: 'https://a.example' }; client.post(options); client.get(options)",
    "client('https://a.example', { json: (input.a, true) })",
    "let options = {}; options = { json: true }; client('https://a.example', options)",
    "const options = {}; options.json = true; client('https://a.example', options)",
    "const options = {}; const same = options; client('https://a.example', same)",
    "client('https://a.example', { json: true, 'json': false })",
    "const options = { timeout: 5 }; go(); client('https://a.example', options)",
    "const options = { timeout: 5 }; for (const a of b) await client('https://a.example', options)",
    "const options = { method: 'POST', json: true, body: input }; input.a = 1; client('https://a.example', options)",
    "const options = { method: 'POST', json: true, body: input }; const f = () => client('https://a.example', options);",
    "client({ uri: 'https://a.example', url: 'https://b.example' })",
    "client.head('https://a.example')",
    "client('https://a.example', { method: 'HEAD' })",
    "client('https://a.example', { simple: input.simple })",
    "client('https://a.example', { json: input.json })",
    "client('https://a.example', { encoding: 'latin1' })",
    "client('https://a.example', { encoding: null, json: true })",
    "client('https://a.example', { timeout: input.timeout })",
    "client('https://a.example', { timeout: '200' })",
    "client('https://a.example', { method: input.method, body: 'a' })",
    "client('https://a.example', { method: 'POST', form: {}, body: 'a' })",
    "client('https://a.example', { method: 'POST', body: {}, json: {} })",
    "client('https://a.example', { method: 'POST', json: true, body: input.a, headers: input.headers })",
    "client('https://a.example', { method: 'POST', json: true, body: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } })",
    "client('https://a.example', { method: 'POST', form: {}, headers: input.headers })",
    "client('https://a.example', { method: 'POST', form: input.form, headers: { 'Content-Type': 'text/plain' } })",
    "client('https://a.example', { auth: { user: 'a', bearer: 'b' } })",
    "client('https://a.example', { auth: { bearer: () => input.token } })",
    "client('https://a.example', { auth: { user: 'a' }, headers: { authorization: 'b' } })",
    "client('https://a.example', { auth: { user: 'a' }, headers: input.headers })",
  ])("%s", (body) => {
    expect(refusalsOf(body)).toEqual([]);
    expect(convertBody(body)).toMatch(/\brequest\(/u);
  });
});

/** What becomes of statements that use `client`. */
function convertBody(body: string): string {
  const text = `const { Toolbelt } = require("lp-faas-toolbelt");
const client = Toolbelt.HTTPClient();
const secrets = Toolbelt.SecretClient();
const lambda = async (input) => { ${body} };
lambda.end = 1;`;
  const result = runStep(text);
  expect(result.refusals).toEqual([]);
  return (
    /const lambda = async \(input\) => \{ (.*)\};\nlambda\.end/su
      .exec(result.edits.applyTo(text).text)?.[1]
      ?.trimEnd() ?? ""
  );
}

describe("a header value that is surely there needs no helper", () => {
  it.each([
    ["`a`", true],
    ["'a' + input.b", true],
    ["input.a + input.b", true],
    ["-input.a", true],
    ["void 0", false],
    ["String(input.a)", true],
    ["input.String(input.a)", false],
    ["input.a.toString()", true],
    ["input.a?.toString()", false],
    ["input.a[b]()", false],
    ["JSON.stringify([])", true],
    ["JSON.stringify(input.a)", false],
    ["JSON.stringify(...input.a)", false],
    ["JSON.stringify()", false],
    ["input.a ? 'b' : 'c'", true],
    ["input.a ? 'b' : input.c", false],
    ["input.a || 'b'", true],
    ["input.a ?? 'b'", true],
    ["input.a && 'b'", false],
    ["input.a || input.b", false],
    ["new Date()", true],
    ["process.env.A", false],
    ["(await secrets.readSecret('a')).value", true],
    ["input.call()()", false],
  ])("%s: %s", (value, isSure) => {
    const output = convertBody(`await client("https://a.example", { headers: { a: ${value} } });`);
    expect(output).toContain(isSure ? `headers: { a: ${value} }` : `headers: requestHeaders({ a: ${value} })`);
  });

  it.each([
    ["const a = 'x';", "a", true],
    ["let a = 'x'; a = input.b;", "a", false],
    ["const { a } = input;", "a", false],
    ["const o = { a: 'x', b: input.b };", "o.a", true],
    ["const o = { a: 'x', b: input.b };", "o.b", false],
    ["const o = { a: 'x' };", "o.b", false],
    ["const o = { a: 'x' };", "o[input.b]", false],
    ["const o = { get a() {} };", "o.a", false],
    ["const o = { ...input, a: 'x' };", "o.a", true],
    ["const o = { a: 'x' }; o.a = input.b;", "o.a", false],
    ["const o = { a: 'x' }; o.a++;", "o.a", true],
    ["const o = { a: 'x' }; delete o.a;", "o.a", false],
    ["const o = { a: 'x' }; o.a.b = 1;", "o.a", true],
    ["const o = { a: 'x', change() { this.a = input.b; } }; o.change();", "o.a", false],
    ["const o = { a: 'x' }; const p = o; p.a = input.b;", "o.a", false],
    ["const o = { a: 'x' }; const p = o; sign(p.a);", "o.a", true],
    ["const o = { a: 'x' }; sign(o); ({ ...o, o });", "o.a", true],
    ["const s = await secrets.readSecret('a');", "s.value", true],
    ["const s = await secrets.readSecret('a');", "s.key", false],
    ["const s = await secrets.other('a');", "s.value", false],
    ["const s = await input.readSecret('a');", "s.value", false],
    ["const s = await readSecret('a');", "s.value", false],
    ["const s = secrets.readSecret('a');", "s.value", false],
    ["let s = await secrets.readSecret('a'); s = input;", "s.value", false],
    ["const { value } = await secrets.readSecret('a');", "value", true],
    ["const { value: a } = await secrets.readSecret('a');", "a", true],
    ["const { key: value } = await secrets.readSecret('a');", "value", false],
    ["const { ...value } = await secrets.readSecret('a');", "value", false],
    ["const [s, t] = await Promise.all([secrets.readSecret('a'), input.b]);", "s.value", true],
    ["const [s, t] = await Promise.all([secrets.readSecret('a'), input.b]);", "t.value", false],
    ["const [s, , t] = await Promise.all([secrets.readSecret('a')]);", "t.value", false],
    ["const [s] = await input;", "s.value", false],
    ["const [s] = await Promise.all(input);", "s.value", false],
  ])("%s %s: %s", (before, value, isSure) => {
    const output = convertBody(`${before} await client("https://a.example", { headers: { x: ${value} } });`);
    expect(output).toContain(isSure ? `headers: { x: ${value} }` : `headers: requestHeaders({ x: ${value} })`);
  });
});

describe("fetch's own Response is used only where every use of it is known", () => {
  const full = `await client("https://a.example", { resolveWithFullResponse: true, simple: false })`;

  it.each([
    ["const r = CALL; return r.body;", true],
    ["const r = CALL; return [r.body, r.statusCode, r?.body?.length];", true],
    ["const r = CALL; const { body } = r;", true],
    ["const { body: text } = CALL;", true],
    ["const { body } = CALL, b = 1;", false],
    ["let r = CALL; return r.body;", false],
    ["var r = CALL; return r.body;", false],
    ["switch (1) { case 1: const r = CALL; r.body; }", false],
    ["const r = CALL; return r.statusCode;", false],
    ["const r = CALL; return r.headers.a + r.body;", true],
    ["const r = CALL; const { a } = r.headers; r.body;", true],
    ["const r = CALL; const h = r.headers; r.body + h['a-b'];", true],
    ["const { body, headers } = CALL; return headers.a;", true],
    ["const r = CALL; return r.headers['set-cookie'] + r.body;", false],
    ["const r = CALL; return r.headers[input.a] + r.body;", false],
    ["const r = CALL; return [r.headers, r.body];", false],
    ["const r = CALL; const { ...rest } = r.headers; r.body;", false],
    ["const r = CALL; r.headers.a = r.body;", false],
    ["const { body, headers } = CALL; return Object.keys(headers);", false],
    ["const r = CALL; const { headers } = r; r.body + r.headers.a;", false],
    ["const r = CALL; return [r, r.body];", false],
    ["const r = CALL; r.body = 1;", false],
    ["const r = CALL; r.statusCode++; r.body;", false],
    ["const r = CALL; delete r.statusMessage; r.body;", false],
    ["const r = CALL; r.body();", false],
    ["const r = CALL; r.body`x`;", false],
    ["const r = CALL; r[input.a]; r.body;", false],
    ["const r = CALL; if (r && r.body) r.body;", false],
    ["const r = CALL; if (r) r.body;", false],
    ["const r = CALL; r ? 1 : r.body;", false],
    ["const r = CALL; const { body } = r; r.body;", false],
    ["const r = CALL; const { body } = r; const { statusCode } = r;", false],
    ["const r = CALL; if (1) { const { body } = r; }", false],
    ["const r = CALL; const { body = 1 } = r;", false],
    ["const r = CALL; const { ['body']: b } = r;", false],
    ["const r = CALL; let { body } = r;", false],
    ["const r = CALL; const q = r; q.body;", false],
    ["const { body, headers } = CALL;", true],
    ["const [r] = CALL;", false],
    ["(CALL).body;", false],
    ["let r; r = CALL; r.body;", false],
    ["let a; ({ body: a } = CALL);", false],
    ["input.r = CALL;", false],
  ])("%s: %s", (body, isNative) => {
    const output = convertBody(body.replace("CALL", full));
    expect(/readResponse\(/u.test(output)).toBe(!isNative);
  });
});

describe("a URL as the only argument", () => {
  it.each([
    ["let url = 'https://a.example'; url += input.a + ''; ", true],
    ["let url = 'https://a.example'; url = input.a;", false],
    ["let url;", false],
    ["const { url } = input;", false],
    ["const url = encodeURI(input.url);", true],
    ["function url() {}", false],
  ])("%s %s", (before, isConverted) => {
    const found = refusalsOf(`${before} await client(url);`);
    expect(found.length).toBe(isConverted ? 0 : 1);
  });
});

describe("a form beside another content type", () => {
  it("replaces it wherever it stands, as V1 did", () => {
    expect(
      convertBody(
        `const h = { "content-type": "a/b" }; await client("https://a.example", { method: "PUT", form: {}, headers: h });`,
      ),
    ).toContain(`headers: requestHeaders({ ...h, "Content-Type": "application/x-www-form-urlencoded" })`);
    expect(
      convertBody(
        `await client("https://a.example", { method: "PUT", form: {}, headers: { "content-type": "a/b", b: "c" } });`,
      ),
    ).toContain(`headers: { b: "c", "Content-Type": "application/x-www-form-urlencoded" }`);
  });
});

it("refuses a client that is declared in the head of a loop", () => {
  const text = `const { Toolbelt } = require("lp-faas-toolbelt"); for (const client = Toolbelt.HTTPClient(); ;) client("https://a.example");`;
  expect(runStep(text).refusals.map(({ message }) => message)).toEqual([
    "The HTTP client is declared where it can't be removed, so the tool can't follow its calls.",
  ]);
});

describe("as a jscodeshift transform", () => {
  const source = `const { Toolbelt } = require("lp-faas-toolbelt");\nToolbelt.HTTPClient()("https://a.example");\n`;

  it("changes the text and reports the differences", () => {
    const reported: string[] = [];
    const api = { report: (message: string) => reported.push(message) };
    const output = transform({ path: "index.js", source }, api, {});
    expect(output).toContain(`fetch("https://a.example").then(readText);`);
    expect(output).not.toContain("lp-faas-toolbelt");
    expect(reported.length).toBeGreaterThan(0);
  });

  it("leaves a file without the client alone", () => {
    expect(transform({ path: "index.js", source: "const a = 1;" }, {} as never, {})).toBeUndefined();
  });
});
