import { describeValue, errorShape } from "./describe.ts";
import type { ErrorShape } from "./describe.ts";
import { OPERATIONS } from "./scenarios.ts";
import type { Behaviour, Scenario } from "./scenarios.ts";

/** How an invocation ended. `time-out`: nothing settled although all work was done. */
export type Outcome =
  /** `dropped` is the only element of a list: what the function threw, and the platform dropped. */
  | { readonly kind: "resolved"; readonly value: string; readonly dropped: readonly unknown[] }
  | { readonly kind: "rejected"; readonly error: ErrorShape; readonly reason: unknown }
  | { readonly kind: "time-out" };

/** A rejection that nobody handled, or an error thrown in a timer. */
export interface Floating {
  readonly error: ErrorShape;
  readonly reason: unknown;
}

/** What one run showed. */
export interface Observation {
  readonly outcome: Outcome;
  /** Everything the program did to the world, in order, also after the invocation was settled. */
  readonly effects: readonly string[];
  /** Rejections that nobody handled and errors thrown in timers: Node ends the process on them. */
  readonly floating: readonly Floating[];
}

/** A program text that can be run again and again, each time with fresh module state. */
export interface Program {
  readonly contract: "v1" | "v2";
  readonly load: (...world: readonly unknown[]) => (input: unknown, callback?: unknown) => unknown;
}

const realImmediate = setImmediate;

/** Virtual time between the start of an operation and its answer. */
const ANSWER_TIME = 10;

function textOfFailure(operation: string): string {
  return `${operation} failed`;
}

/** The simulated surroundings of one run: operations, timers and console, on a virtual clock. */
class World {
  readonly effects: string[] = [];
  readonly floating: Floating[] = [];
  /** What the function threw, and the platform dropped. */
  readonly dropped: unknown[] = [];
  readonly #scenario: Scenario;
  readonly #events: { readonly at: number; readonly id: number; readonly run: () => void }[] = [];
  /** What comes from outside as an error. */
  readonly #reasons: ReadonlySet<unknown>;
  #now = 0;
  #ids = 0;
  #starts = 0;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    this.#reasons = new Set([...OPERATIONS.map((name) => textOfFailure(name)), scenario.read[0]]);
  }

  /**
   * V2 drops what a function throws when it is no Error. What comes from outside counts as one, whatever it is: what
   * packages and the platform fail with are Errors, so that a world in which they do not only tells values apart.
   */
  drops(reason: unknown): boolean {
    return !(reason instanceof Error) && !this.#reasons.has(reason);
  }

  float(reason: unknown): void {
    this.floating.push({ error: errorShape(reason), reason });
  }

  note(text: string): void {
    this.effects.push(text);
  }

  later(run: () => void, delay: number): number {
    this.#ids += 1;
    this.#events.push({ at: this.#now + delay, id: this.#ids, run });
    return this.#ids;
  }

  cancel(id: unknown): void {
    const index = this.#events.findIndex((event) => event.id === id);
    if (index !== -1) {
      this.#events.splice(index, 1);
    }
  }

  operation(name: string, given: readonly unknown[]): Promise<unknown> {
    this.note(`${name}(${given.map((value) => describeValue(value)).join(", ")})`);
    const behaviour = this.#scenario.operations[name] ?? "ok";
    const failure = Object.assign(new Error(textOfFailure(name)), { code: `E_${name.toUpperCase()}` });
    if (behaviour === "throw") {
      throw failure;
    }
    const reasons: Partial<Record<Behaviour, unknown>> = {
      reject: failure,
      "reject with a text": textOfFailure(name),
      "reject with nothing": undefined,
    };
    this.#starts += 1;
    const delay = this.#scenario.timing === "reversed" ? ANSWER_TIME * 10 - this.#starts : ANSWER_TIME;
    return new Promise((resolve, reject) => {
      const answer = (): void => {
        if (Object.hasOwn(reasons, behaviour)) {
          // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- functions meet such reasons, too
          reject(reasons[behaviour]);
        } else {
          resolve({ name, ok: behaviour === "ok", items: ["p", "q"] });
        }
      };
      if (behaviour === "hang") {
        return;
      }
      if (this.#scenario.timing === "at once") {
        answer();
      } else {
        this.later(answer, delay);
      }
    });
  }

  read(given: readonly unknown[]): void {
    const done = given.at(-1);
    this.note(
      `read(${given
        .slice(0, -1)
        .map((value) => describeValue(value))
        .join(", ")})`,
    );
    if (typeof done !== "function") {
      throw new TypeError("done is not a function");
    }
    this.later(() => void Reflect.apply(done, undefined, this.#scenario.read), ANSWER_TIME);
  }

  check(value: unknown): unknown {
    this.note(`check(${describeValue(value)})`);
    if (this.#scenario.checkThrows) {
      throw new TypeError("check failed");
    }
    return value;
  }

  /** Lets everything under way happen, one event after the other, with all reactions to it in between. */
  async drain(): Promise<void> {
    for (;;) {
      await new Promise((resolve) => realImmediate(resolve));
      this.#events.sort((a, b) => a.at - b.at || a.id - b.id);
      const event = this.#events.shift();
      if (event === undefined) {
        return;
      }
      if (this.effects.length > 500) {
        throw new Error("The program does not end.");
      }
      this.#now = event.at;
      try {
        event.run();
      } catch (error) {
        this.float(error);
      }
    }
  }

  /** What a program finds as its globals, by name. */
  globals(): Record<string, unknown> {
    const timer = (run: (...given: unknown[]) => void, delay = 1, ...given: unknown[]): number =>
      this.later(() => {
        run(...given);
      }, delay);
    const log =
      (level: string) =>
      (...given: unknown[]) => {
        this.note(`${level} ${given.map((value) => describeValue(value)).join(" ")}`);
      };
    const operations = OPERATIONS.map((name) => [name, (...given: unknown[]) => this.operation(name, given)]);
    return {
      ...(Object.fromEntries(operations) as Record<string, unknown>),
      operation: (name: string, ...given: unknown[]) => this.operation(name, given),
      note: (text: unknown) => {
        this.note(`note ${describeValue(text)}`);
      },
      check: (value: unknown) => this.check(value),
      read: (...given: unknown[]) => {
        this.read(given);
      },
      console: { debug: log("debug"), info: log("info"), log: log("log"), warn: log("warn"), error: log("error") },
      setTimeout: timer,
      setImmediate: (run: () => void) => timer(run, 0),
      clearTimeout: (id: unknown) => {
        this.cancel(id);
      },
    };
  }
}

const GLOBAL_NAMES = Object.keys(
  new World({ name: "", operations: {}, timing: "in order", checkThrows: false, read: [], payload: {} }).globals(),
);

/**
 * Compiles a program text. V1 is a sloppy script, V2 strict as a module is.
 *
 * @throws SyntaxError when the text does not parse
 */
export function compile(contract: Program["contract"], text: string): Program {
  const own = GLOBAL_NAMES.filter(
    (name) => !new RegExp(`^(?:async )?(?:function|const|let|var) ${name}\\b`, "mu").test(text),
  );
  const strict = contract === "v2" ? '"use strict";\n' : "";
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- running program texts is what this file is for
  const factory = new Function(...own, `${strict}${text}\nreturn lambda;`);
  const load: Program["load"] = (...world) => {
    const [globals] = world as [Record<string, unknown>];
    return Reflect.apply(
      factory,
      undefined,
      own.map((name) => globals[name]),
    ) as ReturnType<Program["load"]>;
  };
  return { contract, load };
}

/** Calls a V1 handler exactly as its platform does. */
function invokeLegacy(load: () => ReturnType<Program["load"]>, input: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const callback = (error: unknown, result: unknown): void => {
      if (error === undefined || error === null) {
        resolve(result);
      } else {
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- the contract takes anything
        reject(error);
      }
    };
    const returned = load()(input, callback) as
      { then?: (...handlers: unknown[]) => Promise<unknown> } | undefined | null;
    if (returned?.then) {
      returned.then(() => undefined).catch(reject);
    }
  });
}

