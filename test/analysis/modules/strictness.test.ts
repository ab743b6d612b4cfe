import { describe, expect, it } from "vitest";
import { commonJsUses, sloppyShapes, undeclaredNames } from "../../../src/analysis/modules/strictness.ts";
import { modelOf } from "../support.ts";

function shapesOf(text: string): string[] {
  const model = modelOf(text);
  return sloppyShapes(model).map(({ what, offset }) => `${text.slice(offset, offset + 9)}: ${what}`);
}

describe("shapes that strict mode breaks", () => {
  it.each([
    ["with (a) {}", "with (a) : This syntax ('with' in strict mode)"],
    ["const a = 010;", "010;: This syntax (Invalid number)"],
    ["function f(a, a) {}", "a) {}: This syntax (Argument name clash)"],
    ["var a; delete a;", "delete a;: This syntax (Deleting local variable in strict mode)"],
    ["var package = 1;", "package =: This syntax (The keyword 'package' is reserved)"],
    ["function f() { a = 1; } function lambda() {}", "a = 1; } : The assignment to `a`, which is declared nowhere,"],
    ["URL = 1;", "URL = 1;: The assignment to `URL`, a global of Node.js,"],
    [
      "for (a of []) ;",
      "a of []) : The assignment to `a`, which is declared nowhere, in a file without a top-level handler",
    ],
    ["function f() { this.a = 1; }", "this.a = : `this` in a plain function"],
    ["const f = function () { return () => this; }; f();", "this; }; : `this` in a plain function"],
    ["f(function () { return this; });", "this; });: `this` in a plain function"],
    ["const a = this; a.b;", "this; a.b: `this` in a plain function"],
    ["function F() { this.a = 1; } F();", "this.a = : `this` in a plain function"],
    ["function F() { this.a = 1; } new F(); const G = F; G();", "this.a = : `this` in a plain function"],
    ["function f() { return this; } p.then(f);", "this; } p: `this` in a plain function"],
    ["function f() { return this; } [1].map(f);", "this; } [: `this` in a plain function"],
    ["function f() { return this; } f.call(null);", "this; } f: `this` in a plain function"],
    ["function f() { return this; } f.apply(input.a);", "this; } f: `this` in a plain function"],
    ["function f() { return this; } const o = { f }; (0, o.f)();", "this; } c: `this` in a plain function"],
    ["function F() { this.a = 1; } inherits(F, Error);", "this.a = : `this` in a plain function"],
    ["function F() { this.a = 1; } F.make = () => F();", "this.a = : `this` in a plain function"],
    ["function f() { return this; }", "this; }: `this` in a plain function"],
    ["const o = { m() { return this; } }; p.then(o.m);", "this; } }: `this` in a plain function"],
    ["const o = { m: function () { return this; } }; const m = o['m']; m();", "this; } }: `this` in a plain function"],
    ["let f; f = function () { return this; }; f();", "this; }; : `this` in a plain function"],
    ["const o = { m() { return this; } }; const { m } = o; m();", "this; } }: `this` in a plain function"],
    ["const o = { m() { return this; } }; Object.values(o).map((m) => m());", "this; } }: `this` in a plain function"],
    ["const o = {}; o.m = function () { return this; }; [1].map(o.m);", "this; }; : `this` in a plain function"],
    [
      "function F() {} F.prototype.m = function () { return this; }; const { m } = F.prototype; m();",
      "this; }; : `this` in a plain function",
    ],
    ["const o = { m() { return this; } }; const m = o[input.a]; m();", "this; } }: `this` in a plain function"],
    ["const o = { m() { return this; } }; o.m.call(null);", "this; } }: `this` in a plain function"],
    ["const o = { m() { return this; } }; (0, o.m)();", "this; } }: `this` in a plain function"],
    ["[1].map(function () { return this; }, input.a);", "this; }, : `this` in a plain function"],
    ["function f() { return arguments.callee; }", "arguments: `arguments.callee`"],
    ["function f() { return arguments['caller']; }", "arguments: `arguments.caller`"],
    ["function f() { return f.caller; }", "f.caller;: `caller` of a function"],
    ["const f = function g() { return g['arguments'][0]; };", "g['argume: `arguments` of a function"],
    ["const f = () => 1; f.arguments;", "f.argumen: `arguments` of a function"],
    ["function f(a) { a = 1; return arguments[0]; }", "function : `arguments` that changes with the parameters"],
    [
      "function f(a) { a = 1; return g(arguments, arguments.length); }",
      "function : `arguments` that changes with the parameters",
    ],
    ["function f(a) { a = 1; arguments.length = 0; }", "function : `arguments` that changes with the parameters"],
    ["function f(a) { arguments[0] = 1; return a; }", "function : `arguments` that changes with the parameters"],
    ["if (a) { function g() {} } g();", "g();: The function `g`, declared in a block and used outside of it,"],
    [
      "var g; function f() { { function g() {} } return g; }",
      "function : The function `g`, declared in a block and used outside of it,",
    ],
    [
      "switch (a) { case 1: function g() {} } g();",
      "g();: The function `g`, declared in a block and used outside of it,",
    ],
    ["(function g() { g = 1; })();", "g = 1; }): The assignment to `g`, the name of the function around it,"],
    ["function f(a) { eval(a); }", "eval(a); : `eval`, which can declare names around it,"],
    ["const a = Object.freeze({}); a.b = 1;", "a.b = 1;: The write to a frozen object"],
    ["const a = Object.freeze({ b: 1 }); delete a.b;", "a.b;: The write to a frozen object"],
    ["delete input.list.length;", "input.lis: `delete` of `length`"],
    [
      "Number.prototype.isFour = function () { return this === 4; };",
      "this === : `this` in a method for texts, numbers and their like",
    ],
    [
      "Object.assign(String.prototype, { own() { return typeof this; } });",
      "this; } }: `this` in a method for texts, numbers and their like",
    ],
    [
      "Object.defineProperty(String.prototype, 'own', { get() { return () => f(this); } });",
      "this); } : `this` in a method for texts, numbers and their like",
    ],
    ["const a = Object.seal({}); a.b.c = 1;", "a.b.c = 1: The write to a frozen object"],
    ["const a = Object['preventExtensions']({}); a.b += 1;", "a.b += 1;: The write to a frozen object"],
  ])("%s", (text, expected) => {
    expect(shapesOf(text)).toContain(expected);
  });
});

