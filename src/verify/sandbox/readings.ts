import { COUNT } from "../contract/branches.ts";
import { compileLegacy } from "../contract/load-legacy.ts";
import type { LegacyFunction } from "../contract/load-legacy.ts";
import { countPlaces } from "../contract/places.ts";
import { STRICT_WRITERS, strictWriters, strictWrites } from "../contract/strict-writes.ts";
import { LEGACY_ERRORS, MODERN_ERRORS } from "../http/client-errors.ts";
import type { WayId } from "../http/legacy-ways.ts";
import { ERROR_IDS, STRICT_ID } from "../proof.ts";
import type { DeclaredPlace, ProofJob } from "../proof.ts";
import type { ModuleLoader, PackageSource } from "./modules.ts";
import { legacySubject } from "./observe.ts";
import type { LegacyGiven, Subject } from "./observe.ts";

/** The original, once more: as it is, or as a declared difference says that it is in V2. */
export interface Reading {
  readonly subject: Subject;
  /** Whether it is the original as it is. */
  readonly isPlain: boolean;
  /** Forgets what the last run came to. */
  readonly begin: () => void;
  /** The declared differences that the last run came to; undefined where it came to none of those that it is for. */
  readonly seen: () => readonly string[] | undefined;
}

/**
 * The readings of an original by which a difference is judged, one after another. The first has no counter in its text,
 * which functions may show: V8 cites code in its messages. What a function makes of an error, of a write that throws, or
 * of what the platform does otherwise can't be foreseen; so the others run the original with V2's errors, with V2's
 * writes, with V2's ways, or with several of these.
 */
export function readingsOf(
  job: Pick<ProofJob, "original" | "local" | "places" | "declared">,
  loader: ModuleLoader,
  source: PackageSource,
): Reading[] {
  const { original, local, places, declared } = job;
  const errorPlaces = places.filter(({ id }) => ERROR_IDS.has(id));
  const isStrict = places.some(({ id }) => id === STRICT_ID);
  const ways = WAYS.filter((id) => declared.includes(id));
  const some = <T>(list: readonly T[]): (readonly T[])[] => (list.length === 0 ? [[]] : [[], list]);
  const variants = some(ways)
    .flatMap((of) => some(errorPlaces).map((errors) => ({ errors, ways: of })))
    .flatMap((each) => (isStrict ? [false, true] : [false]).map((writes) => ({ ...each, writes })))
    .filter(({ errors, writes, ways: of }) => errors.length > 0 || writes || of.length > 0);
  const plain: Reading = {
    subject: lazySubject(() => compileLegacy(original, { local }), loader, source),
    isPlain: true,
    begin: () => undefined,
    seen: () => [],
  };
  return [plain, ...variants.map((variant) => declaredReading(job, variant, loader, source))];
}

interface Variant {
  /** Places at which the original looks at errors; none where its errors stay those of V1. */
  readonly errors: readonly DeclaredPlace[];
  readonly writes: boolean;
  /** What the platform does as V2's. */
  readonly ways: readonly WayId[];
}

/** What a migration declares of the platform's own ways. */
const WAYS: readonly WayId[] = ["redirects-followed", "secret-update", "strict-json"];

function declaredReading(
  { original, local }: Pick<ProofJob, "original" | "local">,
  { errors, writes, ways }: Variant,
  loader: ModuleLoader,
  source: PackageSource,
): Reading {
  const reached = new Set<string>();
  const writers = strictWriters(() => reached.add(STRICT_ID));
  const count = (place: number): void => {
    const found = errors[place];
    if (found !== undefined) reached.add(found.id);
  };
  const compile = (): LegacyFunction =>
    compileLegacy(original, {
      names: [COUNT, ...STRICT_WRITERS],
      local,
      prepare: (program, edits, text, isOwn) => {
        // First, so that a place stands in front of what is written there. What other files do is told where they are loaded.
        if (isOwn) countPlaces(program, edits, text, errors);
        if (writes) strictWrites(program, edits, text);
      },
    });
  const subject = lazySubject(compile, loader, source, {
    overrides: { ...writers, [COUNT]: count },
    ways: {
      errors: errors.length > 0 ? MODERN_ERRORS : LEGACY_ERRORS,
      isOther: (id) => {
        const isDeclared = ways.includes(id);
        if (isDeclared) reached.add(id);
        return isDeclared;
      },
    },
  });
  return {
    subject,
    isPlain: false,
    begin: () => {
      reached.clear();
    },
    seen: () => {
      const isComplete =
        (errors.length === 0 || [...reached].some((id) => ERROR_IDS.has(id))) &&
        (!writes || reached.has(STRICT_ID)) &&
        (ways.length === 0 || ways.some((id) => reached.has(id)));
      return isComplete ? [...reached] : undefined;
    },
  };
}

/** Compiled when it is first run: most functions never show a difference. */
function lazySubject(
  compile: () => LegacyFunction,
  loader: ModuleLoader,
  source: PackageSource,
  given: LegacyGiven = {},
): Subject {
  let subject: Subject | undefined;
  return {
    side: "legacy",
    load: (run, clock) => {
      subject ??= legacySubject(compile(), loader, source, given);
      return subject.load(run, clock);
    },
  };
}
