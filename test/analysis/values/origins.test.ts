import { describe, expect, it } from "vitest";
import { elementOriginsOf, isCaught, originsOf } from "../../../src/analysis/values/origins.ts";
import type { Origin } from "../../../src/analysis/values/origins-types.ts";
import type { Model } from "../../../src/analysis/code/model.ts";
import { argumentOf, modelOf, present } from "../support.ts";

function print(model: Model, origins: readonly Origin[]): string {
  const texts = origins.map((origin) => {
    switch (origin.kind) {
      case "made":
        return model.textOf(origin.node);
      case "part":
        return `${model.textOf(origin.of)}(${origin.path.join(" ")})`;
      case "unknown":
        return `?${origin.why}`;
      default:
        return `-${origin.kind}`;
    }
  });
  return texts.join(" ");
}

function modelFor(text: string): Model {
  return modelOf(text.includes("await") ? `async function lambda(input) { ${text} }` : text);
}

/** What the argument of `show` can come from. */
function origins(text: string): string {
  const model = modelFor(text);
  return print(model, originsOf(model, argumentOf(model, "show")));
}

describe("originsOf follows", () => {
  it.each(
    [
      ["show({ a });", "{ a }"],
      ["show(other.a);", "other(.a)"],
      ["show(isA ? 1 : 2);", "1 2"],
      ["show(a || 1); function f(a) {}", "a 1"],
      ["show(null ?? 1);", "1"],
      ["show(0 || 1);", "1"],
      ["show(0 ?? 1);", "0 1"],
      ["show(isA && 1);", "-falsy 1"],
      ["show((1, 2));", "2"],
      ["let a; show(a = 1);", "1"],
      ["let a = 1; show(a ||= 2);", "1 2"],
      ["show(undefined);", "undefined"],
      ["show(fetch);", "fetch"],
      ["function f(a) { show(a?.b); } f({ b: 1 });", "1 -nothing"],
      ["show(`a`);", "`a`"],
    ].map(([text, expected]) => [text, expected] as const),
  )("choices: %s", (text, expected) => {
    expect(origins(text ?? "")).toBe(expected);
  });

  it.each([
    ["const a = 1; show(a);", "1"],
    ["let a; a = 1; a = { b }; show(a);", "-nothing 1 { b }"],
    ["let a = 1; a += 2; show(a);", "1 a += 2"],
    ["let a = 1; a++; show(a);", "1 a++"],
    ["function A() {} show(A);", "function A() {}"],
    ["class A {} show(A);", "class A {}"],
    ["const { a } = { a: 1, b: 2 }; show(a);", "1"],
    ["const { a = 3 } = { b: 2 }; show(a);", "3 -nothing"],
    ["const { a: { b } } = { a: { b: 1 } }; show(b);", "1"],
    ["const [, a] = [1, 2]; show(a);", "2"],
    ["const [, ...rest] = [1, 2]; show(rest[0]);", "1 2"],
    ["const { a, ...rest } = { a: 1, b: 2 }; show(rest.b);", "2"],
    ["const { ...rest } = { a: 1 }; show(rest);", "?unknown"],
    ["let a; [a] = [1]; show(a);", "-nothing 1"],
    ["let a = b, b = a; show(a);", ""],
    ["try {} catch (e) { show(e); }", "?caught"],
    ["p.catch((e) => { show(e); });", "?caught"],
    ["p.catch(({ message }) => { show(message); });", "?caught"],
    ["p.then(f, function (e) { show(e.code); });", "?caught"],
    ["p.catch(on); function on(e, other) { show(e); }", "?caught"],
    ["import a from 'a'; show(a);", "?import"],
    ["for (const a of [1, 2]) { show(a); }", "1 2"],
    ["for (const { b } of [{ b: 1 }]) { show(b); }", "1"],
    ["let a; for (a of [1]) { show(a); }", "-nothing 1"],
    ["for (const a in list) { show(a); }", "?key"],
    ["for (const a of list) { show(a); }", "list([])"],
  ])("names: %s", (text, expected) => {
    expect(origins(text)).toBe(expected);
  });

  it.each([
    ["function f(a) { show(a); } f(1); f(2);", "1 2"],
    ["function f(a = 3) { show(a); } f(1); f();", "3 1"],
    ["function f(a) { show(a); } f();", "-nothing"],
    ["function f(a, b) { show(b); } f(...list, 1);", "?spread"],
    ["function f(...all) { show(all[1]); } f(1, 2);", "2"],
    ["function f({ b }) { show(b); } f({ b: 1 });", "1"],
    ["function f(a) { show(a); } const g = f.bind(null, 1); g(2);", "1"],
    ["function f(a) { show(a); } f(1); list.map(f);", "1 list([])"],
    ["function f(a) { show(a); } f(1); other(f);", "1 ?parameter"],
    ["function lambda(input) { show(input); }", "?parameter"],
    ["function f(a) { show(a); f(a); } f(1);", "1"],
    ["[1, 2].forEach((a) => show(a));", "1 2"],
    ["[1].forEach((a, i, list) => show(list));", "[1]"],
    ["[1, 2].forEach((a, b) => show(b));", "?parameter"],
    ["[1, 2].reduce((a) => show(a));", "?parameter"],
    ["function retry(run) { run(1); } retry((a) => show(a));", "1"],
    ["class A { run(a) { show(a); } } new A().run(1);", "1"],
  ])("parameters: %s", (text, expected) => {
    expect(origins(text)).toBe(expected);
  });

  it.each([
    ["function make() { if (isA) { return 1; } return 2; } show(make());", "1 2"],
    ["function make() { if (isA) { return 1; } } show(make());", "1 -nothing"],
    ["function make() { if (isA) return; return 1; } show(make());", "1 -nothing"],
    ["const make = (a) => a; show(make(3));", "3"],
    ["function* make() { return 1; } show(make());", "make()"],
    ["function make() { return make(); } show(make());", ""],
    ["function fail() { throw new Error(); } show(fail());", ""],
    ["show(other());", "other()"],
    ["show(Object.freeze({ a }));", "{ a }"],
    ["show(Object.assign({ a }, b));", "Object.assign({ a }, b)"],
    ["async function make() { return 1; } show(make());", "make()"],
    ["show(await make()); async function make() { return 1; }", "1"],
    ["const p = make(); show(await p); async function make() { return 1; }", "1"],
    ["show(await 1);", "1"],
    ["show(await other());", "other()(promise)"],
    ["const [, b] = await Promise.all([one(), two()]); show(b); async function two() { return 2; }", "2"],
    ["const [r] = await Promise.allSettled([two()]); show(r.value); async function two() { return 2; }", "2"],
    ["show(await Promise.race([two()])); async function two() { return 2; }", "2"],
    ["show(await Promise.resolve(1));", "1"],
    ["show(await other().then(() => 1));", "1"],
    ["show(await two().catch(() => 1)); async function two() { return 2; }", "2 1"],
    ["show(await two().then(null)); async function two() { return 2; }", "2"],
    ["two().then((a) => show(a)); async function two() { return 2; } await 0;", "2"],
    ["show(await new Promise((resolve) => resolve(1)));", "1"],
    ["show(await new Promise((resolve) => setTimeout(resolve, 1)));", "?unknown"],
    ["show(new URL(a));", "new URL(a)"],
  ])("results: %s", (text, expected) => {
    expect(origins(text)).toBe(expected);
  });

  it.each([
    ["const o = { a: 1, b: 2 }; show(o.a);", "1"],
    ["const o = { a: 1 }; show(o.b);", "-nothing"],
    ["const o = { a: 1, b: 2 }; show(o[key]);", "1 2 -nothing"],
    ["const o = { a: 1 }; o.a = 2; show(o.a);", "1 2"],
    ["const o = { a: 1 }; delete o.a; show(o.a);", "1 -nothing"],
    ["const o = { a: 1 }; const p = o; p.a = 2; show(o.a);", "1 2"],
    ["const o = { a: 1, ...{ a: 2 } }; show(o.a);", "1 2"],
    ["const o = { ...{ a: 2 }, a: 1 }; show(o.a);", "1"],
    ["const o = {}; Object.assign(o, { a: 1 }); show(o.a);", "-nothing 1"],
    ["const o = { get a() { return 1; } }; show(o.a);", "?changed"],
    ["const o = { a: 1 }; merge(o, {}); show(o.a); const { merge } = require('lodash');", "1 ?changed"],
    ["const o = { a: 1 }; o[key] = 2; show(o.a);", "1 ?changed"],
    ["const o = { in: { a: 1 } }; o.in.a = 2; show(o.in.a);", "1 2"],
    ["const o = { a: 1 }; function f() { show(o.a); } o.a = 2;", "1 2"],
    ["class A { static a = 1; } show(A.a);", "1"],
    ["show(Object.values({ a: 1, b: 2 })[0]);", "1 2 -nothing"],
    ["show({ a: 1 }.toString);", "-nothing"],
  ])("members: %s", (text, expected) => {
    expect(origins(text)).toBe(expected);
  });

  it.each([
    ["const list = [1, 2]; show(list[1]);", "2"],
    ["const list = [1, 2]; show(list[i]);", "1 2 -nothing"],
    ["const table = { a: 1, b: [2] }; show(table[key]);", "1 [2] -nothing"],
    ["const table = { a: 1, ...more }; show(table[key]);", "1 more(.*) -nothing"],
    ["const table = { a: 1 }; table.b = 2; show(table[key]);", "1 -nothing 2"],
    ["show(other[a]);", "other([?])"],
    ["const list = [1]; list.push(2); show(list[0]);", "1 2 -nothing"],
    ["show([1, , 2][i]);", "1 -nothing 2"],
    ["show([1, 2].find(isIt));", "1 2 -nothing"],
    ["show([1, 2][2]);", "-nothing"],
    ["show([...list, 1][0]);", "list([]) 1"],
    ["show([...list, 1][1]);", "list([]) 1 -nothing"],
    ["show([1, 2].map((a) => ({ a }))[1]);", "{ a }"],
    ["show(list.map((a) => ({ a }))[1]);", "-nothing { a }"],
    ["show(list.map((a) => ({ a })).shift());", "-nothing { a }"],
    ["const [a] = list.filter(isIt).map((b) => ({ b })); show(a);", "-nothing { b }"],
    ["show([1].concat([2])[i]);", "1 -nothing 2 -nothing"],
    ["show([1, 2].filter(Boolean).map((a) => ({ a }))[0].a);", "1 2"],
    ["show([1].length);", "[1](.length)"],
  ])("elements: %s", (text, expected) => {
    expect(origins(text)).toBe(expected);
  });
});

