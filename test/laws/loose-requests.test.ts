import { describe, it } from "vitest";
import { endpoints } from "../http-matrix/server.ts";
import { bothClients, lambda } from "./both-clients.ts";

const { compareAll } = bothClients("options that are put together", 1000);

const names = Object.keys(endpoints);
const url = `input.base + "/json-200"`;

describe.each(names)("options that are put together, and an answer of %s", (endpoint) => {
  const address = `input.base + "/${endpoint}"`;

  it("give what the V1 client gave", async () => {
    const flags = ["true", "false", "input.nothing", "null", "0", "'yes'"];
    await compareAll([
      ...flags.flatMap((flag) =>
        // A text as \`json\` would be a body, and GET has none.
        ["simple", "resolveWithFullResponse", ...(flag === "'yes'" ? [] : ["json"])].map((name) =>
          lambda(`const flag = [${flag}][0]; return await client(${address}, { ${name}: flag });`),
        ),
      ),
      ...["null", "'latin1'", "'base64'", "'utf8'", "'binary'", "'hex'", "input.nothing"].flatMap((encoding) => [
        lambda(`const encoding = [${encoding}][0]; return await client(${address}, { encoding });`),
        lambda(`const encoding = [${encoding}][0]; return await client(${address}, { encoding, json: true });`),
      ]),
      ...["GET", "get", "HEAD", "POST"].flatMap((method) => [
        lambda(
          `const method = ["${method}"][0]; const body = await client(${address}, { method, simple: false }); return [body["x-answer"], body.length];`,
        ),
        lambda(
          `const method = ["${method}"][0]; return (await client({ uri: ${address}, method, json: true, simple: false }))?.["x-answer"];`,
        ),
        lambda(
          `const method = ["${method}"][0]; return await client({ uri: ${address}, method, simple: false, resolveWithFullResponse: true });`,
        ),
      ]),
    ]);
  });
});

const bodies = [
  "json: [true][0]",
  "json: [true][0], body: { a: 1 }",
  "json: [true][0], body: 'text'",
  "json: [true][0], body: null",
  "json: [true][0], body: input.nothing",
  "json: [{ a: 1 }][0]",
  "json: [{ a: 1 }][0], body: { b: 1 }",
  "json: [{ a: 1 }][0], form: { b: 1 }",
  "json: ['text'][0]",
  "json: [0][0], body: 'text'",
  "json: true, body: { a: 1 }, form: { b: 1 }",
  "json: true, form: 'a=(1)', body: 'x'",
  "body: 'text', form: { b: 1 }",
  "body: 'text', form: input.nothing",
  "body: ['a', 'b']",
  "body: [Buffer.from('a'), 'b']",
  "body: Buffer.from('bytes'), json: [false][0]",
  "body: new Uint8Array([65, 66]), json: [false][0]",
  "json: true, body: 'a=(1)', headers: { 'content-type': 'application/x-www-form-urlencoded' }",
  "json: true, body: { a: 1 }, headers: input.payload",
  "json: true, body: { a: 1 }, headers: { ...{ 'Content-Type': 'application/vnd.a+json', Accept: 'a/b' }, x: input.nothing }",
  "form: { a: ['1', '2'] }, headers: Object.assign({ 'content-type': 'text/plain' })",
  "form: Object.assign({ a: 1 }), headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, simple: [1][0]",
  "form: [{}][0], headers: input.nothing",
];

describe.each(["POST", "PUT", "patch", "DELETE"])("bodies with %s", (method) => {
  it("are what the V1 client sent", async () => {
    await compareAll(
      bodies.flatMap((body) => [
        lambda(
          `const options = { method: "${method}" }; Object.assign(options, { ${body} }); return client(${url}, options);`,
        ),
        lambda(
          `const options = build(); return client({ url: ${url}, ...options });`,
          `function build() { const input = { payload: {} }; return { method: "${method}", ${body} }; }`,
        ),
      ]),
    );
  });
});

