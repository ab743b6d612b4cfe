import type { Dirent } from "node:fs";
import { join } from "node:path";

import { configName, isFunctionFileName } from "../platform/function-files.ts";
import { readSource } from "./files.ts";
import { parseJson, propertiesNamed, propertiesOf } from "./json-text.ts";

/**
 * The config.json of V1 in a folder that has no function file beside it: a config.json is converted with its function, so
 * this one would stay as it is without a message.
 *
 * @param entries of the folder
 * @returns its absolute path; undefined where there is none
 */
export function lonelyConfig(folder: string, entries: readonly Dirent[]): string | undefined {
  if (entries.some(({ name }) => isFunctionFileName(name))) return undefined;
  const path = join(folder, configName);
  return entries.some((entry) => entry.name === configName && entry.isFile()) && isLegacyConfig(path)
    ? path
    : undefined;
}

/** Whether a file is the config.json of a V1 function, by its list of environment variables; false if it can't be read. */
function isLegacyConfig(absolute: string): boolean {
  let text: string;
  try {
    ({ text } = readSource(absolute));
  } catch {
    return false;
  }
  const json = text.includes("environmentVariables") ? parseJson(text) : undefined;
  if (json === undefined || "problem" in json) return false;
  const list = propertiesNamed(json.root, "environmentVariables").at(-1)?.value;
  const [first] = list?.type === "array" ? (list.children ?? []) : [];
  return (
    first !== undefined && ["key", "value"].every((name) => propertiesOf(first).some((each) => each.name === name))
  );
}

/** The sentences that report such files. */
export function lonelyNotices(paths: readonly string[]): string[] {
  const [first] = paths;
  if (first === undefined) return [];
  const more = paths.length === 1 ? "" : ` (and ${String(paths.length - 1)} more)`;
  return [
    `${first}${more} is of V1, but stays as it is: no index.js lies beside it. Give the function that name, or write ` +
      "its environmentVariables as an object.",
  ];
}
