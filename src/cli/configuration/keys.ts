import { reasons } from "../../platform/remarks.ts";
import { isAllowed, projectOptions } from "./project-options.ts";
import type { ProjectOption } from "./project-options.ts";

/** A key of the configuration. */
export interface ConfigurationKey {
  readonly name: string;
  /** What it means, in one sentence. */
  readonly meaning: string;
  /** What it may be, as it stands behind “must be”. */
  readonly wanted: string;
  readonly isValid: (value: unknown) => boolean;
  /** The keys of its entries, where it is a list of objects. */
  readonly entryKeys?: readonly ConfigurationKey[];
  /** Whether an object without it is wrong. */
  readonly isRequired?: boolean;
  /** The same for editors. */
  readonly schema: object;
}

const textList = { type: "array", items: { type: "string", minLength: 1 } };

/** The keys that a part of a project may have as well. */
const sharedKeys: readonly ConfigurationKey[] = projectOptions.map((option) => ({
  name: option.key,
  meaning: `As \`${option.flags.replace(/ .*/u, "")}\`: ${option.help.replace("; may repeat", "")}.`,
  wanted: wantedOf(option),
  isValid: (value) => isValidFor(option, value),
  schema: schemaOf(option),
}));

const patterns = 'a list of patterns as in .gitignore, such as ["functions/old/"]';

const filesKey: ConfigurationKey = {
  name: "files",
  meaning: "Which files it is about: patterns as in `.gitignore`, from the folder of the configuration.",
  wanted: patterns,
  isValid: (value) => isListOf(value, (each) => each !== "") && value.length > 0,
  schema: { ...textList, minItems: 1 },
  isRequired: true,
};

const textKey = (name: string, meaning: string, example: string, isRequired = true): ConfigurationKey => ({
  name,
  meaning,
  wanted: `a text such as ${JSON.stringify(example)}`,
  isValid: (value) => typeof value === "string" && value.trim() !== "",
  schema: { type: "string", pattern: "\\S" },
  isRequired,
});

/** The keys of one accepted reason. */
const acceptedKeys: readonly ConfigurationKey[] = [
  textKey("path", "The file, from the folder of the configuration.", "functions/order/index.js"),
  {
    name: "reason",
    meaning: "The id of the reason.",
    wanted: 'the id of a reason, such as "http-option"; see docs/reasons.md',
    isValid: (value) => typeof value === "string" && Object.hasOwn(reasons, value),
    schema: { enum: Object.keys(reasons) },
    isRequired: true,
  },
  {
    name: "says",
    meaning: "The messages at that time, one for each place; any message when left out.",
    wanted: "a list of sentences",
    isValid: (value) => isListOf(value, () => true),
    schema: { type: "array", items: { type: "string" } },
  },
  textKey("because", "Why the team accepts it.", "leaves the platform in June"),
];

/** The keys of one override. */
const overrideKeys: readonly ConfigurationKey[] = [filesKey, ...sharedKeys];

/** The keys of a configuration, in the order of the documentation. */
export const configurationKeys: readonly ConfigurationKey[] = [
  ...sharedKeys,
  {
    name: "ignore",
    meaning:
      "Files and folders that are left out, also when they are named: patterns as in `.gitignore`, from the folder of the " +
      "configuration.",
    wanted: patterns,
    isValid: (value) => isListOf(value, (each) => each !== ""),
    schema: textList,
  },
  {
    name: "overrides",
    meaning: "Other choices for some files: a list of `{ files, … }` with the keys above; a later one wins.",
    wanted: 'a list such as [{ "files": ["brands/north/"], "style": "idiomatic" }]',
    isValid: (value) => Array.isArray(value) && value.every(isRecord),
    schema: { type: "array", items: objectSchema(overrideKeys) },
    entryKeys: overrideKeys,
  },
  {
    name: "accepted",
    meaning:
      "Reasons that the team accepts: a list of `{ path, reason, says, because }`, which `faas-migrate accept` writes.",
    wanted: "a list of objects; faas-migrate accept writes them",
    isValid: (value) => Array.isArray(value) && value.every(isRecord),
    schema: { type: "array", items: objectSchema(acceptedKeys) },
    entryKeys: acceptedKeys,
  },
];

/** The schema of an object with some keys and no others. */
export function objectSchema(keys: readonly ConfigurationKey[]): object {
  const required = keys.filter(({ isRequired }) => isRequired === true).map(({ name }) => name);
  return {
    type: "object",
    additionalProperties: false,
    ...(required.length > 0 && { required }),
    properties: Object.fromEntries(
      keys.map(({ name, meaning, schema }) => [name, { description: meaning.replaceAll("`", ""), ...schema }]),
    ),
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isValidFor(option: ProjectOption, value: unknown): boolean {
  if (option.isSwitch === true) return typeof value === "boolean";
  return option.isList ? isListOf(value, (each) => isAllowed(option, each)) : isTextOf(option, value);
}

function wantedOf({ choices, isList, isSwitch, noun }: ProjectOption): string {
  if (isSwitch === true) return "true or false";
  if (choices === undefined) return `a list of ${noun}s as texts, such as ["12345678"]`;
  const quoted = choices.map((choice) => JSON.stringify(choice)).join(" or ");
  return isList ? `a list of ${quoted}` : quoted;
}

function schemaOf({ choices, isList, isSwitch }: ProjectOption): object {
  if (isSwitch === true) return { type: "boolean" };
  const item = choices === undefined ? { type: "string", minLength: 1 } : { enum: choices };
  return isList ? { type: "array", items: item } : item;
}

function isTextOf(option: ProjectOption, value: unknown): boolean {
  return typeof value === "string" && isAllowed(option, value);
}

function isListOf(value: unknown, isItem: (item: string) => boolean): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string" && isItem(each));
}
