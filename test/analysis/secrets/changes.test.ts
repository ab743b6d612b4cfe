import { describe, expect, it } from "vitest";
import { changeOfAnyValue, findChange } from "../../../src/analysis/secrets/changes.ts";
import { modelOf, present } from "../support.ts";

/** The text of what changes the secret that `readSecret` gives in the body of a function. */
function changeOf(body: string, more = ""): string | undefined {
  const model = modelOf(`async function lambda(input) { ${body} }\n${more}`);
  const read = present(
    model.nodes("CallExpression").find(({ callee }) => callee.type === "Identifier" && callee.name === "readSecret"),
  );
  const change = findChange(model, read);
  return change === undefined ? undefined : model.textOf(change);
}

describe("findChange", () => {
  it.each([
    ["an assignment", "const s = await readSecret(); s.value = 1;", "s.value"],
    ["an assignment far below", "const s = await readSecret(); s.value.list[0].a = 1;", "s.value.list[0].a"],
    ["a count", "const s = await readSecret(); s.value.n++;", "s.value.n"],
    ["delete", "const s = await readSecret(); delete s.value.a;", "s.value.a"],
    ["push", "const s = await readSecret(); s.value.push(1);", "s.value.push"],
    ["Object.assign", "const s = await readSecret(); Object.assign(s.value, {});", "s.value"],
    ["a function of lodash", "const s = await readSecret(); merge(s.value, {});", "s.value"],
    ["a member of a literal", "const all = { s: await readSecret() }; all.s.other.a = 1;", "all.s.other.a"],
    ["a pattern", "const { value } = await readSecret(); value.a = 1;", "value.a"],
    ["a pattern with a default", "const { value = {} } = await readSecret(); value.a = 1;", "value.a"],
    ["a rest", "const { key, ...rest } = await readSecret(); rest.value.a = 1;", "rest.value.a"],
    ["a list", "const [, first] = (await readSecret()).value; first.a = 1;", "first.a"],
    ["a rest of a list", "const [...all] = (await readSecret()).value; all.pop();", "all.pop"],
    ["a variable", "let s; s = await readSecret(); s.value.a = 1;", "s.value.a"],
    ["a choice", "const s = input ? await readSecret() : null; s.value.a = 1;", "s.value.a"],
    ["a fallback", "const s = (await readSecret()) ?? {}; s.value.a = 1;", "s.value.a"],
    ["an optional chain", "const v = (await readSecret())?.value; v.a = 1;", "v.a"],
    ["a copy of the first level", "const s = { ...(await readSecret()) }; s.value.a = 1;", "s.value.a"],
    ["a copy of a list", "const l = [...(await readSecret()).value]; l[0].a = 1;", "l[0].a"],
    ["a loop", "for (const x of (await readSecret()).value) { x.a = 1; }", "x.a"],
    ["a loop with a variable", "let x; for (x of (await readSecret()).value) { x.a = 1; }", "x.a"],
    [
      "an element that is found",
      "const s = await readSecret(); s.value.find(Boolean).a = 1;",
      "s.value.find(Boolean).a",
    ],
    ["a callback", "const s = await readSecret(); s.value.forEach((x) => { x.a = 1; });", "x.a"],
    [
      "an element of a new list",
      "const s = await readSecret(); const t = s.value.map((x) => x.a); t[0].b = 1;",
      "t[0].b",
    ],
    ["then", "return readSecret().then((s) => { s.value.a = 1; });", "s.value.a"],
    ["the result of then", "const v = await readSecret().then((s) => s.value); v.a = 1;", "v.a"],
    ["Promise.all", "const [s, t] = await Promise.all([readSecret(), 1]); s.value.a = 1;", "s.value.a"],
    [
      "the list of Promise.all",
      "const l = await Promise.all([readSecret()]); for (const s of l) { s.value = 1; }",
      "s.value",
    ],
  ])("finds a change by %s", (_, body, change) => {
    expect(changeOf(body)).toBe(change);
  });

  it.each([
    ["a function of the file", "mark(await readSecret());", "function mark(s) { s.value.a = 1; }", "s.value.a"],
    ["its second parameter", "mark(1, await readSecret());", "const mark = (n, s) => { s.value.a = 1; };", "s.value.a"],
    ["a callback by name", "readSecret().then(mark);", "function mark(s) { s.value.a = 1; }", "s.value.a"],
    ["the caller", "return readSecret();", "lambda().then((s) => { s.value.a = 1; });", "s.value.a"],
    [
      "a function that is called twice",
      "const s = await readSecret(); read(s); read(s);",
      "function read(s) { return s; }",
      undefined,
    ],
    ["a function that is kept", "return readSecret();", "module.exports = lambda;", undefined],
    ["a function without a caller", "return readSecret();", "", undefined],
    ["a function that is handed on", "return readSecret();", "run(lambda);", undefined],
  ])("follows the secret to %s", (_, body, more, change) => {
    expect(changeOf(body, more)).toBe(change);
  });

  it("follows a function that a constant holds", () => {
    const body = "const get = () => readSecret(); const s = await get(); s.value.a = 1;";
    expect(changeOf(body)).toBe("s.value.a");
    expect(changeOf("const get = async () => { return readSecret(); }; (await get()).value.a = 1;")).toBe(
      "(await get()).value.a",
    );
  });

  it.each([
    "const s = await readSecret(); return s.value.a;",
    "await readSecret();",
    "const s = await readSecret(); send(s.value);",
    "const s = await readSecret(); input[s.value] = 1;",
    "const s = await readSecret(); const t = s.value.split(','); t.push(1);",
    "const s = await readSecret(); const t = s.value.map((x) => 1); t.push(1);",
    "const s = await readSecret(); send(...s.value);",
    "const s = await readSecret(); s.value.get();",
    "const s = await readSecret(); (() => 1)(s.value, {});",
    "const s = await readSecret(); const t = s; const u = t; u.value.a;",
    "const s = await readSecret(); input.make()(s.value);",
    "const s = await readSecret(); const t = await Promise.all(input, ...s.value);",
    "const s = await readSecret(); let t; t = { s: 1 }; list[s] = t;",
    "const s = await readSecret(); const f = async () => { return s; }; run(f);",
    "const s = await readSecret(); let t; for (t.a in s.value) {}",
    "input.forEach(async () => { return readSecret(); });",
    "const s = await readSecret(); const t = s; const [a, , b] = [t, s]; a.b;",
    "const s = await readSecret(); s.value[input.method](1);",
    "let s = await readSecret(); s += 1;",
    "const s = await readSecret(); s();",
    "return { get() { return readSecret(); } };",
  ])("finds none in %s", (body) => {
    expect(changeOf(body)).toBeUndefined();
  });

  it.each([
    ["a class", "const all = new Store(await readSecret());"],
    ["a member", "input.s = await readSecret();"],
  ])("takes every change below a value for one of a secret that is lost in %s", (_, body) => {
    expect(changeOf(`${body} all.s.value.a = 1;`)).toBe("all.s.value.a");
    expect(changeOf(`${body} all.s.other.a = 1;`)).toBeUndefined();
  });
});

describe("changeOfAnyValue", () => {
  it("finds the first change below a value", () => {
    const model = modelOf("a.value.b; c.value.d.push(1); e.value = 2;");
    expect(model.textOf(present(changeOfAnyValue(model)))).toBe("c.value.d.push");
    expect(changeOfAnyValue(modelOf("a.value; b.values.c = 1;"))).toBeUndefined();
  });
});
