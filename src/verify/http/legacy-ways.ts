import { LEGACY_ERRORS } from "./client-errors.ts";
import type { ClientErrors } from "./client-errors.ts";

/** A declared difference that says how V2's platform does otherwise what the function asks of it. */
export type WayId = "redirects-followed" | "secret-update" | "strict-json";

/** How V1's platform behaves: as it does, or as a declared difference says of V2. */
export interface LegacyWays {
  readonly errors: ClientErrors;
  /** Tells, where V2 does something else, whether that is to be done; notes that it was come to. */
  readonly isOther: (id: WayId) => boolean;
}

export const LEGACY_WAYS: LegacyWays = { errors: LEGACY_ERRORS, isOther: () => false };
