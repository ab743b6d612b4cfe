import { describe, expect, it } from "vitest";
import { planHandler } from "../../../src/analysis/contract/callback-owners.ts";
import { findHandler } from "../../../src/analysis/code/handler.ts";
import { modelOf, present } from "../support.ts";

describe("findHandler", () => {
  it.each([
    "function lambda(input, callback) {}",
    "async function lambda(input, done) {}",
    "const lambda = (input, callback) => {};",
    "var a, lambda = function (input, callback) {};",
    "let lambda = async function named(input, callback) {};",
  ])("%s takes a callback", (text) => {
    const handler = present(findHandler(modelOf(text)));
    expect(handler.problem).toBeUndefined();
    expect(handler.callback?.variable.name).toBe(handler.callback?.parameter.name);
    expect(handler.name).toBe("lambda");
  });

  it.each(["function lambda() {}", "async function lambda(input) {}", "const lambda = () => 1;"])(
    "%s takes none",
    (text) => {
      expect(findHandler(modelOf(text))).toMatchObject({ callback: undefined, problem: undefined });
    },
  );

  it.each([
    "",
    "function other(input, callback) {}",
    "const lambda = 1;",
    "let lambda; lambda = (input, callback) => {};",
    "const { lambda } = { lambda: (input, callback) => {} };",
    "if (a) { function lambda(input, callback) {} }",
    "const o = { lambda(input, callback) {} };",
  ])("%s is no handler", (text) => {
    expect(findHandler(modelOf(text))).toBeUndefined();
  });

  it.each([
    ["const lambda = run; function run(input, callback) {}", "run", "alias"],
    ["var run = (input, callback) => {}; const lambda = run;", "run", "alias"],
    ["function run(input, callback) {} const go = run; const lambda = go;", "run", "alias"],
    ["exports.lambda = (input, callback) => {};", "lambda", "exported"],
    ["module.exports.lambda = run; function run(input, callback) {}", "run", "exported"],
    ["module.exports = { lambda: run, run }; function run(input, callback) {}", "run", "exported"],
    ["module.exports = function lambda(input, callback) {};", "lambda", "exported"],
    ["exports['lambda'] = async function run(input, callback) {};", "'lambda'", "exported"],
  ] as const)("%s is `%s`, %s", (text, id, form) => {
    const model = modelOf(text);
    const handler = present(findHandler(model));
    expect(handler).toMatchObject({ name: "lambda", problem: undefined });
    expect(handler.callback?.parameter.name).toBe("callback");
    expect(model.textOf(handler.id)).toBe(id);
    expect(handler[form]).toBeDefined();
  });

  it.each([
    ["function* lambda(input, callback) {}", "is a generator"],
    ["function lambda(a, b) {} function lambda(input, callback) {}", "is declared or assigned more than once"],
    ["let lambda = (input, callback) => {}; lambda = 1;", "is declared or assigned more than once"],
    ["let lambda = run; lambda = 1; function run(input, callback) {}", "is declared or assigned more than once"],
    ["function lambda(input, context, callback) {}", "has more than two parameters"],
    ["function lambda(...all) {}", "has more than two parameters"],
    ["function lambda(input, { callback }) {}", "does not take its callback as a plain parameter"],
    ["function lambda(input, callback = log) {}", "does not take its callback as a plain parameter"],
    ["function lambda(input, callback) { return arguments; }", "uses `arguments`"],
    ["function lambda(input, callback) { () => arguments; }", "uses `arguments`"],
    ["function lambda(input, callback) { callback = 1; }", "assigns a new value to its callback"],
  ])("%s %s", (text, problem) => {
    expect(findHandler(modelOf(text))?.problem).toBe(problem);
  });

  it("takes `arguments` of an inner function for its own", () => {
    const text = "function lambda(input, callback) { function f() { return arguments; } callback(null, f()); }";
    expect(findHandler(modelOf(text))?.problem).toBeUndefined();
  });
});

/** Why the handler with this body keeps its callback; undefined when it doesn't. */
function obstacleOf(body: string, others = ""): string | undefined {
  const model = modelOf(`${others} async function lambda(input, callback) { ${body} }`);
  const plan = planHandler(model, present(findHandler(model)));
  return plan.why === undefined ? undefined : `${plan.why}: ${model.textOf(plan.at)}`;
}

