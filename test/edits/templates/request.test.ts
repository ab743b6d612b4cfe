import { afterEach, describe, expect, it, vi } from "vitest";
import { createModel } from "../../../src/analysis/code/model.ts";
import { parseSource } from "../../../src/analysis/code/parse.ts";
import { factsOf } from "../../../src/edits/http/request-function.ts";
import type { RequestFunction } from "../../../src/edits/http/request-function.ts";
import { requestHelpers } from "../../../src/edits/http/request-helpers.ts";
import * as templates from "../../../src/edits/templates/request.js";
import { has } from "../../../src/edits/templates/has.js";
import { globalsOf, templateIds } from "../../../src/edits/templates/templates.ts";
import type { Fact } from "../../../src/edits/templates/texts.ts";
import { EditList } from "../../../src/edits/text/edit-list.ts";
import { fetchGlobals } from "../../../src/platform/http-options.ts";

type Options = Readonly<Record<string, unknown>>;
type Request = (...args: readonly unknown[]) => Promise<unknown>;

const whole = { ...has };

afterEach(() => {
  Object.assign(has, whole);
  vi.unstubAllGlobals();
});

/** What fetch is asked, and what a request makes of the answer. */
async function seen(send: () => Promise<unknown>, answer: () => Response): Promise<unknown> {
  const asked: unknown[] = [];
  vi.stubGlobal("fetch", async (url: unknown, init: Readonly<Record<string, unknown>> = {}) => {
    const { headers, body, signal, ...rest } = init;
    const text: unknown = body instanceof Blob ? [await body.text(), body.type] : body;
    asked.push({ url: String(url), rest, headers: [...((headers as Headers | undefined) ?? [])], body: text });
    asked.push(signal === undefined ? "no limit" : "a limit");
    return answer();
  });
  const plain = (value: unknown): unknown => {
    if (Buffer.isBuffer(value)) {
      return value.toString("hex");
    }
    return value instanceof Error ? Object.fromEntries([["message", value.message], ...Object.entries(value)]) : value;
  };
  return send().then(
    (value) => [asked, "gives", plain(value)],
    (error: unknown) => [asked, "rejects", plain(error)],
  );
}

const send = templates.request as Request;
const ok = (): Response => new Response('{"a":1}', { headers: { "x-a": "1", "content-type": "a/b" } });
const missing = (): Response => new Response("no", { status: 404, headers: { "content-type": "a/b" } });

describe("the whole function", () => {
  it("sends what the options say", async () => {
    const options = {
      method: "post",
      baseUrl: "https://a.example/v1/",
      qs: { a: [1] },
      headers: { "X-A": "1", "X-B": undefined },
      auth: { bearer: "token" },
      json: true,
      body: { b: 2 },
      timeout: 50,
    };
    expect(await seen(() => send("/x", options), ok)).toEqual([
      [
        {
          url: "https://a.example/v1/x?a%5B0%5D=1",
          rest: { method: "POST", redirect: "manual" },
          headers: [
            ["accept", "application/json"],
            ["authorization", "Bearer token"],
            ["content-type", "application/json"],
            ["x-a", "1"],
          ],
          body: '{"b":2}',
        },
        "a limit",
      ],
      "gives",
      { a: 1 },
    ]);
  });

  it.each<[string, Options, () => Response, unknown]>([
    ["the body", {}, ok, '{"a":1}'],
    ["bytes", { encoding: null }, ok, Buffer.from('{"a":1}').toString("hex")],
    ["the whole response", { resolveWithFullResponse: true }, ok, { statusCode: 200, body: '{"a":1}' }],
    ["the headers of HEAD", { method: "HEAD" }, ok, { "x-a": "1" }],
    ["an error", {}, missing, { name: "StatusCodeError", statusCode: 404, error: "no" }],
    ["no error where none is wanted", { simple: false }, missing, "no"],
    ["an error with the headers of HEAD", { method: "HEAD" }, missing, { response: { "content-type": "a/b" } }],
  ])("gives %s", async (_, options, answer, expected) => {
    const given = (await seen(() => send("https://a.example", options), answer)) as unknown[];
    if (typeof expected === "object") {
      expect(given[2]).toMatchObject(expected as object);
    } else {
      expect(given[2]).toBe(expected);
    }
  });

  it("follows no redirect where it is told so", async () => {
    const options = { method: "GET", followRedirect: false };
    const [[asked]] = (await seen(() => send("https://a.example", options), ok)) as [[Options]];
    expect(asked["rest"]).toEqual({ method: "GET", redirect: "manual" });
  });

  it.each<[Options, unknown]>([
    [{ form: { a: "(1)" } }, ["a=%281%29", ""]],
    [{ form: { a: 1 }, json: true }, "a=1"],
    [{ json: { a: 1 }, body: "x" }, '{"a":1}'],
    [{ json: true, body: "x" }, '"x"'],
    [{ json: true, body: "a=(1)", headers: { "content-type": "application/x-www-form-urlencoded" } }, "a=%281%29"],
    [{ body: "x" }, ["x", ""]],
    [{ json: true }, undefined],
  ])("sends %j", async (options, body) => {
    const sent = { method: "POST", ...options };
    const [[asked]] = (await seen(() => send("https://a.example", sent), ok)) as [[Options]];
    expect(asked["body"]).toEqual(body);
  });
});

