import type { Linter } from "eslint";
import type * as ESTree from "estree";
import { runtimeOf } from "../../src/analysis/runtime/which-runtime.ts";
import { compareObservations } from "../../src/verify/compare/compare.ts";
import type { Difference } from "../../src/verify/compare/compare.ts";
import { parseFunction } from "../../src/verify/contract/parse.ts";
import type { Observation, Outcome, Scenario, Side } from "../../src/verify/model.ts";
import type { SandboxPool } from "../../src/verify/pool.ts";
import { createRandom } from "../../src/verify/sandbox/stage.ts";
import { Explorer } from "../../src/verify/scenarios/explore.ts";
import { readsOf } from "../../src/verify/scenarios/fields.ts";
import { PLAIN, scenarioOf } from "../../src/verify/scenarios/genome.ts";
import { Shapes } from "../../src/verify/scenarios/values.ts";
import { allRules } from "../rules/all-rules.ts";
import { fixturesOf } from "../rules/fixtures.ts";
import { modelOf } from "../rules/functions.ts";
import { applyFixes, applySuggestion, lint, lintAll, strictOptions } from "../rules/lint.ts";

/** One thing that `eslint --fix` does to a function, or that an editor offers. */
export interface Repair {
  /** The rule, and the id of the suggestion; `fix` for a fix. */
  readonly kind: string;
  readonly text: string;
  readonly result: string;
}

/** The fixtures of all rules in JavaScript, each once. */
function functionsAtHand(): readonly string[] {
  const fixtures = allRules.flatMap(({ id }) => fixturesOf(id)).filter(({ filename }) => filename.endsWith(".js"));
  return [...new Set(fixtures.map(({ code }) => code.replaceAll(/^\/\* eslint .*\*\/\r?\n/gmu, "")))];
}

/** The rules that fix more where a project asks for it. */
const FIXING = ["parallel-secrets", "global-clients"];

function fixedOnDemand(text: string): Linter.LintMessage[] {
  return FIXING.flatMap((id) => {
    const options = [Object.assign({}, ...strictOptions(id), { fix: true })] as const;
    return lint(id, text, { options }).map((message) => ({ ...message, suggestions: [] }));
  });
}

/** Every repair of those texts. */
export function repairsAtHand(): readonly Repair[] {
  return functionsAtHand().flatMap((text) =>
    [...lintAll(text), ...fixedOnDemand(text)].flatMap((message) => {
      const { ruleId, fix, suggestions = [] } = message;
      const id = (ruleId ?? "").replace("faas/", "");
      return [
        ...(fix === undefined ? [] : [{ kind: `${id} fix`, text, result: applyFixes(text, [message]) }]),
        ...suggestions.map((suggestion) => ({
          kind: `${id} ${suggestion.messageId ?? ""}`,
          text,
          result: applySuggestion(text, suggestion),
        })),
      ];
    }),
  );
}

/** The contract that a text is run under; undefined for what is no function. */
function sideOf(text: string): Side | undefined {
  const model = modelOf(text);
  const runtime = model === undefined ? undefined : runtimeOf(model);
  return runtime === undefined ? undefined : runtime === "v1" ? "legacy" : "modern";
}

/** What came of a repair: why it could not be run, or in what the function does something else. */
export type Tried = { readonly notRun: string } | { readonly scenarios: number; readonly differences: Difference[] };

const MOST_SCENARIOS = 12;

const ANSWER: ReadonlySet<string> = new Set(["outcome"]);
const SHOWN: ReadonlySet<string> = new Set(["outcome", "console"]);
const SENT: ReadonlySet<string> = new Set(["outcome", "requests"]);
const ALL: ReadonlySet<string> = new Set([
  ...["outcome", "requests", "request-headers", "secret-reads", "secret-writes"],
  ...["console", "calls", "order", "unhandled"],
]);

/** In what a function may do something else, because the repair says that it will; all others change nothing. */
const ANNOUNCED: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ["absolute-url addScheme", SENT],
  // A failure that was taken for a success ends the function where it stands.
  ["check-response-ok check", new Set([...SENT, ...SHOWN])],
  ["no-env-secrets read", new Set([...ANSWER, "secret-reads"])],
  ["no-legacy-env fix", ANSWER],
  ["no-useless-cache-bypass cached", new Set(["secret-reads"])],
  // “When one fails, the others have already started.”
  ["parallel-secrets fix", new Set(["secret-reads"])],
  ["parallel-secrets join", new Set(["secret-reads"])],
  ["request-timeout limit", ALL],
  // What nobody waited for, and where its errors went.
  ["require-error-handling await", ALL],
  ["structured-error-logging field", new Set(["console"])],
  ["throw-error-object fix", SHOWN],
  ["throw-error-object wrap", SHOWN],
  ["valid-fetch-call get", ANSWER],
  ["valid-fetch-call rename", ANSWER],
  ["valid-fetch-call stringify", SENT],
  ["valid-fetch-call upperCase", SENT],
  ["valid-handler rename", ALL],
  ["valid-handler throw", ANSWER],
]);

