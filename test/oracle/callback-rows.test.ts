import { describe, expect, test } from "vitest";
import { formatDifference, verify } from "./index.ts";
import type { CaseScript } from "./index.ts";

/*
 * The oracle must be able to fail: for each way in which a callback can be turned into a return or throw wrongly there
 * is an original, a right rewrite (no difference) and a plausible wrong one (at least one difference).
 */
interface Row {
  readonly name: string;
  readonly original: string;
  readonly right: string;
  readonly wrong: string;
  /** Ids of differences that both rewrites may make. */
  readonly declared?: readonly string[];
}

/** Available to every body: `ask` fails for the names in `input.fail`, `note` leaves a trace. */
const HELPERS = `
  const note = (text) => console.info(text);
  const bad = (name) => (input.bad ?? []).includes(name);
  const ask = async (name) => { note("ask " + name); if (bad(name)) throw new Error(name); return name + "!"; };
  const nodeStyle = (done) => setTimeout(() => done(input.error, "data"), 1);
`;

const SCENARIOS: CaseScript = {
  input: {},
  scenarios: [
    { name: "a is bad", input: { bad: ["a"] } },
    { name: "b is bad", input: { bad: ["b"] } },
    { name: "the error is 0", input: { error: 0 } },
    { name: "the error is an empty text", input: { error: "" } },
  ],
};

const ROWS: readonly Row[] = [
  {
    name: "C1 no return after the error callback",
    original: `if (bad("a")) callback(new Error("A")); note("mid"); callback(null, "B");`,
    right: `if (bad("a")) { note("mid"); throw new Error("A"); } note("mid"); return "B";`,
    wrong: `if (bad("a")) throw new Error("A"); note("mid"); return "B";`,
  },
  {
    name: "C2 statements after the callback",
    original: `const r = await ask("a"); callback(null, r); note("audit");`,
    right: `const r = await ask("a"); note("audit"); return r;`,
    wrong: `const r = await ask("a"); return r; note("audit");`,
  },
  {
    name: "C3 error callback in its own try",
    original: `try { const x = await ask("b"); if (bad("a")) return callback(new Error("bad")); callback(null, x); }
               catch (e) { callback(new Error("wrapped: " + e.message)); }`,
    right: `try { const x = await ask("b"); if (bad("a")) return Promise.reject(new Error("bad")); return x; }
            catch (e) { throw new Error("wrapped: " + e.message); }`,
    wrong: `try { const x = await ask("b"); if (bad("a")) throw new Error("bad"); return x; }
            catch (e) { throw new Error("wrapped: " + e.message); }`,
  },
  {
    name: "C4 an error value nobody knows",
    original: `nodeStyle((error, data) => callback(error, data));`,
    right: `return new Promise((resolve, reject) => nodeStyle((error, data) => {
              if (error === undefined || error === null) resolve(data); else reject(new Error(error)); }));`,
    declared: ["error-object"],
    wrong: `return new Promise((resolve, reject) => nodeStyle((error, data) => { if (error) reject(error); else resolve(data); }));`,
  },
  {
    name: "C5 the callback as a value",
    original: `ask("a").then((r) => callback(null, r), callback);`,
    right: `return ask("a");`,
    wrong: `const callback = () => {}; return ask("a").then((r) => r, callback);`,
  },
  {
    name: "C6 the callback in a nested function",
    original: `["a", "b"].forEach((i) => { note(i); if (bad(i)) return callback(new Error("two")); }); callback(null, "done");`,
    right: `let failure; ["a", "b"].forEach((i) => { note(i); if (bad(i)) failure ??= { error: new Error("two") }; });
            if (failure) throw failure.error; return "done";`,
    wrong: `["a", "b"].forEach((i) => { note(i); if (bad(i)) throw new Error("two"); }); return "done";`,
  },
  {
    name: "C7 timers",
    original: `setTimeout(() => callback(null, "late"), 1); note("sync");`,
    right: `return new Promise((resolve) => { setTimeout(() => resolve("late"), 1); note("sync"); });`,
    wrong: `setTimeout(() => { return "late"; }, 1); note("sync");`,
  },
  {
    name: "C8 an ignored return value",
    original: `callback(null, "x"); return "ignored";`,
    right: `return "x";`,
    wrong: `return "ignored";`,
  },
  {
    name: "C9 a second callback",
    original: `callback(null, "first"); callback(new Error("second"));`,
    right: `return "first";`,
    wrong: `throw new Error("second");`,
  },
  {
    name: "C10 code after a chain that is not awaited",
    original: `ask("a").then((r) => { note("then"); callback(null, r); }).catch(callback); note("started");`,
    right: `const pending = ask("a").then((r) => { note("then"); return r; }); note("started"); return pending;`,
    wrong: `const r = await ask("a"); note("then"); note("started"); return r;`,
  },
  {
    name: "C11 a throw in the success handler reaches the later catch",
    original: `ask("b").then((r) => { if (bad("a")) throw new Error("h"); callback(null, r); }).catch((e) => callback(new Error("c:" + e.message)));`,
    right: `try { const r = await ask("b"); if (bad("a")) throw new Error("h"); return r; } catch (e) { throw new Error("c:" + e.message); }`,
    wrong: `let r; try { r = await ask("b"); } catch (e) { throw new Error("c:" + e.message); } if (bad("a")) throw new Error("h"); return r;`,
  },
  {
    name: "C12 two handlers in one then",
    original: `ask("b").then((r) => ask("a"), (e) => "recovered").then((v) => callback(null, v), callback);`,
    right: `let r; try { r = await ask("b"); } catch { return "recovered"; } return ask("a");`,
    wrong: `try { await ask("b"); return await ask("a"); } catch { return "recovered"; }`,
  },
  {
    name: "C13 the value of finally",
    original: `ask("a").finally(() => { note("fin"); return 99; }).then((r) => callback(null, r), callback);`,
    right: `try { return await ask("a"); } finally { note("fin"); }`,
    wrong: `try { return await ask("a"); } finally { note("fin"); return 99; }`,
  },
  {
    name: "C15 a catch that falls through",
    original: `let x; try { x = await ask("a"); } catch (e) { callback(e); } note("after"); callback(null, x);`,
    right: `let x; let failure; try { x = await ask("a"); } catch (e) { failure = { error: e }; } note("after");
            if (failure) throw failure.error; return x;`,
    wrong: `let x; try { x = await ask("a"); } catch (e) { throw e; } note("after"); return x;`,
  },
  {
    name: "C16 a shadowed name",
    original: `const each = (list, callback) => list.forEach(callback); each(["a", "b"], (i) => note(i)); callback(null, "x");`,
    right: `const each = (list, callback) => list.forEach(callback); each(["a", "b"], (i) => note(i)); return "x";`,
    wrong: `const each = (list) => list.forEach(() => {}); each(["a", "b"], (i) => note(i)); return "x";`,
  },
  {
    name: "C17 an alias",
    original: `const done = callback; ask("a").then((r) => done(null, r)).catch(done);`,
    right: `return ask("a");`,
    wrong: `const done = () => {}; ask("a").then((r) => done(null, r)).catch(done);`,
  },
  {
    name: "C18 a switch that falls through",
    original: `switch (bad("a") ? 403 : 200) { case 200: callback(null, "ok"); case 403: note("log"); callback(new Error("no")); }`,
    right: `let first; switch (bad("a") ? 403 : 200) { case 200: first = { value: "ok" }; case 403: note("log"); first ??= { error: new Error("no") }; }
            if (first.error) throw first.error; return first.value;`,
    wrong: `switch (bad("a") ? 403 : 200) { case 200: return "ok"; case 403: note("log"); throw new Error("no"); }`,
  },
  {
    name: "C19 the callback inside of an expression",
    original: `bad("a") ? callback(new Error("x")) : callback(null, 1);`,
    right: `if (bad("a")) throw new Error("x"); return 1;`,
    wrong: `bad("a") ? undefined : undefined;`,
  },
  {
    name: "C20 a promise as the result, in a try",
    original: `try { callback(null, ask("a")); } catch { callback(null, "never"); }`,
    right: `try { return ask("a"); } catch { return "never"; }`,
    wrong: `try { return await ask("a"); } catch { return "never"; }`,
  },
  {
    name: "C21 a queue that calls itself",
    original: `const queue = ["b", "a"]; const next = () => { const name = queue.shift(); if (!name) return callback(null, "empty");
               ask(name).then(next, callback); }; next();`,
    right: `return new Promise((resolve, reject) => {
              const callback = (error, result) => (error === undefined || error === null ? resolve(result) : reject(error));
              const queue = ["b", "a"]; const next = () => { const name = queue.shift(); if (!name) return callback(null, "empty");
              ask(name).then(next, callback); }; next(); });`,
    wrong: `const queue = ["b", "a"]; const next = () => { const name = queue.shift(); if (!name) return "empty"; ask(name).then(next); }; return next();`,
  },
];

