import { parentPort } from "node:worker_threads";
import { TimedRun } from "./clock.ts";
import { installGlobals } from "./globals.ts";
import type { Job, Observation, Outcome } from "../../src/verify/model.ts";
import { createPackages } from "./packages.ts";
import { observationOf } from "../../src/verify/world/observation.ts";
import { snapshot } from "../../src/verify/world/snapshot.ts";
import type { Handler } from "../../src/verify/contract/handler.ts";
import { legacyHandler } from "../../src/verify/contract/legacy-contract.ts";
import { LEGACY_ENV, MODERN_ENV } from "../../src/verify/world/environment.ts";
import { salesforcePackages } from "../../src/verify/world/salesforce.ts";
import { createToolbeltV1 } from "../../src/verify/world/toolbelt-v1.ts";
import { httpClient, httpPackages, loadHttpLibrary } from "./http-library.ts";
import { loadLegacy } from "./legacy.ts";
import { loadModern } from "./modern.ts";
import { oneTurn, realTimers, scopes } from "./scopes.ts";
import { settle } from "./settle.ts";
import { noteSurroundings } from "./surroundings.ts";
import { timerModules } from "./timers.ts";
import { createToolbeltV2 } from "../../src/verify/world/toolbelt-v2.ts";
import { noteBrokenBodies, redirectFetch, redirectingModules } from "./transport.ts";
import { World } from "./world.ts";

/**
 * One message from the host, answered by `{ id, observation }` or, for a fault of the oracle, `{ id, fault }`. What
 * comes besides, `{ alive }`, says that no function blocks the thread.
 */
interface Message {
  readonly id: number;
  readonly job: Job;
}

/** Whom an event without an asynchronous context belongs to: runs are one at a time. */
const stage: { run: TimedRun | undefined } = { run: undefined };

function current(): TimedRun | undefined {
  return scopes.getStore()?.run ?? stage.run;
}

function recordUnhandled(reason: unknown): void {
  const run = current();
  if (run === undefined) return;
  run.activity += 1;
  run.unhandled.push(snapshot(reason));
}

process.on("unhandledRejection", recordUnhandled);
process.on("uncaughtException", recordUnhandled);

const world = new World();
await world.listen();
const ownRun = (): TimedRun | undefined => scopes.getStore()?.run;
const transports = redirectingModules(world, ownRun);
const library = loadHttpLibrary(transports);
redirectFetch(world, ownRun);
noteBrokenBodies(ownRun);
installGlobals(ownRun);
const packages = createPackages({
  http: transports["http:"],
  https: transports["https:"],
  console,
  // Named imports of it keep what they were at first, and every run has an environment of its own.
  process,
  ...httpPackages(library, ownRun),
  ...salesforcePackages(ownRun),
  ...timerModules(),
});

async function perform(job: Job): Promise<Observation> {
  const legacy = job.side === "legacy";
  const run = new TimedRun(job.scenario, legacy ? LEGACY_ENV : MODERN_ENV, oneTurn);
  const tidyUp = noteSurroundings();
  stage.run = run;
  try {
    const outcomes = await scopes.run({ run }, () => execute(job, run));
    return observationOf(run, outcomes);
  } finally {
    stage.run = undefined;
    // Sloppy code makes globals, and some listens to events of the process; the next run must not find them.
    tidyUp();
  }
}

async function execute(job: Job, run: TimedRun): Promise<[Outcome, ...Outcome[]]> {
  let handler: Handler;
  try {
    handler =
      job.side === "legacy"
        ? legacyHandler(
            loadLegacy(
              job.text,
              createToolbeltV1(run, () => httpClient(library, run)),
              packages,
            ),
          )
        : await loadModern(job.text, createToolbeltV2(run), packages);
  } catch (error) {
    return [{ kind: "load-error", error: snapshot(error) }];
  }
  const outcomes: [Outcome, ...Outcome[]] = [await settle(run, handler, job.scenario.input, job.limits)];
  for (const input of job.scenario.later ?? []) outcomes.push(await settle(run, handler, input, job.limits));
  return outcomes;
}

const port = parentPort;
if (port === null) throw new Error("This file runs in a worker thread only.");

let queue: Promise<unknown> = Promise.resolve();
port.on("message", ({ id, job }: Message) => {
  queue = queue.then(async () => {
    try {
      port.postMessage({ id, observation: await perform(job) });
    } catch (error) {
      port.postMessage({ id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
    // Leave the event loop a turn between runs: sockets of the last one close here.
    await oneTurn();
  });
});
realTimers.setInterval(() => {
  port.postMessage({ alive: true });
}, 500);
port.postMessage({ ready: true });