/** What these change of the text is all that they may change, where they may change everything that it does. */
const WRITTEN: ReadonlyMap<string, (repair: Repair) => boolean> = new Map([
  ["require-error-handling await", ({ text, result }) => isWithOneMore(text, result, "await ")],
  ["valid-handler rename", ({ text, result }) => isOneNameCalled(text, result, "lambda")],
]);

/** True when the result is the text with something put in at one place. */
function isWithOneMore(text: string, result: string, more: string): boolean {
  let same = 0;
  while (same < text.length && text[same] === result[same]) {
    same += 1;
  }
  // What is put in may begin as what stands there.
  const places = Array.from({ length: more.length + 1 }, (_, back) => same - back);
  return places.some((place) => place >= 0 && result === text.slice(0, place) + more + text.slice(place));
}

/** True when one name of the text, and nothing else, is another one in the result. */
function isOneNameCalled(text: string, result: string, name: string): boolean {
  const [before, after] = [text, result].map((each) => each.match(/[\w$]+|[^\w$]+/gu) ?? []);
  const changed = new Set((before ?? []).filter((part, index) => after?.[index] !== part));
  return (
    before?.length === after?.length &&
    changed.size === 1 &&
    (before ?? []).every((part, index) => after?.[index] === (changed.has(part) ? name : part))
  );
}

/** The differences that nothing has said before. */
export function surprisesIn(repair: Repair, differences: readonly Difference[]): readonly Difference[] {
  const { kind } = repair;
  if (WRITTEN.get(kind)?.(repair) === false) {
    return differences;
  }
  const isSaid = ({ kind: what, ...seen }: Difference): boolean =>
    ANNOUNCED.get(kind)?.has(what) === true && (kind !== "request-timeout limit" || isByLimit(seen));
  return differences.filter((difference) => !isSaid(difference));
}

/** A limit ends what answers late; an error of V1's client has it among the options, and its timer moves the clock. */
function isByLimit({ scenario, legacy, modern }: Pick<Difference, "scenario" | "legacy" | "modern">): boolean {
  const plain = (seen: unknown): string =>
    JSON.stringify(seen)
      .replaceAll(/(?:\\?"timeout\\?":10000,|,\\?"timeout\\?":10000)/gu, "")
      .replaceAll(/17157690\d{5}/gu, "now");
  return /answers? (?:after|never)/u.test(scenario) || plain(legacy) === plain(modern);
}

/** Runs a function and what a repair made of it in the same scenarios. */
export async function tryRepair({ text, result }: Repair, pool: SandboxPool): Promise<Tried> {
  const [side, after] = [sideOf(text), sideOf(result)];
  if (side === undefined || after === undefined) return { notRun: "no function" };
  const explorer = new Scenarios(text);
  const differences: Difference[] = [];
  let scenarios = 0;
  for (let next = explorer.next(); next !== undefined && scenarios < MOST_SCENARIOS; next = explorer.next()) {
    const before = await pool.observe({ side, text, scenario: next, path: PLACE });
    if ("notRun" in before) return before;
    const { outcome } = before.observation;
    if (outcome.kind === "load-error" || lacksClient(outcome)) return { notRun: JSON.stringify(outcome.error) };
    const other = await pool.observe({ side: after, text: result, scenario: next, path: PLACE });
    if ("notRun" in other) return other;
    scenarios += 1;
    explorer.learn(before.observation);
    differences.push(...compareObservations(next.name, before.observation, other.observation));
  }
  return { scenarios, differences };
}

/** True where the toolbelt has no such client, as that of V2 has no SFClient, or takes no call without options. */
function lacksClient(outcome: Outcome): outcome is Outcome & { readonly kind: "failure" } {
  return (
    outcome.kind === "failure" &&
    /\w+\.\w+(?:Client|Util) is not a function|reading 'appKeySecretName'/u.test(JSON.stringify(outcome.error))
  );
}

/** Packages are looked for from here. */
const PLACE = import.meta.filename;

/** The scenarios of a function, as a proof makes them. */
class Scenarios {
  readonly #explorer: Explorer;
  readonly #shapes: Shapes;
  readonly #waiting;
  #candidate: ReturnType<Explorer["next"]>;

  constructor(text: string) {
    const reads = readsOf(programOf(text));
    this.#shapes = new Shapes(reads);
    this.#explorer = new Explorer(reads, createRandom(0), this.#shapes.object({}), {});
    this.#waiting = this.#explorer.start(PLAIN);
  }

  next(): Scenario | undefined {
    this.#candidate = this.#waiting.shift() ?? this.#explorer.next();
    return this.#candidate && scenarioOf(this.#candidate.genome, this.#shapes, {});
  }

  learn(seen: Observation): void {
    if (this.#candidate !== undefined) {
      this.#explorer.learn(this.#candidate.genome, seen, this.#candidate.genome === PLAIN);
    }
  }
}

function programOf(text: string): ESTree.Program {
  return parseFunction(text, /^\s*(?:import|export)\b/mu.test(text) ? "module" : "script");
}
