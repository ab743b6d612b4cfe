import { ENVELOPES } from "./field-names.ts";
import type { Field } from "./field-names.ts";
import type { Reads } from "./fields.ts";
import type { Kind } from "./methods.ts";
import type { Template } from "../proof.ts";

/** Values for some fields, by name, in the place of the usual ones; `undefined` leaves the field out. */
export type Choices = Readonly<Record<string, unknown>>;

/** What values are made by. */
interface Made {
  readonly choices: Choices;
  readonly length: number;
}

/** Deeper than this no function reads. */
const DEEPEST = 5;

/** What answers hold besides the fields that the function reads: names that helpers and packages often read. */
const USUAL: Readonly<Record<string, unknown>> = { ok: true, id: 7, name: "example", access_token: "token" };

/** Builds values in the shape in which a function reads them. */
export class Shapes {
  readonly #reads: Reads;
  readonly #roots: readonly Field[];

  constructor(reads: Reads) {
    this.#reads = reads;
    const inner = new Set(
      [...reads.fields.values()].flatMap(({ name, children }) => [...children].filter((child) => child !== name)),
    );
    const outer = [...reads.fields.values()].filter(
      ({ name }) => !inner.has(name) || ENVELOPES.has(name) || reads.outermost.has(name),
    );
    // Through a response's `body` or the input's `payload` one reads what answers and payloads hold themselves.
    const through = [...ENVELOPES].flatMap((name) => [...(reads.fields.get(name)?.children ?? [])]);
    const names = new Set([...outer.map(({ name }) => name), ...through]);
    this.#roots = [...names].flatMap((name) => (ENVELOPES.has(name) ? [] : (reads.fields.get(name) ?? [])));
  }

