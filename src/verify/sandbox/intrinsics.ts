import { quickLook } from "./quick-look.ts";
import type { Described } from "./quick-look.ts";

// Taken while they are the originals: the function under test may put others in their places.
const { ownKeys, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { is, isExtensible, keys } = Object;

interface Known extends Described {
  readonly name: string;
}

/** Members that change by themselves. */
const VOLATILE = new Set<PropertyKey>([
  "stackTraceLimit",
  "lastMatch",
  "lastParen",
  "leftContext",
  "rightContext",
  "input",
]);

/** What our own code stands on between two runs. */
const FOUNDATIONS: ReadonlySet<string> = new Set([
  ...[
    "globalThis",
    "Object",
    "Function",
    "Array",
    "Promise",
    "Set",
    "Map",
    "WeakMap",
    "JSON",
    "Reflect",
    "Math",
    "Symbol",
  ],
  ...["String", "Number", "RegExp", "Date", "Error", "URL", "URLSearchParams", "Buffer", "Uint8Array", "Proxy"],
  ...["Iterator", "TypedArray", "ArrayIterator", "MapIterator", "SetIterator", "StringIterator", "AsyncFunction"],
]);

/** The objects that belong to JavaScript and to the runtime, as they were when they were described. */
export class Intrinsics {
  readonly #known: Known[] = [];
  readonly #foundations: Known[] = [];
  #looks: readonly (() => boolean)[] = [];
  #lookedAt = 0;
  #hasDefinitions = false;
  #globals: readonly PropertyKey[] = [];
  #listedGlobals = 0;
  readonly #seen = new Set<object>();

  /** Describes all that the global names lead to. */
  describeGlobals(): void {
    // Node.js makes some of its globals when they are first asked for.
    for (const key of ownKeys(globalThis)) void Reflect.get(globalThis, key);
    for (const [name, value] of [["globalThis", globalThis] as const, ...hidden()]) {
      this.#describe(name, value, () => true);
    }
    this.#looks = this.#foundations.map(quickLook);
    this.#globals = ownKeys(globalThis);
    this.#listedGlobals = keys(globalThis).length;
  }

  /** Whether there are other globals than there were. */
  haveGlobalsChanged(): boolean {
    return this.#hasDefinitions
      ? ownKeys(globalThis).length !== this.#globals.length
      : keys(globalThis).length !== this.#listedGlobals;
  }

  /** Takes away what has been added to the globals. */
  removeNewGlobals(): void {
    if (!this.haveGlobalsChanged()) return;
    for (const key of ownKeys(globalThis)) if (!this.#globals.includes(key)) Reflect.deleteProperty(globalThis, key);
  }

  /** Notes that something has been defined, whatever it was: that can be seen by a thorough look alone. */
  noteDefinition(): void {
    this.#hasDefinitions = true;
  }

  /** Describes a module of Node.js: its members and the classes among them, but not the state that it keeps. */
  describeModule(name: string, module: object): void {
    this.#describe(name, module, (value, key) => typeof value === "function" || key === "prototype");
  }

  #describe(name: string, object: object, isFollowed: (value: unknown, key: PropertyKey) => boolean): void {
    const queue: [string, object][] = [[name, object]];
    for (let at = 0; at < queue.length; at += 1) {
      const entry = queue[at];
      if (entry === undefined || this.#seen.has(entry[1])) continue;
      const [path, found] = entry;
      this.#seen.add(found);
      const known = describe(path, found);
      this.#known.push(known);
      if (FOUNDATIONS.has(path.replace(/\.prototype$/u, ""))) this.#foundations.push(known);
      for (const { key, value } of known.members) {
        if (!isObject(value) || !isFollowed(value, key)) continue;
        queue.push([path === "globalThis" ? String(key) : `${path}.${String(key)}`, value]);
      }
    }
  }

  /** The name of something that has been added, replaced or removed since. */
  firstChange(): string | undefined {
    const change = firstIn(this.#known);
    if (change === undefined) this.#hasDefinitions = false;
    return change;
  }

  /** The same of what the comparison of two runs stands on alone: it is asked after every run. */
  firstChangeOfFoundations(): string | undefined {
    return this.#hasDefinitions || !this.#looksUnchanged() ? firstIn(this.#foundations) : undefined;
  }

  #looksUnchanged(): boolean {
    // One of them in turn is looked at as thoroughly as at the end.
    this.#lookedAt = (this.#lookedAt + 1) % this.#foundations.length;
    const known = this.#foundations[this.#lookedAt];
    if (known !== undefined && changeOf(known) !== undefined) return false;
    for (let at = 0; at < this.#looks.length; at += 1) if (this.#looks[at]?.() === false) return false;
    return true;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** What a proof says of a function that has changed what all functions share. */
export function changeReason(name: string): string {
  return `it changes what belongs to JavaScript itself (${name})`;
}

// No method of an array is called here: it may be the function's.
function firstIn(all: readonly Known[]): string | undefined {
  for (let at = 0; at < all.length; at += 1) {
    const known = all[at];
    const change = known && changeOf(known);
    if (change !== undefined) return change;
  }
  return undefined;
}

/** What no global name leads to. */
function hidden(): [string, object][] {
  const iterator = getPrototypeOf(getPrototypeOf([][Symbol.iterator]()) ?? {}) ?? {};
  // The function is only there for its prototype.

  const asynchronous = async (): Promise<void> => {};
  const generator = function* (): Generator<number> {
    yield 1;
  };
  const prototypes: [string, unknown][] = [
    ["Iterator.prototype", iterator],
    ["AsyncFunction.prototype", getPrototypeOf(asynchronous)],
    ["GeneratorFunction.prototype", getPrototypeOf(generator)],
    ["TypedArray.prototype", getPrototypeOf(Uint8Array.prototype)],
    ["ArrayIterator.prototype", getPrototypeOf([][Symbol.iterator]())],
    ["MapIterator.prototype", getPrototypeOf(new Map().entries())],
    ["SetIterator.prototype", getPrototypeOf(new Set().entries())],
    ["StringIterator.prototype", getPrototypeOf(""[Symbol.iterator]())],
  ];
  return prototypes as [string, object][];
}

function describe(name: string, object: object): Known {
  const members = ownKeys(object)
    .filter((key) => !VOLATILE.has(key))
    .map((key) => {
      const found: { value?: unknown; get?: unknown; set?: unknown } = getOwnPropertyDescriptor(object, key) ?? {};
      return { key, value: found.value, get: found.get, set: found.set };
    });
  return { name, object, prototype: getPrototypeOf(object), isExtensible: isExtensible(object), members };
}

function changeOf({ name, object, prototype, isExtensible: wasExtensible, members }: Known): string | undefined {
  const shown = (key: PropertyKey): string => (name === "globalThis" ? String(key) : `${name}.${String(key)}`);
  if (getPrototypeOf(object) !== prototype || isExtensible(object) !== wasExtensible) return name;
  for (let at = 0; at < members.length; at += 1) {
    const member = members[at];
    if (member === undefined) continue;
    const found = getOwnPropertyDescriptor(object, member.key);
    const isSame =
      found !== undefined && is(found.value, member.value) && found.get === member.get && found.set === member.set;
    if (!isSame) return shown(member.key);
  }
  const keys = ownKeys(object);
  if (keys.length === members.length) return undefined;
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at];
    if (key === undefined || isVolatile(key)) continue;
    let isKnown = false;
    for (let other = 0; other < members.length; other += 1) if (members[other]?.key === key) isKnown = true;
    if (!isKnown) return shown(key);
  }
  return undefined;
}

const hasVolatile = Set.prototype.has.bind(VOLATILE);

function isVolatile(key: PropertyKey): boolean {
  return hasVolatile(key);
}
