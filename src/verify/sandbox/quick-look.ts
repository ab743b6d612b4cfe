import { syncBuiltinESMExports } from "node:module";
import vm from "node:vm";
import { evaluateHere } from "../contract/evaluate.ts";

// Taken while they are the originals, as in intrinsics.ts.
const { apply, getPrototypeOf, getOwnPropertyDescriptor } = Reflect;
const { defineProperty, hasOwn, isExtensible, keys } = Object;

/** An object as it was when it was described. */
export interface Described {
  readonly object: object;
  readonly prototype: object | null;
  readonly isExtensible: boolean;
  readonly members: readonly {
    readonly key: PropertyKey;
    readonly value: unknown;
    readonly get: unknown;
    readonly set: unknown;
  }[];
}

/**
 * Makes a look at one object that costs next to nothing: code of its own for each, which V8 makes fast, and no descriptors.
 * It sees every change that needs no definition: a value that was replaced, a member that was taken away, and one that was
 * added, which can be listed then. Definitions are noted by {@link noteDefinitions}.
 */
export function quickLook({ object, prototype, isExtensible: wasExtensible, members }: Described): () => boolean {
  const tests = members.map(({ key, value, get, set }, at) => {
    const name = typeof key === "string" ? JSON.stringify(key) : `k[${String(at)}]`;
    // What computes its value is not asked for it.
    if (get !== undefined || set !== undefined) return `hasOwn(o, ${name})`;
    return value === value ? `o[${name}] === v[${String(at)}]` : `o[${name}] !== o[${name}]`;
  });
  const whole = ["prototypeOf(o) === p", `isExtensible(o) === e`, "keys(o).length === n", ...tests].join(" && ");
  const make = evaluateHere(
    `(function (o, p, e, n, k, v, prototypeOf, isExtensible, keys, hasOwn) { return function () { return ${whole}; }; })`,
  ) as (...given: readonly unknown[]) => () => boolean;
  return make(
    ...[object, prototype, wasExtensible, keys(object).length],
    members.map(({ key }) => key),
    members.map(({ value }) => value),
    ...[getPrototypeOf, isExtensible, keys, hasOwn],
  );
}

/**
 * What defines members: only by these can one be added that is not listed, or one that computes its value. And what makes
 * another set of the language's own objects, with definers that are not these.
 */
const DEFINERS: readonly (readonly [owner: object, names: readonly string[]])[] = [
  [Object, ["defineProperty", "defineProperties"]],
  [Reflect, ["defineProperty"]],
  [Object.prototype, ["__defineGetter__", "__defineSetter__"]],
  [vm, ["createContext", "runInNewContext"]],
  [vm.Script.prototype, ["runInNewContext"]],
];

/** Tells of each definition from now on, whatever is defined. Our own code takes what defines before that. */
export function noteDefinitions(note: () => void): void {
  for (const [owner, names] of DEFINERS) {
    for (const name of names) {
      const described = getOwnPropertyDescriptor(owner, name);
      const noting: ProxyHandler<() => unknown> = {
        apply: (target, self, args: unknown[]) => {
          note();
          return apply(target, self, args) as unknown;
        },
      };
      // Whatever a function adds to all objects is no trap.
      Object.setPrototypeOf(noting, null);
      const value = new Proxy(described?.value as () => unknown, noting);
      defineProperty(owner, name, { ...described, value });
    }
  }
  syncBuiltinESMExports();
}