  /** Whether the function takes the value of a secret apart. */
  get hasObjectSecrets(): boolean {
    return (this.#reads.fields.get("value")?.children.size ?? 0) > 0;
  }

  /** Whether the function calculates with the value of a secret. */
  get hasNumberSecrets(): boolean {
    return this.#reads.fields.get("value")?.kind === "number";
  }

  /** What the code tells of the outside world beyond values. */
  get template(): Template {
    return this.#reads.fields.get("body")?.kind === "json" ? { orchestratorBodies: "text" } : {};
  }

  /** An object with every field that the function reads of anything, the choices in the place of the usual values. */
  object(choices: Choices, length = 2): Record<string, unknown> {
    const usual = withoutUndefined({ ...USUAL, ...pick(choices, USUAL) });
    return { ...usual, ...this.#fill(this.#roots, { choices, length }, 0) };
  }

  /** The usual input: the payload has what the function reads, and each header that it looks for stands in the list. */
  input(choices: Choices, length = 2): unknown {
    const wanted = [...(this.#reads.fields.get("key")?.literals ?? [])].filter((key) => typeof key === "string");
    // A payload may have a `value` of its own.
    const own = [...(this.#reads.fields.get("payload")?.children ?? [])].filter((name) => ENVELOPES.has(name));
    const fields = own.flatMap((name) => this.#reads.fields.get(name) ?? []);
    const payload = { ...this.object(choices, length), ...this.#fill(fields, { choices, length }, 0) };
    const isInAnyCase = (name: string): boolean => this.#reads.fields.get(name)?.alike.has("case") === true;
    const value = isInAnyCase("value") ? "Example" : "example";
    const headers = wanted.map((key) => ({ key: isInAnyCase("key") ? capitalised(key) : key, value }));
    return { headers, payload };
  }

  #fill(fields: readonly Field[], made: Made, depth: number): Record<string, unknown> {
    return withoutUndefined(Object.fromEntries(fields.map((field) => [field.name, this.#value(field, made, depth)])));
  }

  #value(field: Field, made: Made, depth: number): unknown {
    const { choices, length } = made;
    if (Object.hasOwn(choices, field.name)) return choices[field.name];
    const children = depth < DEEPEST ? [...field.children].flatMap((name) => this.#reads.fields.get(name) ?? []) : [];
    const own = children.filter(({ name }) => name !== field.name);
    const inner = own.length > 0 ? this.#fill(own, made, depth + 1) : undefined;
    if (field.kind === "list") {
      return Array.from({ length }, (_, at) => inner ?? usualElement(field, at));
    }
    if (field.kind === "json") return JSON.stringify({ ...USUAL, ...inner });
    if (inner !== undefined) return inner;
    return usualValue(field);
  }
}

/** `x-order-id` as `X-Order-Id` */
function capitalised(name: string): string {
  return name.toLowerCase().replace(/(?:^|-)[a-z]/gu, (first) => first.toUpperCase());
}

function pick(choices: Choices, names: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(choices).filter(([name]) => Object.hasOwn(names, name)));
}

function withoutUndefined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function usualValue({ name, kind, literals }: Field): unknown {
  if (kind === "number") return 7;
  if (kind === "date") return "2024-05-14T08:00:00.000Z";
  const [first] = [...literals].filter((literal) => literal !== null);
  if (first !== undefined) return first;
  return usualByName.find(([pattern]) => pattern.test(name))?.[1] ?? `${name} 1`;
}

const ADDRESS = /(?:ur[li]|href|link|endpoint|host(?:name)?|domain|location)$/iu;

/** An element of a list: a number, or a text of its own; `urls` holds addresses. */
function usualElement({ name, hasNumbers }: Field, at: number): unknown {
  if (hasNumbers) return 10 - at;
  const isAddress = ADDRESS.test(name.replace(/s$/u, ""));
  return isAddress ? `https://api.example.com/made/${String(at + 1)}` : `${name} ${String(at + 1)}`;
}

/** What a value looks like whose name says it. */
const usualByName: readonly (readonly [RegExp, unknown])[] = [
  [/^(?:is|has|should)[A-Z]/u, true],
  [/host(?:name)?$/iu, "api.example.com"],
  [ADDRESS, "https://api.example.com/made"],
  [/^path|path(?:name)?$/iu, "/made"],
  [/^method$/iu, "POST"],
  [/e?mail/iu, "ann@example.com"],
];

/** Other values for a field: what it is compared with, something else of its kind, and nothing. */
export function otherValues({ name, kind, literals }: Field): readonly unknown[] {
  const near = [...literals].flatMap((literal): unknown[] =>
    typeof literal === "number" ? [literal, literal - 1, literal + 1] : [literal],
  );
  if (kind === "list") return [...near, [], undefined];
  if (kind === "number") return [...near, 0, 1_000_000, undefined];
  const other = near.some((literal) => typeof literal === "string") ? [`other ${name}`] : [];
  const numeric = near.some((literal) => typeof literal === "number") ? [] : [""];
  // Of an empty part of an address the two platforms' parsers make different things, and no function means one.
  const empty = ADDRESS.test(name) ? numeric.filter((value) => value !== "") : numeric;
  return [...near, ...other, undefined, ...empty, false];
}

/** The longest text that is made for code that counts characters. */
const LONGEST_TEXT = 2_000;

/** Texts at the lengths that the code compares the length of a text with, and of one character more. */
export function longValues({ kind, lengths }: Field): readonly string[] {
  if (kind !== "text") return [];
  const near = [...lengths].flatMap((length) => [length, length + 1]);
  return near.filter((length) => length > 0 && length <= LONGEST_TEXT).map((length) => "x".repeat(length));
}

/** A text that is another one in an address. */
const SPECIAL_TEXT = "a b/c?d&e=f+g%";

/** Before and after the time at which every run begins, on the same day and on others. */
const DATES = [
  "2024-05-15T09:00:00.000Z",
  "2024-05-15T18:15:00.000Z",
  "2024-05-17T01:00:00.000Z",
  "2024-06-30T12:00:00.000Z",
];

/** What counts as false and is not missing. */
const EMPTY_BY_KIND: ReadonlyMap<Kind | undefined, readonly unknown[]> = new Map<Kind | undefined, readonly unknown[]>([
  [undefined, [""]],
  ["text", [""]],
  ["number", [0]],
]);

/** Other forms of values that the code treats alike: it does nothing new with them, and other code may tell them apart. */
export function alikeValues({ name, literals, alike, kind }: Field): readonly unknown[] {
  const texts = [...literals].filter((literal) => typeof literal === "string");
  const numbers = [...literals].filter((literal) => typeof literal === "number");
  const usual = texts.length > 0 ? texts : [`Any ${name}`];
  return [
    ...(alike.has("case")
      ? usual.map((text) => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()))
      : []),
    ...(alike.has("part") && kind !== "list" && !ADDRESS.test(name)
      ? texts.flatMap((text) => [`1${text}2`, `${text}2`, `1${text}`])
      : []),
    ...(alike.has("spaces") ? usual.map((text) => ` ${text} `) : []),
    ...(alike.has("encoded") && !ADDRESS.test(name) ? [SPECIAL_TEXT] : []),
    ...(kind === "date" ? DATES : []),
    ...(alike.has("truthy") && !ADDRESS.test(name) ? (EMPTY_BY_KIND.get(kind) ?? []) : []),
    ...(alike.has("loose") ? numbers.map(String) : []),
    ...(alike.has("loose") && literals.has(null) ? [null, undefined] : []),
    ...(alike.has("calculated") ? [undefined] : []),
    ...(alike.has("falsy") && !ADDRESS.test(name) ? ["", null, ...(kind === "number" ? [0] : [])] : []),
  ];
}
