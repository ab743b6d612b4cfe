import { describe, expect, it } from "vitest";
import { ABSENT, ERROR, OBJECT, PRIMITIVE, TEXT } from "../../../src/analysis/errors/reason-set.ts";
import { caughtReasons, reasonsGivenAt, reasonsOf } from "../../../src/analysis/errors/reasons.ts";
import type { Model } from "../../../src/analysis/code/model.ts";
import type { Node } from "../../../src/analysis/code/tree.ts";
import { modelOf, present } from "../support.ts";

const NAMES = new Map([
  [ABSENT, "absent"],
  [ERROR, "error"],
  [TEXT, "text"],
  [PRIMITIVE, "primitive"],
  [OBJECT, "object"],
]);

function told(reasons: number): string {
  const names = [...NAMES].filter(([flag]) => (reasons & flag) !== 0).map(([, name]) => name);
  return names.length === NAMES.size ? "anything" : names.join(" ");
}

function callOf(model: Model, name: string): Extract<Node, { type: "CallExpression" }> {
  return present(
    model.nodes("CallExpression").find(({ callee }) => callee.type === "Identifier" && callee.name === name),
  );
}

/** What the first argument of `give(…)` can be. */
function given(text: string): string {
  const model = modelOf(text);
  return told(reasonsOf(model, callOf(model, "give").arguments[0]));
}