/** The functions as they are written to a file, as one that can be called. */
function written(wanted: RequestFunction): { readonly text: string; readonly request: Request } {
  const model = createModel(parseSource("\n"));
  const helpers = requestHelpers(model, [], "faithful", wanted);
  helpers.use("request");
  const edits = new EditList();
  helpers.appendTo(edits);
  const { text } = edits.applyTo("\n");
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is the subject of the test
  const evaluate = new Function(`${text}\nreturn request;`) as () => Request;
  return { text, request: evaluate() };
}

/** Values that an option can have, none of which fails before anything is sent. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  auth: [undefined, { user: "me" }],
  baseUrl: ["https://base.example/"],
  body: [undefined, "text"],
  encoding: [null, "utf8", undefined],
  followRedirect: [false, true, undefined],
  form: [undefined, { a: ["(1)"] }, "a=1"],
  headers: [undefined, { "X-A": "1", "content-type": "application/x-www-form-urlencoded" }],
  json: [true, false, undefined],
  method: ["post", "PUT", "HEAD", "GET"],
  qs: [undefined, { q: [1] }],
  simple: [false, true, undefined],
  timeout: [undefined, 5000],
};

/** A sequence of numbers below a limit that is the same in every run. */
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % limit;
  };
}

describe("the function as a file needs it", () => {
  it("does what the whole one does, with no name of its own and no global that is not known", async () => {
    const next = numbers(7);
    for (let round = 0; round < 120; round += 1) {
      const options = Object.keys(VALUES).filter(() => next(2) === 1);
      const takesUrl = next(2) === 1;
      const address = takesUrl ? [] : next(2) === 1 ? ["uri"] : ["uri", "url"];
      const wanted: RequestFunction = {
        names: new Set([...options, ...address, "resolveWithFullResponse"]),
        takesUrl,
        canBeFull: next(2) === 1,
        canBeHead: options.includes("method"),
        canJsonBeBody: options.includes("json"),
        readsErrorResponse: next(2) === 1,
      };
      const { text, request } = written(wanted);
      const given: Options = {
        ...Object.fromEntries(options.map((name) => [name, VALUES[name]?.[next(VALUES[name].length)]])),
        ...(!takesUrl && { [next(2) === 1 ? "uri" : (address.at(-1) ?? "uri")]: "path" }),
        ...(wanted.canBeFull && { resolveWithFullResponse: next(2) === 1 }),
      };
      const answer = next(2) === 1 ? ok : missing;
      const facts = factsOf(wanted);
      Object.assign(has, Object.fromEntries(Object.keys(whole).map((fact) => [fact, facts.has(fact as Fact)])));
      const url = `https://a.example/${String(round)}`;
      const expected = await seen(() => send(takesUrl ? url : undefined, given), answer);
      const actual = await seen(() => (takesUrl ? request(url, given) : request(given)), answer);
      const [message, plain] = [
        `${JSON.stringify(given)}\n${text}`,
        (value: unknown) => withoutResponse(value, wanted),
      ];
      expect(plain(actual), message).toEqual(plain(expected));
      const model = createModel(parseSource(text));
      const free = (model.scopeManager.globalScope?.through ?? []).map(({ identifier }) => identifier.name);
      expect(
        free.filter((name) => !fetchGlobals.has(name)),
        message,
      ).toEqual([]);
    }
  });
});

/** The error of a status holds the whole response only where the file looks at it. */
function withoutResponse(value: unknown, { readsErrorResponse }: RequestFunction): unknown {
  const [asked, how, result] = value as [unknown, string, Options];
  return how === "rejects" && readsErrorResponse ? [asked, how, { ...result, response: undefined }] : value;
}

it("the globals that the functions read are known", () => {
  expect(templateIds().flatMap((id) => globalsOf(id).filter((name) => !fetchGlobals.has(name)))).toEqual([]);
});

it("has.js names what a file can need", () => {
  const every = factsOf({
    names: new Set(Object.keys(whole)),
    takesUrl: true,
    canBeFull: true,
    canBeHead: true,
    canJsonBeBody: true,
    readsErrorResponse: true,
  });
  const ofBodies = ["formFiles", "lists"];
  const ofErrors = ["errorBody", "errorFields", "errorName", "errorResponse", "errorStatus"];
  const ofResponses = ["responseHeaders", "responseMessage", "wholeResponse"];
  expect([...every, ...ofBodies, ...ofErrors, ...ofResponses].sort()).toEqual(Object.keys(whole).sort());
});
