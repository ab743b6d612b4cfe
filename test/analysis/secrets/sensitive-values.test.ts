import { describe, expect, it } from "vitest";
import { SensitiveValues } from "../../../src/analysis/secrets/sensitive-values.ts";
import { argumentOf, modelOf } from "../support.ts";

/** What the argument of `show` in the body of the handler shows: its shape, and `later` for a promise of it. */
function shown(body: string, more = ""): string | undefined {
  const model = modelOf(`import { Toolbelt } from "core-functions-toolbelt";
const client = Toolbelt.SecretClient();
async function lambda(input, other) {
  const s = await client.readSecret("a");
  ${body}
}
${more}`);
  const value = new SensitiveValues(model).of(argumentOf(model, "show"));
  const from = value?.read === undefined ? "" : " of a secret";
  return value === undefined ? undefined : `${value.shape}${from}${value.isPromise ? ", later" : ""}`;
}

const ENTRY = "entry of a secret";
const TEXT = "text of a secret";
const HOLDER = "holder of a secret";

describe("SensitiveValues", () => {
  it.each([
    ["s", ENTRY],
    ["client.readSecret('a')", `${ENTRY}, later`],
    ["s.value", TEXT],
    ["s?.value", TEXT],
    ["s.key", undefined],
    ["s[other]", undefined],
    ["s.value.password", TEXT],
    ["s.value.length", undefined],
    ["other || s.value", TEXT],
    ["s.value && 1", undefined],
    ["other ? 1 : s.value", TEXT],
    ["(other.a = s.value)", TEXT],
    ["(other.a += s.value)", undefined],
    ["`a ${s.value}`", TEXT],
    ["`a ${s}`", undefined],
    ["'a' + s.value", TEXT],
    ["1 * s.value", undefined],
    ["{ a: s.value }", HOLDER],
    ["{ ...s }", HOLDER],
    ["{ a: 1 }", undefined],
    ["[, s]", HOLDER],
    ["[...s.value]", HOLDER],
    ["[client.readSecret('a')]", undefined],
    ["JSON.stringify(s)", TEXT],
    ["JSON.stringify(s, null, 2)", TEXT],
    ["JSON.stringify(s, ['key'])", undefined],
    ["JSON.parse(s.value)", undefined],
    ["Buffer.from(s.value)", TEXT],
    ["Buffer.alloc(s.value)", undefined],
    ["String(s.value)", TEXT],
    ["Number(s.value)", undefined],
    ["btoa(s.value, 1)", undefined],
    ["String()", undefined],
    ["s.value.trim()", TEXT],
    ["s.value.indexOf('a')", undefined],
    ["s.value[other]()", undefined],
    ["client.readSecret('a').then((x) => x.value)", `${TEXT}, later`],
    ["client.readSecret('a').then(other)", undefined],
    ["client.readSecret('a').then(() => 1)", undefined],
    ["class {}", undefined],
    ["input", "input"],
    ["input.headers", "holder"],
    ["input.payload", undefined],
    ["input.headers.Authorization", "text"],
    ["input.headers.accept", undefined],
    ["other", undefined],
    ["unknown", undefined],
  ])("tells what %s shows: %s", (expression, value) => {
    expect(shown(`show(${expression});`)).toBe(value);
  });

  it.each([
    ["const { value } = s; show(value);", TEXT],
    ["const { value = 1 } = s; show(value);", TEXT],
    ["const { value: { password } } = s; show(password);", TEXT],
    ["const { ...rest } = s; show(rest);", undefined],
    ["const { [other]: value } = s; show(value);", undefined],
    ["const [value] = s.value; show(value);", undefined],
    ["const [a, b] = await Promise.all([1, client.readSecret('a')]); show(b);", ENTRY],
    ["const [a, b] = await Promise.all([1, client.readSecret('a')]); show(a);", undefined],
    ["const [a] = await Promise.all([...other, client.readSecret('a')]); show(a);", undefined],
    ["const [, { value }] = await Promise.all([1, client.readSecret('a')]); show(value);", TEXT],
    ["const [[a]] = await Promise.all([client.readSecret('a')]); show(a);", undefined],
    ["let v; v = s.value; show(v);", TEXT],
    ["let v = ''; v = s.value; show(v);", TEXT],
    ["let v = 1; v = s.value; show(v);", undefined],
    ["let v; v = s.value; v = 1; show(v);", undefined],
    ["let v; v += s.value; show(v);", undefined],
    ["let v; [v] = s.value; show(v);", undefined],
    ["let v; show(v); v = s.value;", undefined],
    ["let v; const f = () => { v = s.value; }; show(v);", TEXT],
    ["let { value } = s; value = 1; show(value);", undefined],
    ["var v = s.value; var v = s.value; show(v);", undefined],
    ["let v; v = v; show(v);", undefined],
    ["let v; show(v);", undefined],
    ["const o = { a: s.value }; show(o.a);", TEXT],
    ["class V {} show(V);", undefined],
    ["client.readSecret('a').then((x) => show(x));", ENTRY],
    ["client.readSecret('a').then(({ value }) => show(value));", TEXT],
    ["client.readSecret('a').then((x, y) => show(y));", undefined],
    ["other.map((x) => show(x));", undefined],
    ["((x) => { x = 1; show(x); })(s);", undefined],
    ["((x) => show(x))(s);", ENTRY],
    ["((...x) => show(x))(s);", undefined],
  ])("follows variables: %s", (body, value) => {
    expect(shown(body)).toBe(value);
  });

  it.each([
    ["show(get(s));", "function get(x) { return x.value; }", TEXT],
    ["show(get(s));", "async function get(x) { return x.value; }", `${TEXT}, later`],
    ["show(get(s));", "function* get(x) { return x.value; }", undefined],
    ["show(get(s));", "function get(x) { if (x) { return null; } return x.value; }", TEXT],
    ["show(get(s));", "function get(x) { if (x) { return 1; } return x.value; }", undefined],
    ["show(get(s));", "function get(x) {}", undefined],
    ["print(s);", "function print(x) { show(x); }", ENTRY],
    ["print(...s.value);", "function print(x) { show(x); }", undefined],
    ["print();", "function print(x) { show(x); }", undefined],
    ["", "function print(x) { show(x); }", undefined],
  ])("follows functions: %s %s", (body, more, value) => {
    expect(shown(body, more)).toBe(value);
  });
});
