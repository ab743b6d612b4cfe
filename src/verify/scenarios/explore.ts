import type { Observation } from "../model.ts";
import { ANSWERS, answersText, answersWith, CALL_ANSWERS, EVERY } from "./answers.ts";
import type { Field } from "./field-names.ts";
import type { Reads } from "./fields.ts";
import { removedVariables, renamedVariables } from "../../platform/environment.ts";
import { MODERN_ENV } from "../world/environment.ts";
import { PLAIN } from "./genome.ts";
import type { Genome } from "./genome.ts";
import { alikeValues, longValues, otherValues } from "./values.ts";

/**
 * Why a scenario is tried. What an outgoing call or a secret may bring is always part of the proof; another value of
 * a field is only when it leads somewhere new.
 */
export type Kind = "always" | "if new";

export interface Candidate {
  readonly genome: Genome;
  readonly kind: Kind;
}

/**
 * Whether the user may have set an environment variable; the others are the platform's.
 *
 * @param given the variables that the function's configuration sets
 */
function isOwnVariable(name: string, given: object): boolean {
  if (renamedVariables.has(name) || Object.hasOwn(MODERN_ENV, name)) return false;
  return !removedVariables.has(name) || Object.hasOwn(given, name);
}

/** What is said of a field that has a value: a long text would say no more than its length. */
function clauseOf(name: string, value: unknown): string {
  if (value === undefined) return `without ${name}`;
  const isLong = typeof value === "string" && value.length > 20;
  return isLong ? `${name} has ${String(value.length)} characters` : `${name} is ${JSON.stringify(value)}`;
}

/** With so many texts the answers of a function that looks for several things are tried. */
const MOST_TEXTS = 3;

/** Longer lists would be slow, and no code counts them by hand. */
const LONGEST_LIST = 20;

/** A page of requests shall not turn into hundreds of runs: later requests of a loop fail like the first ones. */
const MOST_REQUESTS = 8;

/** Scenarios of one sort wait in a row of their own: the rows take turns, so that none takes the whole budget. */
const ROWS = ["answers", "fields", "further", "secrets", "again"] as const;

type Row = (typeof ROWS)[number];