async function invokeModern(load: () => ReturnType<Program["load"]>, input: unknown, world: World): Promise<unknown> {
  try {
    return await load()(input);
  } catch (error) {
    if (world.drops(error)) {
      world.dropped.push(error);
      return undefined;
    }
    throw error;
  }
}

let current: World | undefined;

/** Runs a program in one scenario until nothing is under way any more. Runs must not overlap. */
export async function observe(program: Program, scenario: Scenario): Promise<Observation> {
  const world = new World(scenario);
  const input = { headers: [], payload: { ...scenario.payload } };
  const load = (): ReturnType<Program["load"]> => program.load(world.globals());
  let outcome: Outcome = { kind: "time-out" };
  current = world;
  (program.contract === "v1" ? invokeLegacy(load, input) : invokeModern(load, input, world)).then(
    (value) => (outcome = { kind: "resolved", value: describeValue(value), dropped: world.dropped }),
    (reason: unknown) => (outcome = { kind: "rejected", error: errorShape(reason), reason }),
  );
  await world.drain();
  current = undefined;
  return { outcome, effects: world.effects, floating: world.floating };
}

function ignore(): void {}

/**
 * Takes unhandled rejections as observations of the program under way instead of ends of the process.
 *
 * @returns puts the former listeners back
 */
export function captureRejections(): () => void {
  const former = process.listeners("unhandledRejection");
  const listener = (reason: unknown): void => {
    if (current === undefined) {
      throw reason;
    }
    current.float(reason);
  };
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", listener);
  // Programs that handle a rejection late would fill the output with warnings.
  process.on("rejectionHandled", ignore);
  return () => {
    process.off("unhandledRejection", listener);
    process.off("rejectionHandled", ignore);
    former.forEach((known) => process.on("unhandledRejection", known));
  };
}
