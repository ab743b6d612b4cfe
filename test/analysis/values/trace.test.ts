import { describe, expect, it } from "vitest";
import { trace } from "../../../src/analysis/values/trace.ts";
import type { TraceEvent, TracePolicy } from "../../../src/analysis/values/trace-events.ts";
import { modelOf } from "../support.ts";

/** All that happens to what `$` means; the text is the body of an async function where it waits. */
function eventsIn(text: string, policy: TracePolicy<string> = {}, path: readonly string[] = []): TraceEvent<string>[] {
  const model = modelOf(text.includes("await") ? `async function lambda() { ${text} }` : text);
  const starts = model.globals("$").map((node) => ({ node, state: "value", path }));
  return [...trace(model, starts, policy)];
}

/** The places where the value itself arrives: those where its member `end` is read. */
function arrivals(text: string, policy?: TracePolicy<string>, path?: readonly string[]): string {
  const model = modelOf(text.includes("await") ? `async function lambda() { ${text} }` : text);
  const starts = model.globals("$").map((node) => ({ node, state: "value", path: path ?? [] }));
  const ends = [...trace(model, starts, policy)].filter(
    (event) => event.type === "member" && event.name === "end" && event.path.length === 0,
  );
  return ends.map(({ node }) => model.textOf(node)).join(" ");
}

function kindsOf(events: readonly TraceEvent<string>[]): string[] {
  return events.map((event) => (event.type === "escape" ? event.reason : event.type));
}

/** The escapes, and what happens to the value itself. */
function usesIn(text: string): string {
  return kindsOf(eventsIn(text)).join(" ");
}