const v1 = (body: string): string => `async function lambda(input, callback) {${HELPERS}\n${body}\n}`;
const v2 = (body: string): string => `async function lambda(input) {${HELPERS}\n${body}\n}`;

describe.each(ROWS)("$name", ({ original, right, wrong, declared = [] }) => {
  const run = (migrated: string) =>
    verify({
      original: v1(original),
      migrated: v2(migrated),
      scenarios: SCENARIOS,
      declared,
      limits: { idleMs: 40 },
    });

  test("right: no difference", async () => {
    const report = await run(right);
    expect(report.differences.map(formatDifference)).toEqual([]);
    expect(report.scenarios).toBe(5);
  });

  test("wrong: a difference", async () => {
    const report = await run(wrong);
    expect(report.differences).not.toEqual([]);
  });
});

test("C22 a path that never settles must be declared", async () => {
  const original = v1(`if (bad("a")) return; callback(null, 1);`);
  const migrated = v2(`if (bad("a")) return; return 1;`);
  const silent = await verify({ original, migrated, scenarios: SCENARIOS, declared: [], limits: { idleMs: 40 } });
  expect(silent.differences.map(({ kind, scenario }) => ({ kind, scenario }))).toEqual([
    { kind: "outcome", scenario: "a is bad" },
  ]);
  const told = await verify({
    original,
    migrated,
    scenarios: SCENARIOS,
    declared: ["never-settles"],
    limits: { idleMs: 40 },
  });
  expect(told.differences).toEqual([]);
  expect(told.explained).toHaveLength(1);
});
