import { describe, expect, it } from "vitest";
import * as builtins from "../../../src/analysis/code/builtins.ts";

/** The value behind a dotted path of the global object. */
function globalAt(path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, name) => (value as Readonly<Record<string, unknown>>)[name], globalThis);
}

interface Observation {
  /** The parameters that got an element, and the one that got the list. */
  readonly elements: readonly number[];
  readonly list: number | undefined;
  readonly gives: unknown;
}

/** Runs a list method on a list of two objects, and looks at what its function gets. */
function observe(name: string): Observation {
  const elements = [{ isElement: true }, { isElement: true }];
  const list: unknown[] = [...elements];
  const seen = new Set<number>();
  let listAt: number | undefined;
  const callback = (...given: unknown[]): unknown => {
    given.forEach((value, index) => {
      if (isElement(value)) {
        seen.add(index);
      } else if (Array.isArray(value)) {
        listAt = index;
      }
    });
    return 0;
  };
  const method = (list as unknown as Readonly<Record<string, (...given: unknown[]) => unknown>>)[name];
  const takesFunction = /^(?:every|filter|find|flatMap|forEach|map|reduce|some|sort|toSorted)/u.test(name);
  const gives = method?.apply(list, takesFunction ? [callback] : name === "with" ? [0, elements[1]] : [0]);
  return { elements: [...seen].sort(), list: listAt, gives };
}

function isElement(value: unknown): boolean {
  return typeof value === "object" && value !== null && "isElement" in value;
}

describe("the tables of what the language has", () => {
  it.each([...builtins.listMethods])("say what arrays do in `%s`", (name, { elements, list, gives }) => {
    const observed = observe(name);
    expect({ elements: observed.elements, list: observed.list }).toEqual({ elements, list });
    if (gives === "element" || gives === "other") {
      expect(isElement(observed.gives)).toBe(gives === "element" && name !== "find" && name !== "findLast");
    } else if (gives !== "returned") {
      expect(observed.gives).toHaveProperty(name === "values" ? "next" : "length");
    }
  });

  it("know the methods whose functions get one element", () => {
    expect(builtins.isElementCallback("map")).toBe(true);
    expect(["reduce", "sort", "slice", "constructor", undefined].some(builtins.isElementCallback)).toBe(false);
  });

  it("know the methods that call their function at once, and those of functions", () => {
    expect(["forEach", "reduce", "sort"].every(builtins.callsAtOnce)).toBe(true);
    expect(["slice", "then", "constructor", undefined].some(builtins.callsAtOnce)).toBe(false);
    for (const name of builtins.functionMethods) expect(name in Function.prototype).toBe(true);
    for (const path of builtins.laterCalls) expect(globalAt(path), path).toBeTypeOf("function");
  });

  it("know every method of promises and every combinator", () => {
    const own = Object.getOwnPropertyNames(Promise.prototype).filter((name) => name !== "constructor");
    expect([...builtins.promiseMethods.keys()].sort()).toEqual(own.sort());
    for (const path of builtins.promiseCombinators.keys()) {
      expect(globalAt(path)).toBeTypeOf("function");
    }
  });

  it("know every reader of a response's body", () => {
    const promises = new Set(["arrayBuffer", "blob", "bytes", "formData", "json", "text"]);
    const own = Object.getOwnPropertyNames(Response.prototype).filter((name) => promises.has(name));
    expect([...builtins.bodyReaders].sort()).toEqual(expect.arrayContaining(own));
  });

  it("name functions that exist", () => {
    for (const path of [
      ...builtins.argumentWriters,
      ...builtins.argumentReturners,
      ...builtins.argumentReaders.keys(),
    ]) {
      expect(globalAt(path), path).toBeTypeOf("function");
    }
    for (const name of builtins.errorClasses) {
      expect(Object.getPrototypeOf(new (globalAt(name) as ErrorConstructor)())).toBeInstanceOf(
        name === "Error" ? Object : Error,
      );
    }
  });

  it("name mutators that lists, maps or sets have", () => {
    for (const name of builtins.mutators) {
      expect([Array, Map, Set].some(({ prototype }) => name in prototype)).toBe(true);
    }
  });
});
