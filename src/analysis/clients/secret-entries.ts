import type * as ESTree from "estree";
import { legacyToolbelt } from "../../platform/toolbelt.ts";
import type { Model } from "../code/model.ts";
import type { Problem } from "../code/problem.ts";
import { changeOfAnyValue } from "../secrets/changes.ts";
import { findFreshReads } from "../secrets/freshness.ts";
import { findSecretMutation, secretUseOf } from "../secrets/reads.ts";
import type { SecretRead, SecretUse } from "../secrets/reads.ts";

/** What becomes of the entries that V1's clients read: V2 caches entries and shares them. */
export interface EntryPlan {
  readonly use: SecretUse;
  /** Calls that read what someone else may have changed since. */
  readonly readAnew: readonly ESTree.SimpleCallExpression[];
  /** Reads whose entry the function changes. */
  readonly copied: readonly SecretRead[];
  readonly problems: readonly Problem[];
}

/** How the entries of V1's secret clients are used; undefined when the file has no such client. */
export function planSecretEntries(model: Model): EntryPlan | undefined {
  const use = secretUseOf(model);
  if (!use.clients.some(({ source }) => source === legacyToolbelt)) {
    return undefined;
  }
  const copied = use.reads.filter((read) => findSecretMutation(model, read) !== undefined);
  const isTaken = model.isNameTaken("structuredClone");
  // What comes out of reads that can't be seen can't be copied.
  const hidden = use.isOpen ? changeOfAnyValue(model) : undefined;
  return {
    use,
    readAnew: findFreshReads(model, use.reads, use.updates),
    copied,
    problems: [
      ...(isTaken ? copied : []).map(({ call }): Problem => ({
        id: "global-name-taken",
        node: call,
        data: { name: "structuredClone" },
      })),
      ...(hidden === undefined ? [] : [{ id: "secret-mutated", node: hidden } as const]),
    ],
  };
}