describe("trace goes through", () => {
  it.each([
    ["$.end;", "$"],
    ["const a = $; a.end;", "a"],
    ["const a = $; const b = a; b.end;", "b"],
    ["let a; a = $; a.end;", "a"],
    ["let a; a ??= $; a.end;", "a"],
    ["(a = $).end; var a;", "a = $"],
    ["const a = flag ? $ : other; a.end;", "a"],
    ["const a = $ || other; a.end;", "a"],
    ["const a = other ?? $; a.end;", "a"],
    ["const a = flag && $; a.end;", "a"],
    ["const a = (0, $); a.end;", "a"],
    ["const a = $; a?.end;", "a"],
    ["const a = $; { const a = 1; a.end; } a.end;", "a"],
    ["const { a = $ } = input; a.end;", "a"],
  ])("names: %s", (text, places) => {
    expect(arrivals(text)).toBe(places);
  });

  it.each([
    ["function run(a) { a.end; } run($);", "a"],
    ["function run(a, b) { b.end; } run(0, $);", "b"],
    ["const run = (a = 1) => a.end; run($);", "a"],
    ["function run(a = $) { a.end; }", "a"],
    ["function run(...all) { all[1].end; all[0].end; } run(0, $);", "all[1]"],
    ["function run({ client }) { client.end; } run({ client: $ });", "client"],
    ["function run(a) { if (a.end) { run(a); } } run($);", "a"],
    ["const api = { run(a) { a.end; } }; api.run($);", "a"],
    ["class Api { run(a) { a.end; } } new Api().run($);", "a"],
    ["class Api { constructor(a) { a.end; } } new Api($);", "a"],
    ["class Base { constructor(a) { a.end; } } class Api extends Base {} new Api($);", "a"],
    ["function run(a, b) { b.end; } run.bind(null, 0)($);", "b"],
    ["function run(a, b) { a.end; } const bound = run.bind(null, $); bound(1);", "a"],
    ["function run(a) { a.end; } run.call(null, $);", "a"],
  ])("arguments: %s", (text, places) => {
    expect(arrivals(text)).toBe(places);
  });

  it.each([
    ["function make() { return $; } make().end;", "make()"],
    ["const make = () => $; const a = make(); a.end;", "a"],
    ["const api = { make: () => $ }; api.make().end;", "api.make()"],
    ["function keep(a) { return a; } keep($).end;", "keep($)"],
    ["async function make() { return $; } const a = await make(); a.end;", "a"],
    ["async function make() { return $; } make().then((a) => a.end);", "a"],
    ["const make = async () => $; const a = make(); (await a).end;", "await a"],
    ["const list = names.map(() => $); for (const a of list) { a.end; }", "a"],
    ["start().then(() => $).then((a) => a.end);", "a"],
    ["function retry(f) { f().end; } retry(() => $);", "f()"],
    ["async function retry(f) { (await f()).end; } retry(async () => $);", "await f()"],
  ])("results: %s", (text, places) => {
    expect(arrivals(text)).toBe(places);
  });

  it.each([
    ["const a = await $; a.end;", "a"],
    ["$.then((a) => a.end);", "a"],
    ["const p = $; p.then(use); function use(a) { a.end; }", "a"],
    ["$.catch(report).then((a) => a.end);", "a"],
    ["$.then(null, report).then((a) => a.end);", "a"],
    ["const [, a] = await Promise.all([other, $]); a.end;", "a"],
    ["const [a, b] = await Promise.all([$, other]); b.end; a.end;", "a"],
    ["const all = await Promise.all([other, $]); all[1].end; all[0].end;", "all[1]"],
    ["const [a] = await Promise.allSettled([$]); a.end; a.value.end;", "a.value"],
    ["const a = await Promise.race([$, late]); a.end;", "a"],
    ["const a = await Promise.any([$]); a.end;", "a"],
    ["const a = await Promise.resolve($); a.end;", "a"],
    ["const list = await Promise.all(names.map(() => $)); list.forEach((a) => a.end);", "a"],
    ["const pending = []; pending.push($); const [a] = await Promise.all(pending); a.end;", "a"],
    ["async function f() { return $; } const a = await f(); a.end;", "a"],
  ])("promises: %s", (text, places) => {
    expect(arrivals(text, {}, ["promise"])).toBe(places);
  });

  it("new promises that are resolved by hand", () => {
    expect(arrivals("const a = await new Promise((resolve) => resolve($)); a.end;")).toBe("a");
    expect(usesIn("new Promise((resolve, reject) => reject($));")).toBe("thrown");
  });

  it.each([
    ["const box = { a: $ }; box.a.end; box.b.end;", "box.a"],
    ["const { a } = { a: $ }; a.end;", "a"],
    ["const { a: b, ...rest } = { a: $ }; b.end; rest.a.end;", "b"],
    ["const { b, ...rest } = { a: $ }; rest.a.end;", "rest.a"],
    ["const box = {}; box.a = $; box.a.end;", "box.a"],
    ["const box = { in: {} }; box.in.a = $; box.in.a.end;", "box.in.a"],
    ["const box = { ...{ a: $ } }; box.a.end;", "box.a"],
    ["const box = Object.assign({}, { a: $ }); box.a.end;", "box.a"],
    [
      "const box = {}; Object.assign(box, { a: $ }); box.a.end;",
      "Object.assign(box, { a: $ }).a box.a".split(" ").at(-1),
    ],
    ["const box = Object.freeze({ a: $ }); box.a.end;", "box.a"],
    ["const box = { a: $, run() { this.a.end; } };", "this.a"],
    ["const box = { [name]: $ }; box.a.end;", "box.a"],
    ["const box = { a: $ }; box[name].end;", "box[name]"],
    ['const KEY = "a"; const box = { a: $, b: 1 }; box[KEY].end;', "box[KEY]"],
    ["for (const a of Object.values({ b: $ })) { a.end; }", "a"],
    ["for (const [, a] of Object.entries({ b: $ })) { a.end; }", "a"],
  ])("objects: %s", (text, places) => {
    expect(arrivals(text)).toBe(places);
  });

  it.each([
    ["const [a, b] = [$, other]; b.end; a.end;", "a"],
    ["const list = [$]; list[0].end; list[1].end; list[i].end;", "list[0] list[i]"],
    ["for (const a of [$]) { a.end; }", "a"],
    ["[...[$]].forEach((a) => a.end);", "a"],
    ["const [first, ...others] = [other, $]; first.end; others[0].end;", "others[0]"],
    ["[$].filter(Boolean).map((a) => a.end);", "a"],
    ["[$].find(isIt).end;", "[$].find(isIt)"],
    ["[$].reduce((sum, a) => a.end, 0);", "a"],
    ["[$].reduce((sum, a) => sum.end, 0);", ""],
    ["[$].reduce((sum, a) => sum.end);", "sum"],
    ["[$].reduce((sum, a) => { sum.end; return a; }, 0);", "sum"],
    ["[$].forEach((a, index, list) => list[0].end);", "list[0]"],
    ["const list = []; list.push($); list.at(0).end;", "list.at(0)"],
    ["const map = new Map(); map.set(1, $); map.get(1).end;", "map.get(1)"],
    ["[[$]].flat().forEach((a) => a.end);", "a"],
    [
      "[$].concat(others)[0].end; others.concat($)[0].end; [].concat([$])[0].end;",
      "[$].concat(others)[0] others.concat($)[0] [].concat([$])[0]",
    ],
    ["names.flatMap(() => [$]).forEach((a) => a.end);", "a"],
  ])("lists: %s", (text, places) => {
    expect(arrivals(text)).toBe(places);
  });

  it.each([
    ["class Api { constructor() { this.a = $; } run() { this.a.end; this.b.end; } }", "this.a"],
    ["class Api { a = $; run() { this.a.end; } }", "this.a"],
    ["class Api { #a = $; run() { this.#a.end; } }", "this.#a"],
    ["class Api { constructor(a) { this.a = a; } } const api = new Api($); api.a.end;", "api.a"],
    ["class Api { static a = $; } Api.a.end;", "Api.a"],
    ["class Base { a = $; } class Api extends Base {} new Api().a.end;", "new Api().a"],
  ])("fields: %s", (text, places) => {
    expect(arrivals(text)).toBe(places);
  });
});

