import { describe, expect, it } from "vitest";
import * as options from "../../../src/edits/templates/options.js";

describe("requestMethod", () => {
  it.each([
    ["GET", "GET", "follow"],
    ["post", "POST", "manual"],
    ["Patch", "PATCH", "manual"],
    [undefined, "GET", "follow"],
    ["", "GET", "follow"],
  ])("of %s", (method, name, redirect) => {
    expect(options.requestMethod(method)).toEqual({ method: name, redirect });
  });
});

describe("requestHeaders", () => {
  it("leaves out what is undefined, and takes the last of two spellings", () => {
    const values = { a: undefined, "X-B": 1, "x-b": 2, C: null };
    expect([...options.requestHeaders(values)]).toEqual([
      ["c", "null"],
      ["x-b", "2"],
    ]);
    expect(options.plainHeaders(values)).toEqual({ c: "null", "x-b": "2" });
    expect([...options.requestHeaders(undefined)]).toEqual([]);
  });
});

describe("timeoutSignal", () => {
  it.each([undefined, null, 0, NaN, "5000"])("gives none of %s", (timeout) => {
    expect(options.timeoutSignal(timeout)).toBeUndefined();
  });

  it.each([0.5, -1, 5000])("gives one of %s", (timeout) => {
    expect(options.timeoutSignal(timeout)).toBeInstanceOf(AbortSignal);
  });
});

describe("joinUrl", () => {
  it.each([
    ["https://a.example", "b", "https://a.example/b"],
    ["https://a.example/", "/b", "https://a.example/b"],
    ["https://a.example/x", "?q=1", "https://a.example/x/?q=1"],
    ["https://a.example", "", "https://a.example"],
    [undefined, "https://a.example", "https://a.example"],
  ])("joins %s and %s", (base, path, joined) => {
    expect(options.joinUrl(base, path)).toBe(joined);
  });

  it.each(["//b.example", "https://b.example"])("refuses %s as a path", (path) => {
    expect(() => options.joinUrl("https://a.example", path) as unknown).toThrow(
      "options.uri must be a path when using",
    );
  });
});

describe("authHeader", () => {
  it.each([
    [{ user: "me", pass: "a:ü" }, `Basic ${Buffer.from("me:a:ü").toString("base64")}`],
    [{ username: "me", password: "x" }, `Basic ${Buffer.from("me:x").toString("base64")}`],
    [{ user: "me" }, `Basic ${Buffer.from("me:").toString("base64")}`],
    [{ bearer: "token" }, "Bearer token"],
    [{ bearer: (): string => "made" }, "Bearer made"],
    [{ bearer: "" }, "Bearer "],
  ])("writes %j", (auth, header) => {
    expect(options.authHeader(auth as never)).toBe(header);
  });

  it.each([{ user: 5 }, { user: "me", pass: 5 }, {}])("rejects %j as V1 did", (auth) => {
    const write = (): void => {
      options.authHeader(auth);
    };
    expect(write).toThrow("auth() received invalid user or password");
  });
});
