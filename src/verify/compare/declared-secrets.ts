import { isDeepStrictEqual } from "node:util";
import type { Scenario } from "../model.ts";
import type { Difference } from "./compare.ts";

/*
 * In which order and how often secrets are read and written: V2 keeps what it has read, and may read several at once.
 */

function readsOf(difference: Difference): { legacy: readonly string[]; modern: readonly string[] } | undefined {
  if (difference.kind !== "secret-reads") return undefined;
  return { legacy: difference.legacy as string[], modern: difference.modern as string[] };
}

/** V2 read the same keys first in the same order and left out only repetitions. */
export function isReadLess(difference: Difference): boolean {
  const reads = readsOf(difference);
  if (reads === undefined || !isDeepStrictEqual([...new Set(reads.legacy)], [...new Set(reads.modern)])) return false;
  let position = 0;
  for (const key of reads.legacy) if (key === reads.modern[position]) position += 1;
  return position === reads.modern.length;
}

/** The same reads in another order; with a missing secret V2 may have started more of them. */
export function isReadTogether(difference: Difference, scenario: Scenario): boolean {
  const reads = readsOf(difference);
  if (reads === undefined) return false;
  const rest = [...reads.modern];
  for (const key of reads.legacy) {
    const position = rest.indexOf(key);
    if (position < 0) return false;
    rest.splice(position, 1);
  }
  return rest.length === 0 || reads.legacy.some((key) => isMissing(key, scenario));
}

export function isReadLessTogether(difference: Difference, scenario: Scenario): boolean {
  const reads = readsOf(difference);
  if (reads === undefined || reads.modern.length > new Set([...reads.legacy, ...reads.modern]).size) return false;
  const once = { ...difference, legacy: [...new Set(reads.legacy)], modern: [...new Set(reads.modern)] };
  return isReadTogether(once, scenario);
}

/** V2 wrote the same and more: V1 stopped at a secret that is missing. */
export function isWriteTogether({ kind, legacy, modern }: Difference, scenario: Scenario): boolean {
  if (kind !== "secret-writes") return false;
  const [before, after] = [legacy as { key: string }[], modern as { key: string }[]];
  const isPrefix = before.length < after.length && isDeepStrictEqual(before, after.slice(0, before.length));
  return isPrefix && isMissing(before.at(-1)?.key ?? "", scenario);
}

function isMissing(key: string, scenario: Scenario): boolean {
  if (scenario.missingSecrets?.includes(key) === true) return true;
  return scenario.secrets !== undefined && scenario.otherSecrets === undefined && !Object.hasOwn(scenario.secrets, key);
}