describe("elementOriginsOf", () => {
  /** Of the list that the last loop goes over. */
  function elements(text: string): string {
    const model = modelFor(text);
    return print(model, elementOriginsOf(model, present(model.nodes("ForOfStatement").at(-1)).right));
  }

  it.each([
    ["for (x of [a, b()]) {}", "a b()"],
    ["for (x of [a, , b]) {}", "a -nothing b"],
    ["for (x of [...[a], b]) {}", "a b"],
    ["for (x of [...list, b]) {}", "list([]) b"],
    ["const list = [a]; for (x of list) {}", "a"],
    ["const list = [a]; for (const x of list) {} for (const i in list) {} for (x of list) {}", "a"],
    ["const list = [a]; list.push(b, c); for (x of list) {}", "a b c"],
    ["const list = [a]; list.unshift(b); for (x of list) {}", "a b"],
    ["const list = [a]; list.push(...more); for (x of list) {}", "a ?changed"],
    ["const list = [a]; list.splice(0, 1, b); for (x of list) {}", "a b"],
    ["const list = [a]; list.fill(b); for (x of list) {}", "a b"],
    ["const list = [a]; list[1] = b; for (x of list) {}", "a b"],
    ["const list = [a]; list[1] ||= b; for (x of list) {}", "a b"],
    ["const list = [a]; [list[0]] = more; for (x of list) {}", "a ?changed"],
    ["const list = [a]; list.length = 0; for (x of list) {}", "a"],
    ["const list = [a]; list.sort(); list.map((x) => x); for (x of list) {}", "a"],
    ["const list = [a]; list[method](b); for (x of list) {}", "a ?changed"],
    ["const list = [a]; list.append(b); for (x of list) {}", "a ?changed"],
    ["const list = [a]; console.info(list, list.length); JSON.stringify(list); for (x of list) {}", "a"],
    ["const list = [a]; fill(list); for (x of list) {}", "a ?changed"],
    ["const list = [a]; const other = list; other.push(b); for (x of list) {}", "a b"],
    ["let list = [a]; list = more; for (x of list) {}", "a more([])"],
    ["const [list] = all; for (x of list) {}", "all([0] [])"],
    ["for (x of [a, b].filter(Boolean)) {}", "a b"],
    ["for (x of [a].concat([b])) {}", "a b"],
    ["for (x of [[a]].flat()) {}", "[[a]].flat()([])"],
    ["for (x of [a].map(make)) {}", "[a].map(make)([])"],
    ["for (x of [a].map((x) => ({ x }))) {}", "{ x }"],
    ["for (x of [a].map(async (x) => x)) {}", "[a].map(async (x) => x)([])"],
    ["const list = [a]; const [first] = list; for (x of list) {}", "a"],
    ["for (x of make()) {}", "make()([])"],
  ])("tells of %s", (text, expected) => {
    expect(elements(text)).toBe(expected);
  });
});

