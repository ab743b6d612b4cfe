import { legacyToolbelt, modernToolbelt } from "../../platform/toolbelt.ts";
import { perModel } from "../code/per-model.ts";
import type { Node } from "../code/tree.ts";
import { findObjectChanges } from "../values/object-changes.ts";
import { PROMISE, memberStep } from "../values/trace-path.ts";
import type { Knowledge } from "../values/values-of-types.ts";
import { followedClients, methodCallOf } from "./client-trail.ts";

/**
 * What the values of secrets are: `readSecret` rejects when there is no such secret, so that its value is always there,
 * unless the file writes another one.
 */
export const knownSecrets = perModel((model): Knowledge<"secret"> => {
  const { uses } = followedClients(model, "SecretClient", [legacyToolbelt, modernToolbelt]);
  const reads = uses.flatMap((use) => {
    const found = methodCallOf(model, use);
    return found?.method === "readSecret" ? [found.call] : [];
  });
  const unchanged = new Set<Node>(
    reads.filter((node) => findObjectChanges(model, [{ node, path: [PROMISE] }]).length === 0),
  );
  const path = [PROMISE, memberStep("value")].join();
  return (made, at) => (at.join() === path && unchanged.has(made) ? "secret" : undefined);
});
