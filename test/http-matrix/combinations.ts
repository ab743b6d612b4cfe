import { httpOptions } from "../../src/platform/http-options.ts";

/** One value of a dimension: how it is called in the tables, and the piece of the function that it stands for. */
interface Choice {
  readonly name: string;
  /** Request options. */
  readonly options?: string;
  /** The call with `OPTIONS` and `URL` in it. */
  readonly call?: string;
  /** The statement that gives the answer to the callback, with `CALL` in it. */
  readonly use?: string;
  /** What stands behind the address of the endpoint. */
  readonly query?: string;
  readonly endpoint?: string;
}

type Dimensions = Readonly<Record<string, readonly Choice[]>>;

/** A V1 function that makes one request. */
export interface Combination {
  /** The name of the chosen value for each dimension. */
  readonly choices: Readonly<Record<string, string>>;
  readonly source: string;
}

const options = (...texts: readonly string[]): Choice[] =>
  texts.map((text) => ({ name: text === "" ? "none" : text, options: text }));
const endpoint = (...names: readonly string[]): Choice[] => names.map((name) => ({ name, endpoint: name }));

const methods: readonly Choice[] = [
  ...options("", `method: "GET"`, `method: "POST"`, `method: "PUT"`, `method: "PATCH"`, `method: "DELETE"`),
  ...options(`method: "OPTIONS"`, `method: "post"`, `method: "patch"`, `method: input.payload.method`),
  ...["get", "post", "put", "patch", "del"].map((verb) => ({
    name: `.${verb}()`,
    call: `httpClient.${verb}(URL, { OPTIONS })`,
  })),
];

const bodies = options(
  "",
  "json: true",
  `json: true, body: { a: 1, text: "ü" }`,
  `json: true, body: ["a", null]`,
  `json: true, body: "text"`,
  `json: true, body: null`,
  `json: true, body: input.payload`,
  `json: true, body: input.payload.nothing`,
  `json: { a: 1 }`,
  `json: false, body: "text"`,
  `body: "text ü"`,
  `body: ""`,
  `body: JSON.stringify({ a: 1 })`,
  `body: JSON.stringify(input.payload), headers: { "Content-Type": "application/json" }`,
  `body: Buffer.from("bytes")`,
  `body: input.payload.text`,
  `form: { a: "1", b: 2 }`,
  `form: { a: "1 2", b: "~*'()!", c: true }`,
  `form: { a: ["x", "y"], b: { c: null, d: undefined } }`,
  `form: { a: input.payload.nothing, b: input.payload.text }`,
  `form: "a=1&b=c d"`,
  `form: input.payload`,
  `form: { a: "1" }, json: true`,
  `formData: { a: "ü", b: 2, c: ["x", input.payload.text] }, json: true`,
  `formData: { a: input.payload.nothing }`,
  `formData: { a: { value: Buffer.from("1\\n2"), options: { filename: "a.txt", contentType: "text/plain" } } }, headers: { "Content-Type": "multipart/form-data" }`,
);

const uses: readonly Choice[] = [
  { name: "the body", use: "const answer = await CALL;\n    callback(null, answer);" },
  {
    name: "the whole response",
    options: "resolveWithFullResponse: true",
    use: "const response = await CALL;\n    callback(null, response);",
  },
  {
    name: "status and body",
    options: "resolveWithFullResponse: true",
    use: "const { statusCode, body } = await CALL;\n    callback(null, { statusCode, body });",
  },
  {
    name: "members of the response",
    options: "resolveWithFullResponse: true",
    use: "const response = await CALL;\n    callback(null, [response.statusCode, response.statusMessage, response.body]);",
  },
  { name: "in a call", use: "callback(null, await CALL);" },
  { name: "the promise", use: "await CALL.then((answer) => callback(null, answer));" },
  { name: "nothing of it", use: "await CALL;\n    callback(null, 1);" },
  {
    name: "the text of the error",
    use: "try { await CALL; callback(null, 1); } catch (error) { if (!error.statusCode) throw error; callback(null, error.message); }",
  },
  {
    name: "the body in the error",
    use: "try { callback(null, await CALL); } catch (error) { if (!error.statusCode) throw error; callback(null, [error.statusCode, error.error]); }",
  },
];

const answers = endpoint(
  "json-200",
  "null-200",
  "text-200",
  "broken-json-200",
  "empty-200",
  "empty-204",
  "cookies-200",
  "json-201",
  "json-404",
  "text-404",
  "empty-404",
  "text-500",
  "redirect-302",
  "reset",
);

const addresses: readonly Choice[] = [
  { name: "an argument", call: "httpClient(URL, { OPTIONS })" },
  { name: "`uri`", call: "httpClient({ uri: URL, OPTIONS })" },
  { name: "`url`", call: "httpClient({ url: URL, OPTIONS })" },
  {
    name: "options in a constant",
    use: "const options = { url: URL, OPTIONS };\n    const answer = await httpClient(options);\n    callback(null, answer);",
  },
];

const ownQueries: readonly Choice[] = [
  { name: "none" },
  { name: "?z=1", query: "?z=1" },
  { name: "the same name", query: "?a=0&flag&s=x+y" },
];

