import { describe, expect, it } from "vitest";
import { findShown } from "../../../src/analysis/secrets/shown-secrets.ts";
import { modelOf } from "../support.ts";

/** What the argument of `show`, a method of the console, shows: in a text with a SecretClient. */
function shownIn(code: string): string {
  const model = modelOf(
    `const { Toolbelt } = require("lp-faas-toolbelt");\nconst client = Toolbelt.SecretClient();\n` +
      `const show = console.info;\n${code}`,
  );
  const [shown] = findShown(model).filter(({ method }) => method === "info");
  if (shown === undefined) {
    return "nothing";
  }
  const { flow, isItself } = shown;
  return [isItself ? "" : "holder of", flow.shape, flow.read === undefined ? "of the input" : "of a secret"]
    .join(" ")
    .trim();
}

const inHandler = (body: string): string => shownIn(`async function lambda(input) {\n${body}\n}`);

/** In a handler that has read a secret: its entry, its value, and the promise of it. */
const withSecret = (expression: string): string =>
  inHandler(
    `const entry = await client.readSecret('a'); const text = entry.value; const later = client.readSecret('b');\n` +
      `show(${expression});`,
  );

describe("findShown, in the console", () => {
  it.each([
    ["entry", "entry of a secret"],
    ["text", "text of a secret"],
    ["await later", "entry of a secret"],
    ["(await later)?.value", "text of a secret"],
    ["input", "input of the input"],
    ["input.headers", "headers of the input"],
    ["{ input }", "holder of input of the input"],
    ["input.headers.Authorization", "text of the input"],
    ["input.headers['api_key']", "text of the input"],
    ["text || 'none'", "text of a secret"],
    ["input.x ?? text", "text of a secret"],
    ["input.x && text", "text of a secret"],
    ["input.x ? text : ''", "text of a secret"],
    ["input.x ? '' : text", "text of a secret"],
    ["input.x = text", "text of a secret"],
    ["`Bearer ${text}`", "text of a secret"],
    ["'Bearer ' + text", "text of a secret"],
    ["text.trim()", "text of a secret"],
    ["String(text)", "text of a secret"],
    ["btoa(`a:${text}`)", "text of a secret"],
    ["Buffer.from(text)", "text of a secret"],
    ["JSON.stringify(entry)", "text of a secret"],
    ["JSON.stringify({ text }, null, 2)", "text of a secret"],
    ["text.password", "text of a secret"],
    ["{ text }", "holder of text of a secret"],
    ["{ ...entry }", "entry of a secret"],
    ["[, text]", "holder of text of a secret"],
    ["...[text]", "holder of text of a secret"],
    ["await later.then((one) => one.value)", "text of a secret"],
    ["JSON.parse(text)", "text of a secret"],
    ["JSON.stringify(input)", "text of the input"],
  ])("shows by %s: %s", (expression, shown) => {
    expect(withSecret(expression)).toBe(shown);
  });

  it.each([
    ["entry.key"],
    ["input.payload"],
    ["input.headers.accept"],
    ["input[input.x]"],
    ["later.value"],
    ["text && input.x"],
    ["input.x += text"],
    ["text === 'a'"],
    ["`${entry}`"],
    ["'' + later"],
    ["text.length"],
    ["text.startsWith('a')"],
    ["String()"],
    ["parseInt(text)"],
    ["input.f(text)"],
    ["Buffer.alloc(text)"],
    ["[...text]"],
    ["later"],
    ["later.then((one) => one.value)"],
    ["JSON.stringify(entry, ['key'])"],
    ["JSON.stringify(later)"],
    ["{ later }"],
    ["[later]"],
    ["later.then(input.f)"],
    ["later.then((one) => one.key)"],
    ["later.then((one) => one.value, input.f)"],
    ["later.then()"],
    ["new Map(text)"],
    ["unknown"],
    ["lambda"],
  ])("shows nothing by %s", (expression) => {
    expect(withSecret(expression)).toBe("nothing");
  });

  it.each([
    ["const { value } = await client.readSecret('a'); show(value);", "text of a secret"],
    ["const { value = '' } = await client.readSecret('a'); show(value);", "text of a secret"],
    ["const { value: { password } } = await client.readSecret('a'); show(password);", "text of a secret"],
    ["const { ...rest } = await client.readSecret('a'); show(rest);", "entry of a secret"],
    ["const { value, ...rest } = await client.readSecret('a'); show(rest);", "nothing"],
    ["const { key, value } = await client.readSecret('a'); show(key);", "nothing"],
    ["const [value] = await client.readSecret('a'); show(value);", "nothing"],
    ["const { [input.x]: value } = await client.readSecret('a'); show(value);", "nothing"],
    ["const [, { value }] = await Promise.all([input.x, client.readSecret('a')]); show(value);", "text of a secret"],
    ["const [a] = await Promise.race([client.readSecret('a')]); show(a);", "nothing"],
    ["const [a] = await Promise.all(input.list); show(a);", "nothing"],
    ["const [a, ...b] = await Promise.all([input.x, client.readSecret('a')]); show(b);", "holder of entry of a secret"],
    ["let a; a = await client.readSecret('a'); show(a);", "entry of a secret"],
    ["let a = ''; if (input.x) a = (await client.readSecret('a')).value; show(a);", "text of a secret"],
    ["let a = ''; a += (await client.readSecret('a')).value; show(a);", "nothing"],
    ["let a = 'x'; a = (await client.readSecret('a')).value; show(a);", "nothing"],
    ["let a; show(a); a = await client.readSecret('a');", "nothing"],
    ["let a; a = await client.readSecret('a'); a = input.x; show(a);", "nothing"],
    ["let a; for (a of input.list) { show(a); }", "nothing"],
    ["let { a } = input; a = await client.readSecret('a'); show(a);", "nothing"],
    ["let a; show(a);", "nothing"],
    ["var a = await client.readSecret('a'); var a; show(a);", "nothing"],
    ["const a = a; show(a);", "nothing"],
    ["client.readSecret('a').then(({ value }) => show(value));", "text of a secret"],
    ["client.readSecret('a').then((one, two) => show(two));", "nothing"],
    ["client.readSecret('a').catch((one) => show(one));", "nothing"],
    ["input.list.then((one) => show(one));", "nothing"],
    ["client.readSecret('a').then((one) => { one = input.x; show(one); });", "nothing"],
  ])("follows what is bound: %s", (body, shown) => {
    expect(inHandler(body)).toBe(shown);
  });

  it.each([
    ["async function lambda({ headers }) { show(headers); }", "headers of the input"],
    ["async function lambda({ headers: { cookie } }) { show(cookie); }", "text of the input"],
    ["async function lambda(input, callback) { show(callback); }", "nothing"],
    ["async function lambda([input]) { show(input); }", "nothing"],
    ["function f(a) { show(a); }\nasync function lambda(input) { f(input.headers); }", "headers of the input"],
    ["function f(a) { show(a); }\nasync function lambda(input) { f(...input.list); }", "nothing"],
    ["function f(a, b) { show(b); }\nasync function lambda(input) { f(input.headers); }", "nothing"],
    ["function f(a) { show(a); }\nexport default f;\nasync function lambda(input) {}", "nothing"],
    ["const f = () => client.readSecret('a');\nasync function lambda() { show(await f()); }", "entry of a secret"],
    [
      "async function f() { return (await client.readSecret('a')).value; }\nasync function lambda() { show(await f()); }",
      "text of a secret",
    ],
    [
      "async function f(x) { if (x) return null; return client.readSecret('a'); }\nasync function lambda() { show(await f()); }",
      "entry of a secret",
    ],
    [
      "async function f(x) { if (x) return x; return client.readSecret('a'); }\nasync function lambda() { show(f()); }",
      "nothing",
    ],
    ["function* f() { return client.readSecret('a'); }\nasync function lambda() { show(f()); }", "nothing"],
    ["function f() {}\nasync function lambda() { show(f()); }", "nothing"],
    ["function f() { return f(); }\nasync function lambda() { show(f()); }", "nothing"],
  ])("follows functions of the file: %s", (code, shown) => {
    expect(shownIn(code)).toBe(shown);
  });
});
