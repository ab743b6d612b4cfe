/** What a method of arrays does with the elements. */
export interface ListMethod {
  /** The parameters of its function that get an element, and the one that gets the list; none where it takes no function. */
  readonly elements: readonly number[];
  readonly list: number | undefined;
  /**
   * `list`: a list of the same elements · `element`: one of them · `mapped`: a list of what the function returns ·
   * `flat`: the same, with the elements of those that are lists · `returned`: what the function returned last · `other`: neither the elements nor anything that they hold.
   */
  readonly gives: "list" | "flat" | "element" | "mapped" | "returned" | "other";
}

const calling = (gives: ListMethod["gives"]): ListMethod => ({ elements: [0], list: 2, gives });
// Without a value to begin with, the first element is that.
const reducing: ListMethod = { elements: [0, 1], list: 3, gives: "returned" };
const sorting: ListMethod = { elements: [0, 1], list: undefined, gives: "list" };
const plain = (gives: ListMethod["gives"]): ListMethod => ({ elements: [], list: undefined, gives });

/** The methods of arrays through which elements go. Source: ECMA-262, 23.1.3. */
export const listMethods: ReadonlyMap<string, ListMethod> = new Map([
  ["every", calling("other")],
  ["filter", calling("list")],
  ["find", calling("element")],
  ["findIndex", calling("other")],
  ["findLast", calling("element")],
  ["findLastIndex", calling("other")],
  ["flatMap", calling("mapped")],
  ["forEach", calling("other")],
  ["map", calling("mapped")],
  ["reduce", reducing],
  ["reduceRight", reducing],
  ["some", calling("other")],
  ["sort", sorting],
  ["toSorted", sorting],
  ["at", plain("element")],
  ["concat", plain("list")],
  ["flat", plain("flat")],
  ["pop", plain("element")],
  ["reverse", plain("list")],
  ["shift", plain("element")],
  ["slice", plain("list")],
  ["splice", plain("list")],
  ["toReversed", plain("list")],
  ["toSpliced", plain("list")],
  ["values", plain("list")],
  ["with", plain("list")],
  ["includes", plain("other")],
  ["indexOf", plain("other")],
  ["join", plain("other")],
  ["keys", plain("other")],
  ["lastIndexOf", plain("other")],
]);

/** True for the name of an array method whose function gets each element, and no other, as its first argument. */
export function isElementCallback(name: string | undefined): boolean {
  const elements = listMethods.get(name ?? "")?.elements;
  return elements?.length === 1;
}

/** True for the name of an array method that calls the function which it gets, any number of times, before it returns. */
export function callsAtOnce(name: string | undefined): boolean {
  return (listMethods.get(name ?? "")?.elements.length ?? 0) > 0;
}

/** The methods of functions that call the function, or bind it. */
export const functionMethods: ReadonlySet<string> = new Set(["apply", "bind", "call"]);

/** Which of its functions a method of promises gives the value, and which the error, by their places. */
export interface PromiseMethod {
  readonly value: number | undefined;
  readonly error: number | undefined;
}

/** The methods that promises of every kind have. */
export const promiseMethods: ReadonlyMap<string, PromiseMethod> = new Map([
  ["then", { value: 0, error: 1 }],
  ["catch", { value: undefined, error: 0 }],
  ["finally", { value: undefined, error: undefined }],
]);

/** The functions of the language's hosts that call another one in a later turn. */
export const timers: ReadonlySet<string> = new Set(["setImmediate", "setInterval", "setTimeout"]);

/** These, and those that call it as soon as the code at hand has ended. All of them drop what it returns. */
export const laterCalls: ReadonlySet<string> = new Set([...timers, "process.nextTick", "queueMicrotask"]);

/**
 * What becomes of a list of promises. `values`: their values at the same places · `outcomes`: `{ status, value }` at
 * the same places, and it never fails · `one`: the value of one of them.
 */
export const promiseCombinators: ReadonlyMap<string, "values" | "outcomes" | "one"> = new Map([
  ["Promise.all", "values"],
  ["Promise.allSettled", "outcomes"],
  ["Promise.any", "one"],
  ["Promise.race", "one"],
]);

/** The methods of fetch's Response that read its body. */
export const bodyReaders: ReadonlySet<string> = new Set(["arrayBuffer", "blob", "bytes", "formData", "json", "text"]);

/** The methods of lists, maps and sets that change them in place. */
export const mutators: ReadonlySet<string> = new Set([
  "add",
  "clear",
  "copyWithin",
  "delete",
  "fill",
  "pop",
  "push",
  "reverse",
  "set",
  "shift",
  "sort",
  "splice",
  "unshift",
]);

/** The functions of the language that change their first argument. */
export const argumentWriters: ReadonlySet<string> = new Set([
  "Object.assign",
  "Object.defineProperties",
  "Object.defineProperty",
  "Object.setPrototypeOf",
  "Reflect.defineProperty",
  "Reflect.deleteProperty",
  "Reflect.set",
  "Reflect.setPrototypeOf",
]);

/** The functions of the language that give back their first argument. */
export const argumentReturners: ReadonlySet<string> = new Set([
  "Object.assign",
  "Object.defineProperties",
  "Object.defineProperty",
  "Object.freeze",
  "Object.preventExtensions",
  "Object.seal",
  "Object.setPrototypeOf",
]);

/**
 * What the functions of the language do with an argument that they only look at. `enumerate`: they read all its members ·
 * `convert`: they make a text, a number or a copy of it · `test`: they tell something of it · `same`: they give it back.
 * All of `console` shows its arguments.
 */
export const argumentReaders: ReadonlyMap<string, "enumerate" | "convert" | "test" | "same"> = new Map([
  ["Array.from", "enumerate"],
  ["Array.isArray", "test"],
  ["Boolean", "test"],
  ["JSON.stringify", "convert"],
  ["Number", "convert"],
  ["Number.isFinite", "test"],
  ["Number.isInteger", "test"],
  ["Object.entries", "enumerate"],
  ["Object.freeze", "same"],
  ["Object.getOwnPropertyNames", "enumerate"],
  ["Object.hasOwn", "test"],
  ["Object.is", "test"],
  ["Object.isFrozen", "test"],
  ["Object.keys", "enumerate"],
  ["Object.preventExtensions", "same"],
  ["Object.seal", "same"],
  ["Object.values", "enumerate"],
  ["String", "convert"],
  ["isNaN", "test"],
  ["parseFloat", "convert"],
  ["parseInt", "convert"],
  ["structuredClone", "convert"],
]);

/** The error classes of the language. */
export const errorClasses: ReadonlySet<string> = new Set([
  "Error",
  "EvalError",
  "RangeError",
  "ReferenceError",
  "SyntaxError",
  "TypeError",
  "URIError",
]);
