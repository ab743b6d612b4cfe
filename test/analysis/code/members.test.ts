import { describe, expect, it } from "vitest";
import { constantText, memberNameOf } from "../../../src/analysis/code/members-names.ts";
import { classOf, holderOf, memberIn, memberOf, newsOf, steadyPlaces } from "../../../src/analysis/code/members.ts";
import { argumentOf, modelOf, present } from "../support.ts";

/** The text of the member that the argument of `f` surely is. */
function memberText(text: string): string | undefined {
  const model = modelOf(text);
  const member = memberOf(model, argumentOf(model, "f"));
  return member === undefined ? undefined : model.textOf(member);
}

describe("members of object literals", () => {
  it.each([
    ["const o = { a: 1 }; f(o.a);", "1"],
    ["f({ a: 1 }.a);", "1"],
    ["const o = { a: 1, a: 2 }; f(o.a);", "2"],
    ["const o = { b: { a: 1 } }; f(o.b.a);", "1"],
    ["const o = { a: 1 }; const p = o; f(p.a);", "1"],
    ["const o = Object.freeze({ a: 1 }); f(o.a);", "1"],
    ["const o = { a: 1, ...b }; f(o.a);", undefined],
    ["const o = { ...b, a: 1 }; f(o.a);", "1"],
    ["const o = { a: 1, [b]: 2 }; f(o.a);", undefined],
    ["const o = { get a() { return 1; } }; f(o.a);", undefined],
    ["const o = { a: 1 }; f(o.b);", undefined],
    ["const o = { a: 1 }; f(o[b]);", undefined],
    ["let o = { a: 1 }; o = b; f(o.a);", undefined],
  ])("%s → %s", (text, expected) => {
    expect(memberText(text)).toBe(expected);
  });
});

describe("members of literals that may change", () => {
  it.each([
    ["const o = { a: 1 }; o.a = 2; f(o.a);", undefined],
    ["const o = { a: 1 }; o[b] = 2; f(o.a);", undefined],
    ["const o = { a: 1 }; delete o.a; f(o.a);", undefined],
    ["const o = { a: 1 }; change(o); f(o.a);", undefined],
    ["const o = { a: 1 }; const p = o; p.a = 2; f(o.a);", undefined],
    ["const o = { a: 1 }; console.info(o); f(o.a);", "1"],
    ["const o = { a: 1 }; JSON.stringify(o); f(o.a);", "1"],
    ["const o = { a: 1 }; const { a } = o; f(o.a);", "1"],
    // A member of that name is written somewhere: it may be this one.
    ["const o = { a: 1 }; g().a = 2; f(o.a);", undefined],
  ])("%s → %s", (text, expected) => {
    expect(memberText(text)).toBe(expected);
  });
});

describe("members of classes", () => {
  it.each([
    ["class A { b() {} } f(new A().b);", "() {}"],
    ["class A { b = 1; } const a = new A(); f(a.b);", "1"],
    ["class A { static b = 1; } f(A.b);", "1"],
    ["class A { static b = 1; } f(new A().b);", undefined],
    ["class A { get b() { return 1; } } f(new A().b);", undefined],
    ["class A { b = 1; } class B extends A {} f(new B().b);", "1"],
    ["class A { b = 1; } class B extends A { b = 2; } f(new A().b);", undefined],
    ["class A { b() { return 1; } c() { f(this.b); } } class B extends A {} class C extends B { b() {} }", undefined],
    ["class A { b() {} c() { f(this.b); } } class B extends A { [name]() {} }", undefined],
    ["class A { b() {} c() { f(this.b); } } class B extends A { static b() {} }", "() {}"],
    ["class A { b() {} c() { f(this.b); } } const mix = (Base) => class extends Base { b() {} }; mix(A);", undefined],
    ["class A { b() {} c() { f(this.b); } } class B extends Error { b() {} }", "() {}"],
    ["class A { b = 1; } class B extends A { b() {} c() { f(this.b); } }", "1"],
    ["class A { b() {} } class B extends A { c() { f(this.b); } } class C extends A { b() {} }", "() {}"],
    ["class A { b() {} } class B extends A { get b() { return 1; } c() { f(this.b); } }", undefined],
    ["class A { #b = 1; c() { f(this.#b); } }", "1"],
    ["class A { b = 1; c() { f(this.b); } }", "1"],
    ["const o = { b: 1, c() { f(this.b); } };", "1"],
    ["function g() { f(this.b); }", undefined],
  ])("%s → %s", (text, expected) => {
    expect(memberText(text)).toBe(expected);
  });
});

it.each([
  ["f(o.a);", "a"],
  ["f(o['a']);", "a"],
  ["const key = 'a'; f(o[key]);", "a"],
  ["const keys = { first: 'a' }; f(o[keys.first]);", "a"],
  ["let key = 'a'; key = 'b'; f(o[key]);", undefined],
  ["f(o[g()]);", undefined],
])("the name in %s is %s", (text, expected) => {
  const model = modelOf(text);
  const node = argumentOf(model, "f");
  expect(node.type === "MemberExpression" ? memberNameOf(model, node) : "no member").toBe(expected);
});

it.each([
  ["f('a');", "a"],
  ["f(`a`);", "a"],
  ["f(`a${b}`);", undefined],
  ["const a = 'a'; const b = a; f(b);", "a"],
  ["const { a } = { a: 'a' }; f(a);", "a"],
  ["const a = b; const b = a; f(a);", undefined],
  ["f(1);", undefined],
])("the text of %s is %s", (text, expected) => {
  const model = modelOf(text);
  expect(constantText(model, argumentOf(model, "f"))).toBe(expected);
});

it("finds the holder of a name, and its members by name", () => {
  const model = modelOf("class A { b = 1; } const a = new A(); f(a);");
  const holder = present(holderOf(model, argumentOf(model, "f")));
  expect(holder.kind).toBe("instance");
  expect(model.textOf(present(memberIn(model, holder, "b")))).toBe("1");
  expect(memberIn(model, holder, "c")).toBeUndefined();
});

it("knows a class by its name, and no instance for a class", () => {
  const model = modelOf("class A {} f(A); g(new A());");
  expect(classOf(model, argumentOf(model, "f"))?.type).toBe("ClassDeclaration");
  expect(classOf(model, argumentOf(model, "g"))).toBeUndefined();
});

it.each([
  ["const o = { a: 1 }; g(o.a); h(o.b);", 2],
  ["const o = Object.freeze({ a: 1 }); g(o.a);", 1],
  ["const o = { a: 1 }; change(o);", undefined],
  ["g({ a: 1 });", undefined],
])("the literal of %s is read at %s steady places", (text, expected) => {
  const model = modelOf(text);
  expect(steadyPlaces(model, present(model.nodes("ObjectExpression")[0]))?.length).toBe(expected);
});

it("finds where instances of a class are made, by its own name and by another", () => {
  const model = modelOf("class A {} class B {} const C = A; f(new A()); new B(); new C(); new D();");
  const [owner] = model.nodes("ClassDeclaration");
  expect(newsOf(model, present(owner)).map((made) => model.textOf(made))).toEqual(["new A()", "new C()"]);
});