describe("trace tells", () => {
  it.each([
    ["$;", "unused"],
    ["void $;", "unused"],
    ["($, other);", "unused"],
    ["if ($) {}", "test"],
    ["!$;", "test"],
    ["typeof $;", "test"],
    ["while ($) {}", "test"],
    ["for (; $;) {}", "test"],
    ["$ ? a : b;", "test"],
    ["$ && other();", "test"],
    ["$ === other;", "compare"],
    ["other in $;", "compare"],
    ["$ instanceof Error;", "compare"],
    ["switch ($) { case 1: }", "compare"],
    ["switch (other) { case $: }", "compare"],
    ["list.includes($);", "compare"],
    ["`${$}`;", "convert"],
    ["$ + 1;", "convert"],
    ["-$;", "convert"],
    ["a += $; var a;", "convert"],
    ["JSON.stringify($);", "convert"],
    ["box[$];", "convert"],
    ["({ [$]: 1 });", "convert"],
    ["start().then(structuredClone); structuredClone($);", "convert"],
    ["for (const key in $) {}", "enumerate"],
    ["Object.keys($);", "enumerate"],
    ["Object.values($);", "enumerate"],
    ["console.log($);", "show"],
    ["Array.isArray($);", "test"],
    ["$();", "call"],
    ["new $();", "call"],
    ["$`text`;", "call"],
    ["$.a;", "member"],
    ["$.a();", "member"],
    ["const { a } = $;", "member"],
    ["const { ...rest } = $;", "copy"],
    ["const b = { ...$ };", "copy"],
    ["for (const a of $) {}", "element"],
    ["const [a] = $;", "element"],
    ["const list = [...$];", "element"],
    ["$.a = 1;", "write"],
    ["$.a++;", "write"],
    ["delete $.a;", "write"],
    ["delete $?.a;", "write"],
    ["[$.a] = list;", "write"],
    ["for ($.a of list) {}", "write"],
    ["Object.defineProperty($, name, {});", "change choice unused"],
    ["Reflect.set($, name, 1);", "change"],
  ])("what is done: %s", (text, uses) => {
    expect(usesIn(text)).toBe(uses);
  });

  it.each([
    ["other($);", "argument"],
    ["new Other($);", "argument"],
    ["input.use($);", "argument"],
    ["function f() { arguments[0]; } f($);", "pass argument"],
    ["$.then(other);", "member"],
    ["throw $;", "thrown"],
    ["function* f() { yield $; }", "yielded"],
    ["function* f() { return $; }", "yielded"],
    ["function lambda() { return $; }", "return returned"],
    ["export function f() { return $; }", "return returned"],
    ["list.some(() => $);", "return"],
    ["setTimeout(() => $, 1);", "return"],
    ["other(() => $);", "return returned"],
    ["module.exports.a = $;", "hold exported"],
    ["module.exports = $;", "hold exported"],
    ["exports.a = $;", "hold exported"],
    ["export default $;", "exported"],
    ["export const a = $;", "bind exported"],
    ["undeclared = $;", "global"],
    ["globalThis.a = $;", "hold stored"],
    ["function f(box) { box.a = $; }", "hold stored"],
    ["f(...$);", "spread"],
    ["function f(a) {} f(...list, $);", "spread"],
    ["const a = [[[[[[[[$]]]]]]]];", "hold hold hold hold hold hold hold deep"],
    ["class A { run(a) { this.a = $; } } module.exports = A;", "hold stored"],
    ["other({ a: $ });", "hold argument"],
  ])("where it is lost: %s", (text, uses) => {
    expect(usesIn(text)).toBe(uses);
  });

  it("nothing of what is done with a holder alone", () => {
    expect(usesIn("const box = { a: $ }; if (box) { box.b = 1; box.b.c(); console.log(box.d); } delete box.a;")).toBe(
      "hold bind",
    );
  });

  it("what is asked for of a promise that is none of promises", () => {
    const events = eventsIn("$.isPending();", {}, ["promise"]);
    expect(kindsOf(events)).toEqual(["unknown"]);
  });

  it("the name and the value of a write, also by a constant", () => {
    const model = modelOf('const KEY = "method"; const a = $; a[KEY] = "PUT"; a[name] = 1;');
    const writes = [
      ...trace(
        model,
        model.globals("$").map((node) => ({ node, state: 0 })),
      ),
    ].flatMap((event) => (event.type === "write" ? [[event.name, event.value && model.textOf(event.value)]] : []));
    expect(writes).toEqual([
      ["method", '"PUT"'],
      [undefined, "1"],
    ]);
  });
});

