import { describe, expect, it } from "vitest";
import { findHandler } from "../../../src/analysis/code/handler.ts";
import { findHiddenHandler, hidesHandler } from "../../../src/analysis/code/hidden-handler.ts";
import { runtimeOf } from "../../../src/analysis/runtime/which-runtime.ts";
import { modelOf, present } from "../support.ts";

const RUN = "function run(input, callback) { callback(null, input.payload); }\n";

describe("findHiddenHandler", () => {
  it.each([
    ["const lambda = wrap(run);", "is the result of a call"],
    ["const lambda = run.bind(null);", "is the result of a call"],
    ["const lambda = (function () { return run; })();", "is the result of a call"],
    ["const lambda = flag ? run : stop;", "is chosen when the file loads"],
    ["const lambda = flag || run;", "is chosen when the file loads"],
    ["let lambda; lambda = run;", "is assigned after its declaration"],
    ["lambda = run;", "is assigned, but declared nowhere"],
    ["const { lambda } = { lambda: run };", "is taken out of an object or a list"],
    ["const [lambda] = [run];", "is taken out of an object or a list"],
    ["const all = { run }; const lambda = all.run;", "is not a function of its own in the file"],
    ["var lambda = later; var later = run;", "is not a function of its own in the file"],
    ["if (flag) { function lambda(input, callback) {} }", "stands inside another statement"],
    ["if (flag) { var lambda = run; }", "is not a function of its own in the file"],
    ["exports.lambda = wrap(run);", "is the result of a call"],
    ["exports.lambda = run; exports.lambda = () => 1;", "is declared or assigned more than once"],
    [
      "module.exports = { lambda: (input, callback) => run(input, callback), other() {} };",
      "is only a part of an export",
    ],
    ["module.exports = (input, callback) => callback(null, input.payload);", "is exported without the name `lambda`"],
    ["module.exports = ({ headers }, done) => done(undefined, headers);", "is exported without the name `lambda`"],
    ["module.exports = run;", "is exported without the name `lambda`"],
    ["const all = exports; all.lambda = run;", "is the property of an object"],
    ["const all = { lambda: run }; module.exports = all;", "is the property of an object"],
    ["Object.assign(exports, { lambda: run });", "is the property of an object"],
    ["exports.lambda = exports.run = run;", "is the property of an object"],
    [
      "module.exports = class { static lambda(input, callback) { callback(null, 1); } };",
      "is the property of an object",
    ],
    ["(() => { function lambda(i, c) { c(null, 1); } exports.lambda = lambda; })();", "is the property of an object"],
    ["globalThis.lambda = run;", "is the property of an object"],
    ["this.lambda = run;", "is the property of an object"],
    ["const lambda = new Proxy(run, {});", "is not a function of its own in the file"],
  ])("%s %s", (text, problem) => {
    const model = modelOf(RUN + text);
    expect(findHandler(model)).toBeUndefined();
    expect(present(findHiddenHandler(model)).problem).toBe(problem);
  });
});

describe("findHiddenHandler", () => {
  it.each([
    "",
    "function lambda(input, callback) {}",
    "const lambda = run;",
    "exports.lambda = run;",
    "let lambda;",
    "const lambda = 0.5;",
    "const lambda = new Lambda();",
    "const lambda = { run };",
    "const lambda = undefined;",
    "const o = { lambda: wrap(run) };",
    "function outer() { const lambda = wrap(run); }",
    "exports.other = wrap(run);",
    "module.exports = (options, done) => done(null, options.path);",
    "module.exports = (input, callback) => load(input).then((value) => callback(null, value));",
    "module.exports = (input, callback) => callback(input.payload);",
    "module.exports = (input, context, callback) => callback(null, input.payload);",
    "module.exports = wrap(run);",
    "const all = { lambda: run };",
    "other.lambda = run;",
    "const all = { lambda: (a, b) => a + b }; module.exports = all;",
    "const all = exports; all.lambda = wrap(run);",
  ])("finds none in %s", (text) => {
    expect(findHiddenHandler(modelOf(RUN + text))).toBeUndefined();
  });

  it.each([
    ["const lambda = run.bind(null);", ["run"], ["run"]],
    ["const lambda = run.bind(null, 1);", [], ["run"]],
    ["const lambda = flag ? run : (a, b) => b();", ["run", "a, b"], ["run", "a, b"]],
    ["let lambda; lambda = run; lambda = wrap(lambda);", ["run"], ["run"]],
    ["const { lambda } = { lambda: run, other: () => 1 };", ["run"], ["run"]],
    ["const all = { run, stop() {} }; const { run: lambda } = all;", ["run"], ["run"]],
    ["const all = { run }; const lambda = all[name];", [], ["run"]],
    ["const make = () => run; const lambda = make();", ["run"], ["run"]],
    ["const make = async () => run; const lambda = make();", [], ["run"]],
    ["const wrap = (inner) => (a, b) => inner(a, b); const lambda = wrap(run);", ["a, b"], ["a, b", "run"]],
    ["const lambda = kit.wrap(run, { after: (result) => result });", [], ["run", "result"]],
    ["const lambda = (0, run);", ["run"], ["run"]],
    ["let lambda; [lambda] = [run];", [], ["run"]],
    ["const lambda = new Map([[1, run], ...rest]).get(1);", [], ["run"]],
    ["class A { do(a, b) {} static stop(c) {} } const a = new A(); const lambda = a.do;", ["a, b"], ["a, b"]],
    ["class A { x; static {} stop(c) {} } const a = new A(); const lambda = a.x;", [], []],
    ["const a = new Unknown(run); const lambda = a.do;", [], ["run"]],
    ["const lambda = new Proxy(run, {});", [], ["run"]],
    ["const loop = () => loop(); const lambda = loop();", [], []],
    ['const { lambda } = require("../index.js");', [], []],
  ])("sees in %s what it may be", (text, functions, involved) => {
    const model = modelOf(RUN + text);
    const hidden = present(findHiddenHandler(model));
    const show = (nodes: typeof hidden.functions): string[] =>
      nodes.map((node) =>
        node.type === "FunctionDeclaration" ? node.id.name : node.params.map((name) => model.textOf(name)).join(", "),
      );
    expect([show(hidden.functions), show(hidden.involved)]).toEqual([functions, involved]);
    expect(hidesHandler(model)).toBe(involved.length > 0);
  });
});

describe("runtimeOf", () => {
  it.each([
    ["v1", "const lambda = wrap((input, callback) => callback());"],
    ["v1", "const lambda = wrap(function () { arguments[1](); });"],
    ["v1", 'const { wrap } = require("kit"); const lambda = wrap(async (input) => input);'],
    ["v1", 'require("lp-faas-toolbelt"); const { lambda } = require("../index.js");'],
    ["v2", 'import { Toolbelt } from "core-functions-toolbelt"; const lambda = wrap((input, more) => 1);'],
    [undefined, 'import { wrap } from "kit"; const lambda = wrap((input, more) => 1);'],
    [undefined, "const lambda = wrap(async (input) => input);"],
    [undefined, 'const { lambda } = require("../index.js"); lambda({}, () => {});'],
  ])("says %s for %s", (runtime, text) => {
    expect(runtimeOf(modelOf(text))).toBe(runtime);
  });
});
