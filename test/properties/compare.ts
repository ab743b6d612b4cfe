import type { ErrorShape } from "./describe.ts";
import { describeValue } from "./describe.ts";
import type { Observation, Outcome } from "./contract.ts";

function isSameError(a: ErrorShape, b: ErrorShape): boolean {
  return a.isError === b.isError && a.name === b.name && a.message === b.message && a.fields === b.fields;
}

/** The declared `error-object`: what was no Error is now one with the same message, and with an object's fields. */
function isErrorFromValue(value: unknown, error: unknown): boolean {
  if (value instanceof Error || !(error instanceof Error)) {
    return false;
  }
  const kept = Object.fromEntries(Object.entries(error).filter(([key]) => key !== "message"));
  if (typeof value !== "object" || value === null) {
    return error.message === String(value) && Object.keys(kept).length === 0;
  }
  const { message, ...fields } = value as Record<string, unknown>;
  return textsOf(value, message).includes(error.message) && describeValue(fields) === describeValue(kept);
}

/** What an Error can say that stands for an object: its message, or all of it where that is no text. */
function textsOf(value: object, message: unknown): readonly string[] {
  if (typeof message === "string") {
    return [message];
  }
  // `{ message: e.message }` becomes `new Error(e.message)`, whatever that is at run time.
  const written = Object.hasOwn(value, "message") ? [new Error(message as string).message] : [];
  return [...written, JSON.stringify(value)];
}

/** The follow-up `thrown-value`: what V1 failed with is what V2's function throws, and the platform drops it. */
function isDropped(legacy: Outcome, modern: Outcome): boolean {
  return (
    legacy.kind === "rejected" &&
    !legacy.error.isError &&
    modern.kind === "resolved" &&
    modern.dropped.some((reason) => describeValue(reason) === describeValue(legacy.reason))
  );
}

function isSameOutcome(legacy: Observation, modern: Observation, declared: ReadonlySet<string>): boolean {
  const [before, after]: readonly Outcome[] = [legacy.outcome, modern.outcome];
  if (before === undefined || after === undefined) {
    return false;
  }
  if (before.kind === "time-out" && declared.has("never-settles")) {
    // A rejection that V1 let float is what V2 rejects with; anything else that rejects is new.
    return (
      after.kind === "time-out" ||
      (after.kind === "resolved" && after.value === "undefined") ||
      (after.kind === "rejected" &&
        legacy.floating.some(
          ({ error, reason }) =>
            isSameError(error, after.error) || (declared.has("error-object") && isErrorFromValue(reason, after.reason)),
        ))
    );
  }
  // What runs behind the callback may never end; V1 had answered by then.
  if (declared.has("answers-later") && before.kind !== "time-out" && after.kind === "time-out") {
    return true;
  }
  if (declared.has("thrown-value") && isDropped(before, after)) {
    return true;
  }
  if (before.kind === "rejected" && after.kind === "rejected") {
    return (
      isSameError(before.error, after.error) ||
      (declared.has("error-object") && isErrorFromValue(before.reason, after.reason))
    );
  }
  return before.kind === after.kind && !("value" in before && "value" in after && before.value !== after.value);
}

/**
 * Compares a run of the original with a run of the result.
 *
 * @param declared ids of the differences that the migration told of
 * @returns what differs, or undefined
 */
export function differenceOf(
  legacy: Observation,
  modern: Observation,
  declared: ReadonlySet<string>,
): "outcome" | "effects" | "floating rejection" | undefined {
  if (!isSameOutcome(legacy, modern, declared)) {
    return "outcome";
  }
  if (legacy.effects.join("\n") !== modern.effects.join("\n")) {
    return "effects";
  }
  // A rejection that nobody handles ends the process. V1 programs that have one lose nothing; others would.
  return legacy.floating.length === 0 && modern.floating.length > 0 ? "floating rejection" : undefined;
}
