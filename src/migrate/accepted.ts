import type { Remark } from "./result.ts";
import type { Migrated, Unit } from "./run-outcome.ts";
import type { RunError } from "./run-result.ts";

/** A reason that a team knows of and lets stand. */
export interface AcceptedReason {
  /** Absolute path of the file. */
  readonly path: string;
  /** As it is shown. */
  readonly shown: string;
  readonly reason: string;
  /** What was said when it was accepted, once for each place; whatever is said where it is left out. */
  readonly says?: readonly string[];
  readonly because: string;
}

/** Accepted reasons that a run looked for. */
export interface Judged {
  /** With `accepted` on each reason that is. */
  readonly units: readonly Unit[];
  /** Entries that are not true any more, in one sentence each; the path is that of the file. */
  readonly outdated: readonly RunError[];
}

/** What the acceptance of reasons needs to know of a run. */
export interface AcceptanceQuestion {
  readonly accepted: readonly AcceptedReason[];
  /** Whether a run has looked at a file, by its absolute path; true also for one that is not there. */
  readonly isLookedAt: (path: string) => boolean;
  /** Ids of reasons that this run could not find. */
  readonly unseen: ReadonlySet<string>;
}

/** Marks the reasons that are accepted, and finds the entries that fit no reason. */
export function judgeAccepted(units: readonly Unit[], question: AcceptanceQuestion): Judged {
  const entries = new Map<string, AcceptedReason[]>();
  for (const entry of question.accepted) entries.set(entry.path, [...(entries.get(entry.path) ?? []), entry]);
  const found = new Map<AcceptedReason, "accepted" | "changed">();
  const marked = units.map((unit) =>
    withCause(
      unit.map((member) => {
        const own = entries.get(member.source.absolute) ?? [];
        return own.length === 0 ? member : mark(member, own, found);
      }),
    ),
  );
  const outdated = question.accepted.flatMap((entry): RunError[] => {
    const isOpen = !question.isLookedAt(entry.path) || question.unseen.has(entry.reason);
    if (found.get(entry) === "accepted" || isOpen) return [];
    return [{ path: entry.shown, message: outdatedMessage(entry, found.get(entry) === "changed") }];
  });
  return { units: marked, outdated };
}

function outdatedMessage({ reason }: AcceptedReason, isChanged: boolean): string {
  return isChanged
    ? `the accepted reason ${reason} has changed; look at it, then accept it again`
    : `the accepted reason ${reason} is gone; remove it from the configuration`;
}

function mark(
  member: Migrated,
  entries: readonly AcceptedReason[],
  found: Map<AcceptedReason, "accepted" | "changed">,
): Migrated {
  const { outcome } = member;
  if (outcome.kind !== "result") return member;
  let { reasons } = outcome.file;
  for (const entry of entries) {
    const told = reasons.filter(({ id }) => id === entry.reason);
    if (told.length === 0) continue;
    const isSame = entry.says === undefined || sorted(entry.says) === sorted(told.map(({ message }) => message));
    found.set(entry, isSame ? "accepted" : "changed");
    if (isSame) reasons = reasons.map((each) => (told.includes(each) ? { ...each, accepted: entry.because } : each));
  }
  return { ...member, outcome: { ...outcome, file: { ...outcome.file, reasons } } };
}

function sorted(messages: readonly string[]): string {
  return messages.toSorted().join("\n");
}

/** A function that only waits for its config.json is accepted with it. */
function withCause(unit: Unit): Unit {
  const because = unit.flatMap(reasonsOf).find(({ id, accepted }) => id !== WAITS && accepted !== undefined)?.accepted;
  const isOpen = unit.flatMap(reasonsOf).some(({ id, accepted }) => id !== WAITS && accepted === undefined);
  if (because === undefined || isOpen) return unit;
  return unit.map((member) => {
    const { outcome } = member;
    if (outcome.kind !== "result") return member;
    const reasons = outcome.file.reasons.map((each) => (each.id === WAITS ? { ...each, accepted: because } : each));
    return { ...member, outcome: { ...outcome, file: { ...outcome.file, reasons } } };
  });
}

const WAITS = "config-refused";

function reasonsOf({ outcome }: Migrated): readonly Remark[] {
  return outcome.kind === "result" ? outcome.file.reasons : [];
}