describe("near misses", () => {
  it.each([
    "const a = 0o10;",
    "(0, eval)('1'); o.eval('1'); new Function('return 1');",
    "const a = { b: 1 }; delete a.b;",
    "let a; a = 1;",
    "process.env.A = 1;",
    "function F() { this.a = 1; } new F();",
    "function F() { this.a = 1; } F.prototype.b = 1; new F();",
    "function F() { this.a = 1; } F.b = 1; F.make = () => new F(); a instanceof F; F.name;",
    "function F() { this.a = 1; } require('util').inherits(F, Error); new F();",
    "const { inherits } = require('node:util'); function F() { E.call(this); } inherits(F, Error); new F();",
    "function F() { this.a = 1; } F.prototype = Object.create(Error.prototype); throw new F();",
    "function f() { return this; } f.call({ a: 1 }); f.apply([1]);",
    "function f() { return this; } const o = { f }; o.f();",
    "function f(a, b) { b = b || {}; return arguments.length === 1 ? a : b; }",
    "function f(a, b = 1) { a = 2; return arguments[0]; }",
    "function f(a) { 'use strict'; a = 2; return arguments[0]; }",
    "class A { m() { return this; } static { this.a = 1; } b = this; }",
    "class A { constructor() { this.a = () => this; } }",
    "const o = { m() { return this; } }; o.m();",
    "const o = { m() { return this; } }; o.n; x.m = 1;",
    "F.prototype.m = function () { return this; };",
    "const o = { get m() { return this; } }; o.m;",
    "const o = { url() { return this; } }; o.url() + input.url;",
    "const o = { m() { return this; } }; if (o.m) o.m(); o.m?.(); o.m.call(o); o[input.a](); x(o);",
    "class A { m() { [1].forEach(function () { this.n(); }, this); x(function () { this.n(); }.bind(this)); } }",
    "function f() { 'use strict'; return this; }",
    "'use strict'; function f() { return this; }",
    "function f() { return arguments.length; }",
    "'use strict'; function f(a) { a = 1; return arguments[0]; }",
    "function f(a) { 'use strict'; a = 1; return arguments[0]; }",
    "function f(a) { return arguments[0] + a; }",
    "function f(a) { a = 1; return a; }",
    "function f(a) { a = 1; return function () { return arguments; }; }",
    "function f(callee) { return callee.caller; }",
    "const f = { arguments: 1 }; f.arguments; input.arguments; f.f.caller;",
    "if (a) { function g() {} g(); }",
    "function f() { function g() {} return g; }",
    "const a = Object.assign({}); a.b = 1;",
    "const a = freeze({}); a.b = 1;",
    "const a = Object.freeze({}); a;",
    "let a = Object.freeze({}); a = 1;",
    "const { a } = Object.freeze({}); b().c = 1; [a.d] = [];",
    "const Object = {}; const a = Object.freeze({}); a.b = 1;",
    "const a = Object[freeze]({}); a.b = 1;",
  ])("%s is silent", (text) => {
    expect(shapesOf(text)).toEqual([]);
  });
});

describe("CommonJS names", () => {
  it("finds those that only CommonJS provides, and `require` unless it is called", () => {
    const model = modelOf(
      "module.exports = { a: require('a'), b: require.resolve('b'), c: require }; exports.d = __dirname + __filename;",
    );
    expect(commonJsUses(model).map(({ name }) => name)).toEqual([
      "module",
      "require",
      "require",
      "exports",
      "__dirname",
      "__filename",
    ]);
  });

  it("leaves names of the file's own alone", () => {
    const model = modelOf(
      "function f(module, exports, require) { module.exports = require; const o = { __dirname: exports }; }",
    );
    expect(commonJsUses(model)).toEqual([]);
  });
});

describe("undeclaredNames", () => {
  it("tells each once, without globals and without `typeof`", () => {
    const model = modelOf(
      "function f(a) { typeof maybe; typeof a; nowhere; nowhere(); console; fetch; written = 1; arguments; module; require; -other; }",
    );
    expect(undeclaredNames(model).map(({ name }) => name)).toEqual(["nowhere", "other"]);
  });

  it("knows the names that the code gives to the global object", () => {
    const model = modelOf(
      "global.hits = (global.hits || 0) + 1; delete globalThis.gone; hits; gone; other.missing = 1; missing;",
    );
    expect(undeclaredNames(model).map(({ name }) => name)).toEqual(["other", "missing"]);
  });
});