describe("planHandler", () => {
  it("plans nothing for a handler without callback", () => {
    const model = modelOf("async function lambda(input) {}");
    expect(planHandler(model, present(findHandler(model)))).toEqual({ plans: [], helpers: [], why: undefined });
  });

  it.each([
    ["callback();", ""],
    ["if (input.a) return callback('x'); callback(null, 1);", ""],
    ["callback(null, 1); log();", ""],
    ["return help(callback);", "function help(done) { done(null, 1); }"],
    ["return help(callback, 1);", "const help = (done, value) => done(null, value);"],
    ["return first(callback);", "function first(a) { return second(a); } function second(b) { b(null, 1); }"],
    ["const own = () => { callback(null, 1); }; return own();", ""],
    ["return help(callback);", "function help(done) { if (a) return help(done); done(null, 1); }"],
    ["const o = {}; callback(null, o); await log(); log(o.a);", ""],
    ["callback();", "module.exports = { lambda };"],
    ["callback();", "lambda.limit = 3; log(typeof lambda);"],
  ])("%s needs no callback %s", (body, others) => {
    expect(obstacleOf(body, others)).toBeUndefined();
  });

  it.each([
    ["setTimeout(() => callback(null, 1), 1);", "", "The callback is called in a nested function: callback"],
    ["const list = [callback];", "", "The callback is used as a value: callback"],
    ["other(callback);", "", "The callback is handed to another function: callback"],
    [
      "help(callback);",
      "let help = (done) => done(); help = log;",
      "The callback is handed to another function: callback",
    ],
    ["help(callback);", "function help({ done }) { done(); }", "The callback is handed to another function: callback"],
    ["help(callback);", "function* help(done) { done(); }", "The callback is handed to another function: callback"],
    ["help(callback);", "function help(done) { done = 1; }", "The callback is handed to another function: callback"],
    [
      "help(callback);",
      "function help(done) { arguments[0](); }",
      "The callback is handed to another function: callback",
    ],
    [
      "help(callback);",
      "function help(done) { done(); } other(help);",
      "The callback is handed to another function: callback",
    ],
    [
      "help(callback);",
      "function help(done) { done(); } help();",
      "The callback is handed to another function: callback",
    ],
    [
      "help(callback);",
      "function help(done) { done(); } help(...list);",
      "The callback is handed to another function: callback",
    ],
    [
      "help(callback);",
      "function help(done) { done(); } help(log);",
      "The callback is handed to another function: callback",
    ],
    ["help(callback);", "class help {}", "The callback is handed to another function: callback"],
    ["help(callback);", "const help = log;", "The callback is handed to another function: callback"],
    ["callback();", "lambda({}, log);", "The handler is called by the file itself, or handed on: lambda"],
    ["callback();", "log(lambda.length);", "The handler is called by the file itself, or handed on: lambda"],
    ["callback();", "const again = lambda;", "The handler is called by the file itself, or handed on: lambda"],
    ["callback();", "lambda.call(null, {}, log);", "The handler is called by the file itself, or handed on: lambda"],
    ["const a = callback(null, 1);", "", "The callback is called inside an expression: callback(null, 1)"],
    [
      "return a(callback);",
      "function a(x) { return b(x); } function b(y) { if (c) return a(y); y(); }",
      "The callback is handed to another function: callback",
    ],
    [
      "help(callback); callback(null, 2);",
      "function help(done) { if (a) done(null, 1); }",
      "The callback is handed to a function whose errors are caught, or that is not the last to run: help(callback)",
    ],
    [
      "callback(...input.all);",
      "",
      "The callback is called with arguments that can't be matched to its parameters: callback(...input.all)",
    ],
    [
      "callback(null, 1, 2);",
      "",
      "The callback is called with arguments that can't be matched to its parameters: callback(null, 1, 2)",
    ],
    [
      "callback(new Error('x'), log());",
      "",
      "The callback gets an error and a result that must be computed: callback(new Error('x'), log())",
    ],
    ["try { help(callback); } catch { log(); }", "function help(done) { done(); }", undefined],
    [
      "try { help(callback); } catch { log(); }",
      "function help(done) { done(); log(); }",
      "A `catch` around its call gets errors that the function throws after the callback: function help(done) { done(); log(); }",
    ],
    [
      "help(callback); log();",
      "function help(done) { done(); }",
      "The callback is handed to a function whose errors are caught, or that is not the last to run: help(callback)",
    ],
  ])("%s %s → %s", (body, others, expected) => {
    expect(obstacleOf(body, others)).toBe(expected);
  });

  it("does not take the value of an arrow function that never calls back for the answer", () => {
    const model = modelOf("const lambda = (input, callback) => log(input);");
    expect(planHandler(model, present(findHandler(model)))).toMatchObject({
      why: "The function returns a value and never calls back",
    });
  });
});