describe("the other options", () => {
  const call = (options: string): string =>
    lambda(`const options = {}; Object.assign(options, { ${options} }); return await client(${url}, options);`);

  it("do what they did", async () => {
    await compareAll([
      call("auth: { user: 'me', pass: 'a:ü' }"),
      call("auth: { username: 'me', password: 'x' }, headers: { authorization: 'own' }"),
      call("auth: { user: 'me' }"),
      call("auth: { user: 5 }"),
      call("auth: { bearer: 'token' }"),
      call("auth: { bearer: () => 'made' }"),
      call("auth: { bearer: '' }"),
      call("auth: input.nothing && { bearer: '' }"),
      call("auth: { user: 'a', bearer: 'b' }"),
      call("timeout: 5000"),
      call("timeout: input.nothing"),
      call("timeout: '1'"),
      call("timeout: 0"),
      call("timeout: 4999.5"),
      call("gzip: true, strictSSL: input.strict, forever: true"),
      call("qs: input.nothing"),
      call("qs: { a: [1, 2] }"),
      call("followRedirect: !input.nothing"),
    ]);
  });

  it("as to redirects", async () => {
    const redirect = (options: string): string =>
      lambda(
        `const options = {}; Object.assign(options, { ${options} }); return await client(input.base + "/redirect-302", options);`,
      );
    await compareAll([
      redirect("followRedirect: !input.nothing"),
      redirect("followRedirect: !!input.nothing, simple: false"),
      redirect("method: 'POST', followRedirect: true"),
      redirect("method: ['PUT'][0], followRedirect: false"),
      redirect("followAllRedirects: false"),
      // The function of the file knows an option that only the other request has.
      lambda(
        `const one = [true][0]; const two = input.nothing; const first = await client(input.base + "/redirect-302", { json: one }); return [first, await client(input.base + "/redirect-302", { json: two, followRedirect: false, simple: false })];`,
      ),
    ]);
  });

  it("join a base and a path", async () => {
    const paths = ["json-200", "/json-200", "/json-200?a=1", "", "?a=1", "//x.example", "http://127.0.0.1:1/"];
    await compareAll(
      ["input.base + '/json-200'", "input.base + '/json-200/'"].flatMap((base) =>
        paths.flatMap((path) => [
          lambda(`return await client({ uri: "${path}", baseUrl: ${base}, qs: { b: 2 }, simple: [false][0] });`),
          lambda(`return await client("${path}", { baseUrl: ${base}, simple: [false][0] });`),
        ]),
      ),
    );
  });
});

it("a failed HEAD carries what its result would have been", async () => {
  const head = (options: string): string =>
    lambda(
      `const method = ["HEAD"][0]; try { return await client(input.base + "/json-404", { method, ${options} }); } catch (error) { return [error.statusCode, error.response["x-answer"], error.response.statusCode]; }`,
    );
  await compareAll([head(""), head("resolveWithFullResponse: true"), head("resolveWithFullResponse: [true][0]")]);
});

it("a query in the URL is merged as V1 did", async () => {
  const urls = ["?a[]=1", "?a[]=1&a[]=2", "?a[]=1&b=2", "?a=1#top", "#top", "?ids%5B%5D=4&ids%5B%5D=5"];
  await compareAll(
    urls.flatMap((query) => [
      lambda(`return await client(input.base + "/json-200${query}", { qs: { b: 1 } });`),
      lambda(`return await client(input.base + "/json-200${query}", { qs: { a: 1 } });`),
      lambda(`const o = {}; o.qs = { b: 1 }; return await client(input.base + "/json-200${query}", o);`),
    ]),
  );
});

it("a function that changes an object is followed", async () => {
  const change = 'function change(options) { options.method = "PUT"; }';
  await compareAll([
    lambda(
      `const shared = { method: "POST" }; change(shared); return await client(${url}, { method: shared.method });`,
      change,
    ),
    lambda(
      `const _ = require("lodash"); const shared = { method: "POST", type: "a/b" }; _.merge(shared, { method: "PUT", type: "c/d" }); return await client(${url}, { method: shared.method, headers: { "X-Type": shared.type } });`,
    ),
    lambda(
      `const { merge } = require("lodash"); const shared = { Accept: "a/b" }; merge(shared, { Accept: "c/d" }); return await client(${url}, { headers: shared, json: true });`,
    ),
  ]);
});

describe("request-promise-native that the file requires", () => {
  const bare = (body: string, name = "client"): string =>
    `const ${name} = require("request-promise-native");\nasync function lambda(input) {\n  ${body}\n}\n`;

  it("gives what it gave", async () => {
    await compareAll([
      bare(`return await client(${url});`),
      bare(`return client({ uri: ${url}, json: true }).then((body) => [body]);`),
      bare(`return await client.post(${url}, { json: { a: 1 }, simple: false, resolveWithFullResponse: true });`),
      bare(`const o = { json: true }; o.body = { a: 1 }; return await client.put(${url}, o);`),
      bare(`return await client(${url.replace("200", "404")}, { headers: { "X-One": "1" } });`),
      bare(`return (await client.head(${url}))["x-answer"];`),
      bare(`return await client(new URL(${url}), { json: true });`),
      bare(`return await client(require("url").parse(${url}), { json: true });`),
      `async function lambda(input) {\n  return await require("request-promise-native")(${url}, { qs: { a: [1] } });\n}\n`,
    ]);
  });
});
