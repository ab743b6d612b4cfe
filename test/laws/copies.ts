import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { parse } from "@typescript-eslint/parser";

const repository = resolve(import.meta.dirname, "../..");

/** A node of a source as the parser gives it. */
interface Part {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** What stands at several places of the sources, by what it is. */
export type Copies = ReadonlyMap<string, readonly string[]>;

/** Shorter ones are often the same by chance. */
const FEWEST_NAMES = 3;
const FEWEST_PARTS = 30;

/** Neither where something stands nor its types make two functions different. */
const LEFT_OUT = new Set(["parent", "range", "loc", "typeAnnotation", "returnType", "typeArguments"]);

/** Tables of the same names in several places: lists, alternatives of a pattern, texts that are split. */
export function copiedTables(files: readonly string[]): Copies {
  return copiesIn(files, (part) => {
    const names = namesOf(part);
    return new Set(names).size < FEWEST_NAMES ? undefined : [...new Set(names)].sort().join(" ");
  });
}

/** Functions that say the same, whatever they and their parameters are called. */
export function copiedFunctions(files: readonly string[]): Copies {
  return copiesIn(files, (part) => {
    const made = part.type === "MethodDefinition" ? (part["value"] as Part) : part;
    const isFunction = /^(?:FunctionDeclaration|MethodDefinition)$/u.test(part.type) && part["kind"] !== "constructor";
    const words = isFunction ? wordsOf(made) : [];
    return words.length < FEWEST_PARTS ? undefined : words.join(" ");
  });
}

function copiesIn(files: readonly string[], keyOf: (part: Part) => string | undefined): Copies {
  const places = new Map<string, string[]>();
  for (const file of files) {
    visit(parse(readFileSync(join(repository, file), "utf8"), { sourceType: "module" }), (part) => {
      const key = keyOf(part);
      if (key !== undefined) places.set(key, [...(places.get(key) ?? []), file]);
    });
  }
  return new Map([...places].filter(([, found]) => found.length > 1));
}

function namesOf({ type, elements, regex, callee, arguments: given }: Part): readonly string[] {
  if (type === "ArrayExpression") {
    const texts = (elements as (Part | null)[]).map((element) => element?.["value"]);
    return texts.filter((text) => typeof text === "string").length === texts.length ? (texts as string[]) : [];
  }
  if (type === "Literal" && regex !== undefined) {
    return (
      /^\^\(\?:(?<names>[\w|]+)\)\$$/u.exec((regex as { pattern: string }).pattern)?.groups?.["names"]?.split("|") ?? []
    );
  }
  const text = type === "CallExpression" ? ((callee as Part)["object"] as Part | undefined)?.["value"] : undefined;
  const [separator] = (given ?? []) as Part[];
  return typeof text === "string" && separator?.["value"] === " " ? text.split(" ") : [];
}

/** What the parts of a function are, with numbers in the place of its own names. */
function wordsOf(made: Part): string[] {
  const own = new Map<unknown, string>();
  for (const parameter of made["params"] as Part[]) {
    visit(parameter, ({ type, name }) => {
      if (type === "Identifier" && !own.has(name)) own.set(name, `#${String(own.size)}`);
    });
  }
  const words: string[] = [];
  for (const root of [...(made["params"] as Part[]), made["body"] as Part]) {
    visit(root, ({ type, name, operator, raw, value }) => {
      const text = type === "TemplateElement" ? (value as { raw: string }).raw : raw;
      words.push([type, own.get(name) ?? name, operator, text].filter((word) => typeof word === "string").join(" "));
    });
  }
  return words;
}

function visit(part: object, enter: (part: Part) => void): void {
  if ("type" in part) enter(part as Part);
  for (const [key, value] of Object.entries(part) as [string, unknown][]) {
    if (!LEFT_OUT.has(key) && typeof value === "object" && value !== null) visit(value, enter);
  }
}
