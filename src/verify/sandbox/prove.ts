import type * as ESTree from "estree";
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
import { Tried } from "../scenarios/tried.ts";
import { Shapes } from "../scenarios/values.ts";
import type { ProofJob, ProofReport, Template } from "../proof.ts";
import type { ModuleLoader } from "./modules.ts";
import { legacySubject, modernSubject, observe } from "./observe.ts";
import type { Subject } from "./observe.ts";
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
 * @param isLate tells when the proof has had its time
 */
export async function prove(
  job: ProofJob,
  loader: ModuleLoader,
  stage: Stage,
  isLate: () => boolean,
): Promise<ProofReport> {
  try {
    const proof = new Proof(job, loader, stage);
    await proof.run(isLate);
    return proof.report();
  } catch (error) {
    if (error instanceof NotRun) return { kind: "not-run", reason: error.message };
    throw error;
  }
}

class Proof {
  readonly #job: ProofJob;
  readonly #stage: Stage;
  readonly #legacy: Subject;
  readonly #modern: Subject | undefined;
  readonly #readings: readonly Reading[];
  #branches = 0;
  readonly #taken = new Set<number>();
  readonly #signatures = new Set<string>();
  readonly #tried = new Tried();
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
        local: job.local,
        prepare: (program, edits) => {
          this.#branches = countBranches(program, edits, this.#branches);
        },
      }),
    );
    const count = (branch: number): void => void this.#taken.add(branch);
    this.#legacy = legacySubject(original, loader, source, { overrides: { [COUNT]: count } });
    this.#readings = readingsOf(job, loader, source);
    const { migrated } = job;
    if (migrated !== undefined) {
      this.#modern = modernSubject(
        compiled("the result", () => compileModern(migrated)),
        loader,
        source,
      );
    }
    const reads = readsOf(wholeProgram(job));
    this.#shapes = new Shapes(reads);
    this.#explorer = new Explorer(reads, createRandom(job.seed), this.#shapes.object({}), job.template.env ?? {});
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
      if (candidate.kind === "if new" && this.#tried.has(scenario)) continue;
      await this.#try(scenario, candidate);
    }
  }

  /** Runs the original and, where the scenario belongs to the proof, the result. */
  async #try(scenario: Scenario, candidate: Candidate | undefined): Promise<void> {
    const branches = this.#taken.size;
    const seen: { legacy?: Observation; modern?: Observation } = {};
    await this.#observe(this.#legacy, scenario, (legacy) => {
      if (legacy.outcome.kind === "load-error")
        throw new NotRun(`the original does not load: ${messageIn(legacy.outcome.error)}`);
      if (this.#takesPart(scenario, candidate, legacy, this.#taken.size > branches)) seen.legacy = legacy;
    });
    const { legacy } = seen;
    if (legacy === undefined || this.#modern === undefined) return;
    const known = this.#differences.length;
    await this.#observe(this.#modern, scenario, (modern) => {
      this.#differences.push(...this.#compare(scenario, legacy, modern));
      if (this.#differences.length > known) seen.modern = modern;
    });
    if (seen.modern !== undefined) await this.#judge(scenario, seen.modern, known);
  }

  /** Learns from a run of the original; tells whether the scenario belongs to the proof. */
  #takesPart(scenario: Scenario, candidate: Candidate | undefined, legacy: Observation, leadsOn: boolean): boolean {
    const isNew = this.#remember(legacy) || leadsOn;
    this.#tried.add(scenario, legacy);
    if (candidate !== undefined) this.#explorer.learn(candidate.genome, legacy, leadsOn || candidate.genome === PLAIN);
    if (candidate?.kind === "if new" && !isNew) return false;
    this.#scenarios += 1;
    if ([legacy.outcome, ...legacy.later].some(({ kind }) => kind === "timeout"))
      this.#neverAnswers.push(scenario.name);
    return true;
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

  /**
   * Takes the differences of a scenario back where a reading of the original does the same as the result.
   *
   * @param known how many differences there were before
   */
  async #judge(scenario: Scenario, modern: Observation, known: number): Promise<void> {
    const judged = { isSame: false };
    for (const { subject, isPlain, begin, seen } of this.#readings) {
      begin();
      await this.#observe(subject, scenario, (legacy) => {
        const left = this.#compare(scenario, legacy, modern);
        const ids = seen();
        judged.isSame = left.length === 0 && ids !== undefined;
        if (judged.isSame || isPlain) this.#differences.splice(known, Infinity, ...left);
        if (judged.isSame) for (const id of ids ?? []) this.#declared.add(id);
      });
      if (judged.isSame) return;
    }
  }

  /** Runs a function once and uses what that has shown as soon as it is over. */
  async #observe(subject: Subject, scenario: Scenario, use: (observation: Observation) => void): Promise<void> {
    const state = { isOver: false };
    await observe(subject, scenario, this.#stage, (observed) => {
      if ("notRun" in observed) throw new NotRun(observed.notRun);
      use(observed.observation);
      state.isOver = true;
    });
    if (!state.isOver) throw new NotRun("it came to no end");
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

/** The code of the original and of the files that it loads: what it reads is looked for in all of them. */
function wholeProgram({ original, local }: ProofJob): ESTree.Program {
  const program = parseFunction(original, "script");
  const code = (local?.files ?? []).filter(({ path }) => !path.endsWith(".json"));
  const others = code.flatMap(({ text }) => parseFunction(text, "script").body);
  return { ...program, body: [...others, ...program.body] };
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