describe("the cost", () => {
  it("is linear in the size of an object, for each member that is asked for", () => {
    const names = Array.from({ length: 2000 }, (_, index) => `m${String(index)}`);
    const properties = names.map((name) => `${name}: 1`).join(", ");
    const model = modelOf(`const o = { ${properties} }; ${names.map((name) => `show(o.${name});`).join("\n")}`);
    const started = process.cpuUsage().user;
    const origins = model.nodes("CallExpression").flatMap((call) => originsOf(model, present(call.arguments[0])));
    expect(origins).toHaveLength(2000);
    expect(process.cpuUsage().user - started).toBeLessThan(5e6);
  });

  it("ends where a value holds itself", () => {
    const lines = Array.from({ length: 30 }, (_, index) => `a = { b: ${String(index)}, c: a };`).join("\n");
    const model = modelOf(`let a; ${lines} show(a.c.c.c.b); a = a.d;`);
    const made = originsOf(model, argumentOf(model, "show")).filter(({ kind }) => kind === "made");
    expect(made).toHaveLength(30);
  });
});

it.each([
  ["try { g(); } catch (error) { show(error); }", true],
  ["try { g(); } catch (error) { const same = error; show(same); }", true],
  ["g().catch((error) => { show(error); });", true],
  ["function f(error) { show(error); }", false],
  ["show(new Error());", false],
])("%s → caught: %j", (text, expected) => {
  const model = modelOf(text);
  expect(isCaught(model, argumentOf(model, "show"))).toBe(expected);
});