describe("the policy", () => {
  it("ends the trace at a hop", () => {
    const policy: TracePolicy<string> = {
      same: (hop) => (hop.type === "bind" && hop.target.name === "b" ? undefined : hop.state),
    };
    expect(arrivals("const a = $, b = $; a.end; b.end;", policy)).toBe("a");
    const [hop] = eventsIn("const b = $;", policy);
    expect(hop).toMatchObject({ type: "bind", isFollowed: false });
  });

  it("follows parts with a state of their own", () => {
    const policy: TracePolicy<string> = {
      part: (hop) => (hop.type === "member" && hop.name === "value" ? `${hop.state}!` : undefined),
    };
    const events = eventsIn("const a = $.value; a.end; const { value: { end } } = { ...$, value: $.value };", policy);
    const ends = events.filter((event) => event.type === "member" && event.name === "end");
    expect(ends.map(({ state }) => state)).toEqual(["value!", "value!"]);
  });

  it("takes the value for a list", () => {
    const policy: TracePolicy<string> = {
      part: (hop) => (hop.type === "element" && hop.state === "value" ? "item" : undefined),
    };
    const items = (text: string): string[] =>
      eventsIn(text, policy).flatMap((event) => (event.type === "member" && event.name === "end" ? [event.state] : []));
    for (const text of [
      "for (const a of $) { a.end; }",
      "const [a] = $; a.end;",
      "$.map((a) => a.end);",
      "$.filter(Boolean)[0].end;",
      "$.pop().end;",
      "const [, ...rest] = $; rest[0].end;",
      "[...$].forEach((a) => a.end);",
    ]) {
      expect(items(text), text).toEqual(["item"]);
    }
    expect(items("$.end;")).toEqual(["value"]);
  });

  it("follows what calls give", () => {
    const policy: TracePolicy<string> = { part: (hop) => (hop.type === "call" ? "result" : undefined) };
    const ends = eventsIn("const a = $(); a.end;", policy).filter(({ type }) => type === "member");
    expect(ends.map(({ state }) => state)).toEqual(["result"]);
  });
});

describe("the cost", () => {
  it("is linear in the uses", () => {
    const reads = Array.from({ length: 5000 }, (_, index) => `a.m${String(index)};`).join("\n");
    const started = process.cpuUsage().user;
    expect(eventsIn(`const a = $;\n${reads}`)).toHaveLength(5001);
    expect(process.cpuUsage().user - started).toBeLessThan(5e6);
  });

  it("ends in cycles, however deep the code is", () => {
    expect(usesIn("let a = $; let b = a; a = b; a.end;")).toBe("bind bind bind member");
    expect(usesIn("function f(a) { g(a); } function g(a) { f(a); } f($);")).toBe("pass bind pass bind pass bind");
    const deep = `const a = ${"f ? 0 : ".repeat(300)}$; a.end;`;
    expect(arrivals(deep.replaceAll("f ?", "0 ?"))).toBe("a");
  });

  it("is paid only as far as somebody asks", () => {
    const model = modelOf("const a = $; a.x; a.y;");
    let asked = 0;
    const events = trace(
      model,
      model.globals("$").map((node) => ({ node, state: 0 })),
      {
        part: () => {
          asked += 1;
          return undefined;
        },
      },
    );
    events.next();
    events.next();
    expect(asked).toBe(1);
  });

  it("begins at a parameter, whose value nothing in the file gives", () => {
    const model = modelOf("function run({ a: { b }, ...rest }) { use(b); rest.a; }");
    const [run] = model.nodes("FunctionDeclaration");
    const starts = (run?.params ?? []).map((node) => ({ node, isTarget: true, state: 0 }));
    const events = trace(model, starts, { part: ({ state }) => state });
    expect([...events].filter(({ type }) => type === "escape").map(({ node }) => model.textOf(node))).toEqual(["b"]);
  });
});