/** Finds scenarios for a function: from what it reads, and from what the runs so far have shown. */
export class Explorer {
  readonly #reads: Reads;
  readonly #random: () => number;
  readonly #body: object;
  readonly #env: object;
  readonly #rows: Record<Row, Candidate[]> = {
    answers: [],
    fields: [],
    further: [],
    secrets: [],
    again: [],
  };
  readonly #requests = new Set<string>();
  readonly #names = new Set<string>();
  readonly secrets = new Set<string>();
  #turn = 0;

  /**
   * @param random decides the order of what is equally useful
   * @param body what an answer holds when all goes well
   * @param env the environment variables that the function's configuration sets
   */
  constructor(reads: Reads, random: () => number, body: object, env: object) {
    this.#reads = reads;
    this.#body = body;
    this.#env = env;
    this.#random = random;
  }

  /** The scenarios to begin with. */
  start(base: Genome): Candidate[] {
    return [
      { genome: base, kind: "always" },
      { genome: { ...base, name: "it is called twice", again: 1 }, kind: "always" },
    ];
  }

  next(): Candidate | undefined {
    for (let tried = 0; tried < ROWS.length; tried += 1) {
      const row = ROWS[this.#turn % ROWS.length] ?? "answers";
      this.#turn += 1;
      const candidate = this.#rows[row].shift();
      if (candidate !== undefined) return candidate;
    }
    return undefined;
  }

  /** Learns from a run of the original. `isNew` tells that it went where no run had been. */
  learn(genome: Genome, seen: Observation, isNew: boolean): void {
    if (isNew) this.#addFields(genome);
    this.#addSecrets(genome, seen);
    // A scenario in which two things go wrong tells nothing that none of the two tells alone, unless the first of them
    // has led to another request.
    const isOther = Object.keys(genome.callAnswers).length > 0 || genome.every !== undefined;
    if (Object.keys(genome.answers).length > 1 || isOther) return;
    this.#addAnswers(genome, seen);
    if (Object.keys(genome.answers).length === 0) this.#addCalls(genome, seen);
  }

  #add(row: Row, kind: Kind, base: Genome, clause: string, change: Partial<Genome>): void {
    const name = base.name === "" ? clause : `${base.name}, and ${clause}`;
    if (this.#names.has(name)) return;
    this.#names.add(name);
    this.#rows[row].push({ genome: { ...base, ...change, name }, kind });
  }

  #addAnswers(base: Genome, seen: Observation): void {
    const fresh: [number, string][] = [];
    for (const [index, { method, url }] of seen.requests.entries()) {
      const name = `${method} ${url.split("?")[0] ?? url}`;
      if (this.#requests.size >= MOST_REQUESTS || this.#requests.has(name)) continue;
      this.#requests.add(name);
      fresh.push([index, name]);
    }
    const statuses = [...this.#reads.statuses]
      .filter((status) => status >= 200 && ![200, 204, 302, 404, 500].includes(status))
      .flatMap((status) => answersWith(status, this.#body));
    const texts = [...this.#reads.texts].slice(0, MOST_TEXTS).map(answersText);
    for (const [clause, answer] of [...this.#shuffled(ANSWERS), ...statuses, ...texts]) {
      for (const [index, name] of fresh) {
        this.#add("answers", "always", base, `${name} ${clause}`, { answers: { ...base.answers, [index]: answer } });
      }
    }
    const [first] = fresh;
    if (first === undefined) return;
    if (Object.keys(base.answers).length > 0) return;
    this.#add("fields", "if new", base, "the answers are lists", { isList: true });
    this.#add("fields", "if new", base, "the answers set cookies", { hasCookies: true });
    for (const [clause, every] of EVERY) this.#add("again", "if new", base, `every request ${clause}`, { every });
    const [index, name] = first;
    const failure = { answers: { ...base.answers, [index]: { status: 500, body: "out of order" } }, again: 1 };
    this.#add("again", "always", base, `${name} fails with 500 and it is called twice`, failure);
  }

  #addCalls(base: Genome, seen: Observation): void {
    for (const [index, { name }] of seen.calls.entries()) {
      const call = `call ${name}`;
      if (this.#requests.size >= MOST_REQUESTS || this.#requests.has(call)) continue;
      this.#requests.add(call);
      for (const [calls, clause, brings] of CALL_ANSWERS) {
        if (calls.test(name))
          this.#add("answers", "always", base, `${name} ${clause}`, { callAnswers: { [index]: brings } });
      }
    }
  }

  #addSecrets(base: Genome, seen: Observation): void {
    for (const { key } of seen.secretWrites) {
      this.#add("secrets", "always", base, `the secret ${key} can't be written`, {
        failingWrites: [...base.failingWrites, key],
      });
    }
    // A write of a secret that does not exist fails.
    for (const key of [...seen.secretReads, ...seen.secretWrites.map((write) => write.key)]) {
      if (this.secrets.has(key)) continue;
      this.secrets.add(key);
      const missing = { missingSecrets: [...base.missingSecrets, key] };
      this.#add("secrets", "always", base, `the secret ${key} is missing`, missing);
      // Where the code asks whether there is something in it.
      if (this.#reads.fields.get("value")?.isTested === true) {
        this.#add("secrets", "if new", base, `the secret ${key} is empty`, {
          emptySecrets: [...base.emptySecrets, key],
        });
      }
      this.#add("secrets", "always", base, `the secret ${key} is JSON`, { jsonSecrets: [...base.jsonSecrets, key] });
    }
  }

  #addFields(base: Genome): void {
    if (base === PLAIN || base.name === "") {
      this.#add("fields", "if new", base, "the input has every field", { isFull: true });
      if ((this.#reads.fields.get("key")?.literals.size ?? 0) > 0)
        this.#add("fields", "always", base, "the input has no headers", { hasNoHeaders: true });
      for (const length of this.#lengths()) {
        this.#add("fields", "always", base, `lists have ${String(length)} elements`, { isFull: true, length });
      }
      for (const [name, texts] of [...this.#reads.environment].filter(([each]) => isOwnVariable(each, this.#env))) {
        this.#add("fields", "always", base, `${name} is set`, {
          env: { ...base.env, [name]: "https://example.com/7" },
        });
        for (const text of texts) {
          const [kind, clause] = text === "" ? (["always", "empty"] as const) : (["if new", text] as const);
          this.#add("fields", kind, base, `${name} is ${clause}`, { env: { ...base.env, [name]: text } });
        }
      }
    }
    if (base === PLAIN || base.isList) this.#addPairs(base);
    const fields = [...this.#reads.fields.values()];
    // What the code decides something by comes first.
    const tested = fields.filter(({ isTested }) => isTested);
    for (const field of this.#shuffled(tested)) this.#addField(base, field);
    if (base.name !== "") return;
    for (const field of this.#shuffled(fields.filter(({ isTested }) => !isTested))) this.#addField(base, field);
  }

  /** `entry.id === input.payload.id`: both have the same value. */
  #addPairs(base: Genome): void {
    for (const pair of this.#reads.pairs.values()) {
      const isText = pair.some((name) => this.#reads.fields.get(name)?.kind === "text");
      const same = Object.fromEntries(pair.map((name) => [name, isText ? "same" : 7]));
      const [input, body] = [
        { ...base.input, ...same },
        { ...base.body, ...same },
      ];
      this.#add("fields", "if new", base, `${pair.join(" and ")} are the same`, { input, body, isFull: true });
    }
  }

  /** The lengths around those that the code compares something with. */
  #lengths(): number[] {
    const hasLists = [...this.#reads.fields.values()].some(({ kind }) => kind === "list");
    const near = [...(hasLists ? [0] : []), ...[...this.#reads.lengths].flatMap((length) => [length, length + 1])];
    return [...new Set(near)].filter((length) => length >= 0 && length <= LONGEST_LIST && length !== PLAIN.length);
  }

  #addField(base: Genome, field: Field): void {
    const { name } = field;
    if (Object.hasOwn(base.input, name) || Object.hasOwn(base.body, name)) return;
    // What has led somewhere new is gone on from at once, and not behind all that begins anew.
    const row = base.name === "" ? "fields" : "further";
    const alike = [...alikeValues(field), ...longValues(field)];
    for (const value of new Set([...alike, ...otherValues(field)])) {
      // What happens at a bound, or with another form of the same, is seldom new, and is what a wrong result changes.
      const isTelling = alike.includes(value) || (typeof value === "number" && field.bounds.has(value));
      const kind = base.name === "" && isTelling ? "always" : "if new";
      const clause = clauseOf(name, value);
      this.#add(row, kind, base, `${clause} in the input`, {
        input: { ...base.input, [name]: value },
        isFull: true,
      });
      this.#add(row, kind, base, `${clause} in the answers`, { body: { ...base.body, [name]: value } });
    }
  }

  #shuffled<T>(list: readonly T[]): T[] {
    const keyed = list.map((value) => ({ value, key: this.#random() }));
    return keyed.sort((a, b) => a.key - b.key).map(({ value }) => value);
  }
}
