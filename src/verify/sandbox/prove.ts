import { compareObservations } from "../compare/compare.ts";
import type { Difference } from "../compare/compare.ts";
import { withoutDeclared } from "../compare/declared.ts";
import { COUNT, countBranches } from "../contract/branches.ts";
import { compileLegacy } from "../contract/load-legacy.ts";
import { compileModern } from "../contract/load-modern.ts";
import { parseFunction } from "../contract/parse.ts";
import type { Observation, Scenario } from "../model.ts";
import { Explorer } from "../scenarios/explore.ts";
import type { Candidate } from "../scenarios/explore.ts";
import { readsOf } from "../scenarios/fields.ts";
import { PLAIN, scenarioOf } from "../scenarios/genome.ts";
import { Shapes } from "../scenarios/values.ts";
import type { ProofJob, ProofReport, Template } from "../proof.ts";
import { changeReason } from "./intrinsics.ts";
import type { ModuleLoader } from "./modules.ts";
import { legacySubject, modernSubject, observe } from "./observe.ts";
import type { Seen, Subject } from "./observe.ts";
import { readingsOf } from "./readings.ts";
import type { Reading } from "./readings.ts";
import { createRandom } from "./stage.ts";
import type { Stage } from "./stage.ts";

/** So many scenarios with a difference are enough to believe it. */
const ENOUGH_DIFFERENT = 3;

/** For each scenario that is part of the proof, so many may be tried on the original that are not. */
const TRIES_PER_SCENARIO = 3;

/** Thrown inside of a proof that can't be made; the message is the reason. */
class NotRun extends Error {}

/**
 * Runs an original and its result in one simulated outside world, scenario after scenario, and compares.
 *
 * @param now real milliseconds, whatever the functions think
 */
export async function prove(
  job: ProofJob,
  loader: ModuleLoader,
  stage: Stage,
  now: () => number,
): Promise<ProofReport> {
  const until = now() + job.timeMs;
  try {
    const proof = new Proof(job, loader, stage);
    await proof.run(() => now() > until);
    return proof.report();
  } catch (error) {
    if (error instanceof NotRun) return { kind: "not-run", reason: error.message };
    throw error;
  }
}

class Proof {
  readonly #job: ProofJob;
  readonly #stage: Stage;
  readonly #observed: Seen = { observed: undefined };
  readonly #legacy: Subject;
  readonly #modern: Subject | undefined;
  readonly #readings: readonly Reading[];
  #branches = 0;
  readonly #taken = new Set<number>();
  readonly #signatures = new Set<string>();
  readonly #explorer: Explorer;
  readonly #shapes: Shapes;
  readonly #differences: Difference[] = [];
  readonly #declared = new Set<string>();
  readonly #neverAnswers: string[] = [];
  #scenarios = 0;

