import { describe, expect, it } from "vitest";
import { bodyUseOf } from "../../../src/analysis/http/invocation-results.ts";
import { modelOf, present } from "../support.ts";

/** What is done with the bodies that the call of `invoke` in the body of a function gives, as text. */
function useOf(body: string): Record<string, string[]> {
  const model = modelOf(`async function lambda(input) { ${body} }`);
  const call = present(
    model.nodes("CallExpression").find(({ callee }) => callee.type === "Identifier" && callee.name === "invoke"),
  );
  const use = bodyUseOf(model, call, new Set(["errorMsg"]));
  const lists = { value: use.asValue, text: use.asText, unclear: use.unclear, error: use.errorReads };
  return Object.fromEntries(
    Object.entries(lists)
      .filter(([, nodes]) => nodes.length > 0)
      .map(([name, nodes]) => [name, nodes.map((node) => model.textOf(node))]),
  );
}

describe("bodyUseOf", () => {
  it.each([
    ["nothing", "await invoke(); invoke();", {}],
    ["a member", "const [r] = await invoke(); return r.body.total;", { value: ["r.body.total"] }],
    ["a place", "const list = await invoke(); return list[0].body.total;", { value: ["list[0].body.total"] }],
    ["its method", "const [r] = await invoke(); return r.body.get();", { value: ["r.body.get"] }],
    ["a parse", "const [r] = await invoke(); return JSON.parse(r.body);", { text: ["r.body"] }],
    ["a method of texts", "const [r] = await invoke(); return r.body.trim();", { text: ["r.body.trim"] }],
    [
      "an error",
      "const [r] = await invoke(); r.body.errorMsg;",
      { value: ["r.body.errorMsg"], error: ["r.body.errorMsg"] },
    ],
    ["a length", "const [r] = await invoke(); return r.body.length;", { unclear: ["r.body.length"] }],
    ["a method of both", "const [r] = await invoke(); return r.body.slice(1);", { unclear: ["r.body.slice"] }],
    ["an unknown member", "const [r] = await invoke(); return r.body[input.key];", { unclear: ["r.body[input.key]"] }],
    ["a member like a method", "const [r] = await invoke(); return r.body.at;", { value: ["r.body.at"] }],
    ["another function", "const [r] = await invoke(); return parse(r.body);", { unclear: ["r.body"] }],
    ["a parse of its own", "const [r] = await invoke(); return input.parse(r.body);", { unclear: ["r.body"] }],
    ["a test", "const [r] = await invoke(); if (r.body) { return !r.body; } r.body ? 1 : 2;", {}],
    [
      "a choice",
      "const [r] = await invoke(); return input.ok ? r.body : null;",
      { unclear: ["input.ok ? r.body : null"] },
    ],
    ["the status", "const [r] = await invoke(); return r.statusCode;", {}],
  ])("tells of %s", (_, body, use) => {
    expect(useOf(body)).toEqual(use);
  });

  it.each([
    ["an await too many", "const l = await (await invoke()); return l[0].body.a;", { value: ["l[0].body.a"] }],
    ["no await", "return invoke();", { unclear: ["invoke()"] }],
    ["the list", "return await invoke();", { unclear: ["await invoke()"] }],
    ["a result", "const [r] = await invoke(); return r;", { unclear: ["r"] }],
    ["a member of a result", "const [r] = await invoke(); return r[input.key];", { unclear: ["r[input.key]"] }],
    ["a variable", "let list = await invoke(); list = input; return list;", { unclear: ["list"] }],
    ["a member of an object", "[input.first] = [1]; const [[r]] = await invoke();", { unclear: ["[r]"] }],
    ["a pattern of the list", "const { length } = await invoke();", {}],
  ])("tells where %s goes out of sight", (_, body, use) => {
    expect(useOf(body)).toEqual(use);
  });

  it.each([
    ["body", "const [, { body }] = await invoke(); return body.total;", { value: ["body.total"] }],
    ["other", "const [{ statusCode }] = await invoke(); return statusCode;", {}],
    ["the rest", "const [{ body, ...rest }] = await invoke(); return rest;", { unclear: ["...rest"] }],
    ["an unknown name", "const [{ [input.key]: a }] = await invoke();", { unclear: ["[input.key]: a"] }],
    [
      "the body's names",
      "const [{ body: { total, errorMsg } }] = await invoke();",
      { value: ["total", "errorMsg"], error: ["errorMsg"] },
    ],
    ["the body's rest", "const [{ body: { ...all } }] = await invoke();", { unclear: ["...all"] }],
  ])("follows a pattern with %s", (_, body, use) => {
    expect(useOf(body)).toEqual(use);
  });

  it.each([
    ["a loop", "for (const r of await invoke()) { r.body.a; }", { value: ["r.body.a"] }],
    ["a loop with a variable", "let r; for (r of await invoke()) { r.body.a; }", { unclear: ["r"] }],
    ["map", "const l = await invoke(); return l.map((r) => r.body.a);", { value: ["r.body.a"] }],
    ["map without a parameter", "const l = await invoke(); return l.map(() => 1);", {}],
    ["map with a pattern", "const l = await invoke(); return l.map(({ body }) => body.a);", { value: ["body.a"] }],
    ["reduce", "const l = await invoke(); return l.reduce((sum, r) => sum + r.body.a, 0);", { value: ["r.body.a"] }],
    ["filter", "const l = await invoke(); return l.filter((r) => r.ok).map((r) => r.body.a);", { value: ["r.body.a"] }],
    ["find", "const l = await invoke(); const r = l.find((x) => x.ok); return r.body.a;", { value: ["r.body.a"] }],
    ["pop", "const l = await invoke(); return l.pop().body.a;", { value: ["l.pop().body.a"] }],
    ["slice", "const l = await invoke(); return l.slice(1)[0].body.a;", { value: ["l.slice(1)[0].body.a"] }],
    ["a named function", "const l = await invoke(); return l.map(read);", { unclear: ["l"] }],
    [
      "a function of the file",
      "const l = await invoke(); const read = (r) => r.body.a; return l.map(read);",
      { value: ["r.body.a"] },
    ],
    [
      "an argument",
      "const l = await invoke(); const sum = (all) => all[0].body.a; sum(l);",
      { value: ["all[0].body.a"] },
    ],
    ["length", "const l = await invoke(); return l.length;", {}],
    ["a method that is not called", "const l = await invoke(); return l.map;", { unclear: ["l.map"] }],
    ["another method", "const l = await invoke(); return l.join();", {}],
    ["then", "return invoke().then(([r]) => r.body.a);", { value: ["r.body.a"] }],
    ["then of a variable", "const p = invoke(); return p.then((l) => l[0].body.a);", { value: ["l[0].body.a"] }],
    ["then without a parameter", "return invoke().then(() => 1);", {}],
    ["then with a name", "return invoke().then(read);", { unclear: ["invoke()"] }],
    ["catch", "const [r] = await invoke().catch(() => []); return r.body.a;", { value: ["r.body.a"] }],
    ["finally that is not called", "return invoke().finally;", { unclear: ["invoke()"] }],
    ["another member", "return invoke().value;", { unclear: ["invoke()"] }],
  ])("follows %s", (_, body, use) => {
    expect(useOf(body)).toEqual(use);
  });

  it("reads a name once that stands for the same twice", () => {
    const body = "const l = await invoke(); const [r] = l; const all = r; const same = all; return same.body.a;";
    expect(useOf(body)).toEqual({ value: ["same.body.a"] });
  });
});
