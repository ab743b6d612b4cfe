import { describe, expect, it } from "vitest";
import { convert } from "../http-matrix/run.ts";
import { endpoints } from "../http-matrix/server.ts";
import { bothClients, lambda } from "./both-clients.ts";

const { compareAll, runAlone } = bothClients("options that can be seen", 2300);

/** Every status is an answer; only a broken connection is not. Guards the comparison against being about nothing. */
async function expectAnswers(texts: readonly string[]): Promise<void> {
  const outcomes = await Promise.all(texts.map(runAlone));
  expect(outcomes.filter((outcome) => outcome.error === "no answer" || outcome.requests.length === 0)).toEqual([]);
}

const answers = ["", "json: true", "encoding: null"].flatMap((format) =>
  ["", "simple: false", "simple: true"].flatMap((simple) =>
    ["", "resolveWithFullResponse: true"].map((full) =>
      [format, simple, full].filter((part) => part !== "").join(", "),
    ),
  ),
);
const names = Object.keys(endpoints);

describe.each(names)("an answer of %s", (endpoint) => {
  const url = `input.base + "/${endpoint}"`;

  it("gives what the V1 client gave, awaited or as a promise", async () => {
    await compareAll(
      answers.flatMap((options) => [
        lambda(`return await client(${url}, { ${options} });`),
        lambda(`return client(${url}, { method: "POST", ${options} });`),
        lambda(`const [one, two] = await Promise.all([client(${url}, { ${options} }), 2]); return one;`),
      ]),
    );
  });

  it("gives the error of V1 where the file reads it", async () => {
    const read =
      "[error.name, error.message, error.statusCode, error.error, error.response.statusCode, error.response.body, error.response.headers['x-answer']]";
    await compareAll(
      answers.map((options) =>
        lambda(
          `try { return await client(${url}, { ${options} }); } catch (error) { if (!error.statusCode) { throw error; } return ${read}; }`,
        ),
      ),
    );
  });

  it("gives what the V1 client gave where fetch's Response is used", async () => {
    const uses = [
      "const response = await CALL; return { code: response.statusCode, text: response.statusMessage, body: response.body };",
      "const { statusCode, body } = await CALL; return { statusCode, body };",
      "const response = await CALL;\n  const { statusCode, body: text } = response;\n  return [statusCode, text];",
      "const response = await CALL; return response.statusCode;",
      "const response = await CALL; return { ...response.headers, date: 0, connection: 0, 'keep-alive': 0, 'transfer-encoding': 0 };",
    ];
    const options = answers.filter((option) => option.includes("Full"));
    await compareAll(
      uses.flatMap((use) => options.map((option) => lambda(use.replace("CALL", `client(${url}, { ${option} })`)))),
    );
  });

  it("gives what the V1 client gave for HEAD and OPTIONS", async () => {
    await compareAll([
      lambda(`return await client.head(${url}, { resolveWithFullResponse: true, simple: false });`),
      lambda(`return await client(${url}, { method: "HEAD", resolveWithFullResponse: true });`),
      // fetch goes on with GET there: a difference of transport that each run declares.
      ...(endpoint === "redirect-303" ? [] : [lambda(`return await client(${url}, { method: "OPTIONS" });`)]),
    ]);
  });
});

const bodies = [
  "",
  "json: true",
  "json: true, body: { a: 1, text: 'ü' }",
  "json: true, body: ['a', null]",
  "json: true, body: 'text'",
  "json: true, body: JSON.stringify({ a: 1 })",
  "json: true, body: null",
  "json: true, body: input.payload",
  "json: true, body: input.nothing",
  "json: { a: 1 }",
  "json: ['a']",
  "json: false, body: 'text'",
  "body: 'text ü'",
  "body: ''",
  "body: `a${1}`",
  "body: JSON.stringify({ a: 1 })",
  "body: JSON.stringify(input.nothing)",
  "body: JSON.stringify(input.nothing), headers: { 'content-type': 'application/json' }",
  "body: '<a/>', headers: { 'Content-Type': 'text/xml' }",
  "body: Buffer.from('bytes')",
  "body: input.nothing",
  "body: ['a', 'b'].concat('c')",
  "body: input.base.slice(0, 4)",
  "form: { a: '1 2', b: ['x', 'y'], c: { d: null, e: undefined }, f: \"!'()*~\", g: true, h: new Date(0), i: [], j: () => 1 }",
  "form: {}",
  "form: 'a=1&b=c d'",
  "form: 'a=(1)'",
  "form: input.nothing",
  "form: Object.assign({ a: 1 }, {})",
  "form: { a: 1 }, headers: { 'Content-Type': 'application/json', 'X-One': '1' }",
  "form: { a: 1 }, headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }",
  "form: { a: 1 }, json: true",
];

