import { inspect } from "node:util";

import { BadConfiguration } from "./bad-configuration.ts";
import type { ConfigurationKey } from "./keys.ts";
import { configurationKeys, isRecord } from "./keys.ts";

/** A reason that a team lets stand, as its configuration says it. */
export interface AcceptedEntry {
  /** From the folder of the configuration. */
  readonly path: string;
  readonly reason: string;
  readonly says?: readonly string[];
  readonly because: string;
}

/** A configuration that has been checked, but for what `project-options.ts` lists. */
export interface ConfigurationValue {
  readonly ignore?: readonly string[];
  readonly overrides?: readonly { readonly files: readonly string[] }[];
  readonly accepted?: readonly AcceptedEntry[];
}

/**
 * Checks what a file holds as its configuration.
 *
 * @param file as it is named in messages
 * @throws {BadConfiguration} for the first key that is wrong
 */
export function checkConfiguration(file: string, value: unknown): ConfigurationValue {
  if (!isRecord(value)) throw new BadConfiguration(file, `it must be an object, not ${shown(value)}`);
  const own = Object.entries(value).filter(([name]) => name !== "$schema");
  checkObject(file, Object.fromEntries(own), configurationKeys, "");
  return value;
}

/** @param at what stands before the object's keys: `overrides[0].` */
function checkObject(file: string, object: object, keys: readonly ConfigurationKey[], at: string): void {
  const members = new Map<string, unknown>(Object.entries(object));
  for (const [name, member] of members) {
    const key = keys.find((each) => each.name === name);
    if (key === undefined) {
      const known = keys.map((each) => each.name).join(", ");
      throw new BadConfiguration(file, `"${at}${name}" is not a key; the keys are ${known}`);
    }
    if (!key.isValid(member)) {
      throw new BadConfiguration(file, `"${at}${name}" must be ${key.wanted}, not ${shown(member)}`);
    }
    if (key.entryKeys === undefined) continue;
    for (const [index, entry] of (member as readonly object[]).entries()) {
      checkObject(file, entry, key.entryKeys, `${at}${name}[${String(index)}].`);
    }
  }
  const missing = keys.find(({ name, isRequired }) => isRequired === true && !members.has(name));
  if (missing === undefined) return;
  throw new BadConfiguration(file, `"${at}${missing.name}" is missing; it must be ${missing.wanted}`);
}

const LONGEST = 60;

function shown(value: unknown): string {
  const text = typeof value === "string" ? JSON.stringify(value) : inspect(value, { breakLength: Infinity });
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
