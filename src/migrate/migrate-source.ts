import type { SourceResult } from "./result.ts";

export type Style = "faithful" | "idiomatic";

export interface MigrateOptions {
  readonly style: Style;
  /** Ids of the only transforms to run; all of them when absent. */
  readonly transforms?: readonly string[];
}

/**
 * Migrates one source text.
 *
 * @param path where the text came from; used in messages only
 * @param text the whole file, byte order mark and line endings included
 */
export function migrateSource(_path: string, text: string, _options: MigrateOptions): SourceResult {
  return { verdict: "unchanged", text, transforms: [], differences: [], reasons: [], followUps: [] };
}