describe.each(["POST", "PUT", "PATCH", "DELETE"])("a request with %s", (method) => {
  it("sends the body that the V1 client sent", async () => {
    await compareAll(
      bodies.flatMap((body) =>
        ["json-200", "json-404", "redirect-302"].map((endpoint) =>
          lambda(`return await client(input.base + "/${endpoint}", { method: "${method}", ${body} });`),
        ),
      ),
    );
  });
});

const headers = [
  "{}",
  "{ Accept: 'text/csv' }",
  "{ accept: 'text/csv', 'X-One': 1, 'X-Two': true, 'X-Three': null }",
  "{ 'X-One': input.nothing, 'X-Two': `b` }",
  "{ 'X-One': '1', 'x-one': '2' }",
  "{ ...{ Accept: 'a/b' }, 'X-One': '1' }",
  "{ ...input.payload, 'X-One': '1' }",
  "{ ...Object.assign({}, { ACCEPT: 'a/b' }), 'X-One': '1' }",
  "input.nothing",
  "Object.assign({ accept: 'a/b', 'X-One': undefined })",
  "{ ['X-' + 1]: 'computed' }",
  "{ Authorization: 'Bearer ' + input.payload.token }",
];

describe("headers", () => {
  it("arrive as the V1 client sent them", async () => {
    await compareAll(
      headers.flatMap((value) => [
        lambda(`return await client(input.base + "/json-200", { headers: ${value} });`),
        lambda(`return await client(input.base + "/json-200", { headers: ${value}, json: true });`),
        lambda(
          `return await client(input.base + "/json-200", { method: "POST", headers: ${value}, json: true, body: { a: 1 } });`,
        ),
        lambda(`const headers = ${value}; return await client(input.base + "/json-200", { json: true, headers });`),
      ]),
    );
  });

  it("of secrets, and credentials", async () => {
    const secret = "const secret = await Toolbelt.SecretClient().readSecret('a'); ";
    const call = (options: string): string => `return await client(input.base + "/json-200", { ${options} });`;
    await compareAll([
      lambda(secret + call("headers: { 'X-Key': secret.value }")),
      lambda(secret + call("auth: { user: 'me', pass: secret.value }")),
      lambda(call("auth: { username: 'me', password: 'ü:' }")),
      lambda(call("auth: { user: 'me' }, headers: { 'X-One': '1' }")),
      lambda(call("auth: { user: 'me', pass: 'x', sendImmediately: true }, json: true")),
      lambda(call("auth: { bearer: 'token' }")),
      lambda(secret + call("auth: { bearer: secret.value }, json: true")),
    ]);
  });
});

