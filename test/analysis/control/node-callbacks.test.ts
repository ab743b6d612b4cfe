import { describe, expect, it } from "vitest";
import { nodeCallbackOf } from "../../../src/analysis/control/node-callbacks.ts";
import { argumentOf, modelOf } from "../support.ts";

/** The argument of `f` taken apart: `before / failed / succeeded`. */
function told(callback: string): string | undefined {
  const model = modelOf(`function g(done) { f(${callback}); }`);
  const found = nodeCallbackOf(model, argumentOf(model, "f"));
  if (found === undefined) return undefined;
  const { before, failed, succeeded } = found;
  const behind = "behind" in succeeded ? "what follows" : model.textOf(succeeded);
  return [before.map((node) => model.textOf(node)).join(" "), model.textOf(failed), behind].join(" / ");
}

describe("callbacks whose cases are plain to see", () => {
  it.each([
    ["(e, v) => { if (e) { done(e); return; } done(null, v); }", " / { done(e); return; } / what follows"],
    ["(e, v) => { if (e) return done(e); done(null, v); }", " / return done(e); / what follows"],
    ["function (e, v) { if (e) { done(e); } else { done(null, v); } }", " / { done(e); } / { done(null, v); }"],
    ["(e) => { if (e) throw e; }", " / throw e; / what follows"],
    ["(e, v) => { if (e != null) return done(e); done(null, v); }", " / return done(e); / what follows"],
    ["(e, v) => { if (!e) { done(null, v); } else { done(e); } }", " / { done(e); } / { done(null, v); }"],
    ["(e, v) => { if (e == null) done(null, v); else done(e); }", " / done(e); / done(null, v);"],
    ["(e, v) => { log(1); if (e) return done(e); done(v); }", "log(1); / return done(e); / what follows"],
    [
      "(e, v) => { const a = 1; if (e) return done(e, a); done(v, a); }",
      "const a = 1; / return done(e, a); / what follows",
    ],
  ])("%s", (callback, expected) => {
    expect(told(callback)).toBe(expected);
  });
});

describe("callbacks that are none, or whose cases need each other", () => {
  it.each([
    "(e, v) => done(e, v)",
    "(e, v) => { done(e, v); }",
    "(e, v) => { if (!e) { done(null, v); } }",
    "(e, v) => { if (!e) return done(null, v); done(e); }",
    "(e, v) => { if (e !== undefined) return done(e); done(null, v); }",
    "(e, v) => { if (v) return done(v); done(e); }",
    "(e, v) => { if (e) { log(e); } done(null, v); }",
    "(e, v) => { if (e) { done(e); } else { done(v); } more(); }",
    "(e, v) => { if (e) return done(e, v); done(v); }",
    "(e, v) => { if (e) return done(e); done(e, v); }",
    "(e, v) => { log(v); if (e) return done(e); done(v); }",
    "(e, v) => { e = wrap(e); if (e) return done(e); done(v); }",
    "(e, v, w) => { if (e) return done(e); done(v); }",
    "({ e }, v) => { if (e) return done(e); done(v); }",
    "function (e, v) { if (e) return done(e); done(this, v); }",
    "function (e, v) { if (e) return done(e); done(arguments[1]); }",
    "function self(e, v) { if (e) return done(e); self(null, v); }",
    "function* (e, v) { if (e) return done(e); done(v); }",
    "done",
  ])("%s", (callback) => {
    expect(told(callback)).toBeUndefined();
  });
});