const queries = options(
  "",
  `qs: { a: 1, b: "c" }`,
  `qs: { a: "c d", b: "!'()*~+&" }`,
  `qs: { a: ["x", "y"], b: { c: { d: 1 } } }`,
  `qs: { a: undefined, b: null, c: [] }`,
  `qs: { a: input.payload.text, b: input.payload.nothing }`,
  `qs: {}`,
  `qs: { a: ["x y", "!"], b: [], c: null, d: undefined, e: { f: 1 }, g: true, h: 0 / 0 }, useQuerystring: true`,
  `qs: input.payload, useQuerystring: true`,
  `qs: { a: ["x y", "!"], b: [], c: { d: ["1", 2] } }, qsStringifyOptions: { arrayFormat: "repeat" }`,
  `qs: { a: ["x y", "!"], c: [{ d: ["1", 2] }] }, qsStringifyOptions: { arrayFormat: "brackets" }`,
  `qs: input.payload, qsStringifyOptions: { indices: false }`,
  `qs: input.payload`,
);

const headers = options(
  "",
  "headers: {}",
  `headers: { "X-One": "1", "X-Two": \`b\` }`,
  `headers: { Accept: "text/csv" }`,
  `headers: { "Content-Type": "application/vnd.example+json" }`,
  `headers: { "X-One": input.payload.text, "X-Two": input.payload.nothing }`,
  `headers: { ...{ Accept: "a/b" }, "X-One": "1" }`,
  `headers: input.payload.headers`,
  `headers: { "X-One": "1", "x-one": "2" }`,
);

const credentials = options(
  "",
  `auth: { user: "me", pass: "ü:" }`,
  `auth: { user: "me" }`,
  `auth: { username: input.payload.text, password: input.payload.text }`,
  `auth: { user: input.payload.nothing, pass: "x" }`,
  `auth: { user: "me", pass: input.payload.list.length }`,
  `auth: { bearer: "token" }`,
  `auth: { bearer: input.payload.nothing }`,
);

const handlings = options("", "followRedirect: false", "followRedirect: true", "followAllRedirects: false");

const transports = options(
  "gzip: true",
  "strictSSL: true",
  "rejectUnauthorized: false",
  "forever: true",
  "timeout: 20000",
  "followAllRedirects: true",
  "removeRefererHeader: true",
  `baseUrl: "http://127.0.0.1:1"`,
  `encoding: "utf8"`,
  `encoding: "latin1"`,
  "encoding: null",
  ...[...httpOptions].flatMap(([name, { handling }]) =>
    handling === "refuse" ? [`${name}: input.payload.${name}`] : [],
  ),
);

/** Each is multiplied out; what a dimension chooses stands beside the choices of the others. */
const PLANES: Readonly<Record<string, Dimensions>> = {
  requests: {
    method: methods.filter(({ name }) => !/put|patch|del/u.test(name)),
    body: bodies,
    endpoint: endpoint("json-200", "json-404"),
  },
  answers: {
    endpoint: answers,
    format: options("", "json: true", "encoding: null"),
    simple: options("", "simple: false"),
    use: uses,
    method: options("", `method: "POST"`),
  },
  addresses: {
    address: addresses,
    qs: queries,
    query: ownQueries,
    format: options("", "json: true"),
    endpoint: endpoint("json-200"),
  },
  headers: {
    headers,
    auth: credentials,
    body: options("json: true", `json: true, body: { a: 1 }`, `body: "text"`, `form: { a: "1 2" }`),
    method: options("", `method: "POST"`),
    endpoint: endpoint("json-200"),
  },
  redirects: {
    method: methods.filter(({ name }) => !/GET|put|patch|del|input/u.test(name)),
    redirect: handlings,
    endpoint: endpoint("redirect-301", "redirect-302", "redirect-303", "redirect-307", "redirect-308"),
    simple: options("", "simple: false"),
  },
  transport: { option: transports, endpoint: endpoint("json-200", "text-500") },
};

function choose(dimensions: Dimensions): Readonly<Record<string, Choice>>[] {
  let chosen: Readonly<Record<string, Choice>>[] = [{}];
  for (const [name, choices] of Object.entries(dimensions)) {
    chosen = chosen.flatMap((sofar) => choices.map((choice) => ({ ...sofar, [name]: choice })));
  }
  return chosen;
}

function combine(plane: string, chosen: Readonly<Record<string, Choice>>): Combination {
  const choices = Object.values(chosen);
  const last = (pick: (choice: Choice) => string | undefined, otherwise: string): string =>
    choices.reduce((found, choice) => pick(choice) ?? found, otherwise);
  const url = `input.base + "/${last((choice) => choice.endpoint, "json-200")}${last((choice) => choice.query, "")}"`;
  const list = choices.flatMap((choice) =>
    choice.options === undefined || choice.options === "" ? [] : [choice.options],
  );
  const call = last((choice) => choice.call, "httpClient(URL, { OPTIONS })");
  const use = last((choice) => choice.use, "const answer = await CALL;\n    callback(null, answer);");
  const body = use.replace("CALL", call).replace("URL", url).replace("OPTIONS", list.join(", "));
  return {
    choices: { plane, ...Object.fromEntries(Object.entries(chosen).map(([name, choice]) => [name, choice.name])) },
    source: `const { Toolbelt } = require("lp-faas-toolbelt");
const httpClient = Toolbelt.HTTPClient();

async function lambda(input, callback) {
  try {
    ${body}
  } catch (error) {
    callback(error);
  }
}
`,
  };
}

/** All combinations of options and endpoints, those once that several planes name. */
export function combinations(): Combination[] {
  const all = Object.entries(PLANES).flatMap(([plane, dimensions]) =>
    choose(dimensions).map((chosen) => combine(plane, chosen)),
  );
  return [...new Map(all.map((combination) => [combination.source, combination])).values()];
}