describe("an address that is no text", () => {
  it("is the same address", async () => {
    const paths = ["/json-200", "/json-200?a=1&b=x y", "/json-200?a={1}|^", "/json-200?a=1#top", "/../json-200"];
    const values = ["url.parse(address)", "url.parse(address, true)", "new URL(address)", "new url.URL(address)"];
    const before = `const url = require("url"); `;
    // fetch writes an address in its own way: a difference of transport that each run declares.
    const plain = paths.filter((path) => !/[{.]/u.test(path));
    await compareAll([
      ...plain.flatMap((path) =>
        values.map((value) =>
          lambda(
            `${before}const address = input.base + "${path}"; return await client({ uri: ${value}, json: true });`,
          ),
        ),
      ),
      ...paths
        .filter((path) => !path.includes("."))
        .flatMap((path) => [
          lambda(`${before}const target = url.parse(input.base + "${path}"); return await client({ url: target });`),
          lambda(
            `${before}const target = url.parse(input.base + "${path}"); return await client.post({ url: target, qs: { b: 2 } });`,
          ),
        ]),
      lambda(`const { parse } = require("node:url"); return await client({ url: parse(input.base + "/json-200") });`),
      lambda(
        `const options = { url: require("url").parse(input.base + "/json-200"), json: true }; return await client(options);`,
      ),
      lambda(
        `const options = {}; options.url = new URL(input.base + "/json-200"); options.json = true; return await client(options);`,
      ),
    ]);
  });
});

const queries = [
  "{ a: 1, b: 'c d', c: \"!'()*~+&\" }",
  "{ a: ['x', 'y'], b: { c: { d: 1 } } }",
  "{ a: undefined, b: null, c: () => 1, d: [], e: new Date(0), f: true, g: '' }",
  "{}",
  "input.nothing",
  "{ 'ü': 'ö', n: NaN }",
];

describe("a query", () => {
  it("is written as the V1 client wrote it", async () => {
    const urls = ["/json-200", "/json-200?z=1", "/json-200?a=0&flag&s=x+y&b=1"];
    await compareAll([
      ...queries.flatMap((query) => [
        ...(query === "input.nothing" ? urls.slice(0, 1) : urls).map((url) =>
          lambda(`return await client(input.base + "${url}", { qs: ${query}, json: true });`),
        ),
        lambda(`return client.get({ url: input.base + "/json-200", qs: ${query} });`),
        lambda(`const qs = ${query}; return await client({ uri: input.base + "/json-200", qs });`),
        lambda(`const options = { url: input.base + "/json-200", qs: ${query} }; return await client(options);`),
      ]),
    ]);
  });
});

it("the comparison sees values, errors and requests", async () => {
  const call = (endpoint: string, options = ""): string =>
    lambda(`return await client(input.base + "/${endpoint}", { ${options} });`);
  await expectAnswers(names.filter((name) => name !== "reset").map((name) => call(name)));
  const options = "json: true, method: 'POST', body: [1]";
  const plain = await runAlone(convert(call("json-404", options)).text);
  expect(plain.error).toEqual({ name: "Error", message: '404 - {"code":404}' });
  const whole = lambda(
    `try { return await client(input.base + "/json-404", { ${options} }); } catch (error) { input.caught = error; throw error; }`,
  );
  const converted = await runAlone(convert(whole).text);
  expect(converted).toEqual({
    error: {
      name: "StatusCodeError",
      message: '404 - {"code":404}',
      statusCode: 404,
      body: { code: 404 },
      response: {
        statusCode: 404,
        headers: expect.objectContaining({ "x-answer": "yes" }) as unknown,
        body: { code: 404 },
      },
    },
    requests: [
      {
        method: "POST",
        url: "/json-404",
        body: Buffer.from("[1]").toString("base64"),
        headers: { accept: "application/json", "content-type": "application/json" },
      },
    ],
  });
});

describe("other forms of a request", () => {
  it("are sent as the V1 client sent them", async () => {
    const url = `input.base + "/redirect-302"`;
    await compareAll([
      lambda(`return await client(\`\${input.base}/json-200\`);`),
      lambda(`return await client.get(\`\${input.base}/json-200\`);`),
      lambda(`return await client.del(\`\${input.base}/json-200\`);`),
      lambda(`return await client.delete(\`\${input.base}/redirect-302\`);`),
      lambda(`return await client.post(${url}, { json: { a: 1 } });`),
      lambda(`return await client.put(${url}, { method: "GET", json: true, body: { a: 1 }, simple: false });`),
      lambda(`return await client.get(${url}, { method: "POST", json: true });`),
      lambda(`return await client.patch({ uri: ${url}, body: "text" });`),
      lambda(`return await client({ url: ${url}, method: "get" });`),
      lambda(
        `return await client({ url: ${url}, followRedirect: false, simple: false, resolveWithFullResponse: true });`,
      ),
      lambda(`return await client({ url: ${url}, followRedirect: true, followAllRedirects: false });`),
      lambda(
        `return await client(${url}, { gzip: true, strictSSL: false, rejectUnauthorized: true, forever: true, timeout: 5000 });`,
      ),
      lambda(`return await client(${url}, { encoding: "utf8", removeRefererHeader: true });`),
      lambda(`return await client(${url}, { method: input.payload.method, json: true });`),
      lambda(
        `input.payload.method = "PUT"; return await client(${url}, { method: input.payload.method, simple: false });`,
      ),
      lambda(
        `const config = { method: "PUT", data: "x" }; return await client(${url}, { method: config.method, body: config.data });`,
      ),
      lambda(`const options = { method: "POST", json: true, body: { a: 1 } }; return await client(${url}, options);`),
      lambda(
        `const options = { uri: ${url}, simple: false, json: true }; return client(options).then((body) => [body]);`,
      ),
      lambda(`return await Toolbelt.HTTPClient()(${url}, { json: true });`),
      lambda(`return (await client(${url}, { json: true })).list;`),
      lambda(`return await client(${url}, { json: true }).then((body) => body.list).catch(() => 0);`),
      lambda(`return await (client)(${url}, { json: true });`),
      lambda(
        `return await client(${url}, { method: "POST", headers: { "X-Inner": await client(input.base + "/text-200").then((t) => t.slice(0, 5)) }, json: true, body: await client(input.base + "/json-200", { json: true }) });`,
      ),
    ]);
  });
});
