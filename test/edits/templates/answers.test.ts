import { afterEach, describe, expect, it } from "vitest";
import * as answers from "../../../src/edits/templates/answers.js";
import { has } from "../../../src/edits/templates/has.js";

function response(body: string, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(body, { status, statusText: "Said", headers });
}

/** What a promise rejects with. */
async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => "no rejection",
    (error: unknown) => error,
  );
}

describe("the readers of bodies", () => {
  it("give text, JSON and bytes", async () => {
    expect(await answers.readText(response("text ü"))).toBe("text ü");
    expect(await answers.readJson(response('{"a":[1]}'))).toEqual({ a: [1] });
    expect(await answers.readBuffer(response("ü"))).toEqual(Buffer.from("ü"));
    expect(await answers.readAnyBuffer(response("no", 500))).toEqual(Buffer.from("no"));
  });

  it.each([
    ["readText", '404 - "no"', "no"],
    ["readJson", '404 - "no"', "no"],
    ["readBuffer", '404 - {"type":"Buffer","data":[110,111]}', Buffer.from("no")],
  ] as const)("%s rejects for a status outside 2xx", async (name, message, error) => {
    const failure = await rejection(answers[name](response("no", 404, { "x-a": "1" })));
    expect(failure).toBeInstanceOf(Error);
    expect(failure).toMatchObject({
      name: "StatusCodeError",
      message,
      statusCode: 404,
      error,
      response: { statusCode: 404, headers: { "x-a": "1" }, body: error },
    });
  });
});

describe("where the file reads no field of an error", () => {
  afterEach(() => {
    has.errorFields = true;
  });

  it.each([
    ["readText", '404 - "no"'],
    ["readJson", '404 - "no"'],
    ["readBuffer", '404 - {"type":"Buffer","data":[110,111]}'],
    ["readOkResponse", '404 - "no"'],
    ["readOkJsonResponse", '404 - "no"'],
    ["readOkBufferResponse", '404 - {"type":"Buffer","data":[110,111]}'],
  ] as const)("%s rejects with a plain error", async (name, message) => {
    has.errorFields = false;
    const failure = await rejection(answers[name](response("no", 404)));
    expect(failure).toEqual(new Error(message));
    expect(Object.keys(failure as Error)).toEqual([]);
  });
});

describe("the readers of responses", () => {
  it("give status, headers and body together, whatever the status is", async () => {
    const expected = { statusCode: 404, statusMessage: "Said", headers: { "x-a": "1" } };
    const given = (body: string): Response => response(body, 404, { "x-a": "1", "content-type": "a/b" });
    const headers = { "x-a": "1", "content-type": "a/b" };
    expect(await answers.readResponse(given("1"))).toEqual({ ...expected, headers, body: "1" });
    expect(await answers.readJsonResponse(given("1"))).toEqual({ ...expected, headers, body: 1 });
    expect(await answers.readBufferResponse(given("1"))).toEqual({ ...expected, headers, body: Buffer.from("1") });
  });

  it("reject for a status outside 2xx where V1 did", async () => {
    expect(await answers.readOkResponse(response("1"))).toMatchObject({ statusCode: 200, body: "1" });
    expect(await answers.readOkJsonResponse(response("1"))).toMatchObject({ statusCode: 200, body: 1 });
    expect(await answers.readOkBufferResponse(response("1"))).toMatchObject({ body: Buffer.from("1") });
    for (const read of [answers.readOkResponse, answers.readOkJsonResponse, answers.readOkBufferResponse]) {
      expect(await rejection(read(response("1", 500)))).toMatchObject({ name: "StatusCodeError", statusCode: 500 });
    }
  });
});

describe("where the file reads parts of a response, or of an error", () => {
  const facts = [
    "wholeResponse",
    "responseMessage",
    "responseHeaders",
    "errorName",
    "errorStatus",
    "errorBody",
  ] as const;

  afterEach(() => {
    Object.assign(has, Object.fromEntries([...facts, "errorResponse"].map((fact) => [fact, true])));
  });

  it.each([
    ["readResponse", "1"],
    ["readJsonResponse", 1],
    ["readBufferResponse", Buffer.from("1")],
    ["readOkResponse", "1"],
    ["readOkJsonResponse", 1],
    ["readOkBufferResponse", Buffer.from("1")],
  ] as const)("%s gives these alone", async (name, body) => {
    const given = (): Response => response("1", 201, { "x-a": "1", "content-type": "a/b" });
    has.wholeResponse = false;
    expect(await answers[name](given())).toEqual({
      statusCode: 201,
      statusMessage: "Said",
      headers: { "x-a": "1", "content-type": "a/b" },
      body,
    });
    Object.assign(has, { responseMessage: false, responseHeaders: false });
    expect(await answers[name](given())).toEqual({ statusCode: 201, body });
  });

  it("the error has these alone", async () => {
    Object.assign(has, { errorName: false, errorStatus: false, errorBody: false, errorResponse: false });
    const failure = await rejection(answers.readText(response("no", 404)));
    expect(Object.keys(failure as Error)).toEqual([]);
    has.errorStatus = true;
    expect(await rejection(answers.readText(response("no", 404)))).toEqual(
      Object.assign(new Error('404 - "no"'), { statusCode: 404 }),
    );
  });
});

describe("parseJson", () => {
  it.each([
    ["", undefined],
    ["null", null],
    ['{"a":1}', { a: 1 }],
    ["<p>", "<p>"],
  ])("gives of %j what V1 gave", (text, value) => {
    expect(answers.parseJson(text)).toEqual(value);
  });
});

describe("plainResponse", () => {
  it("gives cookies as a list", () => {
    const headers = new Headers({ "x-a": "1" });
    headers.append("set-cookie", "a=1");
    headers.append("set-cookie", "b=2");
    const given = new Response(null, { headers });
    expect(answers.plainResponse(given, "body")).toEqual({
      statusCode: 200,
      statusMessage: "",
      headers: { "x-a": "1", "set-cookie": ["a=1", "b=2"] },
      body: "body",
    });
    expect(answers.fullStatusError(given, "body")).toMatchObject({
      message: '200 - "body"',
      response: { statusMessage: "", headers: { "set-cookie": ["a=1", "b=2"] } },
    });
  });
});
