import { describe, expect, it } from "vitest";
import { addressKind, addressText } from "../../../src/analysis/http/url-objects.ts";
import type { AddressKind } from "../../../src/analysis/http/url-objects.ts";
import { argumentOf, modelOf } from "../support.ts";

const BEFORE = `const url = require("url"); const { parse, URL: Address } = require("node:url");\n`;

function kind(text: string): AddressKind {
  const model = modelOf(BEFORE + text);
  return addressKind(model, argumentOf(model, "send"));
}

describe("addressKind", () => {
  it.each<[AddressKind, string]>([
    ["text", 'send("https://a.example.com");'],
    ["text", "send(input.url);"],
    ["text", "send(`https://${host}/`);"],
    ["text", "send(url.format(parts));"],
    ["text", "send(new URL(path, base).href);"],
    ["text", "function build() { return base + path; } send(build());"],
    ["text", "send(other.parse(text));"],
    ["url", "send(new URL(path, base));"],
    ["url", "send(new url.URL(path));"],
    ["url", "send(new Address(path));"],
    ["url", "const target = new URL(path); target.searchParams.set('a', 1); send(target);"],
    ["url", "send(input.isTest ? new URL(path) : base);"],
    ["parsed", "send(url.parse(text));"],
    ["parsed", "send(parse(text, true));"],
    ["parsed", 'send(require("url").parse(text));'],
    ["parsed", "const { parse: read } = url; send(read(text));"],
    ["parsed", "const target = url.parse(text); console.info(target.host); send(target);"],
    ["object", "const target = url.parse(text); target.path = '/'; send(target);"],
    ["object", "const target = url.parse(text); change(...[target]); const other = target; send(target);"],
    ["object", "const target = url.parse(text); send(target); show(target.port);"],
    ["object", "const target = url.parse(text); const other = target; send(other);"],
    ["parsed", "let target = url.parse(text); send(target);"],
    ["object", "let target; target = url.parse(text); send(target);"],
    ["object", "send(input.isTest ? url.parse(text) : text);"],
    ["object", "function build() { return url.parse(text); } send(build());"],
    ["object", "send({ protocol: 'https:', host: 'a.example.com' });"],
    ["object", "const target = { host: 'a.example.com' }; send(target);"],
    ["object", "let target; target = { host: 'a.example.com' }; send(target);"],
    ["object", "function build() { return { host }; } send(build());"],
    ["object", "async function build() { return { host }; } async function run() { send(await build()); }"],
    ["object", "send(Object.assign({}, parts));"],
    ["object", "send(Object.freeze(parts));"],
    ["object", "send(new Target());"],
    ["object", "send(input.target || { host });"],
    ["object", "send(/a/u);"],
    ["object", "function target() {} send(target);"],
    ["object", "class Target {} send(Target);"],
  ])("says “%s” of %s", (expected, text) => {
    expect(kind(text)).toBe(expected);
  });

  it("knows a URL of the file from the global one", () => {
    expect(kind("class URL {} send(new URL(path));")).toBe("object");
  });
});

it.each([
  ['send("https://a.example.com");', '"https://a.example.com"'],
  ["send(new URL(path, base));", "base"],
  ["send(new URL(base));", "base"],
  ["send(new URL());", "new URL()"],
  ["send(url.parse(text));", "text"],
  ["const target = url.parse(text); send(target);", "text"],
  ["send(url.parse());", "url.parse()"],
])("addressText gives what is written of the address in %s", (text, written) => {
  const model = modelOf(BEFORE + text);
  expect(model.textOf(addressText(model, argumentOf(model, "send")))).toBe(written);
});