describe("reasonsOf", () => {
  it.each([
    ["give();", "absent"],
    ["give(null);", "absent"],
    ["give(undefined, 1);", "absent"],
    ["give(void 0);", "absent"],
    ["give(void run());", "absent"],
    ["give(...list);", "anything"],
    ["give('text');", "text"],
    ["give(`text`);", "text"],
    ["give(typeof a);", "text"],
    ["give(404);", "primitive"],
    ["give(false);", "primitive"],
    ["give(10n);", "primitive"],
    ["give(NaN);", "primitive"],
    ["give(!a);", "primitive"],
    ["give(-a);", "primitive"],
    ["give(a === b);", "primitive"],
    ["let a; give(a++);", "primitive"],
    ["give(/a/);", "object"],
    ["give({ message: 'x' });", "object"],
    ["give(['no']);", "object"],
    ["give(() => {});", "object"],
    ["give(class {});", "object"],
    ["give(nowhere);", "anything"],
    ["give(a.b);", "anything"],
    ["give(this);", "anything"],
    ["give(await load());", "anything"],
  ])("tells a value from another: %s → %s", (text, expected) => {
    expect(given(`async function f() { ${text} }`)).toBe(expected);
  });

  it.each([
    ["give('a' + b);", "text"],
    ["give(b + 'a');", "text"],
    ["give(a + b + `c`);", "text"],
    ["give(1 + 2);", "primitive"],
    ["give(a + b);", "text primitive"],
    ["give('a' - b);", "primitive"],
    ["give(String(a));", "text"],
    ["give(Number(a));", "primitive"],
    ["give(parseInt(a, 10));", "primitive"],
    ["give(JSON.stringify({ a }));", "text"],
    ["give(JSON.stringify(a));", "absent text"],
    ["give(JSON.stringify({ a }, null, 2));", "absent text"],
    ["give(a.trim());", "text"],
    ["give(load());", "anything"],
    ["give((run(), 'text'));", "text"],
    ["let e; give(e = 'text');", "text"],
    ["let e; give(e += 'text');", "anything"],
    ["give(a?.b);", "anything"],
  ])("computes: %s → %s", (text, expected) => {
    expect(given(`async function f() { ${text} }`)).toBe(expected);
  });

  it.each([
    ["give(new Error('x'));", "error"],
    ["give(new TypeError('x'));", "error"],
    ["give(new AggregateError([]));", "error"],
    ["give(Error('x'));", "error"],
    ["give(new Date());", "object"],
    ["give(new Failure());", "error"],
    ["const { Failure } = require('failures'); give(new Failure());", "error"],
    ["const failures = require('failures'); give(new failures.Failure());", "error"],
    ["give(new this.Failure());", "error object"],
    ["class Failure extends Error {} give(new Failure());", "error"],
    ["class Base extends TypeError {} class Failure extends Base {} give(new Failure());", "error"],
    ["class Failure {} give(new Failure());", "object"],
    ["class Failure extends make() {} give(new Failure());", "error object"],
    ["function Failure(message) { this.message = message; } give(new Failure('x'));", "error object"],
    ["const Error = make; give(Error('x'));", "anything"],
    ["const Error = make; give(new Error('x'));", "error object"],
    ["give(Object.assign(new Error('x'), { code: 1 }));", "error"],
    ["give(Object.assign({}, { code: 1 }));", "object"],
  ])("knows what is made: %s → %s", (text, expected) => {
    expect(given(`function f() { ${text} }`)).toBe(expected);
  });

  it.each([
    ["give(e || new Error());", "error text primitive object"],
    ["give(e ?? new Error());", "error text primitive object"],
    ["give(e && new Error());", "absent error text primitive"],
    ["give(e || 'text');", "error text primitive object"],
    ["give('' || null);", "absent text"],
    ["give(e instanceof Error ? e : new Error(e));", "error"],
    ["give(e instanceof TypeError ? e : new Error(e));", "error"],
    ["give(e instanceof Error ? other : new Error(e));", "anything"],
    ["give(e instanceof Thing ? e : new Error(e));", "anything"],
    ["give(e ? new TypeError() : new Error(e));", "error"],
    ["give(e ? e : new Error());", "error text primitive object"],
    ["give(!e ? new Error() : e);", "error text primitive object"],
    ["give(e ? new Error() : e);", "absent error text primitive"],
    ["give(typeof e === 'string' ? new Error(e) : e);", "absent error primitive object"],
    ["give(e != null ? e : 'none');", "error text primitive object"],
    ["give(e !== null ? e : 'none');", "anything"],
    ["give(null === e ? e : 'none');", "absent text"],
    ["give(e > 1 ? e : new Error());", "anything"],
    ["give(e && e.ok ? 'fine' : new Error());", "error text"],
  ])("joins branches and looks at their conditions: %s → %s", (text, expected) => {
    expect(given(`function f(e) { ${text} } h = f;`)).toBe(expected);
  });

  it.each([
    ["if (e) { give(e); }", "error text primitive object"],
    ["if (e) { run(() => give(e)); }", "error text primitive object"],
    ["if (e) { function later() { give(e); } }", "anything"],
    ["if (e && other) give(e);", "error text primitive object"],
    ["if (e || other) give(e);", "anything"],
    ["if (!e) { run(); } else give(e);", "error text primitive object"],
    ["if (!(e && other)) give(e);", "anything"],
    ["if (e instanceof Error) { give(e); }", "error"],
    ["if (e) { e = null; } give(e);", "anything"],
    ["let a = load(); if (a) { a = null; give(a); }", "anything"],
    ["let a = load(); a = null; if (a) { give(a); }", "error text primitive object"],
    ["let a = load(); if (a) { give(a); a = null; }", "anything"],
    ["a = load(); async function g() { if (a) { await b; give(a); } } var a;", "anything"],
    ["let a = load(); run(() => { a = null; }); if (a) { give(a); }", "anything"],
    ["let a = load(); a = null; if (a) { run(() => give(a)); }", "anything"],
    ["if (e.error) { give(e.error); }", "anything"],
    ["give(e.error ? e.error : new Error());", "error text primitive object"],
    ["give(e.error || e.other || new Error());", "error text primitive object"],
    ["e && give(e);", "error text primitive object"],
  ])("looks at the conditions around: %s → %s", (text, expected) => {
    expect(given(`function f(e) { ${text} } h = f;`)).toBe(expected);
  });

  it.each([
    ["const e = a ? new Error() : new TypeError(); give(e);", "error"],
    ["const e = 'text'; give(e);", "text"],
    ["const e = load(); give(e);", "anything"],
    ["let e; give(e);", "absent"],
    ["var e; if (a) e = new Error(); give(e);", "absent error"],
    ["let e = null; if (a) e = 'text'; give(e);", "absent text"],
    ["let e = 'a'; e += b; give(e);", "text primitive"],
    ["let e = 1; e++; e -= 2; give(e);", "primitive"],
    ["let e; e ??= new Error(); give(e);", "absent error"],
    ["let e; [e] = list; give(e);", "anything"],
    ["let e = e2, e2 = e; give(e);", "error"],
    ["for (const e of list) give(e);", "anything"],
    ["for (const e in list) give(e);", "anything"],
    ["const [e] = list; give(e);", "anything"],
    ["const { e } = object; give(e);", "anything"],
    ["const { message } = new Error(); give(message);", "text"],
    ["const { code } = new Error(); give(code);", "anything"],
    ["const { message } = object; give(message);", "anything"],
    ["const TEXTS = { a: 'x', b: new Error() }; give(TEXTS.a);", "text"],
    ["const TEXTS = { a: 'x', b: new Error() }; give(TEXTS.b);", "error"],
    ["const TEXTS = { a: 'x' }; give(TEXTS[key]);", "anything"],
    ["function e() {} give(e);", "object"],
    ["class E {} give(E);", "object"],
    ["var e = 1; var e = null; give(e);", "anything"],
  ])("follows names: %s → %s", (text, expected) => {
    expect(given(`function f() { ${text} }`)).toBe(expected);
  });

  it.each([
    ["function check(p) { return p ? null : 'missing'; } give(check(input));", "absent text"],
    ["function check(p) { if (p) return 'missing'; } give(check(input));", "absent text"],
    ["function check(p) { if (p) { return; } return new Error(); } give(check(input));", "absent error"],
    ["const check = (p) => new Error(p); give(check(input));", "error"],
    ["const check = (p) => { throw p; }; give(check(input));", "error"],
    ["const check = async () => 'text'; give(check());", "object"],
    ["const check = async () => 'text'; give(await check());", "text"],
    ["function* check() { return 'text'; } give(check());", "object"],
    ["function check(n) { return n ? check(n - 1) : 'text'; } give(check(3));", "text"],
    ["function check() { return check(); } give(check());", "error"],
    ["const check = (code) => Object.assign(new Error(), { code }); give(check(1));", "error"],
    ["const same = (e) => e; give(same('text'));", "text"],
    ["const same = (e = 'none') => e; give(same());", "text"],
    ["function asError(v) { if (v instanceof Error) { return v; } return new Error(v); } give(asError(x));", "error"],
  ])("follows functions of the file: %s → %s", (text, expected) => {
    expect(given(`async function f(input) { ${text} } h = f;`)).toBe(expected);
  });

  it.each([
    ["function fail(e) { give(e); } fail('text'); fail(new Error());", "error text"],
    ["function fail(a, e) { give(e); } fail(1); fail(1, new Error());", "absent error"],
    ["function fail(e) { give(e); } fail(...list);", "anything"],
    ["function fail(e) { give(e); } run(fail);", "anything"],
    ["function fail(e) { give(e); } load().catch(fail);", "error"],
    ["function fail({ message }) { give(message); } load().catch(fail);", "text"],
    ["function fail(e) { give(e); } fail.call(null, 'text');", "text"],
    ["function fail(a, e) { give(e); } load().catch(fail.bind(null, 1));", "error"],
    ["function fail(a, e) { give(a); } load().catch(fail.bind(null, 1));", "primitive"],
    ["load().catch((e) => give(e));", "error"],
    ["load().then(ok, (e) => give(e));", "error"],
    ["load().then((e) => give(e));", "anything"],
    ["load().finally((e) => give(e));", "anything"],
    ["const lib = require('lib'); lib.open().on('error', (e) => give(e));", "error"],
    ["const lib = require('lib'); lib.open().on('data', (e) => give(e));", "anything"],
    ["own.on('error', (e) => give(e)); const own = { on(event, f) { f('no'); } };", "text"],
    ["load(1, (e, data) => give(e));", "absent error"],
    ["load(1, (e, data) => { if (e) { give(e); } });", "error"],
    ["load(1, (data, e) => give(e));", "anything"],
    ["load(1, (e) => give(e));", "anything"],
    ["load((e, data) => give(e), 1);", "anything"],
    ["const lib = require('lib'); lib.get(1, (e, data) => give(e));", "absent error"],
    ["const lib = require('lib'); new lib.Client().get((e, data) => give(e));", "absent error"],
    ["const own = { get(id, done) { done('no'); } }; own.get(1, (e, data) => give(e));", "text"],
    ["const own = { get(id, done) { this.done = done; } }; own.get(1, (e, data) => give(e));", "anything"],
    ["const own = make({ get(id, done) { done('no'); } }); own.get(1, (e, data) => give(e));", "anything"],
    ["function own(done) { done('no'); } own((e, data) => give(e));", "text"],
    ["function own(done) { if (done) done(null, 1); } own((e, data) => give(e));", "absent"],
    ["function own(done) { arguments[0]('no'); } own((e, data) => give(e));", "anything"],
    ["function own(done) { done = null; } own((e, data) => give(e));", "anything"],
    ["function own(n, done) { n ? own(n - 1, done) : done(n); } own(3, (e, data) => give(e));", "primitive"],
    ["const lib = require('lib'); function own(done) { lib.get(1, done); } own((e, data) => give(e));", "absent error"],
    ["list.map((e, index) => give(e));", "anything"],
    ["JSON.parse(text, (e, value) => give(e));", "anything"],
    ["setTimeout((e) => give(e), 5);", "absent"],
    ["setTimeout((e) => give(e), 5, 'text');", "text"],
    ["setImmediate((e) => give(e), new Error());", "error"],
  ])("knows who calls: %s → %s", (text, expected) => {
    expect(given(`function f() { ${text} }`)).toBe(expected);
  });

  it.each([
    ["try { a(); } catch (e) { give(e); }", "error"],
    ["try { a(); } catch (e) { give(e.message); }", "text"],
    ["try { a(); } catch ({ message }) { give(message); }", "text"],
    ["try { a(); } catch ({ code }) { give(code); }", "anything"],
    ["try { a(); } catch (e) { e = 1; give(e); }", "error primitive"],
    ["try { throw null; } catch (e) { give(e); }", "absent error"],
    ["try { throw 'text'; } catch (e) { give(e); }", "error text"],
    ["try { throw 'text'; } catch (e) { give(e.message); }", "anything"],
    ["try { throw a.b; } catch (e) { give(e); }", "anything"],
    ["throw 'text'; try { a(); } catch (e) { give(e); }", "error"],
    ["try { a(); } catch (e) { give(e); throw 'text'; }", "error"],
    ["try { a(() => { throw 'text'; }); } catch (e) { give(e); }", "error text"],
    ["try { await new Promise((_, reject) => reject()); } catch (e) { give(e); }", "absent error"],
    ["try { await new Promise((_, fail) => fail('text')); } catch (e) { give(e); }", "error text"],
    ["try { await new Promise((_, fail) => load((err, x) => fail(err))); } catch (e) { give(e); }", "absent error"],
    ["try { await new Promise((_, fail) => load((err, x) => err && fail(err))); } catch (e) { give(e); }", "error"],
    ["try { await new Promise((_, reject) => setTimeout(reject, 5)); } catch (e) { give(e); }", "absent error"],
    ["try { await new Promise((_, reject) => setTimeout(reject, 5, 'late')); } catch (e) { give(e); }", "error text"],
    ["try { await Promise.reject(404); } catch (e) { give(e); }", "error primitive"],
    ["try { a(); } catch (e) { try { throw e; } catch (again) { give(again); } }", "error"],
    ["try { throw 'text'; } catch (e) { try { throw e; } catch (again) { give(again); } }", "error text"],
  ])("takes what is caught for an Error, but for what the file raises: %s → %s", (text, expected) => {
    expect(given(`async function f() { ${text} }`)).toBe(expected);
  });

  it("hears what a function throws that is called from the file", () => {
    const text = "function load() { throw 'text'; } try { load(); } catch (e) { give(e); }";
    expect(given(text)).toBe("error text");
    expect(given("async function again(n) { if (n) throw 'text'; try { again(1); } catch (e) { give(e); } }")).toBe(
      "error text",
    );
  });

  it("gives up on what is too large to follow", () => {
    const names = Array.from(
      { length: 40 },
      (_, index) => `const e${String(index + 1)} = e${String(index)} ? e${String(index)} : e${String(index)};`,
    );
    expect(given(`const e0 = 'text'; ${names.join("\n")} give(e40);`)).toBe("anything");
  });
});

