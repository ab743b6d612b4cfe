// Taken while they are what they shall be: the function under test may put others in their places.
const { ownKeys, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { is, isExtensible } = Object;

interface Known {
  readonly name: string;
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

/** Members that change by themselves. */
const VOLATILE = new Set<PropertyKey>([
  "stackTraceLimit",
  "lastMatch",
  "lastParen",
  "leftContext",
  "rightContext",
  "input",
]);

/** The objects that belong to JavaScript and to the runtime, as they were when this was made. */
export class Intrinsics {
  readonly #known: Known[] = [];

  constructor() {
    // Node.js makes some of its globals when they are first asked for.
    for (const key of ownKeys(globalThis)) void Reflect.get(globalThis, key);
    const seen = new Set<object>();
    const queue: [string, object][] = [["globalThis", globalThis]];
    for (const [name, value] of hidden()) queue.push([name, value]);
    for (let at = 0; at < queue.length; at += 1) {
      const entry = queue[at];
      if (entry === undefined || seen.has(entry[1])) continue;
      const [name, object] = entry;
      seen.add(object);
      const known = describe(name, object);
      this.#known.push(known);
      for (const { key, value } of known.members) {
        if ((typeof value === "object" && value !== null) || typeof value === "function") {
          queue.push([name === "globalThis" ? String(key) : `${name}.${String(key)}`, value]);
        }
      }
    }
  }

  /** The names of what has been added, replaced or removed since. */
  changed(): string[] {
    const changes: string[] = [];
    for (let at = 0; at < this.#known.length; at += 1) {
      const known = this.#known[at];
      if (known !== undefined) compare(known, changes);
    }
    return changes;
  }
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

function compare({ name, object, prototype, isExtensible: wasExtensible, members }: Known, changes: string[]): void {
  const shown = (key: PropertyKey): string => (name === "globalThis" ? String(key) : `${name}.${String(key)}`);
  if (getPrototypeOf(object) !== prototype || isExtensible(object) !== wasExtensible) changes[changes.length] = name;
  let present = 0;
  for (let at = 0; at < members.length; at += 1) {
    const member = members[at];
    if (member === undefined) continue;
    const found = getOwnPropertyDescriptor(object, member.key);
    if (found !== undefined) present += 1;
    const isSame =
      found !== undefined && is(found.value, member.value) && found.get === member.get && found.set === member.set;
    if (!isSame) changes[changes.length] = shown(member.key);
  }
  const keys = ownKeys(object);
  if (keys.length === present) return;
  for (let at = 0; at < keys.length; at += 1) {
    const key = keys[at];
    if (key === undefined || isVolatile(key)) continue;
    let isKnown = false;
    for (let other = 0; other < members.length; other += 1) if (members[other]?.key === key) isKnown = true;
    if (!isKnown) changes[changes.length] = shown(key);
  }
}

const hasVolatile = Set.prototype.has.bind(VOLATILE);

function isVolatile(key: PropertyKey): boolean {
  return hasVolatile(key);
}
