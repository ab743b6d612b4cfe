import { describe, expect, it } from "vitest";
import * as bodies from "../../../src/edits/templates/bodies.js";

async function content(blob: Blob | undefined): Promise<unknown> {
  return blob === undefined ? undefined : [await blob.text(), blob.type];
}

describe("jsonBody", () => {
  it("sends JSON, and undefined as nothing", async () => {
    expect(await content(bodies.jsonBody({ a: "ü" }))).toEqual(['{"a":"ü"}', "application/json"]);
    expect(await content(bodies.jsonBody(null))).toEqual(["null", "application/json"]);
    expect(bodies.jsonBody(undefined)).toBeUndefined();
  });
});

describe("rawBody", () => {
  it("sends text and bytes without a content type", async () => {
    expect(await content(bodies.rawBody("text"))).toEqual(["text", ""]);
    expect(await content(bodies.rawBody(["a", Buffer.from("b")]))).toEqual(["ab", ""]);
    expect(bodies.rawBody("")).toBeUndefined();
    expect(bodies.rawBody(undefined)).toBeUndefined();
  });

  it.each([[{ a: 1 }], [5], [true], [["a", 1]], [[]], [[""]]])("rejects %j as V1 did", (value) => {
    expect(() => bodies.rawBody(value)).toThrow("Argument error, options.body.");
  });
});

const FORM = "application/x-www-form-urlencoded";

describe("forms", () => {
  it("are sent with their content type", async () => {
    expect(await content(bodies.formBody({ a: [1] }))).toEqual(["a%5B0%5D=1", FORM]);
    expect(await content(bodies.formBody("a=(1) b"))).toEqual(["a=%281%29 b", FORM]);
    expect(bodies.formBody("")).toBeUndefined();
  });

  it("replace a content type that is none of theirs", () => {
    const headers = new Headers({ "Content-Type": "text/plain" });
    expect(bodies.formText({ a: 1 }, headers)).toBe("a=1");
    expect(headers.get("content-type")).toBe(FORM);
    const own = new Headers({ "Content-Type": `${FORM}; charset=utf-8` });
    expect(bodies.formText("a='1'", own)).toBe("a=%271%27");
    expect(own.get("content-type")).toBe(`${FORM}; charset=utf-8`);
    expect([bodies.isForm(own), bodies.isForm(new Headers())]).toEqual([true, false]);
  });
});

describe("jsonText", () => {
  it("keeps a content type", () => {
    const headers = new Headers();
    expect(bodies.jsonText(["a"], headers)).toBe('["a"]');
    expect(headers.get("content-type")).toBe("application/json");
    const own = new Headers({ "Content-Type": "application/vnd.a+json" });
    bodies.jsonText(1, own);
    expect(own.get("content-type")).toBe("application/vnd.a+json");
  });
});

describe("encodeForm", () => {
  it.each([
    [{ a: "b c", d: "!'()*~+&" }, "a=b%20c&d=%21%27%28%29%2A~%2B%26"],
    [{ a: ["x", "y"], b: { c: { d: 1 } } }, "a%5B0%5D=x&a%5B1%5D=y&b%5Bc%5D%5Bd%5D=1"],
    [
      { a: undefined, b: null, c: () => 1, d: [], e: new Date(0), f: true, g: Buffer.from("g") },
      "b=&e=1970-01-01T00%3A00%3A00.000Z&f=true&g=g",
    ],
    [{}, ""],
  ])("encodes %j as V1 did", (form, text) => {
    expect(bodies.encodeForm(form)).toBe(text);
  });
});

describe("withQuery", () => {
  it.each([
    ["https://a.example/", { b: 1 }, "https://a.example/?b=1"],
    ["https://a.example/?a=0&flag#top", { b: 1 }, "https://a.example/?a=0&flag=&b=1"],
    ["https://a.example/?a=0", { a: 1 }, "https://a.example/?a=1"],
    ["https://a.example/?a[]=1&a[]=2", { b: 3 }, "https://a.example/?a%5B0%5D=1&a%5B1%5D=2&b=3"],
    ["https://a.example/?a=1&a=2", { b: 3 }, "https://a.example/?a%5B0%5D=1&a%5B1%5D=2&b=3"],
    ["https://a.example/?a=1", undefined, "https://a.example/?a=1"],
    ["https://a.example/", {}, "https://a.example/"],
  ])("adds to %s", (url, values, whole) => {
    expect(bodies.withQuery(url, values)).toBe(whole);
  });
});

describe("multipartForm", () => {
  it("takes texts, numbers, lists and files", async () => {
    const file = new File(["1"], "a.txt", { type: "text/plain" });
    const form = bodies.multipartForm({ a: "x", b: [1, "y"], c: file });
    expect([...form].slice(0, 3)).toEqual([
      ["a", "x"],
      ["b", "1"],
      ["b", "y"],
    ]);
    expect(await (form.get("c") as File).text()).toBe("1");
  });

  it.each([undefined, null, true, { a: 1 }, [["a"]]])("fails at %j", (value) => {
    expect(() => bodies.multipartForm({ a: value })).toThrow("The form field a can't be sent.");
  });
});

describe("withQuerystring", () => {
  it("writes what Node's querystring writes", () => {
    const values = { a: ["x y", "!"], b: [], c: null, d: undefined, e: { f: 1 }, g: true, h: Number.NaN, i: 1 };
    expect(bodies.withQuerystring("https://a.example/?a=0&z=1&z=2", values)).toBe(
      "https://a.example/?a=x%20y&a=%21&z=1&z=2&c=&d=&e=&g=true&h=&i=1",
    );
    expect(bodies.withQuerystring("https://a.example/", {})).toBe("https://a.example/");
    expect(bodies.withQuerystring("https://a.example/?a=1", undefined)).toBe("https://a.example/?a=1");
  });
});

describe("withQuery with the format of lists", () => {
  it.each([
    ["repeat", "a=x&a=y&b%5Bc%5D=1"],
    ["brackets", "a%5B%5D=x&a%5B%5D=y&b%5Bc%5D%5B%5D=1"],
  ])("%s", (format, query) => {
    expect(bodies.withQuery("https://a.example/", { a: ["x", "y"], b: { c: [1] } }, format)).toBe(
      `https://a.example/?${query}`,
    );
  });
});
