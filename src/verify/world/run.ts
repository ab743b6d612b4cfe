import type { Answer, CallAnswer, RecordedLog, Scenario } from "../model.ts";
import { snapshot } from "./snapshot.ts";

/** A request while it is on its way: the client side makes it, the server fills in what arrived. */
export interface OpenRequest {
  readonly origin: string;
  method: string;
  path: string;
  headers: [string, string][];
  body: Buffer;
  arrived: boolean;
  /** The answer is on its way, or the request need not be waited for. */
  answered: boolean;
  /** The client had rejected before it sent it: nobody gets the answer. */
  readonly isRejected: boolean;
}

/**
 * The state of one run: what the outside world gives it and what was seen of it. `pending` counts the work under way
 * that can still wake the function up (requests, timers, secret reads); `activity` grows with every event.
 */
export class Run {
  readonly requests: OpenRequest[] = [];
  readonly secretReads: string[] = [];
  readonly secretWrites: { key: string; value: unknown }[] = [];
  readonly console: RecordedLog[] = [];
  readonly calls: { name: string; args: unknown[] }[] = [];
  readonly unhandled: unknown[] = [];
  brokenBodies = 0;
  logsUnbroken = 0;
  readonly order: string[] = [];
  /** Requests that were called for and are not on the wire yet: request-promise puts them there in a later turn. */
  readonly #calledFor: string[] = [];
  readonly env: NodeJS.ProcessEnv;
  readonly scenario: Scenario;
  pending = 0;
  activity = 0;
  /** Whether the function has a module that works in threads of its own, of which nothing is seen from here. */
  hasThreads = false;
  /** Why this run proves nothing: the function reached what is not simulated. */
  notRun: string | undefined;
  readonly #used = new Set<number>();
  readonly #updated = new Map<string, unknown>();
  readonly #oneTurn: () => Promise<void>;

  /** @param oneTurn resolves in a later turn of the event loop that the run lives in */
  constructor(scenario: Scenario, platformEnv: Readonly<Record<string, string>>, oneTurn: () => Promise<void>) {
    this.scenario = scenario;
    this.#oneTurn = oneTurn;
    this.env = stringsOnly({ ...platformEnv, ...scenario.env });
  }

  /** Notes that a request is asked for now; returns what takes the note back when it never leaves. */
  callForRequest(): () => void {
    const note = `request called for ${String(this.order.length)}`;
    this.order.push(note);
    this.#calledFor.push(note);
    return () => {
      const position = this.#calledFor.indexOf(note);
      if (position >= 0) {
        this.#calledFor.splice(position, 1);
        this.order.splice(this.order.indexOf(note), 1);
      }
    };
  }

  /** Notes that a request leaves: where it was asked for, if that was noted. */
  noteRequest(event: string): void {
    const note = this.#calledFor.shift();
    if (note === undefined) {
      this.order.push(event);
    } else {
      this.order[this.order.indexOf(note)] = event;
    }
  }

  /** Ends the attempt to run the function: it asks for what is not simulated. */
  refuse(why: string): never {
    this.notRun ??= why;
    throw new Error(`Not simulated: ${why}.`);
  }

  /** Notes an error that nobody handles. */
  unhandledIn(reason: unknown): void {
    this.activity += 1;
    this.unhandled.push(snapshot(reason));
  }

  /** Notes an answer that is asked for as JSON and is none. */
  noteBrokenBody(): void {
    if (this.brokenBodies === 0) this.logsUnbroken = this.console.length;
    this.brokenBodies += 1;
  }

  begin(): void {
    this.pending += 1;
    this.activity += 1;
  }

  end(): void {
    this.pending -= 1;
    this.activity += 1;
  }

  log(level: string, args: readonly unknown[]): void {
    this.activity += 1;
    this.console.push({ level, args: args.map(snapshot) });
    this.order.push(`console ${String(this.console.length)}`);
  }

  /** Notes a call of a client; gives what the scenario lets it bring, where that is not what was wanted. */
  call(name: string, args: readonly unknown[]): CallAnswer | undefined {
    this.activity += 1;
    this.calls.push({ name, args: args.map(snapshot) });
    this.order.push(`call ${String(this.calls.length)}`);
    return this.scenario.callAnswers?.[this.calls.length - 1];
  }

  /** The secret's entry, or undefined when there is none. Not a recorded read. */
  findSecret(key: string): { readonly value: unknown } | undefined {
    if (this.#updated.has(key)) return { value: this.#updated.get(key) };
    const { secrets, otherSecrets, missingSecrets } = this.scenario;
    if (missingSecrets?.includes(key) === true) return undefined;
    if (secrets !== undefined && Object.hasOwn(secrets, key)) return { value: structuredClone(secrets[key]) };
    if (typeof otherSecrets === "object") return { value: structuredClone(otherSecrets.value) };
    return secrets === undefined || otherSecrets === "text" ? { value: `value of ${key}` } : undefined;
  }

  /** One look into the store: it takes a turn of the event loop, as it does on the platform. */
  async readStore(key: string): Promise<{ readonly value: unknown } | undefined> {
    this.secretReads.push(key);
    await this.#turn();
    return this.findSecret(key);
  }

  async writeStore(key: string, value: unknown): Promise<boolean> {
    this.secretWrites.push({ key, value: snapshot(value) });
    this.order.push(`secret write ${String(this.secretWrites.length)}`);
    await this.#turn();
    if (this.findSecret(key) === undefined || this.scenario.failingWrites?.includes(key) === true) return false;
    this.#updated.set(key, structuredClone(value));
    return true;
  }

  /** The scripted answer to a request, by its number among those whose answers somebody gets. */
  answerTo(request: OpenRequest): Answer {
    if (request.isRejected) return {};
    const index = this.requests.filter(({ isRejected }) => !isRejected).indexOf(request);
    const override = this.scenario.overrides?.[index];
    if (override !== undefined) return override;
    const path = request.path.split("?")[0];
    const matching = [...(this.scenario.responses ?? []).entries()].filter(
      ([, answer]) =>
        (answer.method === undefined || answer.method.toUpperCase() === request.method.toUpperCase()) &&
        (answer.path === undefined || answer.path === path) &&
        (answer.url === undefined || `${request.origin}${request.path}`.includes(answer.url)),
    );
    const found = matching.find(([position]) => !this.#used.has(position)) ?? matching.at(-1);
    if (found === undefined) return {};
    this.#used.add(found[0]);
    return found[1];
  }

  async #turn(): Promise<void> {
    this.begin();
    await this.#oneTurn();
    this.end();
  }
}

function stringsOnly(values: Record<string, string>): NodeJS.ProcessEnv {
  return new Proxy<NodeJS.ProcessEnv>(values, {
    set: (target, key, value: unknown) => Reflect.set(target, key, String(value)),
  });
}