describe("caughtReasons", () => {
  it.each([
    ["throw new Error();", "error"],
    ["throw undefined;", "absent error"],
    ["reject();", "absent error"],
    ["reject(null);", "absent error"],
    ["reject(1);", "error primitive"],
    ["new Promise((resolve, fail) => fail());", "absent error"],
    ["new Promise((resolve, fail) => fail(1));", "error primitive"],
    ["new Promise((resolve, fail) => resolve());", "error"],
    ["let e; throw e;", "absent error"],
    ["const e = 1; throw e;", "error primitive"],
    ["Promise.reject();", "absent error"],
    ["Promise.resolve();", "error"],
    ["(() => {})();", "error"],
  ])("%s → %s", (text, expected) => {
    expect(told(caughtReasons(modelOf(text)))).toBe(expected);
  });
});

describe("reasonsGivenAt", () => {
  it.each([
    ["done('text');", "text"],
    ["done();", "absent"],
    ["load().catch(done);", "error"],
    ["load().then(done);", "anything"],
    ["load().then(done.bind(null, null));", "absent"],
    ["load(1, done);", "absent error"],
    ["setTimeout(done, 5);", "absent"],
    ["const alias = done;", "anything"],
    ["done.apply(null, list);", "anything"],
  ])("%s → %s", (text, expected) => {
    const model = modelOf(`function f(input, done) { ${text} }`);
    const use = present(model.nodes("Identifier").findLast(({ name }) => name === "done"));
    expect(told(reasonsGivenAt(model, use))).toBe(expected);
  });
});
