import { dirname, relative } from "node:path";
import { ts } from "ts-morph";

import { strictOptions } from "./type-errors.ts";
import type { Strictness } from "./type-errors.ts";

/** A configuration of TypeScript that can't be used; the message says where and why. */
export class BadConfiguration extends Error {}

/**
 * How strict the project of a folder is by the nearest tsconfig.json, or jsconfig.json, with what these extend; not at all
 * where there is none.
 *
 * @param folder absolute path
 * @throws {BadConfiguration} where it can't be read
 */
export function readStrictness(folder: string): Strictness {
  const exists = (path: string): boolean => ts.sys.fileExists(path);
  const paths = ["tsconfig.json", "jsconfig.json"].flatMap((name) => ts.findConfigFile(folder, exists, name) ?? []);
  // The one that is nearer; of two in one folder, tsconfig.json.
  const [path] = paths.sort((a, b) => dirname(b).length - dirname(a).length);
  if (path === undefined) return {};
  const read = ts.readConfigFile(path, (name) => ts.sys.readFile(name));
  // What the configuration includes is not asked for: files are what the command was given.
  const host = { ...ts.sys, readDirectory: (): string[] => [] };
  const parsed = ts.parseJsonConfigFileContent(read.config ?? {}, host, dirname(path));
  const error = read.error ?? parsed.errors.find(({ code }) => code !== NO_INPUTS);
  if (error !== undefined) {
    const message = ts.flattenDiagnosticMessageText(error.messageText, " ");
    throw new BadConfiguration(`${relative(folder, path)} can't be read (${message}); correct it, then run again`);
  }
  return Object.fromEntries(strictOptions.flatMap((name) => toEntry(name, parsed.options[name])));
}

/** “No inputs were found in config file” */
const NO_INPUTS = 18_003;

function toEntry<Value>(name: string, value: Value | undefined): [string, Value][] {
  return value === undefined ? [] : [[name, value]];
}
