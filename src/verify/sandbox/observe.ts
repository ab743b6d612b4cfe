import { createToolbeltV1 } from "../world/toolbelt-v1.ts";
import { createToolbeltV2 } from "../world/toolbelt-v2.ts";
import { Clock } from "../world/clock.ts";
import { LEGACY_ENV, MODERN_ENV } from "../world/environment.ts";
import { observationOf } from "../world/observation.ts";
import { Run } from "../world/run.ts";
import { snapshot } from "../world/snapshot.ts";
import { createHttpClient, createRequestPromise } from "../http/client.ts";
import type { LegacyWays } from "../http/legacy-ways.ts";
import { legacyHandler } from "../contract/legacy-contract.ts";
import type { LegacyFunction } from "../contract/load-legacy.ts";
import type { ModernFunction } from "../contract/load-modern.ts";
import type { Handler } from "../contract/handler.ts";
import type { Outcome, Scenario } from "../model.ts";
import type { Observed } from "./messages.ts";
import { settle } from "./settle.ts";
import type { Ended } from "./settle.ts";
import { changeReason } from "./intrinsics.ts";
import type { ModuleLoader, PackageSource } from "./modules.ts";
import { createRandom } from "./stage.ts";
import type { Stage } from "./stage.ts";

/** A function that can be run in scenario after scenario. */
export interface Subject {
  /** Which contract it has. */
  readonly side: "legacy" | "modern";
  /** Loads it again into the run that is under way. */
  readonly load: (run: Run, clock: Clock) => Promise<Handler>;
}

/** What a V1 function is given besides the world. */
export interface LegacyGiven {
  /** Values of the names that it was compiled with. */
  readonly overrides?: Readonly<Record<string, unknown>>;
  /** How the platform behaves; as V1 when left out. */
  readonly ways?: LegacyWays;
}

/** Makes a subject of a V1 function. */
export function legacySubject(
  compiled: LegacyFunction,
  loader: ModuleLoader,
  source: PackageSource,
  { overrides, ways }: LegacyGiven = {},
): Subject {
  return {
    side: "legacy",
    // Not async: a load that throws is a load that throws.
    load: async (run, clock) => {
      const toolbelt = createToolbeltV1(run, () => createHttpClient(run, clock, ways), ways);
      const requestPromise = createRequestPromise(run, clock, ways);
      await Promise.resolve();
      return legacyHandler(compiled.load(loader.legacy(toolbelt, requestPromise, source), overrides));
    },
  };
}

/** Makes a subject of a V2 function. */
export function modernSubject(compiled: ModernFunction, loader: ModuleLoader, source: PackageSource): Subject {
  return {
    side: "modern",
    load: (run) => compiled.load(loader.modern(createToolbeltV2(run), source)),
  };
}

/** The seed of chance inside of runs: every run sees the same. */
const SEED = 20_240_515;

/**
 * Takes what a run has shown, or why it shows nothing: at once, with no turn between the look at the language's objects
 * and what is made of it. A promise can't hand it over, since code of the function could run first.
 */
export type Finish = (observed: Observed) => void;

/** Runs a function once: loads it, and calls it with the input of the scenario and, in turn, with the later ones. */
export async function observe(subject: Subject, scenario: Scenario, stage: Stage, finish: Finish): Promise<void> {
  const clock = new Clock();
  const later = (): Promise<void> =>
    new Promise((resolve) => {
      clock.after(1, resolve);
    });
  const run = new Run(scenario, subject.side === "legacy" ? LEGACY_ENV : MODERN_ENV, later);
  const { intrinsics } = stage;
  // Nothing runs between two runs: a global that comes into being then stays, and is told of.
  const wasClean = !intrinsics.haveGlobalsChanged();
  stage.current = { run, clock, random: createRandom(SEED) };
  try {
    await perform(subject, run, clock, (outcomes) => {
      // Sloppy code makes globals; the next run must not find them.
      if (wasClean) intrinsics.removeNewGlobals();
      const change = intrinsics.firstChangeOfFoundations();
      if (change !== undefined) run.notRun ??= changeReason(change);
      finish(run.notRun === undefined ? { observation: observationOf(run, outcomes()) } : { notRun: run.notRun });
    });
  } finally {
    stage.current = undefined;
    clock.clear();
  }
}

/** @param rest is called when the function has come to rest, before any of our own code goes on */
async function perform(
  subject: Subject,
  run: Run,
  clock: Clock,
  rest: (outcomes: () => Outcome[]) => void,
): Promise<void> {
  const loaded: { handler: Handler | undefined } = { handler: undefined };
  const ended: Ended = { outcome: { kind: "timeout" } };
  await settle(run, clock, ended, async () => {
    loaded.handler = await subject.load(run, clock);
  });
  const { handler } = loaded;
  if (handler === undefined) {
    rest(() => {
      const error = ended.outcome.kind === "failure" ? ended.outcome.error : snapshot(undefined);
      return [{ kind: "load-error", error }];
    });
    return;
  }
  // Functions change what they are given: the next run must get it as it was.
  const inputs = [run.scenario.input, ...(run.scenario.later ?? [])].map((each) => structuredClone(each));
  const outcomes: Outcome[] = [];
  for (const [index, input] of inputs.entries()) {
    await settle(run, clock, ended, () => handler(input));
    if (index < inputs.length - 1) outcomes.push(ended.outcome);
  }
  rest(() => [...outcomes, ended.outcome]);
}