  constructor(job: ProofJob, loader: ModuleLoader, stage: Stage) {
    this.#job = job;
    this.#stage = stage;
    const source = { path: job.path, ...(job.substitutes !== undefined && { substitutes: job.substitutes }) };
    const original = compiled("the original", () =>
      compileLegacy(job.original, {
        names: [COUNT],
        prepare: (program, edits) => {
          this.#branches = countBranches(program, edits);
        },
      }),
    );
    const count = (branch: number): void => void this.#taken.add(branch);
    this.#legacy = legacySubject(original, loader, source, { overrides: { [COUNT]: count } });
    this.#readings = readingsOf(job.original, job.places, loader, source);
    const { migrated } = job;
    if (migrated !== undefined) {
      this.#modern = modernSubject(
        compiled("the result", () => compileModern(migrated)),
        loader,
        source,
      );
    }
    const reads = readsOf(parseFunction(job.original, "script"));
    this.#shapes = new Shapes(reads);
    this.#explorer = new Explorer(reads, createRandom(job.seed), this.#shapes.object({}));
  }

  async run(isLate: () => boolean): Promise<void> {
    for (const scenario of this.#job.given) await this.#try(scenario, undefined);
    if (!this.#job.derive) return;
    const template: Template = { ...this.#shapes.template, ...this.#job.template };
    const waiting = this.#explorer.start(PLAIN);
    const mostTries = this.#job.scenarios * TRIES_PER_SCENARIO;
    for (let tries = 0; tries < mostTries && this.#scenarios < this.#job.scenarios; tries += 1) {
      const candidate = waiting.shift() ?? this.#explorer.next();
      if (candidate === undefined || isLate() || this.#differentScenarios() >= ENOUGH_DIFFERENT) return;
      const scenario = scenarioOf(candidate.genome, this.#shapes, template);
      await this.#try(scenario, candidate);
    }
  }

  /** Runs the original and, where the scenario belongs to the proof, the result. */
  async #try(scenario: Scenario, candidate: Candidate | undefined): Promise<void> {
    const branches = this.#taken.size;
    await this.#observe(this.#legacy, scenario);
    const legacy = this.#seen();
    if (legacy.outcome.kind === "load-error")
      throw new NotRun(`the original does not load: ${messageIn(legacy.outcome.error)}`);
    const leadsOn = this.#taken.size > branches;
    const isNew = this.#remember(legacy) || leadsOn;
    if (candidate !== undefined) this.#explorer.learn(candidate.genome, legacy, leadsOn || candidate.genome === PLAIN);
    if (candidate?.kind === "if new" && !isNew) return;
    this.#scenarios += 1;
    if ([legacy.outcome, ...legacy.later].some(({ kind }) => kind === "timeout"))
      this.#neverAnswers.push(scenario.name);
    if (this.#modern === undefined) return;
    await this.#observe(this.#modern, scenario);
    const modern = this.#seen();
    const left = this.#compare(scenario, legacy, modern);
    if (left.length > 0) await this.#judge(scenario, modern);
  }

  /** What no declared difference explains; those that explain something are noted. */
  #compare(scenario: Scenario, legacy: Observation, modern: Observation): Difference[] {
    const { declared } = this.#job;
    const found = compareObservations(scenario.name, legacy, modern);
    const left = withoutDeclared(found, declared, scenario, modern);
    if (left.length === found.length) return left;
    // A declared difference is seen where it would be missed.
    for (const id of declared) {
      if (this.#declared.has(id)) continue;
      const others = declared.filter((other) => other !== id);
      if (withoutDeclared(found, others, scenario, modern).length > left.length) this.#declared.add(id);
    }
    return left;
  }

  /** Believes a difference when no reading of the original does the same. */
  async #judge(scenario: Scenario, modern: Observation): Promise<void> {
    let first: readonly Difference[] | undefined;
    for (const { subject, begin, seen } of this.#readings) {
      begin();
      await this.#observe(subject, scenario);
      const left = this.#compare(scenario, this.#seen(), modern);
      const ids = seen();
      if (left.length === 0 && ids !== undefined) {
        for (const id of ids) this.#declared.add(id);
        return;
      }
      first ??= left;
    }
    this.#differences.push(...(first ?? []));
  }

  async #observe(subject: Subject, scenario: Scenario): Promise<void> {
    this.#observed.observed = undefined;
    await observe(subject, scenario, this.#stage, this.#observed);
  }

  /**
   * What the last run has shown. To be called as soon as it is over, with no turn between it and the use of its result:
   * what follows has to be our own code, and nothing that the function has put in its place.
   */
  #seen(): Observation {
    const change = this.#stage.intrinsics.firstChangeOfFoundations();
    if (change !== undefined) throw new NotRun(changeReason(change));
    const { observed } = this.#observed;
    if (observed === undefined) throw new NotRun("it came to no end");
    if ("notRun" in observed) throw new NotRun(observed.notRun);
    return observed.observation;
  }

  /** Whether the original did what it has done in no scenario before. */
  #remember(seen: Observation): boolean {
    const signature = JSON.stringify(seen);
    const isNew = !this.#signatures.has(signature);
    this.#signatures.add(signature);
    return isNew;
  }

  #differentScenarios(): number {
    return new Set(this.#differences.map(({ scenario }) => scenario)).size;
  }

  report(): ProofReport {
    return {
      kind: this.#differences.length > 0 ? "differs" : "same",
      scenarios: this.#scenarios,
      branches: { taken: this.#taken.size, total: this.#branches },
      differences: this.#differences,
      declared: [...this.#declared].sort(),
      neverAnswers: this.#neverAnswers,
    };
  }
}

function compiled<T>(what: string, compile: () => T): T {
  try {
    return compile();
  } catch (error) {
    throw new NotRun(`${what} does not parse: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function messageIn(error: unknown): string {
  const message: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "message") : error;
  return typeof message === "string" ? message : JSON.stringify(error);
}
