import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { inject } from "vitest";
import type { Fault } from "./faults.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder in which laws leave what they tried; undefined under `npm test`. */
    laws: string | undefined;
  }
}

/** What was tried to break a law. */
export interface LawEntry {
  /** The law, as a sentence. */
  readonly law: string;
  /** What was counted, by its name: `{ variants: 3000, crashes: 0 }`. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Whether laws are tried on all that they can be tried on, or on a sample. */
export const isWhole = process.env["LAWS"] === "all";

/** Every so manieth of a list for `npm test`, and all of it for `npm run test:laws`. */
export function someOf<T>(all: readonly T[], every: number): readonly T[] {
  return isWhole ? all : all.filter((_, index) => index % every === 0);
}

/** Leaves what a law was tried on for the list that `npm run test:laws` prints at its end. */
export function enterLaw(entry: LawEntry): void {
  enter("law", entry.law, entry);
}

/** Leaves what holds a kind of fault for that list. */
export function enterFault(fault: Fault): void {
  enter("fault", fault.kind, fault);
}

function enter(what: "law" | "fault", sentence: string, entry: object): void {
  const folder = inject("laws");
  if (folder === undefined) return;
  const name = sentence.toLowerCase().replaceAll(/[^a-z0-9]+/gu, "-");
  writeFileSync(join(folder, `${what}-${name}.json`), JSON.stringify(entry));
}
